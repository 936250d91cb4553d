/* SPDX-License-Identifier: MIT */
/* The upper part of a label: who sends it, how, and who gets it. */
#include "block.h"

#include <stdio.h>
#include <string.h>

#define BAND_SIDE_MM10 320
#define GAP_MM10       15
#define GUTTER_MM10    95
#define COLUMN_MM10    330 /* the sender's, beside the recipient */

/* Of the width, in hundredths: wider, the Latin lines leave the others no column. */
#define BESIDE_MOST 60

static void append(char *text, size_t size, const char *more)
{
	size_t used = strlen(text);

	snprintf(text + used, size - used, "%s%s", used ? ", " : "", more);
}

/* The sender is small print: what stands between name and country runs on. */
static int set_sender(struct layout *layout, int x, int y, int width)
{
	const struct content_party *sender = &layout->content.sender;
	struct pen_type type = { layout->style->from, false, PEN_LEFT };
	struct pen_type strong = { layout->style->from, true, PEN_LEFT };
	char middle[TEXT_MAX] = "";
	int top = y;

	if (sender->count == 0)
		return 0;
	for (unsigned i = 1; i + 1 < sender->count; i++)
		append(middle, sizeof(middle), sender->lines[i]);
	y += pen_paragraph(&layout->pen, x, y, width, strong, sender->lines[0]);
	y += pen_paragraph(&layout->pen, x, y, width, type, middle);
	y += pen_paragraph(&layout->pen, x, y, width, type, sender->lines[sender->count - 1]);
	y += pen_paragraph(&layout->pen, x, y, width, type, sender->phone);
	y += block_reference(layout, x, y, width, WORD_SENDER_REFERENCE, sender->tax_id);
	return y - top;
}

int block_band(struct layout *layout, int y)
{
	struct pen *pen = &layout->pen;
	int gutter = pen_mm10(pen, GUTTER_MM10), side = pen_mm10(pen, BAND_SIDE_MM10);
	int x = layout->left + gutter;
	struct pen_type code = { layout->style->code, true, PEN_RIGHT };
	struct pen_type method = { layout->style->method, true, PEN_RIGHT };
	int left, right;

	block_caption(layout, layout->left, y, gutter - pen_mm10(pen, GAP_MM10), WORD_FROM);
	left = set_sender(layout, x, y, layout->right - side - x);
	right = pen_paragraph(pen, layout->right - side, y, side, code, layout->content.country);
	right += pen_paragraph(pen, layout->right - side, y + right, side, method,
	                       layout->content.method);
	y = pen_larger(left, right) + pen_mm10(pen, GAP_MM10);
	return y;
}

/* In English for the road, in French for the union; beside it or below. */
static int set_country(struct layout *layout, int x, int y, int width, uint16_t mm100)
{
	const struct content_party *to = &layout->content.recipient;
	struct pen *pen = &layout->pen;
	struct pen_type english = { mm100, true, PEN_LEFT };
	struct pen_type french = { layout->style->from, false, PEN_LEFT };
	const char *name = to->lines[to->count - 1];
	int height = pen_fitted(pen, x, y, width, english, layout->style->from, name);
	int end = pen_width(pen, english, name) + pen_mm10(pen, GAP_MM10);

	if (!to->country_fr[0])
		return height;
	if (end + pen_width(pen, french, to->country_fr) > width)
		return height + pen_paragraph(pen, x, y + height, width, french, to->country_fr);
	pen_paragraph(pen, x + end, y + pen_drop(pen, mm100, french.mm100), width - end, french,
	              to->country_fr);
	return height;
}

static int widest(struct pen *pen, struct pen_type type, const char *const *lines, unsigned count)
{
	int most = 0;

	for (unsigned i = 0; i < count; i++) {
		int width = pen_width(pen, type, lines[i]);

		if (width > most)
			most = width;
	}
	return most;
}

static int set_latin(struct layout *layout, int x, int y, int width)
{
	const struct content_party *to = &layout->content.recipient;
	struct pen *pen = &layout->pen;
	struct pen_type name = { layout->style->to_name, true, PEN_LEFT };
	struct pen_type line = { layout->style->to, false, PEN_LEFT };
	struct pen_type phone = { layout->style->from, false, PEN_LEFT };
	int top = y;

	y += pen_fitted(pen, x, y, width, name, layout->style->to, to->lines[0]);
	for (unsigned i = 1; i + 1 < to->count; i++)
		y += pen_paragraph(pen, x, y, width, line, to->lines[i]);
	y += set_country(layout, x, y, width, layout->style->to);
	y += pen_paragraph(pen, x, y, width, phone, to->phone);
	y += block_reference(layout, x, y, width, WORD_IMPORTER_REFERENCE, to->tax_id);
	return y - top;
}

static int set_native(struct layout *layout, int x, int y, int width)
{
	return block_native(layout, x, y, width, layout->style->to, &layout->content.recipient);
}

static int latin_width(struct layout *layout)
{
	const struct content_party *to = &layout->content.recipient;
	struct pen_type name = { layout->style->to_name, true, PEN_LEFT };
	struct pen_type line = { layout->style->to, false, PEN_LEFT };
	const char *lines[CONTENT_LINES];
	int first = pen_width(&layout->pen, name, to->lines[0]), others;

	for (unsigned i = 1; i < to->count; i++)
		lines[i - 1] = to->lines[i];
	others = widest(&layout->pen, line, lines, to->count - 1);
	return pen_larger(first, others);
}

static int set_beside(struct layout *layout, int x, int y, int width, int latin)
{
	int gap = 2 * pen_mm10(&layout->pen, GAP_MM10);
	int left = set_latin(layout, x, y, latin);
	int right = set_native(layout, x + latin + gap, y, width - latin - gap);

	return pen_larger(left, right);
}

static int set_below(struct layout *layout, int x, int y, int width)
{
	int height = set_latin(layout, x, y, width);

	if (layout->content.recipient.native_count == 0)
		return height;
	height += pen_mm10(&layout->pen, GAP_MM10) / 2;
	return height + set_native(layout, x, y + height, width);
}

/* Both scripts side by side or one above the other, whichever is lower. */
static int set_recipient(struct layout *layout, int x, int y, int width)
{
	struct marks *marks = layout->pen.marks;
	unsigned count = marks->count;
	int latin = latin_width(layout), below = set_below(layout, x, y, width), beside;

	if (layout->content.recipient.native_count == 0 || latin > width * BESIDE_MOST / 100)
		return below;
	marks->count = count;
	beside = set_beside(layout, x, y, width, latin);
	if (beside < below)
		return beside;
	marks->count = count;
	return set_below(layout, x, y, width);
}

int block_to(struct layout *layout, int y)
{
	struct pen *pen = &layout->pen;
	int gutter = pen_mm10(pen, GUTTER_MM10), gap = pen_mm10(pen, GAP_MM10);
	int x = layout->left + gutter, top = y;

	pen_box(pen, layout->left, y, layout->right - layout->left, pen_frame(pen));
	y += gap;
	block_caption(layout, layout->left, y, gutter - pen_mm10(pen, GAP_MM10), WORD_TO);
	y += set_recipient(layout, x, y, layout->right - x);
	return y + gap - top;
}

/* Sender and method to the left, recipient to the right, the country in the corner. */
int block_both(struct layout *layout, int y)
{
	struct pen *pen = &layout->pen;
	struct pen_type code = { layout->style->code, true, PEN_RIGHT };
	struct pen_type method = { layout->style->method, true, PEN_LEFT };
	int gap = pen_mm10(pen, GAP_MM10), column = pen_mm10(pen, COLUMN_MM10);
	int x = layout->left + column + gap + pen_frame(pen) + gap;
	int corner = pen_width(pen, code, layout->content.country) + gap, left, right;

	left = block_caption_joined(layout, layout->left, y, column, WORD_FROM);
	left += set_sender(layout, layout->left, y + left, column) + gap / 2;
	left += pen_paragraph(pen, layout->left, y + left, column, method, layout->content.method);
	right = block_caption_joined(layout, x, y, column, WORD_TO);
	right += set_recipient(layout, x, y + right, layout->right - corner - x);
	pen_paragraph(pen, layout->right - corner, y, corner, code, layout->content.country);
	right = pen_larger(left, right);
	pen_box(pen, layout->left + column + gap, y, pen_frame(pen), right);
	return right + gap / 2;
}
