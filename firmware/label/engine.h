/* SPDX-License-Identifier: MIT */
/*
 * engine.h - what a label engine is made of
 *
 * One block, zeroed and mostly never touched: the largest label with the most
 * sheets has room in it, and the usual one costs a tenth of that.
 *
 * Ownership:  label_engine_create() makes it, nothing is allocated later.
 * Threads:    one at a time.
 */
#ifndef FIRMWARE_LABEL_ENGINE_H
#define FIRMWARE_LABEL_ENGINE_H

#include "fonts.h"
#include "glyphs.h"
#include "label.h"
#include "layout.h"
#include "marks.h"
#include "symbol.h"
#include "text.h"

#define LABEL_GAP_MM10   30                       /* between two labels of a roll */
#define LABEL_PAGE_BYTES ((1181u + 7) / 8 * 1772) /* 100 x 150 mm at 300 dpi */

struct label_engine {
	struct glyphs glyphs;
	struct fonts fonts;
	struct text text;
	struct symbols symbols;
	struct marks marks;
	struct layout layout;
	struct hal_page pages[LABEL_MAX_SHEETS];
	struct hal_paper paper;
	unsigned sheet_count;
	char title[NOTICE_KEY], date[12]; /* told in the PDF */
	unsigned constant;                /* marks that are there before the weight is known */
	uint8_t bits[LABEL_MAX_SHEETS][LABEL_PAGE_BYTES];
};

#endif /* FIRMWARE_LABEL_ENGINE_H */
