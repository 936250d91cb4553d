/* SPDX-License-Identifier: MIT */
/* Run lengths for printers whose firmware is older than Z64. */
#include <string.h>

#include "printer/raster.h"

#define ROW_MAX 4096u /* nibbles of the widest row: 16384 dots, twice any head */

static unsigned nibble_at(const uint8_t *row, uint32_t at)
{
	return at % 2 ? row[at / 2] & 15u : row[at / 2] >> 4;
}

static char *write_digit(char *to, unsigned nibble)
{
	*to++ = "0123456789ABCDEF"[nibble];
	return to;
}

/* "z" is 400, "g" 20, "Y" 19, "G" 1; counts in front of a digit add up. */
static char *write_run(char *to, unsigned nibble, uint32_t count)
{
	if (count <= 2) {
		while (count-- > 0)
			to = write_digit(to, nibble);
		return to;
	}
	for (; count >= 400; count -= 400)
		*to++ = 'z';
	if (count >= 20)
		*to++ = (char)('g' + count / 20 - 1);
	if (count % 20)
		*to++ = (char)('G' + count % 20 - 1);
	return write_digit(to, nibble);
}

static uint32_t run_from(const uint8_t *row, uint32_t at, uint32_t nibbles)
{
	uint32_t end = at + 1;

	while (end < nibbles && nibble_at(row, end) == nibble_at(row, at))
		end++;
	return end - at;
}

static size_t write_row(char *text, const uint8_t *row, uint32_t nibbles)
{
	char *to = text;

	for (uint32_t at = 0; at < nibbles;) {
		unsigned nibble = nibble_at(row, at);
		uint32_t count = run_from(row, at, nibbles);

		at += count;
		if (at == nibbles && (nibble == 0 || nibble == 15))
			*to++ = nibble ? '!' : ',';
		else
			to = write_run(to, nibble, count);
	}
	return (size_t)(to - text);
}

void raster_acs(struct sink *sink, const struct hal_page *page, const struct raster_area *area)
{
	const uint8_t *row = page->bits + (size_t)area->row * page->stride + area->column;
	char text[ROW_MAX];

	if (area->columns * 2 > ROW_MAX) {
		sink->full = true;
		return;
	}
	for (uint32_t i = 0; i < area->rows; i++, row += page->stride)
		if (i > 0 && memcmp(row, row - page->stride, area->columns) == 0)
			sink_bytes(sink, ":", 1);
		else
			sink_bytes(sink, text, write_row(text, row, area->columns * 2));
}
