/* SPDX-License-Identifier: MIT */
#include "scanner_keys_model.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include <linux/input-event-codes.h>

/* clang-format off */

/* The keys of a European keyboard as they lie, row by row. */
static const uint16_t keys[] = {
	KEY_GRAVE, KEY_1, KEY_2, KEY_3, KEY_4, KEY_5, KEY_6, KEY_7, KEY_8, KEY_9, KEY_0,
	KEY_MINUS, KEY_EQUAL,
	KEY_Q, KEY_W, KEY_E, KEY_R, KEY_T, KEY_Y, KEY_U, KEY_I, KEY_O, KEY_P,
	KEY_LEFTBRACE, KEY_RIGHTBRACE,
	KEY_A, KEY_S, KEY_D, KEY_F, KEY_G, KEY_H, KEY_J, KEY_K, KEY_L,
	KEY_SEMICOLON, KEY_APOSTROPHE, KEY_BACKSLASH,
	KEY_102ND, KEY_Z, KEY_X, KEY_C, KEY_V, KEY_B, KEY_N, KEY_M,
	KEY_COMMA, KEY_DOT, KEY_SLASH,
};

/* What is printed on them; a blank where there is nothing, or nothing a scanner would use. */
static const struct drawing {
	const char *country;
	const wchar_t *level[3]; /* alone, shift, AltGr */
	const wchar_t *dead;     /* want a blank after them */
} drawings[] = {
	{ "us",
	  { L"`1234567890-=" L"qwertyuiop[]" L"asdfghjkl;'\\" L" zxcvbnm,./",
	    L"~!@#$%^&*()_+" L"QWERTYUIOP{}" L"ASDFGHJKL:\"|" L" ZXCVBNM<>?",
	    L"" },
	  L"" },
	{ "de",
	  { L"^1234567890\u00DF\u00B4" L"qwertzuiop\u00FC+" L"asdfghjkl\u00F6\u00E4#" L"<yxcvbnm,.-",
	    L"\u00B0!\"\u00A7$%&/()=?`" L"QWERTZUIOP\u00DC*" L"ASDFGHJKL\u00D6\u00C4'" L">YXCVBNM;:_",
	    L"  \u00B2\u00B3   {[]}\\ " L"@ \u20AC        ~" L"            " L"|      \u00B5   " },
	  L"^\u00B4`" },
	{ "fr",
	  { L"\u00B2&\u00E9\"'(-\u00E8_\u00E7\u00E0)=" L"azertyuiop $" L"qsdfghjklm\u00F9*" L"<wxcvbn,;:!",
	    L" 1234567890\u00B0+" L"AZERTYUIOP\u00A8\u00A3" L"QSDFGHJKLM%\u00B5" L">WXCVBN?./\u00A7",
	    L"  ~#{[|`\\^@]}" L"  \u20AC        \u00A4" L"            " L"           " },
	  L"~`\u00A8" },
};

static const uint16_t keypad[] = {
	KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4, KEY_KP5, KEY_KP6, KEY_KP7, KEY_KP8, KEY_KP9,
};

/* clang-format on */

static const uint16_t levels[] = { 0, KEY_LEFTSHIFT, KEY_RIGHTALT };

static void put(struct scanner_keys_model *model, uint16_t code, bool down)
{
	assert(model->count < SCANNER_KEYS_DEPTH);
	model->events[(model->head + model->count++) % SCANNER_KEYS_DEPTH] =
		(struct scanner_keys_event){ code, down };
}

static void tap(struct scanner_keys_model *model, uint16_t code)
{
	put(model, code, true);
	put(model, code, false);
}

static void tap_with(struct scanner_keys_model *model, uint16_t modifier, uint16_t code)
{
	if (modifier)
		put(model, modifier, true);
	tap(model, code);
	if (modifier)
		put(model, modifier, false);
}

static void type_number(struct scanner_keys_model *model, wchar_t c)
{
	char figures[16];

	snprintf(figures, sizeof(figures), model->alt_zero ? "0%03d" : "%03d", (int)c);
	put(model, KEY_LEFTALT, true);
	for (const char *at = figures; *at; at++)
		tap(model, keypad[*at - '0']);
	put(model, KEY_LEFTALT, false);
}

static const struct drawing *find_drawing(const char *country)
{
	for (size_t i = 0; i < sizeof(drawings) / sizeof(drawings[0]); i++)
		if (strcmp(drawings[i].country, country) == 0)
			return &drawings[i];
	assert(false); /* no drawing of that keyboard */
	return NULL;
}

static bool type_drawn(struct scanner_keys_model *model, wchar_t c)
{
	const struct drawing *drawing = find_drawing(model->country);

	for (size_t level = 0; level < 3; level++) {
		const wchar_t *at = wcschr(drawing->level[level], c);

		if (!at)
			continue;
		tap_with(model, levels[level], keys[at - drawing->level[level]]);
		if (wcschr(drawing->dead, c))
			tap(model, KEY_SPACE);
		return true;
	}
	return false;
}

static bool is_capital(wchar_t c)
{
	return c >= L'A' && c <= L'Z';
}

static void type_char(struct scanner_keys_model *model, wchar_t c)
{
	if (model->alt && c >= L' ')
		type_number(model, c);
	else if (c == L' ')
		tap(model, KEY_SPACE);
	else if (c == L'\r')
		tap(model, KEY_ENTER);
	else if (c == L'\t')
		tap(model, KEY_TAB);
	else if (c == L'\n')
		tap_with(model, KEY_LEFTCTRL, KEY_J);
	else if (c == 0x1D)
		tap_with(model, KEY_LEFTCTRL, KEY_RIGHTBRACE);
	else if (!type_drawn(model, c))
		type_number(model, c);
}

/* A caps lock typist turns it on for a capital and off again after it. */
static void type_one(struct scanner_keys_model *model, wchar_t c)
{
	if (!model->caps || !is_capital(c) || model->alt) {
		type_char(model, c);
		return;
	}
	tap(model, KEY_CAPSLOCK);
	type_char(model, c - L'A' + L'a');
	tap(model, KEY_CAPSLOCK);
}

static void type_text(struct scanner_keys_model *model, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;

	while (*at) {
		unsigned more = *at < 0xC0 ? 0 : *at < 0xE0 ? 1 : *at < 0xF0 ? 2 : 3;
		wchar_t c = more ? *at & (0x3F >> more) : *at;

		for (at++; more > 0; more--)
			c = c * 64 + (*at++ & 0x3F);
		type_one(model, c);
	}
}

static void start(struct scanner_keys_model *model)
{
	hal_timer_start(model->loop, &model->next,
	                model->pace ? model->pace(model->pace_self) : model->event_us);
}

static void deliver(struct scanner_keys_model *model, struct scanner_keys_event event)
{
	const struct hal_keys_listener *listener = model->host.listener;

	if (!listener || !model->plugged)
		return;
	if (model->lose_count > 0 && model->lose_after-- == 0) {
		model->losing = model->lose_count;
		model->lose_count = 0;
	}
	if (model->losing == 0)
		listener->key(model->host.owner, event.code, event.down, hal_now_us(model->loop));
	else if (--model->losing == 0)
		listener->dropped(model->host.owner);
}

static void on_next(struct hal_timer *timer)
{
	struct scanner_keys_model *model = hal_container_of(timer, struct scanner_keys_model, next);
	struct scanner_keys_event event = model->events[model->head];

	model->head = (model->head + 1) % SCANNER_KEYS_DEPTH;
	if (--model->count > 0)
		start(model);
	deliver(model, event);
}

/* The device belongs to the test; closing the host's end only lets go of it. */
static void keys_close(struct hal_keys *host)
{
	hal_keys_attach(host, NULL, NULL);
}

static const struct hal_keys_ops keys_ops = {
	.close = keys_close,
};

void scanner_keys_model_init(struct scanner_keys_model *model, struct hal_loop *loop)
{
	*model = (struct scanner_keys_model){
		.host.ops = &keys_ops,
		.loop = loop,
		.country = "us",
		.ending = "\r",
		.event_us = HAL_MS(2),
		.next.fire = on_next,
	};
}

void scanner_keys_model_plug(struct scanner_keys_model *model)
{
	model->plugged = true;
	if (model->host.listener)
		model->host.listener->up(model->host.owner);
}

void scanner_keys_model_unplug(struct scanner_keys_model *model)
{
	model->plugged = false;
	model->count = 0;
	model->losing = 0;
	hal_timer_stop(model->loop, &model->next);
	if (model->host.listener)
		model->host.listener->down(model->host.owner, HAL_E_LINK);
}

void scanner_keys_model_read(struct scanner_keys_model *model, const char *text)
{
	bool resting = model->count == 0;

	type_text(model, text);
	type_text(model, model->ending);
	if (resting && model->count > 0)
		start(model);
}

void scanner_keys_model_tap(struct scanner_keys_model *model, uint16_t code)
{
	bool resting = model->count == 0;

	tap(model, code);
	if (resting)
		start(model);
}
