/* SPDX-License-Identifier: MIT */
/*
 * leaf_parts.h - the inside of a leaf, for leaf*.c alone
 *
 * Units:      dots at 300 an inch, from the upper left corner of the page.
 */
#ifndef FIRMWARE_LABEL_LEAF_PARTS_H
#define FIRMWARE_LABEL_LEAF_PARTS_H

#include <cairo.h>

#include "glyphs.h"
#include "leaf.h"
#include "pdf_text.h"
#include "symbol.h"

/* A4 at 300 dots an inch. */
#define WIDTH  2480
#define HEIGHT 3508
#define MARGIN 170
#define INNER  (WIDTH - 2 * MARGIN)
#define PAD    12

struct leaf {
	struct glyphs glyphs;
	struct fonts fonts;
	struct text text;
	struct pdf_text room;
	bool (*sink)(void *owner, const uint8_t *bytes, size_t len);
	void *owner;
	cairo_surface_t *surface;
	cairo_t *cairo;
	int y;
	unsigned page;
	unsigned columns;
	int widths[LEAF_COLUMNS];
	const char *headings[LEAF_COLUMNS];
	bool has_headings;
	struct symbols symbols; /* from the first barcode on */
	struct symbol symbol;
	enum hal_status status;
	struct hal_fault fault;
};

/* Turns the page when so much has no room on it. */
void leaf_make_room(struct leaf *leaf, int height);

/* From one line to the next. */
int leaf_line(enum leaf_style style);

int leaf_width(struct leaf *leaf, enum leaf_style style, const char *text);
/* Text at x, y below where the leaf stands. */
void leaf_place(struct leaf *leaf, enum leaf_style style, const char *text, int x, int y);

#endif /* FIRMWARE_LABEL_LEAF_PARTS_H */
