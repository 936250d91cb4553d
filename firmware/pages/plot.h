/* SPDX-License-Identifier: MIT */
/*
 * plot.h - pictures of numbers as SVG, drawn by the server
 *
 * Places are hundredths of a percent of the picture, so type keeps its size whatever
 * the width; points and lines stand in an inner picture that is stretched.  Colours
 * and strokes are classes of the style sheet.
 *
 * Units:      values as the caller has them; 10000 is the whole width or height.
 * Threads:    any, one a stream.
 */
#ifndef FIRMWARE_PAGES_PLOT_H
#define FIRMWARE_PAGES_PLOT_H

#include <stdint.h>
#include <stdio.h>

struct plot {
	FILE *out;
	int64_t x_low, x_high;      /* values at the left and the right edge of the field */
	int64_t y_low, y_high;      /* at its foot and its top */
	int left, right, top, foot; /* the field */
};

/* Where a value lies; outside the field: at its edge. */
int plot_x(const struct plot *plot, int64_t value);
int plot_y(const struct plot *plot, int64_t value);

/* <svg ...> with words for who does not see it, and its end. */
void plot_begin(const struct plot *plot, const char *css, const char *words);
void plot_end(const struct plot *plot);

/* The stretched picture inside: between the two only plot_path_*(). */
void plot_field_begin(const struct plot *plot);
void plot_field_end(const struct plot *plot);
void plot_path_begin(const struct plot *plot, const char *css);
void plot_path_dot(const struct plot *plot, int64_t x, int64_t y);
/* first: the pen is put down there. */
void plot_path_line(const struct plot *plot, int64_t x, int64_t y, int first);
void plot_path_end(const struct plot *plot);

void plot_box(const struct plot *plot, const char *css, int x, int y, int width, int height);
void plot_line(const struct plot *plot, const char *css, int x1, int y1, int x2, int y2);
/* css also says where the text ends: "end", "mid", "". */
void plot_text(const struct plot *plot, const char *css, int x, int y, const char *text);

/* A round step, so that about count of them fill the span: 1, 2, 5, 10, ... */
int64_t plot_step(int64_t span, int count);

#endif /* FIRMWARE_PAGES_PLOT_H */
