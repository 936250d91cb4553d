/* SPDX-License-Identifier: MIT */
/*
 * paint_bits.h - marks as dots of one bit
 *
 * Units:      dots.
 * Ownership:  paints into the caller's page.
 * Errors:     false when a mark reaches over the edge of its page: such a label
 *             would be cut and must not be printed.
 * Threads:    one at a time.
 */
#ifndef FIRMWARE_LABEL_PAINT_BITS_H
#define FIRMWARE_LABEL_PAINT_BITS_H

#include <stdbool.h>
#include <stdint.h>

#include "fonts.h"
#include "marks.h"

struct paint_page {
	uint8_t *bits;
	uint32_t width, height, stride;
};

/* Sets (white: clears) a rectangle; false when it is not wholly on the page. */
bool paint_box(struct paint_page *page, int x, int y, int width, int height, bool white);

bool paint_mark(struct paint_page *page, struct fonts *fonts, const struct marks *marks,
                const struct mark *mark);

#endif /* FIRMWARE_LABEL_PAINT_BITS_H */
