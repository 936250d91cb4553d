/* SPDX-License-Identifier: MIT */
/* The finished label as vectors: the same marks, one page a sheet. */
#include "engine.h"

#include <stdio.h>

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include FT_ADVANCES_H

#include "font_files.h"

#define POINTS_PER_INCH 72.0

struct outlet {
	label_sink *sink;
	void *owner;
};

struct page {
	cairo_t *cairo;
	struct label_engine *engine;
	cairo_glyph_t glyphs[4 * TEXT_MAX];
	cairo_text_cluster_t clusters[4 * TEXT_MAX];
};

static cairo_status_t pass_on(void *closure, const unsigned char *bytes, unsigned len)
{
	struct outlet *outlet = closure;

	return outlet->sink(outlet->owner, bytes, len) ? CAIRO_STATUS_SUCCESS
	                                               : CAIRO_STATUS_WRITE_ERROR;
}

/* By file, not by our face: cairo keeps faces longer than an engine lives. */
static void choose_face(cairo_t *cairo, const struct font *font, double size)
{
	FcPattern *pattern = font_file_pattern(font->path, font->index);
	cairo_font_face_t *face = cairo_ft_font_face_create_for_pattern(pattern);

	cairo_set_font_face(cairo, face);
	cairo_set_font_size(cairo, size);
	cairo_font_face_destroy(face);
	FcPatternDestroy(pattern);
}

/* How far the pen moves without hinting; what kerning added stays. */
static double natural_advance(struct fonts *fonts, const struct text_run *run, unsigned i, int px)
{
	const struct text_glyph *glyph = &run->glyphs[i];
	FT_Face face = fonts->fonts[run->font].ft;
	const struct glyph *drawn = fonts_glyph(fonts, run->font, (uint16_t)px, glyph->id);
	FT_Fixed units = 0;

	if (FT_Get_Advance(face, glyph->id, FT_LOAD_NO_SCALE, &units) || !drawn)
		return glyph->advance;
	return (double)units * px / face->units_per_EM + glyph->advance - drawn->advance;
}

/*
 * Hinted advances are whole dots; on paper without dots that would look uneven.
 * So each run keeps its ends and spreads its glyphs evenly between them.
 */
static void place_glyphs(struct page *page, const struct text_run *run, int px, int x, int y)
{
	struct fonts *fonts = &page->engine->fonts;
	double natural = 0, scale, pen = 0;
	int hinted = run->x;

	for (unsigned i = 0; i < run->count; i++)
		natural += natural_advance(fonts, run, i, px);
	scale = natural > 0 ? run->width / natural : 1;
	for (unsigned i = 0; i < run->count; i++) {
		const struct text_glyph *glyph = &run->glyphs[i];

		page->glyphs[i] = (cairo_glyph_t){
			.index = glyph->id,
			.x = x + run->x + pen + (glyph->x - hinted),
			.y = y + glyph->y,
		};
		pen += natural_advance(fonts, run, i, px) * scale;
		hinted += glyph->advance;
	}
}

/* Which bytes each group of glyphs stands for, in the order of reading. */
static int fill_clusters(struct page *page, const struct text_run *run)
{
	int count = 0;

	for (unsigned i = 0; i < run->count; i++) {
		unsigned at = run->rtl ? run->count - 1 - i : i;
		unsigned from = run->glyphs[at].cluster;

		if (count > 0 && page->clusters[count - 1].num_bytes == (int)from) {
			page->clusters[count - 1].num_glyphs++;
			continue;
		}
		page->clusters[count++] = (cairo_text_cluster_t){ (int)from, 1 };
	}
	for (int i = 0; i < count; i++) {
		int next = i + 1 < count ? page->clusters[i + 1].num_bytes : run->from + run->len;

		page->clusters[i].num_bytes = next - page->clusters[i].num_bytes;
	}
	return count;
}

static void draw_text(struct page *page, const struct mark *mark)
{
	const struct text_line *line = mark->as.line;

	for (unsigned r = 0; r < line->run_count; r++) {
		const struct text_run *run = &line->runs[r];

		choose_face(page->cairo, &page->engine->fonts.fonts[run->font], line->style.px);
		place_glyphs(page, run, line->style.px, mark->x, mark->y);
		cairo_show_text_glyphs(page->cairo, line->text + run->from, run->len, page->glyphs,
		                       run->count, page->clusters, fill_clusters(page, run),
		                       run->rtl ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
	}
}

static void draw_symbol(struct page *page, const struct mark *mark)
{
	const struct symbol *symbol = &page->engine->marks.symbols[mark->as.symbol.index];
	int module = mark->as.symbol.module;
	int height = symbol->kind == SYMBOL_CODE128 ? mark->height : module;

	for (unsigned row = 0; row < symbol->rows; row++)
		for (unsigned x = 0; x < symbol->width; x++)
			if (symbol_is_dark(symbol, row, x))
				cairo_rectangle(page->cairo, mark->x + (int)x * module,
				                mark->y + (int)row * module, module, height);
	cairo_fill(page->cairo);
}

static void draw_cross(struct page *page, const struct mark *mark)
{
	double pen = mark->as.pen, inset = pen / 2;
	double left = mark->x + inset, right = mark->x + mark->width - inset;
	double top = mark->y + inset, bottom = mark->y + mark->height - inset;

	cairo_set_line_width(page->cairo, pen);
	cairo_set_line_cap(page->cairo, CAIRO_LINE_CAP_SQUARE);
	cairo_move_to(page->cairo, left, top);
	cairo_line_to(page->cairo, right, bottom);
	cairo_move_to(page->cairo, right, top);
	cairo_line_to(page->cairo, left, bottom);
	cairo_stroke(page->cairo);
}

static void draw_mark(struct page *page, const struct mark *mark)
{
	switch (mark->kind) {
	case MARK_BOX:
		cairo_rectangle(page->cairo, mark->x, mark->y, mark->width, mark->height);
		cairo_fill(page->cairo);
		return;
	case MARK_TEXT:
		draw_text(page, mark);
		return;
	case MARK_SYMBOL:
		draw_symbol(page, mark);
		return;
	case MARK_CROSS:
		draw_cross(page, mark);
		return;
	}
}

/* What a reader of the file is told must not change from one run to the next. */
static void tell_about(cairo_surface_t *surface, const struct label_engine *engine)
{
	char when[32];

	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, engine->title);
	snprintf(when, sizeof(when), "%sT00:00:00Z", engine->date);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, when);
}

static cairo_status_t draw_sheets(struct label_engine *engine, cairo_surface_t *surface)
{
	struct page page = { .cairo = cairo_create(surface), .engine = engine };
	double width = POINTS_PER_INCH / 254 * engine->paper.width_mm10;
	double scale = width / engine->pages[0].width_dots;
	cairo_status_t status;

	cairo_scale(page.cairo, scale, scale);
	for (unsigned sheet = 0; sheet < engine->sheet_count; sheet++) {
		for (unsigned i = 0; i < engine->marks.count; i++)
			if (engine->marks.list[i].sheet == sheet)
				draw_mark(&page, &engine->marks.list[i]);
		cairo_show_page(page.cairo);
	}
	status = cairo_status(page.cairo);
	cairo_destroy(page.cairo);
	return status;
}

enum hal_status label_write_pdf(struct label_engine *engine, label_sink *sink, void *owner,
                                struct hal_fault *reterr_fault)
{
	struct outlet outlet = { sink, owner };
	double points = POINTS_PER_INCH / 254;
	cairo_surface_t *surface;
	cairo_status_t status;

	if (engine->sheet_count == 0) {
		hal_fault_set(reterr_fault, "label: nothing prepared");
		return HAL_E_ARG;
	}
	surface = cairo_pdf_surface_create_for_stream(pass_on, &outlet,
	                                              engine->paper.width_mm10 * points,
	                                              engine->paper.height_mm10 * points);
	tell_about(surface, engine);
	status = draw_sheets(engine, surface);
	cairo_surface_finish(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		return HAL_OK;
	hal_fault_set(reterr_fault, "label: %s", cairo_status_to_string(status));
	return HAL_E_SYSTEM;
}
