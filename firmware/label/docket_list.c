/* SPDX-License-Identifier: MIT */
/* The manifest: the parcels of a bag as a table, counted and summed, for the courier to sign. */
#include "docket_parts.h"

#include <stdio.h>

#define ROW_MM100   260
#define TITLE_MM100 320
#define SIGN_MM10   90
#define APART_MM10  20 /* at least, between two columns */

enum column { PLACE, TRACKING, NOTICE, COUNTRY, WEIGHT, COLUMNS };

/* clang-format off */
static const struct {
	const char *zh, *en;
	enum pen_side side;
	bool bold;
} columns[COLUMNS] = {
	[PLACE]    = { "序", "No.",         PEN_RIGHT, false },
	[TRACKING] = { "单号", "Tracking",  PEN_LEFT,  true },
	[NOTICE]   = { "通知单", "Notice",  PEN_LEFT,  false },
	[COUNTRY]  = { "国家", "To",        PEN_LEFT,  false },
	[WEIGHT]   = { "毛重", "kg",        PEN_RIGHT, false },
};
/* clang-format on */

struct list {
	struct docket *docket;
	struct pen *pen;
	int left[COLUMNS], width[COLUMNS];
	uint16_t mm100; /* of all rows, so that they look alike */
};

struct cells {
	char text[COLUMNS][NOTICE_KEY + 16];
};

static struct cells cells_of(const struct list *list, unsigned index)
{
	const struct label_bag_row *row = &list->docket->bag->rows[index];
	struct cells cells;

	snprintf(cells.text[PLACE], sizeof(cells.text[PLACE]), "%u", index + 1);
	snprintf(cells.text[TRACKING], sizeof(cells.text[TRACKING]), "%s", row->tracking);
	snprintf(cells.text[NOTICE], sizeof(cells.text[NOTICE]), row->parcel ? "%s (%u)" : "%s",
	         row->notice, row->parcel + 1);
	snprintf(cells.text[COUNTRY], sizeof(cells.text[COUNTRY]), "%s", row->country);
	content_kilograms(row->gross.mg, cells.text[WEIGHT], /* raw: as printed */
	                  sizeof(cells.text[WEIGHT]));
	return cells;
}

static void widen(struct list *list, enum column column, struct pen_type type, const char *text)
{
	list->width[column] = pen_larger(list->width[column], pen_width(list->pen, type, text));
}

/* As wide as its widest text, were there room for all. */
static void measure(struct list *list)
{
	char total[24];

	docket_total(list->docket, total, sizeof(total));
	for (enum column c = PLACE; c < COLUMNS; c++) {
		widen(list, c, docket_type(DOCKET_SMALL, false, PEN_LEFT), columns[c].zh);
		widen(list, c, docket_type(DOCKET_SMALL, false, PEN_LEFT), columns[c].en);
	}
	widen(list, WEIGHT, docket_type(ROW_MM100, true, PEN_LEFT), total);
	for (unsigned i = 0; i < list->docket->bag->count; i++) {
		struct cells cells = cells_of(list, i);

		for (enum column c = PLACE; c < COLUMNS; c++)
			widen(list, c, docket_type(ROW_MM100, columns[c].bold, PEN_LEFT),
			      cells.text[c]);
	}
}

/* Long numbers share what the other columns leave; what is left over stands between all. */
static void place(struct list *list)
{
	struct docket *docket = list->docket;
	int apart = docket_mm10(docket, APART_MM10), x = docket->layout->left, sum = 0;
	int numbers = list->width[TRACKING] + list->width[NOTICE], room;

	for (enum column c = PLACE; c < COLUMNS; c++)
		sum += list->width[c];
	room = docket->width - apart * (COLUMNS - 1) - (sum - numbers);
	list->mm100 = ROW_MM100;
	if (numbers > room) {
		list->mm100 = (uint16_t)pen_larger(ROW_MM100 * room / numbers, DOCKET_LEAST);
		list->width[TRACKING] = list->width[TRACKING] * room / numbers;
		list->width[NOTICE] = room - list->width[TRACKING];
	} else {
		apart += (room - numbers) / (COLUMNS - 1);
	}
	for (enum column c = PLACE; c < COLUMNS; c++) {
		list->left[c] = x;
		x += list->width[c] + apart;
	}
}

static void set_heads(struct list *list)
{
	struct docket *docket = list->docket;
	int tallest = 0;

	for (enum column c = PLACE; c < COLUMNS; c++) {
		struct pen_type type = docket_type(DOCKET_SMALL, false, columns[c].side);
		int height = pen_paragraph(list->pen, list->left[c], docket->y, list->width[c],
		                           type, columns[c].zh);

		height += pen_paragraph(list->pen, list->left[c], docket->y + height,
		                        list->width[c], type, columns[c].en);
		tallest = pen_larger(tallest, height);
	}
	docket->y += tallest;
	pen_box(list->pen, docket->layout->left, docket->y, docket->width, pen_rule(list->pen));
	docket->y += docket_mm10(docket, DOCKET_GAP_MM10 / 2);
}

/* What has no room is set smaller, then broken. */
static int set_cell(struct list *list, enum column column, const char *text)
{
	struct pen_type type = docket_type(list->mm100, columns[column].bold, columns[column].side);

	return pen_fitted(list->pen, list->left[column], list->docket->y, list->width[column], type,
	                  DOCKET_LEAST, text);
}

static void set_row(struct list *list, unsigned index)
{
	struct cells cells = cells_of(list, index);
	int tallest = 0;

	for (enum column c = PLACE; c < COLUMNS; c++)
		tallest = pen_larger(tallest, set_cell(list, c, cells.text[c]));
	list->docket->y += tallest;
}

static bool open_sheet(struct list *list)
{
	struct docket *docket = list->docket;
	char method[NOTICE_KEY], text[200];

	if (!docket_next_sheet(docket))
		return false;
	content_method(docket->bag->method, method, sizeof(method));
	docket_say(docket, docket_type(TITLE_MM100, true, PEN_LEFT), "交接清单 / Manifest");
	snprintf(text, sizeof(text), "%s   %s", docket->bag->code, docket->bag->date);
	docket_say(docket, docket_type(DOCKET_SMALL, true, PEN_LEFT), text);
	snprintf(text, sizeof(text), "%s   %s", method, docket->bag->carrier);
	docket_say(docket, docket_type(DOCKET_SMALL, false, PEN_LEFT), text);
	docket_rule(docket);
	set_heads(list);
	return true;
}

/* A row that reaches below the sheet goes to the next one. */
static void set_rows(struct list *list)
{
	struct docket *docket = list->docket;
	struct layout *layout = docket->layout;
	bool fresh = true;

	for (unsigned i = 0; i < docket->bag->count && list->pen->status == HAL_OK;) {
		unsigned count;

		if (fresh && !open_sheet(list))
			return;
		count = list->pen->marks->count;
		set_row(list, i);
		fresh = docket->y > layout->bottom;
		if (fresh)
			list->pen->marks->count = count;
		else
			i++;
	}
}

static void set_total(struct list *list)
{
	struct docket *docket = list->docket;
	char text[40];

	docket_rule(docket);
	docket_total(docket, text, sizeof(text));
	pen_paragraph(list->pen, docket->layout->left, docket->y,
	              list->left[WEIGHT] + list->width[WEIGHT] - docket->layout->left,
	              docket_type(ROW_MM100, true, PEN_RIGHT), text);
	snprintf(text, sizeof(text), "%u 件 / parcels", docket->bag->count);
	docket_say(docket, docket_type(ROW_MM100, true, PEN_LEFT), text);
}

/* Caption and line for a hand, from and to in hundredths of the width. */
static void set_line(struct list *list, int from, int to, const char *words)
{
	struct docket *docket = list->docket;
	struct pen_type type = docket_type(DOCKET_SMALL, false, PEN_LEFT);
	int left = docket->layout->left + docket->width * from / 100;
	int right = docket->layout->left + docket->width * to / 100;
	int y = docket->y + docket_mm10(docket, SIGN_MM10);

	pen_box(list->pen, left, y, right - left, pen_rule(list->pen));
	pen_paragraph(list->pen, left, y + 2 * pen_rule(list->pen), right - left, type, words);
}

static void set_end(struct list *list)
{
	struct docket *docket = list->docket;
	int height = docket_mm10(docket, 2 * DOCKET_GAP_MM10 + SIGN_MM10) +
	             pen_line_height(list->pen, ROW_MM100) +
	             pen_line_height(list->pen, DOCKET_SMALL);

	if (docket->y + height > docket->layout->bottom && !open_sheet(list))
		return;
	set_total(list);
	set_line(list, 0, 60, "快递签收 / Received by");
	set_line(list, 66, 100, "日期 / Date");
}

/* The manifest's own sheets: the bag's label is not one of them. */
static void set_sheet_numbers(struct list *list)
{
	struct layout *layout = list->docket->layout;
	char text[24];

	for (unsigned i = 1; i < layout->sheet_count; i++) {
		snprintf(text, sizeof(text), "%u/%u", i, layout->sheet_count - 1);
		list->pen->sheet = i;
		pen_paragraph(list->pen, layout->left, layout->top, list->docket->width,
		              docket_type(TITLE_MM100, true, PEN_RIGHT), text);
	}
}

void docket_list(struct docket *docket)
{
	struct list list = { .docket = docket, .pen = &docket->layout->pen };

	measure(&list);
	place(&list);
	set_rows(&list);
	set_end(&list);
	set_sheet_numbers(&list);
}
