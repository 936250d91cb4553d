/* SPDX-License-Identifier: MIT */
/*
 * layout.h - what stands where on the sheets of a label
 *
 * A sheet is a stack: blocks from the top, blocks from the bottom, and between
 * them the lines of the declaration.  The whole is tried in the largest type
 * first, then smaller, then on more sheets; nothing is ever left out.
 *
 * Units:      dots of the printer asked for.
 * Ownership:  struct layout is large; its engine holds it.  Borrows the request
 *             until layout_run() returns.
 * Errors:     as label_prepare().
 * Threads:    one at a time.
 */
#ifndef FIRMWARE_LABEL_LAYOUT_H
#define FIRMWARE_LABEL_LAYOUT_H

#include "content.h"
#include "forms.h"
#include "label.h"
#include "pen.h"

/* The empty place that the measured weight is painted into. */
struct layout_gap {
	unsigned sheet;
	int x, y, width, height;
	uint16_t mm100;
};

struct layout_columns {
	int x[FIELD_COUNT]; /* by the form's order: left edge of each */
	int right;
};

struct layout {
	struct pen pen;
	struct symbols *symbols;
	struct content content;
	const struct label_request *request;
	const struct form *form;
	const struct form_plan *plan;
	const struct form_style *style;
	const struct form_paper *paper;
	struct layout_columns columns;
	int left, right, top, bottom; /* what a printer reaches */
	struct layout_gap gaps[LABEL_MAX_SHEETS];
	unsigned gap_count;
	int sheet_mark_y[LABEL_MAX_SHEETS]; /* where "2/3" goes once it is known */
	uint16_t rows_until[LABEL_MAX_SHEETS]; /* how many are set when a sheet ends */
	unsigned sheet_count;
	uint16_t row;         /* the next one to set */
	enum font_han reader; /* of the address in its own script */
	bool bars, copy_mark, copy_bars, mark_beside_bars;
	bool alone; /* the address has the sheet to itself */
};

/* Fills the marks and gaps. */
enum hal_status layout_run(struct layout *layout, const struct label_request *request,
                           struct hal_fault *reterr_fault);

/* Sets the weight into a gap: marks to be painted over it. */
void layout_fill_gap(struct layout *layout, const struct layout_gap *gap, const char *weight);

/* A block from y downward; returns its height. */
int block_set(struct layout *layout, enum form_block block, int y);

/* Finds the columns that suit the lines of this parcel in the present style. */
void table_measure(struct layout *layout);

/* One line of the declaration; returns its height. */
int table_row(struct layout *layout, const struct content_row *row, int y);

/* The rules between the columns; every line brings its own. */
void table_rules(struct layout *layout, int y, int height);

#endif /* FIRMWARE_LABEL_LAYOUT_H */
