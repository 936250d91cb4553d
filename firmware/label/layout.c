/* SPDX-License-Identifier: MIT */
#include "layout.h"

#include <stdio.h>

/* What no printer of this class reaches is left free at every edge. */
#define MARGIN_MM10 20

static bool is_form_block(enum form_block block)
{
	return block >= BLOCK_TITLE && block < BLOCK_FOOT;
}

struct stack {
	int form_top, form_bottom; /* of the framed part; -1: none here */
	int head_top;              /* where the columns begin */
	int end;
};

static struct stack set_stack(struct layout *layout, const enum form_block *blocks, int y)
{
	struct stack stack = { .form_top = -1, .form_bottom = -1, .head_top = -1 };

	for (unsigned i = 0; i < FORM_BLOCKS && blocks[i] != BLOCK_END; i++) {
		int top = y;

		y += block_set(layout, blocks[i], y);
		if (blocks[i] == BLOCK_HEAD)
			stack.head_top = top;
		if (!is_form_block(blocks[i]))
			continue;
		if (stack.form_top < 0)
			stack.form_top = top;
		stack.form_bottom = y;
	}
	stack.end = y;
	return stack;
}

static void shift_gaps(struct layout *layout, unsigned first, int dy)
{
	for (unsigned i = first; i < layout->gap_count; i++)
		layout->gaps[i].y += dy;
}

static void set_frame(struct layout *layout, int top, int bottom)
{
	struct pen *pen = &layout->pen;
	int stroke = pen_frame(pen);
	int width = layout->right - layout->left;

	pen_box(pen, layout->left, top, width, stroke);
	pen_box(pen, layout->left, bottom - stroke, width, stroke);
	pen_box(pen, layout->left, top, stroke, bottom - top);
	pen_box(pen, layout->right - stroke, top, stroke, bottom - top);
}

enum sheet_result {
	SHEET_NO_ROOM, /* for what has to stand on it */
	SHEET_EMPTY,   /* but for the first line of the table */
	SHEET_SET,
};

/* As many lines as there is room for. */
static enum sheet_result set_rows(struct layout *layout, int y, int bottom)
{
	unsigned first = layout->row;

	while (layout->row < layout->content.row_count && layout->pen.status == HAL_OK) {
		unsigned count = layout->pen.marks->count;
		int height = table_row(layout, &layout->content.rows[layout->row], y);

		if (y + height > bottom) {
			layout->pen.marks->count = count;
			break;
		}
		y += height;
		layout->row++;
	}
	table_rules(layout, y, bottom - y);
	layout->rows_until[layout->pen.sheet] = layout->row;
	return layout->row > first ? SHEET_SET : SHEET_EMPTY;
}

static enum sheet_result set_sheet(struct layout *layout, const struct form_sheet *sheet)
{
	struct marks *marks = layout->pen.marks;
	unsigned gap = layout->gap_count, mark;
	struct stack top, bottom;
	int rest;

	if (layout->sheet_count == LABEL_MAX_SHEETS)
		return SHEET_NO_ROOM;
	layout->pen.sheet = layout->sheet_count++;
	layout->rows_until[layout->pen.sheet] = layout->row;
	top = set_stack(layout, sheet->top, layout->top);
	mark = marks->count;
	bottom = set_stack(layout, sheet->bottom, 0);
	rest = layout->bottom - bottom.end;
	marks_shift(marks, mark, rest);
	shift_gaps(layout, gap, rest);
	layout->sheet_mark_y[layout->pen.sheet] += rest;
	if (rest < top.end || layout->pen.status != HAL_OK)
		return SHEET_NO_ROOM;
	if (!sheet->table) {
		if (top.form_top >= 0)
			set_frame(layout, top.form_top, top.form_bottom);
		return SHEET_SET;
	}
	table_rules(layout, top.head_top, top.end - top.head_top);
	set_frame(layout, top.form_top, rest + bottom.form_bottom);
	return set_rows(layout, top.end, rest);
}

static void forget_sheets(struct layout *layout)
{
	marks_empty(layout->pen.marks);
	layout->gap_count = 0;
	layout->sheet_count = 0;
	layout->row = 0;
	layout->pen.status = HAL_OK;
}

/* A sheet with nothing but the address takes the largest type that has room. */
static bool set_address(struct layout *layout, const struct form_sheet *sheet)
{
	const struct form_style *style = layout->style;
	bool set = false;

	layout->alone = true;
	for (enum form_density density = FORM_LARGE; density <= FORM_DENSE && !set; density++) {
		forget_sheets(layout);
		layout->style = &form_styles[density];
		set = set_sheet(layout, sheet) == SHEET_SET;
	}
	layout->style = style;
	layout->alone = false;
	return set;
}

/* Undoes the sheet set last. */
static void take_sheet_back(struct layout *layout, unsigned marks, unsigned gaps)
{
	layout->pen.marks->count = marks;
	layout->gap_count = gaps;
	layout->sheet_count--;
}

/* Where not even the first line has room below its head, the table begins on the next sheet. */
static bool set_first(struct layout *layout)
{
	const struct form_plan *plan = layout->plan;
	unsigned marks, gaps;

	if (set_sheet(layout, plan->whole) == SHEET_SET)
		return true;
	forget_sheets(layout);
	if (plan->address && !set_address(layout, plan->address) &&
	    !(plan->bare && set_address(layout, plan->bare)))
		return false;
	marks = layout->pen.marks->count;
	gaps = layout->gap_count;
	if (set_sheet(layout, plan->first) == SHEET_SET)
		return true;
	take_sheet_back(layout, marks, gaps);
	return set_sheet(layout, plan->declared) == SHEET_SET;
}

/* The totals are those of all sheets: which lines stand here is said where there is room. */
static void set_sheet_number(struct layout *layout, unsigned sheet)
{
	struct pen *pen = &layout->pen;
	struct pen_type plain = { layout->style->small, false, PEN_LEFT };
	struct pen_type strong = { layout->style->small, true, PEN_RIGHT };
	unsigned first = sheet > 0 ? layout->rows_until[sheet - 1] : 0;
	unsigned last = layout->rows_until[sheet];
	int width = layout->right - layout->left, room;
	char number[24], text[80];

	snprintf(number, sizeof(number), "%u/%u", sheet + 1, layout->sheet_count);
	snprintf(text, sizeof(text), "lines %u–%u of %u    %s", first + 1, last,
	         layout->content.row_count, number);
	room = width - pen_width(pen, plain, layout->content.footer) - pen_mm10(pen, MARGIN_MM10);
	if (last - first == layout->content.row_count || last == first ||
	    pen_width(pen, strong, text) > room)
		snprintf(text, sizeof(text), "%s", number);
	pen->sheet = sheet;
	pen_paragraph(pen, layout->left, layout->sheet_mark_y[sheet], width, strong, text);
}

static void set_sheet_numbers(struct layout *layout)
{
	for (unsigned i = 0; layout->sheet_count > 1 && i < layout->sheet_count; i++)
		set_sheet_number(layout, i);
}

static enum hal_status no_room(struct layout *layout)
{
	if (layout->pen.status == HAL_OK)
		hal_fault_set(layout->pen.fault, "label: no room for notice '%s' on %s mm",
		              layout->request->notice->number, layout->paper->name);
	return HAL_E_ARG;
}

static enum hal_status try_density(struct layout *layout, enum form_density density)
{
	layout->style = &form_styles[density];
	forget_sheets(layout);
	table_measure(layout);
	if (!set_first(layout))
		return no_room(layout);
	while (layout->row < layout->content.row_count)
		if (set_sheet(layout, layout->plan->more) != SHEET_SET)
			return no_room(layout);
	set_sheet_numbers(layout);
	if (layout->pen.marks->full)
		return no_room(layout);
	return layout->pen.status;
}

/* The way that needs the fewest sheets; among equals the largest type. */
struct way {
	const struct form_plan *plan;
	enum form_density density;
	unsigned sheets;
	enum hal_status status; /* of the last try, while there is none */
};

static void try_plan(struct layout *layout, const struct form_plan *plan, struct way *best)
{
	layout->plan = plan;
	for (enum form_density density = form_first_density(layout->request->size);
	     density <= FORM_TIGHT && best->sheets != 1; density++) {
		enum hal_status status = try_density(layout, density);

		if (status == HAL_OK && layout->sheet_count < best->sheets)
			*best = (struct way){ plan, density, layout->sheet_count, HAL_OK };
		else if (!best->plan)
			best->status = status;
	}
}

static enum hal_status choose_way(struct layout *layout)
{
	enum customs_form form = layout->request->form;
	enum label_size size = layout->request->size;
	struct way best = { .sheets = LABEL_MAX_SHEETS + 1, .status = HAL_E_ARG };
	const struct form_plan *plan = NULL;

	while (best.sheets != 1 && (plan = form_plan_next(form, size, plan)) != NULL)
		try_plan(layout, plan, &best);
	if (!best.plan || best.sheets == 1)
		return best.status;
	layout->plan = best.plan;
	return try_density(layout, best.density);
}

static enum hal_status encode_symbols(struct layout *layout, struct hal_fault *reterr_fault)
{
	const struct label_request *request = layout->request;
	struct symbol *symbols = layout->pen.marks->symbols;
	bool marked = request->copy_mark && request->copy_mark[0];
	enum hal_status status = HAL_OK;

	layout->bars = request->tracking && request->tracking[0];
	layout->copy_mark = marked && !request->copy_mark_bars;
	layout->copy_bars = marked && request->copy_mark_bars;
	if (layout->bars)
		status = symbol_encode(layout->symbols, SYMBOL_CODE128, request->tracking,
		                       &symbols[0], reterr_fault);
	if (status == HAL_OK && marked)
		status = symbol_encode(layout->symbols,
		                       layout->copy_bars ? SYMBOL_CODE128 : SYMBOL_DATAMATRIX,
		                       request->copy_mark, &symbols[1], reterr_fault);
	return status;
}

static const struct {
	char code[3];
	enum font_han han;
} readers[] = {
	{ "TW", FONT_HAN_TC }, { "MO", FONT_HAN_TC }, { "HK", FONT_HAN_HK },
	{ "JP", FONT_HAN_JP }, { "KR", FONT_HAN_KR },
};

/* The postman at the other end reads the address, not the sender. */
static enum font_han han_of(const char *country)
{
	for (unsigned i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		if (readers[i].code[0] == country[0] && readers[i].code[1] == country[1])
			return readers[i].han;
	return FONT_HAN_SC;
}

enum hal_status layout_run(struct layout *layout, const struct label_request *request,
                           struct hal_fault *reterr_fault)
{
	enum hal_status status;

	layout->request = request;
	layout->form = form_get(request->form);
	layout->plan = form_plan_next(request->form, request->size, NULL);
	layout->paper = form_paper_get(request->size);
	if (!layout->plan || (request->dpi != 203 && request->dpi != 300)) {
		hal_fault_set(reterr_fault, "label: no such form, size or resolution");
		return HAL_E_ARG;
	}
	layout->pen.dpi = request->dpi;
	layout->pen.fault = reterr_fault;
	layout->left = pen_mm10(&layout->pen, MARGIN_MM10);
	layout->top = layout->left;
	layout->right = pen_mm10(&layout->pen, layout->paper->width_mm10 - MARGIN_MM10);
	layout->bottom = pen_mm10(&layout->pen, layout->paper->height_mm10 - MARGIN_MM10);
	status = content_fill(&layout->content, request, reterr_fault);
	if (status != HAL_OK)
		return status;
	layout->reader = han_of(layout->content.country);
	status = encode_symbols(layout, reterr_fault);
	return status == HAL_OK ? choose_way(layout) : status;
}

void layout_fill_gap(struct layout *layout, const struct layout_gap *gap, const char *weight)
{
	struct pen_type type = { gap->mm100, true, PEN_RIGHT };

	layout->pen.sheet = gap->sheet;
	pen_fitted(&layout->pen, gap->x, gap->y, gap->width, type, gap->mm100 / 2, weight);
}
