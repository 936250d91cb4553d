/* SPDX-License-Identifier: MIT */
/* The declaration, but for its table: title, category, certificate, signature. */
#include "block.h"

#include <stdio.h>
#include <string.h>

#define ROW_BOXES 3

static int pad_of(const struct layout *layout)
{
	return pen_mm100(&layout->pen, layout->style->pad);
}

/* A rule across the form; returns its height. */
static int set_rule(struct layout *layout, int y)
{
	pen_box(&layout->pen, layout->left, y, layout->right - layout->left,
	        pen_rule(&layout->pen));
	return pen_rule(&layout->pen);
}

int block_title(struct layout *layout, int y)
{
	const struct form_caption *title = &layout->form->words[WORD_FORM_TITLE];
	struct pen *pen = &layout->pen;
	struct pen_type strong = { layout->style->title, true, PEN_LEFT };
	struct pen_type plain = { layout->style->caption, false, PEN_LEFT };
	struct pen_type name = { layout->style->name, true, PEN_RIGHT };
	int pad = pad_of(layout), frame = pen_frame(pen);
	int x = layout->left + frame + pad, width = layout->right - frame - pad - x;
	int side = pen_width(pen, name, layout->form->name) + 2 * pad;
	char text[200], opened[200];
	int top = y, height;

	y += frame + pad / 2;
	height = pen_paragraph(pen, x, y, width, name, layout->form->name);
	y += pen_paragraph(pen, x, y, width - side, strong, title->en);
	block_join(layout, &layout->form->words[WORD_OPENED], opened, sizeof(opened));
	snprintf(text, sizeof(text), "%s   %s", layout->content.french ? title->fr : "",
	         layout->content.chinese ? title->zh : "");
	y += pen_paragraph(pen, x, y, width - side, plain, text);
	y += pen_paragraph(pen, x, y, width - side, plain, opened);
	if (y < top + frame + pad / 2 + height)
		y = top + frame + pad / 2 + height;
	y += pad / 2;
	return y + set_rule(layout, y) - top;
}

/* A box to tick, its caption to the right; returns the height. */
static int set_category(struct layout *layout, const struct form_category *category, int x, int y,
                        int width)
{
	struct pen *pen = &layout->pen;
	int side = pen_mm100(pen, layout->style->caption * 3 / 2), pen_px = pen_rule(pen);
	int pad = pad_of(layout), height;

	pen_box(pen, x, y, side, pen_px);
	pen_box(pen, x, y + side - pen_px, side, pen_px);
	pen_box(pen, x, y, pen_px, side);
	pen_box(pen, x + side - pen_px, y, pen_px, side);
	if (layout->request->notice->nature == category->nature)
		marks_cross(pen->marks, pen->sheet, x + pen_px, y + pen_px, side - 2 * pen_px,
		            pen_mm100(pen, 40));
	height = block_words(layout, x + side + pad, y, width - side - 2 * pad, PEN_LEFT,
	                     &category->caption);
	return height > side ? height : side;
}

static int set_note(struct layout *layout, int x, int y, int width)
{
	const struct notice *notice = layout->request->notice;
	struct pen_type type = { layout->style->small, true, PEN_LEFT };
	char text[NOTICE_TEXT + 100], words[80];

	if (!notice->nature_note[0] ||
	    (notice->nature != NATURE_OTHER && notice->nature != NATURE_RETURN))
		return 0;
	block_join(layout, &layout->form->words[WORD_EXPLANATION], words, sizeof(words));
	snprintf(text, sizeof(text), "%s: %s", words, notice->nature_note);
	return pen_paragraph(&layout->pen, x, y, width, type, text);
}

int block_category(struct layout *layout, int y)
{
	struct pen *pen = &layout->pen;
	int pad = pad_of(layout), frame = pen_frame(pen), top = y;
	int x = layout->left + frame + pad, width = layout->right - frame - x;

	y += pad;
	for (unsigned i = 0; i < layout->form->category_count; i += ROW_BOXES) {
		int tallest = 0;

		for (unsigned j = i; j < i + ROW_BOXES && j < layout->form->category_count; j++) {
			int at = x + (int)(j - i) * width / ROW_BOXES;
			int height = set_category(layout, &layout->form->categories[j], at, y,
			                          width / ROW_BOXES);

			tallest = height > tallest ? height : tallest;
		}
		y += tallest + pad / 2;
	}
	y += set_note(layout, x, y, width - pad) + pad / 2;
	return y + set_rule(layout, y) - top;
}

int block_certify(struct layout *layout, int y)
{
	const struct form_caption *words = &layout->form->words[WORD_CERTIFY];
	int pad = pad_of(layout), x = layout->left + pen_frame(&layout->pen) + pad, top = y;

	y += pad / 2;
	y += block_words(layout, x, y, layout->right - pen_frame(&layout->pen) - pad - x, PEN_LEFT,
	                 words);
	y += pad / 2;
	return y + set_rule(layout, y) - top;
}

int block_sign(struct layout *layout, int y)
{
	struct pen *pen = &layout->pen;
	struct pen_type date = { layout->style->data, true, PEN_LEFT };
	int pad = pad_of(layout), x = layout->left + pen_frame(pen) + pad;
	int width = layout->right - pen_frame(pen) - pad - x, top = y, line;

	y += pad / 2;
	y += block_caption(layout, x, y, width, WORD_SIGNATURE);
	y += pad;
	line = pen_paragraph(pen, x, y, width, date, layout->request->date);
	y += line ? line : pen_line_height(pen, layout->style->data);
	x += width * 35 / 100;
	pen_box(pen, x, y - pad / 2, layout->right - pen_frame(pen) - pad - x, pen_rule(pen));
	return y + pad / 2 + pen_frame(pen) - top;
}

int block_foot(struct layout *layout, int y)
{
	struct pen *pen = &layout->pen;
	struct pen_type type = { layout->style->small, false, PEN_LEFT };
	int side = pen_mm10(pen, 100), height;

	y += pen_mm10(pen, 5);
	layout->sheet_mark_y[pen->sheet] = y;
	height = pen_fitted(pen, layout->left, y, layout->right - layout->left - side, type,
	                    layout->style->caption, layout->content.footer);
	return pen_mm10(pen, 5) + height;
}

static int set_party(struct layout *layout, int x, int y, int width, enum form_word word,
                     const struct content_party *party)
{
	struct pen *pen = &layout->pen;
	struct pen_type plain = { layout->style->from, false, PEN_LEFT };
	struct pen_type strong = { layout->style->from, true, PEN_LEFT };
	int top = y;

	y += block_caption(layout, x, y, width, word);
	y += pen_paragraph(pen, x, y, width, strong, party->lines[0]);
	for (unsigned i = 1; i < party->count; i++)
		y += pen_paragraph(pen, x, y, width, plain, party->lines[i]);
	for (unsigned i = 0; i < party->native_count; i++)
		y += pen_paragraph(pen, x, y, width, plain, party->native[i]);
	y += pen_paragraph(pen, x, y, width, plain, party->phone);
	return y - top;
}

int block_parties(struct layout *layout, int y)
{
	struct pen *pen = &layout->pen;
	int pad = pad_of(layout), frame = pen_frame(pen), rule = pen_rule(pen), top = y;
	int x = layout->left + frame + pad, middle = (layout->left + layout->right) * 9 / 20;
	int right = layout->right - frame - pad, from, to;

	y += pad / 2;
	from = set_party(layout, x, y, middle - pad - x, WORD_FROM, &layout->content.sender);
	to = set_party(layout, middle + rule + pad, y, right - middle - rule - pad, WORD_TO,
	               &layout->content.recipient);
	y += (from > to ? from : to) + pad / 2;
	pen_box(pen, middle, top, rule, y - top);
	return y + set_rule(layout, y) - top;
}

int block_references(struct layout *layout, int y)
{
	static const enum form_word words[] = { WORD_CHARGES, WORD_COMMENTS, WORD_LICENCE,
		                                WORD_CERTIFICATE, WORD_INVOICE };
	struct pen *pen = &layout->pen;
	int count = (int)(sizeof(words) / sizeof(words[0]));
	int pad = pad_of(layout), width = layout->right - layout->left, tallest = 0;

	for (int i = 0; i < count; i++) {
		int x = layout->left + pen_frame(pen) + i * width / count + pad;
		int height =
			block_caption(layout, x, y + pad / 2, width / count - 2 * pad, words[i]);

		tallest = height > tallest ? height : tallest;
	}
	tallest += pad + pen_line_height(pen, layout->style->data);
	for (int i = 1; i < count; i++)
		pen_box(pen, layout->left + i * width / count, y, pen_rule(pen), tallest);
	return tallest + set_rule(layout, y + tallest);
}
