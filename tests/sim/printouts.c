/* SPDX-License-Identifier: MIT */
#include "printouts.h"

#include <assert.h>
#include <stdlib.h>

static uint32_t roll(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(*seed >> 8) * below >> 24);
}

void page_set_dot(struct page_bits *page, uint32_t x, uint32_t y)
{
	if (x < page->page.width_dots && y < page->page.height_dots)
		page->bits[(size_t)y * page->page.stride + x / 8] |= (uint8_t)(0x80 >> x % 8);
}

static void fill(struct page_bits *page, uint32_t x, uint32_t y, uint32_t width, uint32_t height)
{
	for (uint32_t row = y; row < y + height; row++)
		for (uint32_t at = x; at < x + width; at++)
			page_set_dot(page, at, row);
}

/* A glyph's worth of strokes: two uprights, a bar, a slope. */
static void draw_glyph(struct page_bits *page, uint32_t x, uint32_t y, uint32_t size,
                       uint32_t *seed)
{
	uint32_t strokes = 2 + roll(seed, 4);

	for (uint32_t i = 0; i < strokes; i++) {
		uint32_t at = roll(seed, size), from = roll(seed, size / 2);

		if (roll(seed, 3))
			fill(page, x + at, y + from, 2, size - from);
		else
			fill(page, x + from, y + at, size - from, 2);
	}
	for (uint32_t i = 0; i < size; i++)
		page_set_dot(page, x + (i * 7 + roll(seed, 2)) / 8, y + i);
}

static void draw_text(struct page_bits *page, uint32_t y, uint32_t size, uint32_t *seed)
{
	uint32_t x = 24, end = page->page.width_dots / 3 + roll(seed, page->page.width_dots / 2);

	while (x + size < end) {
		if (roll(seed, 6))
			draw_glyph(page, x, y, size - 4, seed);
		x += size;
	}
}

static void draw_bars(struct page_bits *page, uint32_t y, uint32_t height, uint32_t *seed)
{
	uint32_t x = 80;

	while (x + 96 < page->page.width_dots) {
		uint32_t width = 3 * (1 + roll(seed, 4));

		fill(page, x, y, width, height);
		x += width + 3 * (1 + roll(seed, 4));
	}
}

static void draw_label(struct page_bits *page, uint32_t *seed)
{
	uint32_t width = page->page.width_dots, height = page->page.height_dots;

	if (width < 200 || height < 300) {
		fill(page, 1, 1, width / 2, height / 2);
		return;
	}
	fill(page, 8, 8, width - 16, 3);
	fill(page, 8, height - 11, width - 16, 3);
	fill(page, 8, 8, 3, height - 16);
	fill(page, width - 11, 8, 3, height - 16);
	for (uint32_t y = 30; y + 200 < height; y += 34)
		draw_text(page, y, 20 + roll(seed, 3) * 4, seed);
	draw_bars(page, height - 160, 120, seed);
}

static void draw_chance(struct page_bits *page, uint32_t one_in, uint32_t *seed)
{
	for (uint32_t y = 0; y < page->page.height_dots; y++)
		for (uint32_t x = 0; x < page->page.width_dots; x++)
			if (roll(seed, one_in) == 0)
				page_set_dot(page, x, y);
}

static void draw_corners(struct page_bits *page)
{
	uint32_t right = page->page.width_dots - 1, bottom = page->page.height_dots - 1;

	page_set_dot(page, 0, 0);
	page_set_dot(page, right, 0);
	page_set_dot(page, 0, bottom);
	page_set_dot(page, right, bottom);
}

void page_make(struct page_bits *page, enum page_kind kind, uint32_t width_dots,
               uint32_t height_dots, uint32_t seed)
{
	uint32_t stride = (width_dots + 7) / 8;

	page->bits = calloc(stride, height_dots);
	assert(page->bits);
	page->page = (struct hal_page){ page->bits, width_dots, height_dots, stride };
	switch (kind) {
	case PAGE_LABEL:
		draw_label(page, &seed);
		break;
	case PAGE_NOISE:
		draw_chance(page, 2, &seed);
		break;
	case PAGE_SPARSE:
		draw_chance(page, 20000, &seed);
		break;
	case PAGE_BLANK:
		break;
	case PAGE_BLACK:
		fill(page, 0, 0, width_dots, height_dots);
		break;
	case PAGE_CORNERS:
		draw_corners(page);
		break;
	}
}

void page_free(struct page_bits *page)
{
	free(page->bits);
	page->bits = NULL;
}
