/* SPDX-License-Identifier: MIT */
/* The upper part of a label: who sends it, how, and who gets it. */
#include "block.h"

#include <stdio.h>
#include <string.h>

#define BAND_SIDE_MM10 320
#define GAP_MM10       15
#define GUTTER_MM10    95

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
	char middle[CONTENT_LINES * CONTENT_LINE / 8] = "";
	int top = y;

	for (unsigned i = 1; i + 1 < sender->count; i++)
		append(middle, sizeof(middle), sender->lines[i]);
	y += pen_paragraph(&layout->pen, x, y, width, strong, sender->lines[0]);
	y += pen_paragraph(&layout->pen, x, y, width, type, middle);
	y += pen_paragraph(&layout->pen, x, y, width, type, sender->lines[sender->count - 1]);
	y += pen_paragraph(&layout->pen, x, y, width, type, sender->phone);
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

	block_caption(layout, layout->left, y, gutter, WORD_FROM);
	left = set_sender(layout, x, y, layout->right - side - x);
	right = pen_paragraph(pen, layout->right - side, y, side, code, layout->content.country);
	right += pen_paragraph(pen, layout->right - side, y + right, side, method,
	                       layout->content.method);
	y = (left > right ? left : right) + pen_mm10(pen, GAP_MM10);
	return y;
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
	struct pen_type country = { layout->style->to, true, PEN_LEFT };
	struct pen_type phone = { layout->style->from, false, PEN_LEFT };
	int top = y;

	y += pen_fitted(pen, x, y, width, name, layout->style->to, to->lines[0]);
	for (unsigned i = 1; i + 1 < to->count; i++)
		y += pen_paragraph(pen, x, y, width, line, to->lines[i]);
	y += pen_fitted(pen, x, y, width, country, layout->style->from, to->lines[to->count - 1]);
	y += pen_paragraph(pen, x, y, width, phone, to->phone);
	return y - top;
}

static int set_native(struct layout *layout, int x, int y, int width)
{
	const struct content_party *to = &layout->content.recipient;
	struct pen_type line = { layout->style->to, false, PEN_LEFT };
	int top = y;

	for (unsigned i = 0; i < to->native_count; i++)
		y += pen_paragraph(&layout->pen, x, y, width, line, to->native[i]);
	return y - top;
}

/* Both scripts side by side where the lines are short enough, else one above the other. */
int block_to(struct layout *layout, int y)
{
	const struct content_party *to = &layout->content.recipient;
	struct pen *pen = &layout->pen;
	struct pen_type name = { layout->style->to_name, true, PEN_LEFT };
	struct pen_type line = { layout->style->to, false, PEN_LEFT };
	const char *lines[CONTENT_LINES];
	int gutter = pen_mm10(pen, GUTTER_MM10), gap = pen_mm10(pen, GAP_MM10);
	int x = layout->left + gutter, width = layout->right - x, top = y;
	int latin, native, height;

	for (unsigned i = 1; i < to->count; i++)
		lines[i - 1] = to->lines[i];
	latin = pen_width(pen, name, to->lines[0]);
	native = widest(pen, line, lines, to->count - 1);
	latin = latin > native ? latin : native;
	native = widest(pen, line, to->native, to->native_count);
	pen_box(pen, layout->left, y, layout->right - layout->left, pen_frame(pen));
	y += gap;
	block_caption(layout, layout->left, y, gutter, WORD_TO);
	height = set_latin(layout, x, y,
	                   native && latin + 2 * gap + native <= width ? latin : width);
	if (native && latin + 2 * gap + native <= width) {
		int beside = set_native(layout, x + latin + 2 * gap, y, width - latin - 2 * gap);

		height = beside > height ? beside : height;
	} else if (native) {
		height += gap / 2;
		height += set_native(layout, x, y + height, width);
	}
	return y + height + gap - top;
}
