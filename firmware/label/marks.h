/* SPDX-License-Identifier: MIT */
/*
 * marks.h - what stands where on the sheets of a label
 *
 * The layout writes a list of marks once; every painter reads the same list.
 * Marks are placed in whole dots of the printer they are meant for, so that
 * what the preview shows is what the printer prints.
 *
 * Units:      dots from the sheet's upper left corner.
 * Ownership:  values; text lines are borrowed from struct text, symbols stand in
 *             the list itself.
 * Errors:     a list that is full says so in marks->full and takes no more.
 * Threads:    one at a time.
 */
#ifndef FIRMWARE_LABEL_MARKS_H
#define FIRMWARE_LABEL_MARKS_H

#include <stdbool.h>
#include <stdint.h>

#include "symbol.h"
#include "text.h"

#define MARKS_MAX     16384
#define MARKS_SYMBOLS 2

enum mark_kind {
	MARK_BOX,    /* filled */
	MARK_TEXT,   /* x, y: the line's origin */
	MARK_SYMBOL, /* x, y: upper left module, quiet zone not counted */
	MARK_CROSS,  /* a tick: both diagonals of its box */
};

struct mark {
	enum mark_kind kind;
	uint8_t sheet;
	bool white; /* clears dots instead of setting them */
	int16_t x, y;
	int16_t width, height; /* of a symbol: bar height; of text: its advance width */
	union {
		const struct text_line *line;
		struct {
			uint8_t index;  /* of marks->symbols */
			uint8_t module; /* dots */
		} symbol;
		uint8_t pen; /* of a cross: stroke in dots */
	} as;
};

struct marks {
	struct mark list[MARKS_MAX];
	unsigned count;
	bool full;
	struct symbol symbols[MARKS_SYMBOLS];
};

void marks_empty(struct marks *marks);
void marks_box(struct marks *marks, unsigned sheet, int x, int y, int width, int height);
void marks_text(struct marks *marks, unsigned sheet, int x, int y, const struct text_line *line);
void marks_cross(struct marks *marks, unsigned sheet, int x, int y, int size, int pen);
void marks_symbol(struct marks *marks, unsigned sheet, int x, int y, unsigned index,
                  unsigned module, int height);

/* Moves the marks from first on up or down. */
void marks_shift(struct marks *marks, unsigned first, int dy);

#endif /* FIRMWARE_LABEL_MARKS_H */
