/* SPDX-License-Identifier: MIT */
#include "docket.h"

#include <stdio.h>

#include "block.h"
#include "docket_parts.h"

/* What no printer of this class reaches is left free at every edge. */
#define MARGIN_MM10  20
#define BARS_MM10    200
#define BAR_LEAST_UM 245
#define BAR_MOST_UM  510

#define CODE_MM100   900
#define METHOD_MM100 500
#define FIGURE_MM100 1100

/* Of the width, in hundredths: the number of parcels is shorter than their weight. */
#define COUNT_ENDS 40

void docket_say(struct docket *docket, struct pen_type type, const char *text)
{
	struct layout *layout = docket->layout;

	docket->y += pen_fitted(&layout->pen, layout->left, docket->y, docket->width, type,
	                        DOCKET_LEAST, text);
}

void docket_rule(struct docket *docket)
{
	struct layout *layout = docket->layout;

	docket->y += docket_mm10(docket, DOCKET_GAP_MM10 / 2);
	pen_box(&layout->pen, layout->left, docket->y, docket->width, pen_frame(&layout->pen));
	docket->y += docket_mm10(docket, DOCKET_GAP_MM10 / 2);
}

void docket_total(const struct docket *docket, char *text, size_t size)
{
	int64_t total = 0;

	for (unsigned i = 0; i < docket->bag->count; i++)
		total += docket->bag->rows[i].gross.mg; /* raw: a sum beyond one parcel's range */
	content_kilograms(total, text, size);
}

bool docket_next_sheet(struct docket *docket)
{
	struct layout *layout = docket->layout;

	if (layout->sheet_count == LABEL_MAX_SHEETS) {
		hal_fault_set(layout->pen.fault,
		              "bag '%s': %u parcels are more than its sheets hold",
		              docket->bag->code, docket->bag->count);
		layout->pen.status = HAL_E_ARG;
		return false;
	}
	layout->pen.sheet = layout->sheet_count++;
	docket->y = layout->top;
	return true;
}

static enum hal_status encode(struct docket *docket, struct hal_fault *fault)
{
	struct layout *layout = docket->layout;
	struct symbol *symbols = layout->pen.marks->symbols;
	enum hal_status status = symbol_encode(layout->symbols, SYMBOL_CODE128, docket->bag->code,
	                                       &symbols[0], fault);

	if (status == HAL_OK)
		status = symbol_encode(layout->symbols, SYMBOL_DATAMATRIX, docket->bag->copy_mark,
		                       &symbols[1], fault);
	return status;
}

static void set_bars(struct docket *docket)
{
	struct layout *layout = docket->layout;
	struct pen *pen = &layout->pen;
	const struct symbol *bars = &pen->marks->symbols[0];
	int module = (int)symbol_module(bars, pen->dpi, BAR_LEAST_UM, BAR_MOST_UM,
	                                (unsigned)docket->width);

	if (module == 0) {
		hal_fault_set(pen->fault, "bag '%s': its code is too long for %s mm",
		              docket->bag->code, layout->paper->name);
		pen->status = HAL_E_ARG;
		return;
	}
	marks_symbol(pen->marks, pen->sheet,
	             layout->left + (docket->width - bars->width * module) / 2, docket->y, 0,
	             (unsigned)module, docket_mm10(docket, BARS_MM10));
	docket->y += docket_mm10(docket, BARS_MM10 + DOCKET_GAP_MM10 / 2);
}

/* To be read from afar, under its caption; from and to in hundredths of the width. */
static int set_figure(struct docket *docket, int from, int to, const char *caption,
                      const char *figure)
{
	struct pen *pen = &docket->layout->pen;
	int x = docket->layout->left + docket->width * from / 100;
	int width = docket->width * (to - from) / 100 - docket_mm10(docket, DOCKET_GAP_MM10);
	int height = pen_paragraph(pen, x, docket->y, width,
	                           docket_type(DOCKET_SMALL, false, PEN_LEFT), caption);

	return height + pen_fitted(pen, x, docket->y + height, width,
	                           docket_type(FIGURE_MM100, true, PEN_LEFT), DOCKET_WORDS, figure);
}

static void set_figures(struct docket *docket)
{
	char count[16], weight[24];
	int left, right;

	snprintf(count, sizeof(count), "%u", docket->bag->count);
	docket_total(docket, weight, sizeof(weight));
	left = set_figure(docket, 0, COUNT_ENDS, "件数 / Parcels", count);
	right = set_figure(docket, COUNT_ENDS, 100, "毛重 / Gross weight (kg)", weight);
	docket->y += pen_larger(left, right);
}

/* Who closed it, and of a later copy which one; the mark to the right. */
static void set_foot(struct docket *docket)
{
	const struct label_bag *bag = docket->bag;
	struct layout *layout = docket->layout;
	int width = docket->width - block_copy_mark(layout, layout->right, docket->y, 0);
	struct pen_type type = docket_type(DOCKET_WORDS, false, PEN_LEFT);
	char text[200], copy[24] = "";

	if (bag->copy > 1)
		snprintf(copy, sizeof(copy), "copy %u", bag->copy);
	snprintf(text, sizeof(text), "%s   %s", bag->bench, bag->packer);
	docket->y +=
		pen_fitted(&layout->pen, layout->left, docket->y, width, type, DOCKET_LEAST, text);
	pen_paragraph(&layout->pen, layout->left, docket->y, width, type, copy);
}

/* What is tied to the bag. */
static void set_label(struct docket *docket)
{
	const struct label_bag *bag = docket->bag;
	char method[NOTICE_KEY];

	docket_say(docket, docket_type(DOCKET_WORDS, false, PEN_RIGHT), bag->date);
	docket->y = docket->layout->top;
	docket_say(docket, docket_type(DOCKET_WORDS, false, PEN_LEFT), "邮袋 / Bag");
	docket_say(docket, docket_type(CODE_MM100, true, PEN_CENTRE), bag->code);
	docket->y += docket_mm10(docket, DOCKET_GAP_MM10);
	set_bars(docket);
	docket_rule(docket);
	content_method(bag->method, method, sizeof(method));
	docket_say(docket, docket_type(METHOD_MM100, true, PEN_LEFT), method);
	docket_say(docket, docket_type(DOCKET_WORDS, false, PEN_LEFT), bag->carrier);
	docket_rule(docket);
	set_figures(docket);
	docket_rule(docket);
	set_foot(docket);
}

static void open_paper(struct layout *layout, const struct label_bag *bag,
                       struct hal_fault *reterr_fault)
{
	struct pen *pen = &layout->pen;

	marks_empty(pen->marks);
	layout->paper = form_paper_get(bag->size);
	layout->gap_count = layout->sheet_count = 0;
	pen->dpi = bag->dpi;
	pen->fault = reterr_fault;
	pen->status = HAL_OK;
	layout->left = layout->top = pen_mm10(pen, MARGIN_MM10);
	layout->right = pen_mm10(pen, layout->paper->width_mm10 - MARGIN_MM10);
	layout->bottom = pen_mm10(pen, layout->paper->height_mm10 - MARGIN_MM10);
}

enum hal_status docket_run(struct layout *layout, const struct label_bag *bag,
                           struct hal_fault *reterr_fault)
{
	struct docket docket = { .layout = layout, .bag = bag };
	enum hal_status status;

	open_paper(layout, bag, reterr_fault);
	docket.width = layout->right - layout->left;
	status = encode(&docket, reterr_fault);
	if (status != HAL_OK || !docket_next_sheet(&docket))
		return HAL_E_ARG;
	set_label(&docket);
	docket_list(&docket);
	if (layout->pen.status == HAL_OK && layout->pen.marks->full) {
		hal_fault_set(reterr_fault, "bag '%s': its manifest is too long", bag->code);
		return HAL_E_ARG;
	}
	return layout->pen.status;
}
