/* SPDX-License-Identifier: MIT */
#include "label.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "docket.h"
#include "engine.h"
#include "paint_bits.h"

enum hal_status label_engine_create(struct label_engine **ret_engine,
                                    struct hal_fault *reterr_fault)
{
	struct label_engine *engine = calloc(1, sizeof(*engine));
	enum hal_status status;

	if (!engine) {
		hal_fault_set(reterr_fault, "label: no memory");
		return HAL_E_SYSTEM;
	}
	status = fonts_init(&engine->fonts, &engine->glyphs, reterr_fault);
	if (status != HAL_OK)
		goto free_engine;
	status = text_init(&engine->text, &engine->fonts, reterr_fault);
	if (status != HAL_OK)
		goto finish_fonts;
	status = symbols_init(&engine->symbols, reterr_fault);
	if (status != HAL_OK)
		goto finish_text;
	engine->layout.pen.text = &engine->text;
	engine->layout.pen.marks = &engine->marks;
	engine->layout.symbols = &engine->symbols;
	*ret_engine = engine;
	return HAL_OK;

finish_text:
	text_finish(&engine->text);
finish_fonts:
	fonts_finish(&engine->fonts);
free_engine:
	free(engine);
	return status;
}

void label_engine_destroy(struct label_engine *engine)
{
	if (!engine)
		return;
	symbols_finish(&engine->symbols);
	text_finish(&engine->text);
	fonts_finish(&engine->fonts);
	free(engine);
}

static void open_pages(struct label_engine *engine, enum label_size size)
{
	const struct form_paper *paper = form_paper_get(size);
	uint32_t width = (uint32_t)pen_mm10(&engine->layout.pen, paper->width_mm10);
	uint32_t height = (uint32_t)pen_mm10(&engine->layout.pen, paper->height_mm10);
	uint32_t stride = (width + 7) / 8;

	engine->paper = (struct hal_paper){
		.dpi = engine->layout.pen.dpi,
		.width_mm10 = paper->width_mm10,
		.height_mm10 = paper->height_mm10,
		.gap_mm10 = LABEL_GAP_MM10,
	};
	for (unsigned i = 0; i < engine->layout.sheet_count; i++) {
		engine->pages[i] = (struct hal_page){
			.bits = engine->bits[i],
			.width_dots = width,
			.height_dots = height,
			.stride = stride,
		};
		memset(engine->bits[i], 0, (size_t)stride * height);
	}
}

static struct paint_page page_of(struct label_engine *engine, unsigned sheet)
{
	const struct hal_page *page = &engine->pages[sheet];

	return (struct paint_page){ engine->bits[sheet], page->width_dots, page->height_dots,
		                    page->stride };
}

static enum hal_status paint_marks(struct label_engine *engine, unsigned first,
                                   struct hal_fault *reterr_fault)
{
	for (unsigned i = first; i < engine->marks.count; i++) {
		const struct mark *mark = &engine->marks.list[i];
		struct paint_page page = page_of(engine, mark->sheet);

		if (!paint_mark(&page, &engine->fonts, &engine->marks, mark)) {
			hal_fault_set(reterr_fault, "label: something reaches over the edge");
			return HAL_E_ARG;
		}
	}
	return HAL_OK;
}

static void forget_label(struct label_engine *engine)
{
	engine->sheet_count = 0;
	text_tidy(&engine->text);
}

/* What was laid out, as dots; title and date are told in the PDF. */
static enum hal_status paint_all(struct label_engine *engine, enum label_size size,
                                 const char *title, const char *date, unsigned *ret_sheets,
                                 struct hal_fault *reterr_fault)
{
	enum hal_status status;

	open_pages(engine, size);
	engine->constant = engine->marks.count;
	status = paint_marks(engine, 0, reterr_fault);
	if (status != HAL_OK)
		return status;
	snprintf(engine->title, sizeof(engine->title), "%s", title);
	snprintf(engine->date, sizeof(engine->date), "%.10s", date);
	*ret_sheets = engine->sheet_count = engine->layout.sheet_count;
	return HAL_OK;
}

enum hal_status label_prepare(struct label_engine *engine, const struct label_request *request,
                              unsigned *ret_sheets, struct hal_fault *reterr_fault)
{
	enum hal_status status;

	forget_label(engine);
	status = layout_run(&engine->layout, request, reterr_fault);
	if (status != HAL_OK)
		return status;
	return paint_all(engine, request->size, request->notice->number, request->date, ret_sheets,
	                 reterr_fault);
}

enum hal_status label_prepare_bag(struct label_engine *engine, const struct label_bag *bag,
                                  unsigned *ret_sheets, struct hal_fault *reterr_fault)
{
	enum hal_status status;

	forget_label(engine);
	status = docket_run(&engine->layout, bag, reterr_fault);
	if (status != HAL_OK)
		return status;
	return paint_all(engine, bag->size, bag->code, bag->date, ret_sheets, reterr_fault);
}

enum hal_status label_finish(struct label_engine *engine, struct hal_mass gross,
                             struct hal_fault *reterr_fault)
{
	struct layout *layout = &engine->layout;
	int64_t mg = gross.mg; /* raw: printed as kilograms */
	char weight[24];

	if (engine->sheet_count == 0 || mg <= 0) {
		hal_fault_set(reterr_fault, "label: nothing prepared, or no weight");
		return HAL_E_ARG;
	}
	content_kilograms(mg, weight, sizeof(weight));
	engine->marks.count = engine->constant;
	layout->pen.fault = reterr_fault;
	layout->pen.status = HAL_OK;
	for (unsigned i = 0; i < layout->gap_count; i++) {
		const struct layout_gap *gap = &layout->gaps[i];
		struct paint_page page = page_of(engine, gap->sheet);

		if (!paint_box(&page, gap->x, gap->y, gap->width, gap->height, true))
			return HAL_E_ARG;
		layout_fill_gap(layout, gap, weight);
	}
	if (layout->pen.status != HAL_OK)
		return layout->pen.status;
	return paint_marks(engine, engine->constant, reterr_fault);
}

const struct hal_page *label_page(const struct label_engine *engine, unsigned sheet)
{
	return sheet < engine->sheet_count ? &engine->pages[sheet] : NULL;
}

const struct hal_paper *label_paper(const struct label_engine *engine)
{
	return &engine->paper;
}
