/* SPDX-License-Identifier: MIT */
/* The table of a declaration: its columns, head, lines and totals. */
#include "block.h"

#include <stdio.h>
#include <string.h>

/* Lines of a description in its column. */
#define LONGEST_CELL 6

/* The measured weight is not known yet when its column is made: the most a post takes. */
#define WIDEST_WEIGHT "30.000"

static const char *text_of(const struct content_row *row, enum form_field field)
{
	const char *const texts[FIELD_COUNT] = {
		[FIELD_QUANTITY] = row->quantity,
		[FIELD_DESCRIPTION] = row->description,
		[FIELD_NET] = row->net,
		[FIELD_VALUE] = row->value,
		[FIELD_HS] = row->hs,
		[FIELD_ORIGIN] = row->origin,
	};

	return texts[field];
}

/* The widest word: nothing is broken inside one. */
static int widest_word(struct layout *layout, struct pen_type type, const char *text)
{
	int most = 0;

	while (text && *text) {
		size_t len = strcspn(text, " ");
		char word[64];
		int width;

		snprintf(word, sizeof(word), "%.*s", (int)len, text);
		width = pen_width(&layout->pen, type, word);
		most = pen_larger(most, width);
		text += len + strspn(text + len, " ");
	}
	return most;
}

static int head_width(struct layout *layout, const struct form_column *column)
{
	const struct form_caption *words = &layout->form->words[column->head];
	struct pen_type type = { layout->style->caption, false, PEN_LEFT };
	int en, fr = 0;

	if (column->head == WORD_COUNT)
		return 0;
	en = widest_word(layout, type, words->en);
	if (layout->content.french)
		fr = widest_word(layout, type, words->fr);
	return pen_larger(en, fr);
}

/* What the cells of a column want, and what they need at least: their widest word. */
struct cells {
	int wants, needs;
};

static void add_cell(struct layout *layout, struct cells *cells, struct pen_type type,
                     const char *text)
{
	cells->wants = pen_larger(cells->wants, pen_width(&layout->pen, type, text));
	cells->needs = pen_larger(cells->needs, widest_word(layout, type, text));
}

static struct cells measure_cells(struct layout *layout, const struct form_column *column)
{
	struct pen_type type = { layout->style->data, false, PEN_LEFT };
	struct pen_type strong = { layout->style->data, true, PEN_LEFT };
	struct cells cells = { 0 };

	for (unsigned i = 0; i < layout->content.row_count; i++)
		add_cell(layout, &cells, type, text_of(&layout->content.rows[i], column->field));
	if (column->field == FIELD_VALUE)
		add_cell(layout, &cells, strong, layout->content.total_value);
	if (column->field == FIELD_NET)
		add_cell(layout, &cells, strong, WIDEST_WEIGHT);
	return cells;
}

/* As wide as its widest cell, within what the form allows and no figure is broken for. */
static int width_of(struct layout *layout, const struct form_column *column)
{
	int least = pen_mm10(&layout->pen, column->least_mm10) * layout->style->caption / 175;
	int most = pen_mm10(&layout->pen, column->most_mm10) * layout->paper->width_mm10 /
	           FORM_NARROWEST_MM10;
	int edges = 2 * block_pad(layout) + pen_rule(&layout->pen);
	struct cells cells = measure_cells(layout, column);
	int width = cells.wants + edges < most ? cells.wants + edges : most;

	width = pen_larger(width, cells.needs + edges);
	return pen_larger(pen_larger(width, head_width(layout, column) + edges), least);
}

void table_measure(struct layout *layout)
{
	const struct form *form = layout->form;
	int widths[FIELD_COUNT] = { 0 };
	int x = layout->left + pen_frame(&layout->pen);
	int rest = layout->right - pen_frame(&layout->pen) - x;

	for (unsigned i = 0; i < form->column_count; i++)
		if (form->columns[i].least_mm10) {
			widths[i] = width_of(layout, &form->columns[i]);
			rest -= widths[i];
		}
	for (unsigned i = 0; i < form->column_count; i++) {
		layout->columns.x[i] = x;
		x += form->columns[i].least_mm10 ? widths[i] : rest;
	}
	layout->columns.right = x;
}

static int right_of(const struct layout *layout, unsigned column)
{
	return column + 1 < layout->form->column_count ? layout->columns.x[column + 1]
	                                               : layout->columns.right;
}

/* Between quantity and description of a CN22 there is no rule: they are one box. */
static bool opens_box(const struct layout *layout, unsigned column)
{
	return column == 0 || layout->form->columns[column - 1].head != WORD_COUNT;
}

int block_head(struct layout *layout, int y)
{
	struct pen *pen = &layout->pen;
	int pad = block_pad(layout), tallest = 0, left = layout->columns.x[0];

	for (unsigned i = 0; i < layout->form->column_count; i++) {
		const struct form_column *column = &layout->form->columns[i];
		int height;

		if (opens_box(layout, i))
			left = layout->columns.x[i] + pad;
		if (column->head == WORD_COUNT)
			continue;
		height = block_caption(layout, left, y + pad / 2, right_of(layout, i) - pad - left,
		                       column->head);
		tallest = pen_larger(tallest, height);
	}
	tallest += pad;
	pen_box(pen, layout->left, y + tallest, layout->right - layout->left, pen_rule(pen));
	return tallest + pen_rule(pen);
}

void table_rules(struct layout *layout, int y, int height)
{
	for (unsigned i = 1; i < layout->form->column_count; i++)
		if (opens_box(layout, i))
			pen_box(&layout->pen, layout->columns.x[i], y, pen_rule(&layout->pen),
			        height);
}

static int set_cell(struct layout *layout, const struct content_row *row, unsigned i, int y)
{
	const struct form_column *column = &layout->form->columns[i];
	struct pen_type type = { layout->style->data, false,
		                 column->to_the_right ? PEN_RIGHT : PEN_LEFT };
	int left = layout->columns.x[i] + (opens_box(layout, i) ? block_pad(layout) : 0);

	return pen_paragraph(&layout->pen, left, y, right_of(layout, i) - block_pad(layout) - left,
	                     type, text_of(row, column->field));
}

static int set_cells(struct layout *layout, const struct content_row *row, int y, bool described)
{
	int pad = block_pad(layout), tallest = 0;

	for (unsigned i = 0; i < layout->form->column_count; i++) {
		int height;

		if (layout->form->columns[i].field == FIELD_DESCRIPTION && !described)
			continue;
		height = set_cell(layout, row, i, y + pad / 2);
		tallest = pen_larger(tallest, height);
	}
	tallest += pad * 3 / 4;
	table_rules(layout, y, tallest);
	return tallest;
}

/* A description too long for its column goes across the form, above its figures. */
static int set_across(struct layout *layout, const struct content_row *row, int y)
{
	struct pen *pen = &layout->pen;
	struct pen_type type = { layout->style->data, false, PEN_LEFT };
	int pad = block_pad(layout), left = layout->columns.x[0] + pad, top = y;

	y += pad / 2;
	y += pen_paragraph(pen, left, y, layout->columns.right - pad - left, type,
	                   row->description);
	pen_box(pen, layout->left, y, layout->right - layout->left, pen_rule(pen));
	y += pen_rule(pen);
	return y + set_cells(layout, row, y, false) - top;
}

int table_row(struct layout *layout, const struct content_row *row, int y)
{
	struct marks *marks = layout->pen.marks;
	unsigned count = marks->count;
	int height = set_cells(layout, row, y, true);

	if (height <= LONGEST_CELL * pen_line_height(&layout->pen, layout->style->data))
		return height;
	marks->count = count;
	return set_across(layout, row, y);
}

static unsigned column_of(const struct layout *layout, enum form_field field)
{
	unsigned i = 0;

	while (layout->form->columns[i].field != field)
		i++;
	return i;
}

static void add_gap(struct layout *layout, int x, int y, int width, int height)
{
	layout->gaps[layout->gap_count++] = (struct layout_gap){
		.sheet = layout->pen.sheet,
		.x = x,
		.y = y,
		.width = width,
		.height = height,
		.mm100 = layout->style->data,
	};
}

/* Captions beside their figures, on one baseline; returns where the lower one ends. */
static int set_total_captions(struct layout *layout, int y, unsigned net, unsigned value)
{
	const struct form_caption *words = layout->form->words;
	int pad = block_pad(layout), edge = layout->left + pen_frame(&layout->pen) + pad;
	int left = layout->columns.x[net], right = right_of(layout, value) + pad;
	int drop = pen_drop(&layout->pen, layout->style->data, layout->style->caption);
	int weight = block_words_joined(layout, edge, y + drop, left - pad - edge, PEN_RIGHT,
	                                &words[WORD_TOTAL_WEIGHT]);
	int sum = block_words_joined(layout, right, y + drop, layout->columns.right - right - pad,
	                             PEN_LEFT, &words[WORD_TOTAL_VALUE]);

	return drop + pen_larger(weight, sum);
}

/* The weight stands below the weights, the sum below the values. */
int block_totals(struct layout *layout, int y)
{
	struct pen *pen = &layout->pen;
	unsigned net = column_of(layout, FIELD_NET), value = column_of(layout, FIELD_VALUE);
	struct pen_type strong = { layout->style->data, true, PEN_RIGHT };
	int pad = block_pad(layout), rule = pen_rule(pen), top = y, height, figures;
	int left = layout->columns.x[net], middle = layout->columns.x[value];

	pen_box(pen, layout->left, y, layout->right - layout->left, rule);
	y += rule + pad / 2;
	height = set_total_captions(layout, y, net, value);
	add_gap(layout, left + rule, y, middle - left - rule - pad,
	        pen_line_height(pen, layout->style->data));
	figures = pen_paragraph(pen, middle + pad, y, right_of(layout, value) - 2 * pad - middle,
	                        strong, layout->content.total_value);
	y += pen_larger(figures, height) + pad / 2;
	for (unsigned i = net; i <= value + 1; i++)
		pen_box(pen, layout->columns.x[i], top, rule, y - top);
	pen_box(pen, layout->left, y, layout->right - layout->left, rule);
	return y + rule - top;
}
