/* SPDX-License-Identifier: MIT */
#include "printer/tspl_codec.h"

#include <string.h>

#define ESC 0x1B

static void write_bitmap(const struct hal_page *page, const struct raster_area *area,
                         struct sink *sink)
{
	if (area->rows == 0 || area->columns == 0)
		return;
	sink_text(sink, "BITMAP %u,%u,%u,%u,0,", area->column * 8, area->row, area->columns,
	          area->rows);
	raster_inverted(sink, page, area);
	sink_text(sink, "\r\n");
}

static uint8_t sent_byte(const struct hal_page *page, uint32_t column, uint32_t row)
{
	return (uint8_t)~page->bits[(size_t)row * page->stride + column];
}

/* The first column whose byte, as sent, is '!' behind an ESC; columns when there is none. */
static uint32_t find_command(const struct hal_page *page, const struct raster_area *area,
                             uint32_t row, uint32_t from)
{
	const uint8_t *bits = page->bits + (size_t)row * page->stride + area->column;
	uint32_t at = from;

	while (at + 1 < area->columns) {
		const uint8_t *esc = memchr(bits + at, (uint8_t)~ESC, area->columns - 1 - at);

		if (!esc)
			break;
		at = (uint32_t)(esc - bits) + 1;
		if (bits[at] == (uint8_t) ~'!')
			return at;
	}
	return area->columns;
}

/* One row in as many pieces as it takes to part each ESC from its '!'. */
static void write_pieces(const struct hal_page *page, const struct raster_area *area, uint32_t row,
                         struct sink *sink)
{
	uint32_t from = 0;

	while (from < area->columns) {
		uint32_t to = find_command(page, area, row, from);
		struct raster_area piece = { area->column + from, row, to - from, 1 };

		write_bitmap(page, &piece, sink);
		from = to;
	}
}

static bool breaks_row(const struct hal_page *page, const struct raster_area *area, uint32_t row)
{
	return find_command(page, area, row, 0) < area->columns;
}

/* The same two bytes may meet where a row ends and the next begins. */
static bool breaks_between(const struct hal_page *page, const struct raster_area *area,
                           uint32_t row)
{
	return sent_byte(page, area->column + area->columns - 1, row - 1) == ESC &&
	       sent_byte(page, area->column, row) == '!';
}

static void write_bitmaps(const struct hal_page *page, struct sink *sink)
{
	struct raster_area area = raster_crop(page);
	struct raster_area band = area;

	band.rows = 0;
	for (uint32_t row = area.row; row < area.row + area.rows; row++) {
		bool pieces = breaks_row(page, &area, row);

		if (pieces || (band.rows > 0 && breaks_between(page, &area, row))) {
			write_bitmap(page, &band, sink);
			band.row = row;
			band.rows = 0;
		}
		if (pieces) {
			write_pieces(page, &area, row, sink);
			band.row = row + 1;
		} else {
			band.rows++;
		}
	}
	write_bitmap(page, &band, sink);
}

/*
 * The first line end closes whatever a cut job left half said.  REPRINT ON: an
 * interrupted label is printed again, whole, once the printer goes on.
 */
void tspl_encode(const struct printer_setup *setup, const struct hal_page *page,
                 const struct hal_paper *paper, struct sink *sink)
{
	sink_text(sink, "\r\nSIZE ");
	sink_mm10(sink, paper->width_mm10);
	sink_text(sink, " mm,");
	sink_mm10(sink, paper->height_mm10);
	sink_text(sink, " mm\r\nGAP ");
	sink_mm10(sink, paper->gap_mm10);
	sink_text(sink, " mm,0 mm\r\nDIRECTION 0\r\nREFERENCE 0,0\r\nSET REPRINT ON\r\n");
	if (setup->speed)
		sink_text(sink, "SPEED %u\r\n", setup->speed);
	if (setup->darkness)
		sink_text(sink, "DENSITY %u\r\n", setup->darkness);
	sink_text(sink, "CLS\r\n");
	write_bitmaps(page, sink);
	sink_text(sink, "PRINT 1,1\r\n");
}
