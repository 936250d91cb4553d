/* SPDX-License-Identifier: MIT */
/*
 * text.h - words of any script as glyphs in place
 *
 * A line of UTF-8 goes through the bidirectional algorithm (FriBidi), is cut
 * into runs of one face, script and direction, and shaped (HarfBuzz).  Shaped
 * lines are kept, since a form says mostly the same thing on every label.
 *
 * Units:      dots.  A line's origin is its left end on the baseline, y grows
 *             downward as on the paper.
 * Ownership:  struct text owns the lines; a pointer to one is valid until the
 *             next text_tidy().
 * Errors:     HAL_E_ARG for what is not UTF-8 and for a character without a
 *             glyph, with that character named.
 * Threads:    one at a time.
 */
#ifndef FIRMWARE_LABEL_TEXT_H
#define FIRMWARE_LABEL_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <hb.h>

#include "fonts.h"
#include "hal_status.h"

#define TEXT_MAX        1280 /* bytes of one paragraph: a whole address on one line */
#define TEXT_LINES      16384
#define TEXT_RUNS       32768
#define TEXT_GLYPHS     262144
#define TEXT_BYTES      (1u << 19)
#define TEXT_KEEP       32768 /* glyphs kept from one label to the next */
#define TEXT_WRAP_LINES 32

/* Where a paragraph begins: its first letter tells; what is broken off it keeps to it. */
enum text_base {
	TEXT_BASE_FOUND,
	TEXT_BASE_LTR,
	TEXT_BASE_RTL,
};

struct text_style {
	uint16_t px;
	bool bold;
	enum font_han han;
	enum text_base base;
};

struct text_glyph {
	uint16_t id;
	int16_t x, y;
	int16_t advance;
	uint16_t cluster; /* byte of the line's text it stands for */
};

struct text_run {
	const struct text_glyph *glyphs;
	uint16_t count;
	uint8_t font;
	bool rtl;
	int16_t x, width;
	uint16_t from, len; /* bytes of the line's text */
};

struct text_line {
	struct text_style style;
	const char *text; /* not closed by a NUL */
	uint16_t len;
	bool rtl; /* the paragraph's direction */
	int16_t width;
	int16_t rise, fall; /* of the ink, above and below the baseline */
	const struct text_run *runs;
	uint16_t run_count;
	uint32_t hash;
};

/* What is known of a character while its line is being shaped. */
struct text_char {
	uint32_t character;
	uint16_t at; /* byte */
	uint8_t font;
	int8_t level;
	hb_script_t script;
};

struct text {
	struct fonts *fonts;
	hb_buffer_t *buffer;
	struct text_line lines[TEXT_LINES];
	struct text_run runs[TEXT_RUNS];
	struct text_glyph glyphs[TEXT_GLYPHS];
	char bytes[TEXT_BYTES];
	uint16_t table[TEXT_LINES * 2]; /* line + 1, 0 empty */
	uint32_t line_count, run_count, glyph_count, byte_count;
	struct text_char chars[TEXT_MAX + 1];
	int16_t widths[TEXT_MAX + 1];
};

enum hal_status text_init(struct text *text, struct fonts *fonts, struct hal_fault *reterr_fault);
void text_finish(struct text *text);

/* Forgets the shaped lines when they have become many; between two labels only. */
void text_tidy(struct text *text);

enum hal_status text_shape(struct text *text, const char *utf8, size_t len,
                           const struct text_style *style, const struct text_line **ret_line,
                           struct hal_fault *reterr_fault);

/*
 * One paragraph on as many lines as it takes; HAL_E_ARG beyond TEXT_WRAP_LINES.
 * Breaks at spaces, after hyphens, between Han characters, before Thai leading
 * vowels; within a word only when it is wider than the line.
 */
enum hal_status text_wrap(struct text *text, const char *utf8, const struct text_style *style,
                          int width, const struct text_line *ret_lines[TEXT_WRAP_LINES],
                          unsigned *ret_count, struct hal_fault *reterr_fault);

#endif /* FIRMWARE_LABEL_TEXT_H */
