/* SPDX-License-Identifier: MIT */
/*
 * pen.h - setting words into boxes of a sheet
 *
 * The first thing that goes wrong stops the pen: it draws nothing more, and its
 * status tells why.  So a layout draws on without asking after every word.
 *
 * Units:      type sizes in hundredths, geometry in tenths of a millimetre where
 *             a name says so; everything else in dots.
 * Ownership:  borrows text and marks.
 * Errors:     kept in status and fault.
 * Threads:    one at a time.
 */
#ifndef FIRMWARE_LABEL_PEN_H
#define FIRMWARE_LABEL_PEN_H

#include "marks.h"
#include "text.h"

/* Below two millimetres an ideograph is a blot: a paragraph that has one is set larger. */
#define PEN_LEAST_HAN 200

struct pen {
	struct text *text;
	struct marks *marks;
	unsigned dpi;
	unsigned sheet;
	enum font_han han;
	enum text_base base;
	enum hal_status status;
	struct hal_fault *fault;
};

enum pen_side {
	PEN_LEFT,
	PEN_RIGHT,
	PEN_CENTRE,
};

/* Where and how a paragraph is set. */
struct pen_type {
	uint16_t mm100; /* size of the em */
	bool bold;
	enum pen_side side; /* what runs from right to left turns left into right */
};

int pen_mm10(const struct pen *pen, int mm10);
int pen_mm100(const struct pen *pen, int mm100);

/* The stroke of an inner rule, and of a frame. */
int pen_rule(const struct pen *pen);
int pen_frame(const struct pen *pen);

/* One paragraph from y downward, as many lines as it needs; returns its height. */
int pen_paragraph(struct pen *pen, int x, int y, int width, struct pen_type type, const char *utf8);

static inline int pen_larger(int a, int b)
{
	return a > b ? a : b;
}

/* On one line if a size down to least_mm100 allows it, else a paragraph of that size. */
int pen_fitted(struct pen *pen, int x, int y, int width, struct pen_type type, uint16_t least_mm100,
               const char *utf8);

/* How much lower the top of a smaller type is when both stand on one baseline. */
int pen_drop(const struct pen *pen, uint16_t large_mm100, uint16_t small_mm100);

/* What lacks between two paragraphs to stand as far apart as the lines of one. */
int pen_leading(const struct pen *pen, uint16_t mm100);

/* Whether it would begin at the right. */
bool pen_is_rtl(struct pen *pen, struct pen_type type, const char *utf8);

/* How wide it would be on one line. */
int pen_width(struct pen *pen, struct pen_type type, const char *utf8);

/* Height of one line of that size. */
int pen_line_height(const struct pen *pen, uint16_t mm100);

void pen_box(struct pen *pen, int x, int y, int width, int height);

#endif /* FIRMWARE_LABEL_PEN_H */
