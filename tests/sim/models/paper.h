/* SPDX-License-Identifier: MIT */
/*
 * paper.h - the labels that came out of a simulated printer
 *
 * Each is a one-bit bitmap decoded from the bytes the printer received: what a
 * human would hold in the hand.  Torn or half-printed ones are kept too and say
 * so.  The last PAPER_KEPT can be looked at; older ones are only counted.
 *
 * Units:      dots; times are loop time.
 * Ownership:  bitmaps belong to the paper; label pointers are good until
 *             PAPER_KEPT more labels came out.
 */
#ifndef TESTS_SIM_MODELS_PAPER_H
#define TESTS_SIM_MODELS_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAPER_KEPT 64

struct paper_label {
	uint8_t *bits; /* 1 is black, most significant bit leftmost */
	uint32_t width_dots;
	uint32_t height_dots;
	uint32_t stride;
	uint32_t printed_dots; /* rows that are on the paper; the rest is blank */
	int64_t at_us;
	uint32_t number; /* counts from 0 over all labels, torn ones included */
	bool whole;
};

struct paper {
	struct paper_label kept[PAPER_KEPT];
	uint32_t count;       /* of all labels ever */
	uint32_t whole_count; /* of those that came out whole */
	/* Optional: told of each label as it comes out. */
	void (*out)(void *owner, const struct paper_label *label);
	void *owner;
};

void paper_init(struct paper *paper);
void paper_finish(struct paper *paper);

/* Copies bits; label->bits may be freed afterwards. */
void paper_add(struct paper *paper, const struct paper_label *label);

/* The last label is 0, the one before it 1; NULL when there is none. */
const struct paper_label *paper_last(const struct paper *paper, uint32_t back);

bool paper_dot(const struct paper_label *label, uint32_t x, uint32_t y);

/* A one-bit greyscale PNG; false when the file cannot be written. */
bool paper_write_png(const struct paper_label *label, const char *path);

#endif /* TESTS_SIM_MODELS_PAPER_H */
