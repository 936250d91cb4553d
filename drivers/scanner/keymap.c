/* SPDX-License-Identifier: MIT */
#include "keymap.h"

#include <string.h>

#include <linux/input-event-codes.h>

#define SHIFT_LEFT  0x01u
#define SHIFT_RIGHT 0x02u
#define CTRL_LEFT   0x04u
#define CTRL_RIGHT  0x08u
#define ALT_LEFT    0x10u
#define ALT_RIGHT   0x20u
#define SHIFT       (SHIFT_LEFT | SHIFT_RIGHT)
#define CTRL        (CTRL_LEFT | CTRL_RIGHT)
#define UNICODE_MAX 0x10FFFFu
#define ACCENT      0x80000000u /* marks a character that waits for the next key */

/* clang-format off */

static const struct {
	uint16_t code;
	unsigned bit;
} modifiers[] = {
	{ KEY_LEFTSHIFT, SHIFT_LEFT }, { KEY_RIGHTSHIFT, SHIFT_RIGHT },
	{ KEY_LEFTCTRL,  CTRL_LEFT },  { KEY_RIGHTCTRL,  CTRL_RIGHT },
	{ KEY_LEFTALT,   ALT_LEFT },   { KEY_RIGHTALT,   ALT_RIGHT },
};

/* The same on every keyboard, whatever is held. */
static const struct {
	uint16_t code;
	char c;
} fixed[] = {
	{ KEY_ENTER, '\r' }, { KEY_KPENTER, '\r' }, { KEY_LINEFEED, '\n' }, { KEY_TAB, '\t' },
	{ KEY_KP0, '0' }, { KEY_KP1, '1' }, { KEY_KP2, '2' }, { KEY_KP3, '3' }, { KEY_KP4, '4' },
	{ KEY_KP5, '5' }, { KEY_KP6, '6' }, { KEY_KP7, '7' }, { KEY_KP8, '8' }, { KEY_KP9, '9' },
	{ KEY_KPDOT, '.' }, { KEY_KPPLUS, '+' }, { KEY_KPMINUS, '-' }, { KEY_KPASTERISK, '*' },
	{ KEY_KPSLASH, '/' },
};

/* What an accent makes of a letter; with anything else it stands beside it. */
static const struct {
	uint16_t accent;
	const char letters[16];
	uint16_t made[16];
} accents[] = {
	{ '^',  "aeiouAEIOU",   { 0xE2, 0xEA, 0xEE, 0xF4, 0xFB, 0xC2, 0xCA, 0xCE, 0xD4, 0xDB } },
	{ '`',  "aeiouAEIOU",   { 0xE0, 0xE8, 0xEC, 0xF2, 0xF9, 0xC0, 0xC8, 0xCC, 0xD2, 0xD9 } },
	{ '~',  "anoANO",       { 0xE3, 0xF1, 0xF5, 0xC3, 0xD1, 0xD5 } },
	{ 0xA8, "aeiouyAEIOU",  { 0xE4, 0xEB, 0xEF, 0xF6, 0xFC, 0xFF, 0xC4, 0xCB, 0xCF, 0xD6, 0xDC } },
	{ 0xB4, "aeiouyAEIOUY", { 0xE1, 0xE9, 0xED, 0xF3, 0xFA, 0xFD,
	                          0xC1, 0xC9, 0xCD, 0xD3, 0xDA, 0xDD } },
};

/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct keymap_layout *keymap_find(const char *name)
{
	if (!name || !*name)
		return keymap_layouts[0];
	for (size_t i = 0; keymap_layouts[i]; i++)
		if (strcmp(keymap_layouts[i]->name, name) == 0)
			return keymap_layouts[i];
	return NULL;
}

void keymap_init(struct keymap *keymap, const struct keymap_layout *layout)
{
	*keymap = (struct keymap){ .layout = layout };
}

static unsigned find_modifier(uint16_t code)
{
	for (size_t i = 0; i < COUNT(modifiers); i++)
		if (modifiers[i].code == code)
			return modifiers[i].bit;
	return 0;
}

static char find_fixed(uint16_t code)
{
	for (size_t i = 0; i < COUNT(fixed); i++)
		if (fixed[i].code == code)
			return fixed[i].c;
	return '\0';
}

static bool is_unicode(uint32_t c)
{
	return c > 0 && c <= UNICODE_MAX && (c < 0xD800 || c > 0xDFFF);
}

static size_t give(uint32_t *ret_chars, uint32_t c)
{
	ret_chars[0] = c;
	return 1;
}

/* Windows takes Ctrl with Alt for AltGr, so there are scanners that press those two. */
static bool is_altgr(const struct keymap *keymap)
{
	return keymap->layout->has_altgr &&
	       ((keymap->held & ALT_RIGHT) || ((keymap->held & ALT_LEFT) && (keymap->held & CTRL)));
}

static bool is_letter(const struct keymap_key *key)
{
	return key->shift + 0x20 == key->plain && key->plain >= 'a';
}

static uint16_t char_of(const struct keymap *keymap, const struct keymap_key *key)
{
	bool shift = (keymap->held & SHIFT) != 0;

	if (is_altgr(keymap))
		return key->altgr;
	if (keymap->caps && is_letter(key))
		shift = !shift;
	return shift ? key->shift : key->plain;
}

/* '@' to '_' and the small letters have control characters; others have none. */
static uint32_t control_of(uint16_t c)
{
	return (c >= '@' && c <= '_') || (c >= 'a' && c <= 'z') ? c & 0x1Fu : 0;
}

/*
 * Some scanners press Ctrl with the key that has the character on the chosen
 * keyboard, others always with the key that has it on the American one.
 */
static uint32_t control_char(const struct keymap *keymap, uint16_t code)
{
	uint32_t c = control_of(char_of(keymap, &keymap->layout->keys[code]));

	if (c == 0)
		c = control_of(keymap_layouts[0]->keys[code].plain);
	return c ? c : KEYMAP_NOT_TEXT;
}

static uint32_t typed_char(const struct keymap *keymap, uint16_t code)
{
	uint16_t c;

	if ((keymap->held & CTRL) && !(keymap->held & ALT_LEFT))
		return control_char(keymap, code);
	if ((keymap->held & (ALT_LEFT | ALT_RIGHT)) && !is_altgr(keymap))
		return KEYMAP_NOT_TEXT;
	c = char_of(keymap, &keymap->layout->keys[code]);
	if (c & KEYMAP_DEAD)
		return ACCENT | (c & ~KEYMAP_DEAD);
	return c ? c : KEYMAP_NOT_TEXT;
}

static uint16_t combine(uint16_t accent, uint32_t c)
{
	for (size_t i = 0; i < COUNT(accents); i++) {
		const char *at = accents[i].accent == accent && c < 0x80
		                         ? strchr(accents[i].letters, (int)c)
		                         : NULL;

		if (at)
			return accents[i].made[at - accents[i].letters];
	}
	return c == ' ' ? accent : 0;
}

/* A dead key types nothing until the next key says what it belongs to. */
static size_t after_accent(struct keymap *keymap, uint32_t c, uint32_t *ret_chars)
{
	uint16_t accent = keymap->accent;
	uint16_t made = combine(accent, c);

	keymap->accent = 0;
	if (made)
		return give(ret_chars, made);
	ret_chars[0] = accent;
	ret_chars[1] = c & ~ACCENT;
	return 2;
}

static size_t type(struct keymap *keymap, uint32_t c, uint32_t *ret_chars)
{
	if (keymap->accent)
		return after_accent(keymap, c, ret_chars);
	if (c & ACCENT) {
		keymap->accent = (uint16_t)(c & ~ACCENT);
		return 0;
	}
	return give(ret_chars, c);
}

/* Letting go of Alt ends a number that was typed on the keypad meanwhile. */
static size_t end_number(struct keymap *keymap, uint32_t *ret_chars)
{
	unsigned figures = keymap->figures;

	keymap->figures = 0;
	if (figures == 0)
		return 0;
	return type(keymap, is_unicode(keymap->number) ? keymap->number : KEYMAP_NOT_TEXT,
	            ret_chars);
}

static void add_figure(struct keymap *keymap, char figure)
{
	uint32_t number = keymap->figures++ ? keymap->number : 0;

	if (number <= UNICODE_MAX)
		number = number * 10 + (uint32_t)(figure - '0');
	keymap->number = number;
}

static size_t hold(struct keymap *keymap, unsigned bit, bool down, uint32_t *ret_chars)
{
	if (down)
		keymap->held |= bit;
	else
		keymap->held &= ~bit;
	return bit == ALT_LEFT && !down ? end_number(keymap, ret_chars) : 0;
}

static bool is_figure(char c)
{
	return c >= '0' && c <= '9';
}

static size_t press(struct keymap *keymap, uint16_t code, uint32_t *ret_chars)
{
	char c = find_fixed(code);

	if (is_figure(c) && (keymap->held & ALT_LEFT)) {
		add_figure(keymap, c);
		return 0;
	}
	if (c)
		return type(keymap, (uint32_t)(unsigned char)c, ret_chars);
	return type(keymap, code <= KEYMAP_LAST_KEY ? typed_char(keymap, code) : KEYMAP_NOT_TEXT,
	            ret_chars);
}

size_t keymap_key(struct keymap *keymap, uint16_t code, int value,
                  uint32_t ret_chars[KEYMAP_CHARS_MAX])
{
	unsigned bit = find_modifier(code);

	if (value != 0 && value != 1)
		return 0;
	if (bit)
		return hold(keymap, bit, value == 1, ret_chars);
	if (value == 0 || code == KEY_NUMLOCK || code == KEY_SCROLLLOCK)
		return 0;
	if (code == KEY_CAPSLOCK) {
		keymap->caps = !keymap->caps;
		return 0;
	}
	return press(keymap, code, ret_chars);
}
