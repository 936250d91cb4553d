/* SPDX-License-Identifier: MIT */
/*
 * misfortune.h - what a cable and its neighbours do to a device's words
 *
 * Every scale model speaks through one of these instead of straight into its
 * wire.  With nothing set it changes nothing.
 */
#ifndef TESTS_SIM_MODELS_MISFORTUNE_H
#define TESTS_SIM_MODELS_MISFORTUNE_H

#include "wire.h"

enum misfortune_parity {
	PARITY_NONE, /* 8 data bits */
	PARITY_EVEN, /* 7E1 read as 8 bits: bit 7 is the parity */
	PARITY_ODD,
};

struct misfortune {
	struct wire *wire;
	enum misfortune_parity parity;
	/* Hands; all may be written at any time.  0 or false: it does not happen. */
	bool deaf;            /* neither hears nor speaks */
	unsigned lose_every;  /* each n-th byte is lost on the way */
	unsigned flip_every;  /* each n-th byte has one bit wrong */
	unsigned noise_every; /* before each n-th frame a few bytes of noise */
	int64_t split_us;     /* each frame pauses in its middle for so long */
	/* Its own. */
	struct hal_timer rest_due;
	uint8_t rest[WIRE_DEPTH / 8];
	size_t rest_len;
	unsigned bytes, frames;
	uint32_t seed;
};

void misfortune_init(struct misfortune *misfortune, struct wire *wire);

/* Sends a frame as the wire will have it. */
void misfortune_send(struct misfortune *misfortune, const void *data, size_t len);
void misfortune_say(struct misfortune *misfortune, const char *text);

#endif /* TESTS_SIM_MODELS_MISFORTUNE_H */
