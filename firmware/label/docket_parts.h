/* SPDX-License-Identifier: MIT */
/*
 * docket_parts.h - what the two halves of a docket share: a pen that goes down the sheet
 *
 * Threads:    one at a time.
 */
#ifndef FIRMWARE_LABEL_DOCKET_PARTS_H
#define FIRMWARE_LABEL_DOCKET_PARTS_H

#include "layout.h"

/* Type in hundredths of a millimetre. */
#define DOCKET_WORDS 300
#define DOCKET_SMALL 220
#define DOCKET_LEAST 180

/* What stands between two parts, in tenths. */
#define DOCKET_GAP_MM10 20

struct docket {
	struct layout *layout;
	const struct label_bag *bag;
	int width;
	int y; /* of the next part */
};

static inline struct pen_type docket_type(uint16_t mm100, bool bold, enum pen_side side)
{
	return (struct pen_type){ .mm100 = mm100, .bold = bold, .side = side };
}

static inline int docket_mm10(const struct docket *docket, int mm10)
{
	return pen_mm10(&docket->layout->pen, mm10);
}

/* Across the whole width, and the next part below it. */
void docket_say(struct docket *docket, struct pen_type type, const char *text);
void docket_rule(struct docket *docket);

/* False when there is none left. */
bool docket_next_sheet(struct docket *docket);

/* "10.082" for the whole bag. */
void docket_total(const struct docket *docket, char *text, size_t size);

/* The list of parcels, from a sheet of its own on, and where the courier signs. */
void docket_list(struct docket *docket);

#endif /* FIRMWARE_LABEL_DOCKET_PARTS_H */
