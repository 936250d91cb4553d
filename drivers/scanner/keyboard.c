/* SPDX-License-Identifier: MIT */
/*
 * keyboard.c - scanners that type, in their keyboard mode ("keyboard wedge")
 *
 * The keys of the device arrive grabbed and as numbers; keymap.c reads what
 * they mean and codes.c where a code ends.  What is left here is forgetting:
 * after lost events nobody knows which modifiers are held.
 */
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "scanner/codes.h"
#include "scanner/foreign.h"
#include "scanner/scanner_drivers.h"
#include "scanner/keymap.h"

struct keyboard {
	struct hal_scanner base; /* first: a struct hal_scanner * is a struct keyboard * */
	struct hal_loop *loop;
	struct hal_log *log;
	struct hal_keys *keys;
	const struct keymap_layout *layout;
	struct keymap keymap;
	struct foreign foreign;
	bool is_foreign;    /* said since it came up */
	int64_t pressed_us; /* when the last key was */
	struct codes codes;
};

/* An Enter key stands for whichever line end the scanner is said to type. */
static char end_of_line(const struct keyboard *keyboard)
{
	const char *ends = keyboard->codes.suffix->ends;

	return !strchr(ends, '\r') && strchr(ends, '\n') ? '\n' : '\r';
}

static size_t to_utf8(uint32_t c, char bytes[4])
{
	size_t size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };

	for (size_t i = size; i-- > 1; c >>= 6)
		bytes[i] = (char)(0x80 | (c & 0x3F));
	bytes[0] = (char)(lead[size] | c);
	return size;
}

static void take_char(struct keyboard *keyboard, uint32_t c, int64_t taken_us)
{
	char bytes[4];
	size_t len = to_utf8(c == '\r' ? (uint32_t)end_of_line(keyboard) : c, bytes);

	for (size_t i = 0; i < len; i++)
		codes_byte(&keyboard->codes, bytes[i], taken_us);
}

static void forget_modifiers(struct keyboard *keyboard)
{
	keymap_init(&keyboard->keymap, keyboard->layout);
	foreign_init(&keyboard->foreign, keyboard->layout);
}

static void keys_up(void *owner)
{
	struct keyboard *keyboard = owner;

	keyboard->is_foreign = false;
	forget_modifiers(keyboard);
	codes_link(&keyboard->codes, true, HAL_OK);
}

/*
 * A caps lock or a shift whose release was lost would turn the letters of every
 * later code; no scanner holds either longer than a code lasts.
 */
static void forget_old_modifiers(struct keyboard *keyboard, int64_t taken_us)
{
	if (taken_us - keyboard->pressed_us >= HAL_SEC(1))
		forget_modifiers(keyboard);
	keyboard->pressed_us = taken_us;
}

static void look_for_foreign(struct keyboard *keyboard, uint16_t code, int value)
{
	const struct keymap_layout *typed;

	if (keyboard->codes.state == CODES_EMPTY)
		foreign_begin(&keyboard->foreign);
	typed = foreign_key(&keyboard->foreign, code, value);
	if (!typed || keyboard->is_foreign)
		return;
	keyboard->is_foreign = true;
	hal_log(keyboard->log, HAL_LOG_WARN, "scanner",
	        "types as on a keyboard of '%s', read as '%s': set layout = %s", typed->name,
	        keyboard->layout->name, typed->name);
}

static void keys_key(void *owner, uint16_t code, int value, int64_t taken_us)
{
	struct keyboard *keyboard = owner;
	uint32_t chars[KEYMAP_CHARS_MAX];
	size_t count;

	forget_old_modifiers(keyboard, taken_us);
	look_for_foreign(keyboard, code, value);
	codes_touch(&keyboard->codes, taken_us);
	count = keymap_key(&keyboard->keymap, code, value, chars);
	for (size_t i = 0; i < count; i++)
		take_char(keyboard, chars[i], taken_us);
}

static void keys_dropped(void *owner)
{
	struct keyboard *keyboard = owner;

	forget_modifiers(keyboard);
	codes_spoil(&keyboard->codes, HAL_SCAN_DROPPED, hal_now_us(keyboard->loop));
}

static void keys_down(void *owner, enum hal_status why)
{
	struct keyboard *keyboard = owner;

	codes_link(&keyboard->codes, false, why);
}

static const struct hal_keys_listener keys_listener = {
	.up = keys_up,
	.key = keys_key,
	.dropped = keys_dropped,
	.down = keys_down,
};

static void keyboard_close(struct hal_scanner *scanner)
{
	struct keyboard *keyboard = hal_container_of(scanner, struct keyboard, base);

	hal_keys_attach(keyboard->keys, NULL, NULL);
	codes_finish(&keyboard->codes);
	free(keyboard);
}

static const struct hal_scanner_ops keyboard_ops = {
	.close = keyboard_close,
};

static enum hal_status keyboard_open(const struct driver_env *env, const struct scanner_port *port,
                                     const struct scanner_options *options,
                                     const struct hal_scanner_listener *listener, void *owner,
                                     struct hal_scanner **ret_scanner,
                                     struct hal_fault *reterr_fault)
{
	const struct keymap_layout *layout = keymap_find(options->layout);
	struct keyboard *keyboard;
	enum hal_status status;

	if (!port->keys || !layout) {
		if (!port->keys)
			hal_fault_set(reterr_fault, "keyboard: wants a port evdev:PATH");
		else
			hal_fault_set(reterr_fault, "keyboard: layout '%s' is none of us, de, fr",
			              options->layout);
		return HAL_E_ARG;
	}
	keyboard = calloc(1, sizeof(*keyboard));
	if (!keyboard)
		return HAL_E_SYSTEM;

	keyboard->base = (struct hal_scanner){ &keyboard_ops, listener, owner };
	keyboard->loop = env->loop;
	keyboard->log = env->log;
	keyboard->keys = port->keys;
	keyboard->layout = layout;
	forget_modifiers(keyboard);
	status = codes_init(&keyboard->codes, env->loop, &keyboard->base, options, reterr_fault);
	if (status != HAL_OK) {
		hal_fault_prefix(reterr_fault, "keyboard");
		free(keyboard);
		return status;
	}
	hal_keys_attach(port->keys, &keys_listener, keyboard);
	*ret_scanner = &keyboard->base;
	return HAL_OK;
}

const struct scanner_driver keyboard_scanner_driver = {
	.name = "keyboard",
	.summary = "scanners that type like a keyboard, through evdev",
	.open = keyboard_open,
};
