/* SPDX-License-Identifier: MIT */
/* A drawn scale with bells on it. */
#include <math.h>
#include <stdio.h>

#include "leaf_parts.h"

#define TALL   480
#define BELL   250
#define FOOT   400
#define POINTS 61

static double x_of(const struct leaf_scale *scale, double value)
{
	return MARGIN + 40 + (INNER - 80) * (value - scale->low) / (scale->high - scale->low);
}

static void draw_bell(struct leaf *leaf, const struct leaf_scale *scale,
                      const struct leaf_bell *bell)
{
	static const double dashes[] = { 18, 12 };

	for (int i = 0; i < POINTS; i++) {
		double z = 8.0 * i / (POINTS - 1) - 4;
		double x = x_of(scale, bell->mean + z * bell->spread);
		double y = leaf->y + FOOT - BELL * exp(-z * z / 2);

		if (i == 0)
			cairo_move_to(leaf->cairo, x, y);
		else
			cairo_line_to(leaf->cairo, x, y);
	}
	cairo_set_dash(leaf->cairo, dashes, bell->dashed ? 2 : 0, 0);
	cairo_set_line_width(leaf->cairo, 6);
	cairo_stroke(leaf->cairo);
	cairo_set_dash(leaf->cairo, NULL, 0, 0);
}

static void draw_line(struct leaf *leaf, double x1, double y1, double x2, double y2, double width)
{
	cairo_set_line_width(leaf->cairo, width);
	cairo_move_to(leaf->cairo, x1, leaf->y + y1);
	cairo_line_to(leaf->cairo, x2, leaf->y + y2);
	cairo_stroke(leaf->cairo);
}

/* Centred over its place, but never over the edge of the paper, nor over the mark. */
static void put_words(struct leaf *leaf, const char *words, double x, int y, double mark)
{
	int width = leaf_width(leaf, LEAF_SMALL, words);
	double left = x - width / 2.0;

	if (left - 12 < mark && mark < left + width + 12)
		left = x < mark ? mark - width - 16 : mark + 16;
	if (left < MARGIN)
		left = MARGIN;
	if (left + width > MARGIN + INNER)
		left = MARGIN + INNER - width;
	leaf_place(leaf, LEAF_SMALL, words, (int)left, y);
}

static void put_figures(struct leaf *leaf, const struct leaf_scale *scale)
{
	for (double at = ceil(scale->low / scale->step) * scale->step; at <= scale->high;
	     at += scale->step) {
		char text[48];

		snprintf(text, sizeof(text), "%.*f %s", scale->step < 1 ? 1 : 0, at, scale->unit);
		draw_line(leaf, x_of(scale, at), FOOT, x_of(scale, at), FOOT + 14, 3);
		put_words(leaf, text, x_of(scale, at), FOOT + 24, 0);
	}
}

void leaf_draw_scale(struct leaf *leaf, const struct leaf_scale *scale)
{
	double mark = x_of(scale, scale->mark);

	if (leaf->status != HAL_OK || !(scale->high > scale->low) || !(scale->step > 0))
		return;
	leaf_make_room(leaf, TALL);
	for (unsigned i = 0; i < scale->count; i++) {
		draw_bell(leaf, scale, &scale->bells[i]);
		put_words(leaf, scale->bells[i].words, x_of(scale, scale->bells[i].mean),
		          96 - 40 * (int)i, mark);
	}
	draw_line(leaf, MARGIN, FOOT, MARGIN + INNER, FOOT, 3);
	put_figures(leaf, scale);
	draw_line(leaf, mark, 44, mark, FOOT, 8);
	put_words(leaf, scale->mark_words, mark, 0, 0);
	leaf->y += TALL;
}
