/* SPDX-License-Identifier: MIT */
/*
 * pdf_text.h - shaped lines as text of a PDF, which a reader can select and search
 *
 * Units:      dots, as the lines were shaped; the caller scales.
 * Ownership:  the room is the caller's, for one line at a time.
 * Threads:    one at a time.
 */
#ifndef FIRMWARE_LABEL_PDF_TEXT_H
#define FIRMWARE_LABEL_PDF_TEXT_H

#include <cairo.h>

#include "fonts.h"
#include "text.h"

struct pdf_text {
	cairo_glyph_t glyphs[4 * TEXT_MAX];
	cairo_text_cluster_t clusters[4 * TEXT_MAX];
};

/* x, y: the line's left end on the baseline. */
void pdf_text_draw(struct pdf_text *room, cairo_t *cairo, struct fonts *fonts,
                   const struct text_line *line, int x, int y);

#endif /* FIRMWARE_LABEL_PDF_TEXT_H */
