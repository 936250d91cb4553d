/* SPDX-License-Identifier: MIT */
/* The finished label as vectors: the same marks, one page a sheet. */
#include "engine.h"

#include <stdio.h>

#include <cairo-pdf.h>

#include "pdf_text.h"

#define POINTS_PER_INCH 72.0

struct outlet {
	label_sink *sink;
	void *owner;
};

struct page {
	cairo_t *cairo;
	struct label_engine *engine;
	struct pdf_text text;
};

static cairo_status_t pass_on(void *closure, const unsigned char *bytes, unsigned len)
{
	struct outlet *outlet = closure;

	return outlet->sink(outlet->owner, bytes, len) ? CAIRO_STATUS_SUCCESS
	                                               : CAIRO_STATUS_WRITE_ERROR;
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
		pdf_text_draw(&page->text, page->cairo, &page->engine->fonts, mark->as.line,
		              mark->x, mark->y);
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
	/* Newer ones hide the pages in compressed objects, which old viewers do not open. */
	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
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
