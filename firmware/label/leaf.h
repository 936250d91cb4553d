/* SPDX-License-Identifier: MIT */
/*
 * leaf.h - A4 pages of headings, paragraphs, tables and barcodes, as PDF
 *
 * For sheets that people file and send on: text of every script by the label's own
 * fonts, searchable, with the heading of a table repeated where it goes on.
 *
 * Units:      widths of columns in thousandths of the line.
 * Ownership:  create() hands out a leaf for finish(), which also ends it after a failure.
 * Errors:     the first one is kept and told by finish(); what follows it does nothing.
 *             A character without a glyph stands as its number, "<U+1F600>".
 * Threads:    one at a time.
 */
#ifndef FIRMWARE_LABEL_LEAF_H
#define FIRMWARE_LABEL_LEAF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal_status.h"

enum leaf_style {
	LEAF_TITLE,
	LEAF_HEADING,
	LEAF_STRONG,
	LEAF_BODY,
	LEAF_SMALL,
};

#define LEAF_COLUMNS 16

struct leaf;

/* sink gets the file in pieces and says false when it cannot be written. */
HAL_MUST_USE enum hal_status
leaf_create(bool (*sink)(void *owner, const uint8_t *bytes, size_t len), void *owner,
            const char *title, struct leaf **ret_leaf, struct hal_fault *reterr_fault);

void leaf_paragraph(struct leaf *leaf, enum leaf_style style, const char *text);

/* The code as a Code 128, its text below it and words beside it; a code that none can carry
 * stands as text alone. */
void leaf_barcode(struct leaf *leaf, const char *code, const char *words, const char *more);

/* Bells of equal height on one scale, and a mark on it: where something lies. */
struct leaf_bell {
	double mean, spread;
	const char *words;
	bool dashed;
};
struct leaf_scale {
	double low, high, step; /* step: between its figures */
	const char *unit;
	const struct leaf_bell *bells;
	unsigned count;
	double mark;
	const char *mark_words;
};
void leaf_draw_scale(struct leaf *leaf, const struct leaf_scale *scale);

/* Short lines as they are, in as many columns as the longest leaves room for, read downward. */
void leaf_listing(struct leaf *leaf, const char *text);

/* A line to write on, with words in front. */
void leaf_write_here(struct leaf *leaf, const char *words);

/* What follows begins on a page of its own. */
void leaf_page(struct leaf *leaf);

/* Begins a table; widths and headings hold until the next one.  Headings may be NULL, and
 * are borrowed as long. */
void leaf_table(struct leaf *leaf, unsigned columns, const uint16_t *widths,
                const char *const *headings);
void leaf_row(struct leaf *leaf, const char *const *cells);

HAL_MUST_USE enum hal_status leaf_finish(struct leaf *leaf, struct hal_fault *reterr_fault);

#endif /* FIRMWARE_LABEL_LEAF_H */
