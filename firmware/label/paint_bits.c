/* SPDX-License-Identifier: MIT */
#include "paint_bits.h"

#include <string.h>

static bool on_page(const struct paint_page *page, int x, int y, int width, int height)
{
	return x >= 0 && y >= 0 && width >= 0 && height >= 0 &&
	       (uint32_t)(x + width) <= page->width && (uint32_t)(y + height) <= page->height;
}

static void put(uint8_t *byte, uint8_t mask, bool white)
{
	if (white)
		*byte &= (uint8_t)~mask;
	else
		*byte |= mask;
}

static void paint_span(uint8_t *row, int x, int width, bool white)
{
	int first = x / 8, last = (x + width - 1) / 8;
	uint8_t head = (uint8_t)(0xFF >> x % 8);
	uint8_t tail = (uint8_t)(0xFF << (7 - (x + width - 1) % 8));

	if (first == last) {
		put(&row[first], head & tail, white);
		return;
	}
	put(&row[first], head, white);
	memset(&row[first + 1], white ? 0 : 0xFF, (size_t)(last - first - 1));
	put(&row[last], tail, white);
}

bool paint_box(struct paint_page *page, int x, int y, int width, int height, bool white)
{
	if (!on_page(page, x, y, width, height))
		return false;
	if (width == 0)
		return true;
	for (int row = y; row < y + height; row++)
		paint_span(page->bits + (uint32_t)row * page->stride, x, width, white);
	return true;
}

/* Two bytes of the page take one byte of the glyph, shifted to where it falls. */
static void blit_row(uint8_t *row, const uint8_t *bits, uint32_t bytes, unsigned shift)
{
	unsigned carry = 0;

	for (uint32_t i = 0; i < bytes; i++) {
		row[i] |= (uint8_t)(carry | bits[i] >> shift);
		carry = (unsigned)bits[i] << (8 - shift);
	}
	if (carry & 0xFF)
		row[bytes] |= (uint8_t)carry;
}

static bool paint_glyph(struct paint_page *page, const struct fonts *fonts,
                        const struct glyph *glyph, int x, int y)
{
	const uint8_t *bits = glyphs_rows(fonts->glyphs, glyph);
	uint32_t bytes = (glyph->width + 7u) / 8;
	uint8_t *row;

	x += glyph->left;
	y -= glyph->top;
	if (glyph->width == 0)
		return true;
	if (!on_page(page, x, y, glyph->width, glyph->height))
		return false;
	row = page->bits + (uint32_t)y * page->stride + x / 8;
	for (unsigned i = 0; i < glyph->height; i++, row += page->stride, bits += bytes)
		blit_row(row, bits, bytes, (unsigned)x % 8);
	return true;
}

static bool paint_text(struct paint_page *page, struct fonts *fonts, const struct mark *mark)
{
	const struct text_line *line = mark->as.line;
	bool whole = true;

	for (unsigned r = 0; r < line->run_count; r++) {
		const struct text_run *run = &line->runs[r];

		for (unsigned g = 0; g < run->count; g++) {
			const struct glyph *glyph =
				fonts_glyph(fonts, run->font, line->style.px, run->glyphs[g].id);

			whole = whole && glyph &&
			        paint_glyph(page, fonts, glyph, mark->x + run->glyphs[g].x,
			                    mark->y + run->glyphs[g].y);
		}
	}
	return whole;
}

static bool paint_bars(struct paint_page *page, const struct symbol *symbol,
                       const struct mark *mark)
{
	int module = mark->as.symbol.module;
	bool whole = true;

	for (unsigned from = 0; from < symbol->width; from++) {
		unsigned to = from;

		while (to < symbol->width && symbol_is_dark(symbol, 0, to))
			to++;
		if (to == from)
			continue;
		whole = whole && paint_box(page, mark->x + (int)from * module, mark->y,
		                           (int)(to - from) * module, mark->height, false);
		from = to;
	}
	return whole;
}

static bool paint_matrix(struct paint_page *page, const struct symbol *symbol,
                         const struct mark *mark)
{
	int module = mark->as.symbol.module;
	bool whole = true;

	for (unsigned row = 0; row < symbol->rows; row++)
		for (unsigned x = 0; x < symbol->width; x++)
			if (symbol_is_dark(symbol, row, x))
				whole = whole && paint_box(page, mark->x + (int)x * module,
				                           mark->y + (int)row * module, module,
				                           module, false);
	return whole;
}

static bool paint_cross(struct paint_page *page, const struct mark *mark)
{
	int pen = mark->as.pen;
	int steps = mark->width - pen;
	bool whole = true;

	for (int i = 0; i <= steps; i++) {
		whole = whole && paint_box(page, mark->x + i, mark->y + i, pen, pen, mark->white);
		whole = whole &&
		        paint_box(page, mark->x + steps - i, mark->y + i, pen, pen, mark->white);
	}
	return whole;
}

bool paint_mark(struct paint_page *page, struct fonts *fonts, const struct marks *marks,
                const struct mark *mark)
{
	const struct symbol *symbol;

	switch (mark->kind) {
	case MARK_BOX:
		return paint_box(page, mark->x, mark->y, mark->width, mark->height, mark->white);
	case MARK_TEXT:
		return paint_text(page, fonts, mark);
	case MARK_CROSS:
		return paint_cross(page, mark);
	case MARK_SYMBOL:
		symbol = &marks->symbols[mark->as.symbol.index];
		return symbol->kind == SYMBOL_CODE128 ? paint_bars(page, symbol, mark)
		                                      : paint_matrix(page, symbol, mark);
	}
	return false;
}
