/* SPDX-License-Identifier: MIT */
/*
 * itemise.h - which face, script and direction each character of a line wants
 *
 * Ownership:  fills text->chars, which the caller reads before the next call.
 * Errors:     HAL_E_ARG for what is not UTF-8, too long, or without a glyph.
 * Threads:    one at a time.
 * Source:     Unicode Standard Annex #9 (by FriBidi), #24.
 */
#ifndef FIRMWARE_LABEL_ITEMISE_H
#define FIRMWARE_LABEL_ITEMISE_H

#include "text.h"

#define ITEMISE_MAX 96 /* runs of one line */

/* Characters first .. first + count - 1 of one face, script and direction. */
struct item {
	uint16_t first, count;
};

/* ret_items stand in the order in which they are seen, from left to right. */
enum hal_status itemise(struct text *text, const char *utf8, size_t len,
                        const struct text_style *style, struct item ret_items[ITEMISE_MAX],
                        unsigned *ret_count, bool *ret_rtl, struct hal_fault *reterr_fault);

#endif /* FIRMWARE_LABEL_ITEMISE_H */
