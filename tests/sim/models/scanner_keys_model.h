/* SPDX-License-Identifier: MIT */
/*
 * scanner_keys_model.h - a barcode scanner in keyboard mode, pressing keys
 *
 * Gives the driver a struct hal_keys, as a grabbed evdev device would, and
 * presses the keys that write each code on the keyboard of some country, one
 * event after the other, in its own time.  Written from drawings of those
 * keyboards and from what scanners do in Alt mode; it shares nothing with
 * drivers/scanner/.
 *
 * Two sides: host, for the driver; the functions and settings below are the
 * trigger, the scanner's set-up, and misfortune.
 */
#ifndef TESTS_SIM_MODELS_SCANNER_KEYS_MODEL_H
#define TESTS_SIM_MODELS_SCANNER_KEYS_MODEL_H

#include <stdbool.h>

#include "hal_keys.h"
#include "hal_loop.h"

#define SCANNER_KEYS_DEPTH 8192

struct scanner_keys_event {
	uint16_t code;
	bool down;
};

struct scanner_keys_model {
	struct hal_keys host; /* give this to the driver */
	struct hal_loop *loop;
	/* How the scanner is set up; change at will between two readings. */
	const char *country;         /* "us", "de", "fr" */
	const char *ending;          /* typed after each code; "\r" */
	bool alt;                    /* every character as Alt and its number */
	bool alt_zero;               /* four figures with a leading zero */
	bool caps;                   /* holds letters by caps lock instead of shift */
	int64_t event_us;            /* between two key events */
	int64_t (*pace)(void *self); /* optional: instead of event_us, anew for each event */
	void *pace_self;
	/* Misfortune: after lose_after more events the next lose_count are lost, and that is told.
	 */
	unsigned lose_after, lose_count;

	bool plugged;
	struct hal_timer next;
	struct scanner_keys_event events[SCANNER_KEYS_DEPTH];
	size_t head, count;
	unsigned losing;
};

/* Born unplugged: "us", Enter, 2 ms an event. */
void scanner_keys_model_init(struct scanner_keys_model *model, struct hal_loop *loop);

void scanner_keys_model_plug(struct scanner_keys_model *model);
void scanner_keys_model_unplug(struct scanner_keys_model *model);

/* Pulls the trigger: types text (UTF-8) and the ending, after what is still being typed. */
void scanner_keys_model_read(struct scanner_keys_model *model, const char *text);

/* Presses and lets go of one key. */
void scanner_keys_model_tap(struct scanner_keys_model *model, uint16_t code);

#endif /* TESTS_SIM_MODELS_SCANNER_KEYS_MODEL_H */
