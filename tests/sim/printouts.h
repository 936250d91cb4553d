/* SPDX-License-Identifier: MIT */
/*
 * printouts.h - bitmaps to print in tests: noise, edge cases, and what looks like a label
 *
 * The same seed gives the same page, on every machine.
 */
#ifndef TESTS_SIM_PRINTOUTS_H
#define TESTS_SIM_PRINTOUTS_H

#include <stdint.h>

#include "hal_printer.h"

enum page_kind {
	PAGE_LABEL,  /* boxes, lines of strokes like text, bar codes */
	PAGE_NOISE,  /* every dot by chance: does not compress */
	PAGE_SPARSE, /* a few dots far apart */
	PAGE_BLANK,
	PAGE_BLACK,
	PAGE_CORNERS, /* one dot in each corner */
};

#define PAGE_KINDS 6

struct page_bits {
	struct hal_page page; /* .bits belongs to this struct */
	uint8_t *bits;
};

void page_make(struct page_bits *page, enum page_kind kind, uint32_t width_dots,
               uint32_t height_dots, uint32_t seed);
void page_free(struct page_bits *page);

void page_set_dot(struct page_bits *page, uint32_t x, uint32_t y);

#endif /* TESTS_SIM_PRINTOUTS_H */
