/* SPDX-License-Identifier: MIT */
#include "docket.h"

#include <stdio.h>

#include "block.h"

/* What no printer of this class reaches is left free at every edge. */
#define MARGIN_MM10  20
#define GAP_MM10     20
#define BARS_MM10    200
#define SIGN_MM10    120
#define BAR_LEAST_UM 245
#define BAR_MOST_UM  510

#define CODE_MM100    900
#define METHOD_MM100  500
#define WORDS_MM100   300
#define ROW_MM100     260
#define LEAST_MM100   180
#define CAPTION_MM100 220

/* Columns of the manifest in thousandths of the line: where each ends. */
#define PLACE_ENDS    80
#define TRACKING_ENDS 440
#define NOTICE_ENDS   740
#define COUNTRY_ENDS  830

struct docket {
	struct layout *layout;
	const struct label_bag *bag;
	int width;
	int y;
};

static struct pen_type type_of(uint16_t mm100, bool bold, enum pen_side side)
{
	return (struct pen_type){ .mm100 = mm100, .bold = bold, .side = side };
}

static int mm10(const struct docket *docket, int mm10)
{
	return pen_mm10(&docket->layout->pen, mm10);
}

static void say(struct docket *docket, struct pen_type type, const char *text)
{
	struct layout *layout = docket->layout;

	docket->y += pen_fitted(&layout->pen, layout->left, docket->y, docket->width, type,
	                        LEAST_MM100, text);
}

static void rule(struct docket *docket)
{
	struct layout *layout = docket->layout;

	docket->y += mm10(docket, GAP_MM10 / 2);
	pen_box(&layout->pen, layout->left, docket->y, docket->width, pen_frame(&layout->pen));
	docket->y += mm10(docket, GAP_MM10 / 2);
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
	             (unsigned)module, mm10(docket, BARS_MM10));
	docket->y += mm10(docket, BARS_MM10 + GAP_MM10 / 2);
}

static int64_t total_of(const struct label_bag *bag)
{
	int64_t total = 0;

	for (unsigned i = 0; i < bag->count; i++)
		total += bag->rows[i].gross.mg; /* raw: a sum beyond one parcel's range */
	return total;
}

static void say_kilograms(int64_t mg, char *text, size_t size)
{
	char kilograms[24];

	content_kilograms(mg, kilograms, sizeof(kilograms));
	snprintf(text, size, "%s kg", kilograms);
}

static void set_sums(struct docket *docket)
{
	const struct label_bag *bag = docket->bag;
	char text[200], weight[32];

	say_kilograms(total_of(bag), weight, sizeof(weight));
	snprintf(text, sizeof(text), "%u 件 / parcels    %s", bag->count, weight);
	say(docket, type_of(METHOD_MM100, true, PEN_LEFT), text);
	snprintf(text, sizeof(text), "%s    %s  %s", bag->date, bag->bench, bag->packer);
	say(docket, type_of(WORDS_MM100, false, PEN_LEFT), text);
}

/* What is tied to the bag. */
static void set_label(struct docket *docket)
{
	struct layout *layout = docket->layout;
	struct pen *pen = &layout->pen;
	char text[64];

	say(docket, type_of(WORDS_MM100, false, PEN_LEFT), "邮袋 / Bag");
	say(docket, type_of(CODE_MM100, true, PEN_CENTRE), docket->bag->code);
	docket->y += mm10(docket, GAP_MM10);
	set_bars(docket);
	rule(docket);
	say(docket, type_of(METHOD_MM100, true, PEN_LEFT), docket->bag->method);
	if (docket->bag->carrier[0])
		say(docket, type_of(WORDS_MM100, false, PEN_LEFT), docket->bag->carrier);
	set_sums(docket);
	rule(docket);
	block_copy_mark(layout, layout->right, docket->y, 0);
	snprintf(text, sizeof(text), "#%u", docket->bag->copy);
	pen_paragraph(pen, layout->left, docket->y, docket->width / 2,
	              type_of(WORDS_MM100, false, PEN_LEFT), text);
}

/* One cell of the manifest, from and to in thousandths of the line. */
static int set_cell(struct docket *docket, const int ends[2], struct pen_type type,
                    const char *text)
{
	struct layout *layout = docket->layout;
	int left = layout->left + docket->width * ends[0] / 1000;
	int right = layout->left + docket->width * ends[1] / 1000;

	return pen_fitted(&layout->pen, left, docket->y, right - left - mm10(docket, 10), type,
	                  LEAST_MM100, text);
}

static int taller(int a, int b)
{
	return a > b ? a : b;
}

static void set_row(struct docket *docket, unsigned index)
{
	static const int ends[][2] = { { 0, PLACE_ENDS },
		                       { PLACE_ENDS, TRACKING_ENDS },
		                       { TRACKING_ENDS, NOTICE_ENDS },
		                       { NOTICE_ENDS, COUNTRY_ENDS },
		                       { COUNTRY_ENDS, 1000 } };
	const struct label_bag_row *row = &docket->bag->rows[index];
	const struct pen_type plain = type_of(ROW_MM100, false, PEN_LEFT);
	char place[12], notice[NOTICE_KEY + 8], weight[32];
	int height;

	snprintf(place, sizeof(place), "%u", index + 1);
	snprintf(notice, sizeof(notice), row->parcel ? "%s (%u)" : "%s", row->notice,
	         row->parcel + 1);
	say_kilograms(row->gross.mg, weight, sizeof(weight)); /* raw: as printed */
	height = set_cell(docket, ends[0], plain, place);
	height = taller(height, set_cell(docket, ends[1], type_of(ROW_MM100, true, PEN_LEFT),
	                                 row->tracking));
	height = taller(height, set_cell(docket, ends[2], plain, notice));
	height = taller(height, set_cell(docket, ends[3], plain, row->country));
	height = taller(height,
	                set_cell(docket, ends[4], type_of(ROW_MM100, false, PEN_RIGHT), weight));
	docket->y += height;
}

static bool next_sheet(struct docket *docket)
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

static void set_heading(struct docket *docket)
{
	char text[160];

	snprintf(text, sizeof(text), "交接清单 / Manifest    %s    %s    %s", docket->bag->code,
	         docket->bag->method, docket->bag->date);
	say(docket, type_of(CAPTION_MM100, true, PEN_LEFT), text);
	rule(docket);
}

/* A row that reaches below the sheet goes to the next one. */
static void set_manifest(struct docket *docket)
{
	struct layout *layout = docket->layout;
	bool fresh = true;

	for (unsigned i = 0; i < docket->bag->count && layout->pen.status == HAL_OK;) {
		unsigned count = layout->pen.marks->count;

		if (fresh && !next_sheet(docket))
			return;
		if (fresh)
			set_heading(docket);
		set_row(docket, i);
		fresh = docket->y > layout->bottom;
		if (fresh)
			layout->pen.marks->count = count;
		else
			i++;
	}
}

static void set_signature(struct docket *docket)
{
	if (docket->y + mm10(docket, SIGN_MM10) > docket->layout->bottom && !next_sheet(docket))
		return;
	rule(docket);
	say(docket, type_of(CAPTION_MM100, false, PEN_LEFT), "快递签收 / Received by");
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
	if (status != HAL_OK || !next_sheet(&docket))
		return HAL_E_ARG;
	set_label(&docket);
	set_manifest(&docket);
	set_signature(&docket);
	if (layout->pen.status == HAL_OK && layout->pen.marks->full) {
		hal_fault_set(reterr_fault, "bag '%s': its manifest is too long", bag->code);
		return HAL_E_ARG;
	}
	return layout->pen.status;
}
