/* SPDX-License-Identifier: MIT */
#include "leaf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cairo-pdf.h>

#include "codepoint.h"
#include "leaf_parts.h"

#define POINTS (72.0 / 300)

static const struct {
	struct text_style style;
	int before, after, line; /* dots */
} looks[] = {
	[LEAF_TITLE] = { { .px = 66, .bold = true }, 0, 30, 84 },
	[LEAF_HEADING] = { { .px = 46, .bold = true }, 40, 14, 60 },
	[LEAF_STRONG] = { { .px = 40, .bold = true }, 40, 10, 54 },
	[LEAF_BODY] = { { .px = 36 }, 6, 6, 48 },
	[LEAF_SMALL] = { { .px = 28 }, 4, 4, 37 },
};

static cairo_status_t pass_on(void *closure, const unsigned char *bytes, unsigned len)
{
	struct leaf *leaf = closure;

	return leaf->sink(leaf->owner, bytes, len) ? CAIRO_STATUS_SUCCESS
	                                           : CAIRO_STATUS_WRITE_ERROR;
}

enum hal_status leaf_create(bool (*sink)(void *owner, const uint8_t *bytes, size_t len),
                            void *owner, const char *title, struct leaf **ret_leaf,
                            struct hal_fault *reterr_fault)
{
	struct leaf *leaf = calloc(1, sizeof(*leaf));
	enum hal_status status;

	if (!leaf) {
		hal_fault_set(reterr_fault, "no memory for a page");
		return HAL_E_SYSTEM;
	}
	status = fonts_init(&leaf->fonts, &leaf->glyphs, reterr_fault);
	if (status != HAL_OK)
		goto free_leaf;
	status = text_init(&leaf->text, &leaf->fonts, reterr_fault);
	if (status != HAL_OK)
		goto finish_fonts;
	leaf->sink = sink;
	leaf->owner = owner;
	leaf->surface =
		cairo_pdf_surface_create_for_stream(pass_on, leaf, WIDTH * POINTS, HEIGHT * POINTS);
	/* Newer ones hide the pages in compressed objects, which old viewers do not open. */
	cairo_pdf_surface_restrict_to_version(leaf->surface, CAIRO_PDF_VERSION_1_4);
	cairo_pdf_surface_set_metadata(leaf->surface, CAIRO_PDF_METADATA_TITLE, title);
	leaf->cairo = cairo_create(leaf->surface);
	cairo_scale(leaf->cairo, POINTS, POINTS);
	leaf->y = MARGIN;
	*ret_leaf = leaf;
	return HAL_OK;

finish_fonts:
	fonts_finish(&leaf->fonts);
free_leaf:
	free(leaf);
	return status;
}

/* ---- Text ---------------------------------------------------------------------------------- */

/* Lines of one cell or paragraph, shaped and waiting for their place. */
struct lines {
	const struct text_line *line[TEXT_WRAP_LINES];
	unsigned count;
};

/* Every character beyond Latin as its number: for the text that holds one nobody can draw. */
static void spell_out(const char *text, char *spelled, size_t size)
{
	size_t len = strlen(text), at = 0, used = 0;

	while (at < len && used + 16 < size) {
		uint32_t character = 0;
		size_t step = codepoint_next(text + at, len - at, &character);

		if (step == 0)
			step = 1;
		used += character >= 0x20 && character < 0x180
		                ? (size_t)snprintf(spelled + used, size - used, "%.*s", (int)step,
		                                   text + at)
		                : (size_t)snprintf(spelled + used, size - used, "<U+%04X>",
		                                   (unsigned)character);
		at += step;
	}
	spelled[used] = '\0';
}

static void shape(struct leaf *leaf, enum leaf_style style, const char *text, int width,
                  struct lines *lines)
{
	struct hal_fault fault;
	char spelled[TEXT_MAX];

	lines->count = 0;
	if (leaf->status != HAL_OK || !text[0])
		return;
	if (text_wrap(&leaf->text, text, &looks[style].style, width, lines->line, &lines->count,
	              &fault) == HAL_OK)
		return;
	spell_out(text, spelled, sizeof(spelled));
	leaf->status = text_wrap(&leaf->text, spelled, &looks[style].style, width, lines->line,
	                         &lines->count, &leaf->fault);
}

static void draw(struct leaf *leaf, enum leaf_style style, const struct lines *lines, int x, int y)
{
	int ascent = looks[style].style.px;

	for (unsigned i = 0; i < lines->count; i++)
		pdf_text_draw(&leaf->room, leaf->cairo, &leaf->fonts, lines->line[i], x,
		              y + ascent + (int)i * looks[style].line);
}

static int height_of(enum leaf_style style, const struct lines *lines)
{
	return (int)lines->count * looks[style].line;
}

/* ---- Pages --------------------------------------------------------------------------------- */

static void number_page(struct leaf *leaf)
{
	char number[16];
	struct lines lines;

	snprintf(number, sizeof(number), "%u", ++leaf->page);
	shape(leaf, LEAF_SMALL, number, INNER, &lines);
	draw(leaf, LEAF_SMALL, &lines, WIDTH / 2, HEIGHT - MARGIN + 40);
}

static void turn_page(struct leaf *leaf)
{
	number_page(leaf);
	cairo_show_page(leaf->cairo);
	text_tidy(&leaf->text);
	leaf->y = MARGIN;
}

static bool has_room(const struct leaf *leaf, int height)
{
	return leaf->y + height <= HEIGHT - MARGIN;
}

/* A heading does not stand alone at the foot of a page. */
void leaf_paragraph(struct leaf *leaf, enum leaf_style style, const char *text)
{
	int company = style <= LEAF_STRONG ? 300 : 0;
	struct lines lines;

	shape(leaf, style, text, INNER, &lines);
	if (lines.count == 0)
		return;
	if (leaf->y > MARGIN)
		leaf->y += looks[style].before;
	if (!has_room(leaf, height_of(style, &lines) + company)) {
		turn_page(leaf);
		shape(leaf, style, text, INNER, &lines);
	}
	draw(leaf, style, &lines, MARGIN, leaf->y);
	leaf->y += height_of(style, &lines) + looks[style].after;
}

/* ---- Tables -------------------------------------------------------------------------------- */

static int shape_row(struct leaf *leaf, const char *const *cells, struct lines *lines)
{
	int height = looks[LEAF_SMALL].line;

	for (unsigned i = 0; i < leaf->columns; i++) {
		shape(leaf, LEAF_SMALL, cells[i], leaf->widths[i] - 2 * PAD, &lines[i]);
		if (height_of(LEAF_SMALL, &lines[i]) > height)
			height = height_of(LEAF_SMALL, &lines[i]);
	}
	return height + PAD;
}

static void draw_row(struct leaf *leaf, const struct lines *lines, int height, bool shaded)
{
	int x = MARGIN;

	if (shaded) {
		cairo_set_source_rgb(leaf->cairo, 0.9, 0.9, 0.9);
		cairo_rectangle(leaf->cairo, MARGIN, leaf->y, INNER, height);
		cairo_fill(leaf->cairo);
		cairo_set_source_rgb(leaf->cairo, 0, 0, 0);
	}
	cairo_set_line_width(leaf->cairo, 2);
	for (unsigned i = 0; i < leaf->columns; i++) {
		cairo_rectangle(leaf->cairo, x, leaf->y, leaf->widths[i], height);
		cairo_stroke(leaf->cairo);
		draw(leaf, LEAF_SMALL, &lines[i], x + PAD, leaf->y + PAD / 2);
		x += leaf->widths[i];
	}
	leaf->y += height;
}

static void add_headings(struct leaf *leaf)
{
	struct lines lines[LEAF_COLUMNS];

	if (leaf->has_headings && leaf->status == HAL_OK)
		draw_row(leaf, lines, shape_row(leaf, leaf->headings, lines), true);
}

void leaf_table(struct leaf *leaf, unsigned columns, const uint16_t *widths,
                const char *const *headings)
{
	struct lines lines[LEAF_COLUMNS];

	leaf->columns = columns < LEAF_COLUMNS ? columns : LEAF_COLUMNS;
	leaf->has_headings = headings != NULL;
	for (unsigned i = 0; i < leaf->columns; i++) {
		leaf->widths[i] = INNER * widths[i] / 1000;
		leaf->headings[i] = headings ? headings[i] : "";
	}
	leaf->y += PAD;
	if (!has_room(leaf, 2 * shape_row(leaf, leaf->headings, lines)))
		turn_page(leaf);
	add_headings(leaf);
}

void leaf_row(struct leaf *leaf, const char *const *cells)
{
	struct lines lines[LEAF_COLUMNS];
	int height = shape_row(leaf, cells, lines);

	if (leaf->status != HAL_OK)
		return;
	if (!has_room(leaf, height)) {
		turn_page(leaf);
		add_headings(leaf);
		height = shape_row(leaf, cells, lines);
	}
	draw_row(leaf, lines, height, false);
}

/* ---- Barcodes ------------------------------------------------------------------------------- */

#define DPI      300
#define BAR_ROOM 1300 /* what stands beside the bars begins behind it */
#define BARS     150
#define BAR_STEP 290

static bool encode(struct leaf *leaf, const char *code)
{
	struct hal_fault fault;

	if (!leaf->symbols.code128 && leaf->status == HAL_OK)
		leaf->status = symbols_init(&leaf->symbols, &leaf->fault);
	return leaf->status == HAL_OK &&
	       symbol_encode(&leaf->symbols, SYMBOL_CODE128, code, &leaf->symbol, &fault) == HAL_OK;
}

/* False when the code has no room. */
static bool draw_bars(struct leaf *leaf, const char *code)
{
	unsigned module;
	int x = MARGIN;

	if (!encode(leaf, code))
		return false;
	module = symbol_module(&leaf->symbol, DPI, 160, 430, BAR_ROOM);
	x += (int)(SYMBOL_BAR_QUIET * module);
	for (unsigned i = 0; i < leaf->symbol.width; i++, x += (int)module)
		if (symbol_is_dark(&leaf->symbol, 0, i))
			cairo_rectangle(leaf->cairo, x, leaf->y, module, BARS);
	cairo_fill(leaf->cairo);
	return module > 0;
}

void leaf_make_room(struct leaf *leaf, int height)
{
	if (!has_room(leaf, height))
		turn_page(leaf);
}

int leaf_line(enum leaf_style style)
{
	return looks[style].line;
}

int leaf_width(struct leaf *leaf, enum leaf_style style, const char *text)
{
	struct lines lines;

	shape(leaf, style, text, INNER, &lines);
	return lines.count > 0 ? lines.line[0]->width : 0;
}

void leaf_place(struct leaf *leaf, enum leaf_style style, const char *text, int x, int y)
{
	struct lines lines;

	shape(leaf, style, text, MARGIN + INNER - x, &lines);
	draw(leaf, style, &lines, x, leaf->y + y);
}

void leaf_barcode(struct leaf *leaf, const char *code, const char *words, const char *more)
{
	if (leaf->status != HAL_OK)
		return;
	if (!has_room(leaf, BAR_STEP))
		turn_page(leaf);
	draw_bars(leaf, code);
	leaf_place(leaf, LEAF_SMALL, code, MARGIN + 40, BARS + 6);
	leaf_place(leaf, LEAF_HEADING, words, MARGIN + BAR_ROOM, 0);
	leaf_place(leaf, LEAF_BODY, more, MARGIN + BAR_ROOM, 70);
	leaf->y += BAR_STEP;
}

void leaf_write_here(struct leaf *leaf, const char *words)
{
	if (leaf->status != HAL_OK)
		return;
	if (!has_room(leaf, 200))
		turn_page(leaf);
	leaf->y += 120;
	leaf_place(leaf, LEAF_BODY, words, MARGIN, -40);
	cairo_set_line_width(leaf->cairo, 3);
	cairo_move_to(leaf->cairo, MARGIN + INNER / 3, leaf->y);
	cairo_line_to(leaf->cairo, MARGIN + INNER, leaf->y);
	cairo_stroke(leaf->cairo);
	leaf->y += 60;
}

void leaf_page(struct leaf *leaf)
{
	if (leaf->y > MARGIN)
		turn_page(leaf);
}

enum hal_status leaf_finish(struct leaf *leaf, struct hal_fault *reterr_fault)
{
	cairo_status_t drawn;
	enum hal_status status;

	if (!leaf)
		return HAL_OK;
	number_page(leaf);
	cairo_show_page(leaf->cairo);
	drawn = cairo_status(leaf->cairo);
	cairo_destroy(leaf->cairo);
	cairo_surface_finish(leaf->surface);
	if (drawn == CAIRO_STATUS_SUCCESS)
		drawn = cairo_surface_status(leaf->surface);
	cairo_surface_destroy(leaf->surface);
	status = leaf->status;
	hal_fault_set(reterr_fault, "%s",
	              status != HAL_OK ? leaf->fault.text : cairo_status_to_string(drawn));
	if (status == HAL_OK && drawn != CAIRO_STATUS_SUCCESS)
		status = HAL_E_SYSTEM;
	if (leaf->symbols.code128)
		symbols_finish(&leaf->symbols);
	text_finish(&leaf->text);
	fonts_finish(&leaf->fonts);
	free(leaf);
	return status;
}
