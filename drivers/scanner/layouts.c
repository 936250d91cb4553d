/* SPDX-License-Identifier: MIT */
/*
 * layouts.c - keyboards of some countries, as Windows has them
 *
 * A row is a key: alone, with shift, with AltGr.  Letters are written once.
 */
#include <linux/input-event-codes.h>

#include "keymap.h"

#define DEAD(c) ((c) | KEYMAP_DEAD)
#define CAPITAL(c)                                                                                 \
	{                                                                                          \
		(c), (c)-0x20, 0                                                                   \
	}
#define DIAERESIS 0xA8
#define ACUTE     0xB4
#define EURO      0x20AC

/* clang-format off */

_Static_assert(KEYMAP_LAST_KEY == KEY_102ND, "the table reaches to its last key");

/* The letters every one of these keyboards has in the same place. */
#define COMMON_LETTERS \
	[KEY_R] = CAPITAL('r'), [KEY_T] = CAPITAL('t'), \
	[KEY_U] = CAPITAL('u'), [KEY_I] = CAPITAL('i'), [KEY_O] = CAPITAL('o'), \
	[KEY_P] = CAPITAL('p'), [KEY_S] = CAPITAL('s'), [KEY_D] = CAPITAL('d'), \
	[KEY_F] = CAPITAL('f'), [KEY_G] = CAPITAL('g'), [KEY_H] = CAPITAL('h'), \
	[KEY_J] = CAPITAL('j'), [KEY_K] = CAPITAL('k'), [KEY_L] = CAPITAL('l'), \
	[KEY_X] = CAPITAL('x'), [KEY_C] = CAPITAL('c'), [KEY_V] = CAPITAL('v'), \
	[KEY_B] = CAPITAL('b'), [KEY_N] = CAPITAL('n'), [KEY_SPACE] = { ' ', ' ', 0 }

static const struct keymap_layout us = {
	.name = "us",
	.keys = {
		COMMON_LETTERS,
		[KEY_Q] = CAPITAL('q'),
		[KEY_E] = CAPITAL('e'),
		[KEY_W] = CAPITAL('w'),
		[KEY_Y] = CAPITAL('y'),
		[KEY_A] = CAPITAL('a'),
		[KEY_Z] = CAPITAL('z'),
		[KEY_M] = CAPITAL('m'),
		[KEY_GRAVE]      = { '`',  '~', 0 },
		[KEY_1]          = { '1',  '!', 0 },
		[KEY_2]          = { '2',  '@', 0 },
		[KEY_3]          = { '3',  '#', 0 },
		[KEY_4]          = { '4',  '$', 0 },
		[KEY_5]          = { '5',  '%', 0 },
		[KEY_6]          = { '6',  '^', 0 },
		[KEY_7]          = { '7',  '&', 0 },
		[KEY_8]          = { '8',  '*', 0 },
		[KEY_9]          = { '9',  '(', 0 },
		[KEY_0]          = { '0',  ')', 0 },
		[KEY_MINUS]      = { '-',  '_', 0 },
		[KEY_EQUAL]      = { '=',  '+', 0 },
		[KEY_LEFTBRACE]  = { '[',  '{', 0 },
		[KEY_RIGHTBRACE] = { ']',  '}', 0 },
		[KEY_BACKSLASH]  = { '\\', '|', 0 },
		[KEY_SEMICOLON]  = { ';',  ':', 0 },
		[KEY_APOSTROPHE] = { '\'', '"', 0 },
		[KEY_COMMA]      = { ',',  '<', 0 },
		[KEY_DOT]        = { '.',  '>', 0 },
		[KEY_SLASH]      = { '/',  '?', 0 },
		[KEY_102ND]      = { '\\', '|', 0 },
	},
};

static const struct keymap_layout de = {
	.name = "de",
	.has_altgr = true,
	.keys = {
		COMMON_LETTERS,
		[KEY_Q]          = { 'q',  'Q', '@' },
		[KEY_W]          = CAPITAL('w'),
		[KEY_E]          = { 'e',  'E', EURO },
		[KEY_Y]          = CAPITAL('z'),
		[KEY_A]          = CAPITAL('a'),
		[KEY_Z]          = CAPITAL('y'),
		[KEY_M]          = { 'm',  'M', 0xB5 },
		[KEY_GRAVE]      = { DEAD('^'), 0xB0, 0 },
		[KEY_1]          = { '1',  '!', 0 },
		[KEY_2]          = { '2',  '"', 0xB2 },
		[KEY_3]          = { '3',  0xA7, 0xB3 },
		[KEY_4]          = { '4',  '$', 0 },
		[KEY_5]          = { '5',  '%', 0 },
		[KEY_6]          = { '6',  '&', 0 },
		[KEY_7]          = { '7',  '/', '{' },
		[KEY_8]          = { '8',  '(', '[' },
		[KEY_9]          = { '9',  ')', ']' },
		[KEY_0]          = { '0',  '=', '}' },
		[KEY_MINUS]      = { 0xDF, '?', '\\' },
		[KEY_EQUAL]      = { DEAD(ACUTE), DEAD('`'), 0 },
		[KEY_LEFTBRACE]  = CAPITAL(0xFC),
		[KEY_RIGHTBRACE] = { '+',  '*', '~' },
		[KEY_BACKSLASH]  = { '#',  '\'', 0 },
		[KEY_SEMICOLON]  = CAPITAL(0xF6),
		[KEY_APOSTROPHE] = CAPITAL(0xE4),
		[KEY_COMMA]      = { ',',  ';', 0 },
		[KEY_DOT]        = { '.',  ':', 0 },
		[KEY_SLASH]      = { '-',  '_', 0 },
		[KEY_102ND]      = { '<',  '>', '|' },
	},
};

static const struct keymap_layout fr = {
	.name = "fr",
	.has_altgr = true,
	.keys = {
		COMMON_LETTERS,
		[KEY_Q]          = CAPITAL('a'),
		[KEY_W]          = CAPITAL('z'),
		[KEY_E]          = { 'e',  'E', EURO },
		[KEY_Y]          = CAPITAL('y'),
		[KEY_A]          = CAPITAL('q'),
		[KEY_Z]          = CAPITAL('w'),
		[KEY_GRAVE]      = { 0xB2, 0, 0 },
		[KEY_1]          = { '&',  '1', 0 },
		[KEY_2]          = { 0xE9, '2', DEAD('~') },
		[KEY_3]          = { '"',  '3', '#' },
		[KEY_4]          = { '\'', '4', '{' },
		[KEY_5]          = { '(',  '5', '[' },
		[KEY_6]          = { '-',  '6', '|' },
		[KEY_7]          = { 0xE8, '7', DEAD('`') },
		[KEY_8]          = { '_',  '8', '\\' },
		[KEY_9]          = { 0xE7, '9', '^' },
		[KEY_0]          = { 0xE0, '0', '@' },
		[KEY_MINUS]      = { ')',  0xB0, ']' },
		[KEY_EQUAL]      = { '=',  '+', '}' },
		[KEY_LEFTBRACE]  = { DEAD('^'), DEAD(DIAERESIS), 0 },
		[KEY_RIGHTBRACE] = { '$',  0xA3, 0xA4 },
		[KEY_BACKSLASH]  = { '*',  0xB5, 0 },
		[KEY_SEMICOLON]  = CAPITAL('m'),
		[KEY_APOSTROPHE] = { 0xF9, '%', 0 },
		[KEY_M]          = { ',',  '?', 0 },
		[KEY_COMMA]      = { ';',  '.', 0 },
		[KEY_DOT]        = { ':',  '/', 0 },
		[KEY_SLASH]      = { '!',  0xA7, 0 },
		[KEY_102ND]      = { '<',  '>', 0 },
	},
};

/* clang-format on */

const struct keymap_layout *const keymap_layouts[] = { &us, &de, &fr, NULL };
