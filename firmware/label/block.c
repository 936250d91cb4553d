/* SPDX-License-Identifier: MIT */
#include "block.h"

#include <stdio.h>
#include <string.h>

static int (*const blocks[])(struct layout *layout, int y) = {
	[BLOCK_BAND] = block_band,         [BLOCK_TO] = block_to,
	[BLOCK_BOTH] = block_both,         [BLOCK_PARTIES] = block_parties,
	[BLOCK_BARS] = block_bars,         [BLOCK_TITLE] = block_title,
	[BLOCK_CATEGORY] = block_category, [BLOCK_HEAD] = block_head,
	[BLOCK_TOTALS] = block_totals,     [BLOCK_REFERENCES] = block_references,
	[BLOCK_CERTIFY] = block_certify,   [BLOCK_SIGN] = block_sign,
	[BLOCK_FOOT] = block_foot,
};

int block_set(struct layout *layout, enum form_block block, int y)
{
	return blocks[block](layout, y);
}

int block_pad(const struct layout *layout)
{
	return pen_mm100(&layout->pen, layout->style->pad);
}

/*
 * Latin and Chinese on one line and one baseline, each in its own size: where
 * ideographs can be read, letters look too large.  Returns the height, 0 without the room.
 */
static int set_beside(struct layout *layout, int x, int y, int width, enum pen_side side,
                      const char *latin, const char *chinese)
{
	struct pen_type type = { layout->style->caption, false, PEN_LEFT };
	struct pen *pen = &layout->pen;
	int drop = pen_drop(pen, PEN_LEAST_HAN, layout->style->caption);
	int letters = pen_width(pen, type, latin), height, above;

	if (latin[0])
		letters += pen_mm100(pen, layout->style->caption) / 2;
	width -= letters + pen_width(pen, type, chinese);
	if (width < 0)
		return 0;
	if (side == PEN_RIGHT)
		x += width;
	height = pen_paragraph(pen, x, y + drop, letters, type, latin);
	above = pen_paragraph(pen, x + letters, y, pen_width(pen, type, chinese), type, chinese);
	return pen_larger(height + drop, above);
}

int block_words(struct layout *layout, int x, int y, int width, enum pen_side side,
                const struct form_caption *words)
{
	struct pen_type type = { layout->style->caption, false, side };
	struct pen *pen = &layout->pen;
	bool chinese = layout->content.chinese && words->zh;
	int top = y, beside = 0;

	if (chinese && side == PEN_LEFT && layout->request->size != LABEL_100X150)
		beside = set_beside(layout, x, y, width, side, words->en, words->zh);
	y += beside ? beside : pen_paragraph(pen, x, y, width, type, words->en);
	if (layout->content.french && words->fr && strcmp(words->en, words->fr) != 0) {
		y += pen_leading(pen, layout->style->caption);
		y += pen_paragraph(pen, x, y, width, type, words->fr);
	}
	if (chinese && !beside)
		y += pen_paragraph(pen, x, y, width, type, words->zh);
	return y - top;
}

int block_words_joined(struct layout *layout, int x, int y, int width, enum pen_side side,
                       const struct form_caption *words)
{
	struct pen_type type = { layout->style->caption, false, side };
	bool chinese = layout->content.chinese && words->zh;
	struct form_caption latin = { words->en, words->fr, NULL };
	char text[200];
	int height = 0;

	block_join(layout, &latin, text, sizeof(text));
	if (chinese)
		height = set_beside(layout, x, y, width, side, text, words->zh);
	else if (pen_width(&layout->pen, type, text) <= width)
		return pen_paragraph(&layout->pen, x, y, width, type, text);
	return height ? height : block_words(layout, x, y, width, side, words);
}

int block_caption(struct layout *layout, int x, int y, int width, enum form_word word)
{
	return block_words(layout, x, y, width, PEN_LEFT, &layout->form->words[word]);
}

void block_join(const struct layout *layout, const struct form_caption *words, char *text,
                size_t size)
{
	bool french = layout->content.french && words->fr && strcmp(words->en, words->fr) != 0;
	bool chinese = layout->content.chinese && words->zh;

	snprintf(text, size, "%s%s%s%s%s", words->en, french ? " / " : "", french ? words->fr : "",
	         chinese ? " " : "", chinese ? words->zh : "");
}

int block_caption_joined(struct layout *layout, int x, int y, int width, enum form_word word)
{
	return block_words_joined(layout, x, y, width, PEN_LEFT, &layout->form->words[word]);
}

int block_reference(struct layout *layout, int x, int y, int width, enum form_word word,
                    const char *number)
{
	struct pen_type type = { layout->style->small, false, PEN_LEFT };
	char words[120], text[sizeof(words) + NOTICE_KEY + 2];

	if (!number || !number[0])
		return 0;
	block_join(layout, &layout->form->words[word], words, sizeof(words));
	snprintf(text, sizeof(text), "%s: %s", words, number);
	return pen_paragraph(&layout->pen, x, y, width, type, text);
}

/* A line of digits or Latin stands at the side where the others begin. */
int block_native(struct layout *layout, int x, int y, int width, uint16_t mm100,
                 const struct content_party *party)
{
	struct pen_type type = { mm100, false, PEN_LEFT };
	struct pen *pen = &layout->pen;
	bool rtl = false;
	int top = y;

	pen->han = layout->reader;
	for (unsigned i = 0; i < party->native_count && !rtl; i++)
		rtl = pen_is_rtl(pen, type, party->native[i]);
	pen->base = rtl ? TEXT_BASE_RTL : TEXT_BASE_FOUND;
	for (unsigned i = 0; i < party->native_count; i++)
		y += pen_paragraph(pen, x, y, width, type, party->native[i]);
	pen->base = TEXT_BASE_FOUND;
	pen->han = FONT_HAN_SC;
	return y - top;
}
