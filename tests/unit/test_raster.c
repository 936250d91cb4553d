/* SPDX-License-Identifier: MIT */
/* Cropping, packing and compressing bitmaps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "printouts.h"
#include "printer/raster.h"
#include "printer/zpl_codec.h"
#include "zpl_graphic.h"

#define CAP (1024 * 1024)

static char text[CAP];

/* CRC-16/XMODEM: polynomial 1021, start 0; check value 31C3. */
static void the_check_sum_is_the_one_of_the_catalogue(void **state)
{
	struct raster *raster = raster_create();

	(void)state;
	assert_non_null(raster);
	assert_int_equal(raster_crc16(raster, (const uint8_t *)"123456789", 9), 0x31C3);
	assert_int_equal(raster_crc16(raster, (const uint8_t *)"", 0), 0);
	assert_int_equal(raster_crc16(raster, (const uint8_t *)"A", 1), 0x58E5);
	assert_int_equal(raster_crc16(raster, (const uint8_t *)"1234", 4), 0xD789);
	raster_destroy(raster);
}

/* clang-format off */
static const struct {
	const char *rows[4]; /* hexadecimal */
	const char *acs;
} acs_rows[] = {
	{ { "00", "00", NULL },                         ",:" },
	{ { "FF", "FF", "00", NULL },                   "!:," },
	{ { "0F", NULL },                               "0!" },
	{ { "F0", NULL },                               "F," },
	{ { "AAAA", "AAAB", NULL },                     "JAIAB" },
	{ { "1234", "1234", NULL },                     "1234:" },
	{ { "AA00", NULL },                             "AA," },
	{ { "000001", NULL },                           "K01" },
};
/* clang-format on */

static unsigned nibble(char c)
{
	return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'A' + 10);
}

static void run_lengths_are_written_as_the_guide_shows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(acs_rows) / sizeof(acs_rows[0]); i++) {
		uint8_t bits[16] = { 0 };
		struct raster_area area = { .columns = (uint32_t)strlen(acs_rows[i].rows[0]) / 2 };
		struct hal_page page = { bits, area.columns * 8, 0, area.columns };
		struct sink sink;

		for (; acs_rows[i].rows[area.rows]; area.rows++)
			for (uint32_t at = 0; at < area.columns * 2; at++)
				bits[(area.rows * area.columns * 2 + at) / 2] |=
					(uint8_t)(nibble(acs_rows[i].rows[area.rows][at])
				                  << (at % 2 ? 0 : 4));
		page.height_dots = area.rows;
		sink_init(&sink, (uint8_t *)text, CAP);
		raster_acs(&sink, &page, &area);
		assert_int_equal(sink.len, strlen(acs_rows[i].acs));
		assert_memory_equal(text, acs_rows[i].acs, sink.len);
	}
}

static void check_decodes(const struct hal_page *page, const struct raster_area *area, size_t len)
{
	size_t raw = (size_t)area->columns * area->rows;
	uint8_t *back = calloc(1, raw + 1);

	assert_true(zpl_graphic_decode(text, len, back, raw, area->columns));
	for (uint32_t row = 0; row < area->rows; row++)
		assert_memory_equal(back + (size_t)row * area->columns,
		                    page->bits + (size_t)(area->row + row) * page->stride +
		                            area->column,
		                    area->columns);
	free(back);
}

static void both_packings_decode_to_the_same_bits(void **state)
{
	struct raster *raster = raster_create();

	(void)state;
	for (uint32_t seed = 1; seed <= 120; seed++) {
		struct page_bits page;
		struct raster_area area;
		struct sink sink;

		page_make(&page, (enum page_kind)(seed % PAGE_KINDS), 1 + seed * 7,
		          1 + seed * 5 % 97, seed);
		area = raster_crop(&page.page);
		if (area.rows == 0)
			area = raster_whole(&page.page);
		sink_init(&sink, (uint8_t *)text, CAP);
		raster_acs(&sink, &page.page, &area);
		check_decodes(&page.page, &area, sink.len);
		sink_init(&sink, (uint8_t *)text, CAP);
		raster_z64(raster, &sink, &page.page, &area);
		check_decodes(&page.page, &area, sink.len);
		page_free(&page);
	}
	raster_destroy(raster);
}

static void a_crop_holds_every_black_dot_and_touches_one_at_each_edge(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 200; seed++) {
		struct page_bits page;
		struct raster_area area;
		uint32_t left = UINT32_MAX, right = 0, top = UINT32_MAX, bottom = 0;

		page_make(&page, PAGE_BLANK, 1 + seed * 3, 1 + seed, seed);
		srand(seed);
		for (uint32_t i = 0; i < seed % 4; i++) {
			uint32_t x = (unsigned)rand() % page.page.width_dots;
			uint32_t y = (unsigned)rand() % page.page.height_dots;

			page_set_dot(&page, x, y);
			left = x / 8 < left ? x / 8 : left;
			right = x / 8 > right ? x / 8 : right;
			top = y < top ? y : top;
			bottom = y > bottom ? y : bottom;
		}
		area = raster_crop(&page.page);
		if (left == UINT32_MAX) {
			assert_int_equal(area.rows, 0);
		} else {
			assert_int_equal(area.column, left);
			assert_int_equal(area.columns, right - left + 1);
			assert_int_equal(area.row, top);
			assert_int_equal(area.rows, bottom - top + 1);
		}
		page_free(&page);
	}
}

static void a_page_larger_than_the_paper_does_not_fit(void **state)
{
	struct hal_paper paper = { .dpi = 203, .width_mm10 = 1000, .height_mm10 = 1500 };
	struct hal_page page = { NULL, 800, 1200, 100 };

	(void)state;
	assert_true(raster_fits(&page, &paper));
	page.width_dots = 801;
	page.stride = 101;
	assert_false(raster_fits(&page, &paper));
	page = (struct hal_page){ NULL, 800, 1201, 100 };
	assert_false(raster_fits(&page, &paper));
	page = (struct hal_page){ NULL, 800, 1200, 99 };
	assert_false(raster_fits(&page, &paper));
	page = (struct hal_page){ NULL, 1181, 1772, 148 };
	paper.dpi = 300;
	assert_true(raster_fits(&page, &paper));
	page = (struct hal_page){ NULL, 0, 10, 0 };
	assert_false(raster_fits(&page, &paper));
}

/* Each "^GFA,b,c,d," of the job with its counts in order. */
static size_t check_bands(const char *job)
{
	size_t bands = 0;

	for (const char *at = job; (at = strstr(at, "^GFA,")) != NULL; bands++) {
		char *end;
		unsigned long sent = strtoul(at + 5, &end, 10);
		unsigned long whole = strtoul(end + 1, &end, 10);
		unsigned long row = strtoul(end + 1, &end, 10);

		assert_int_equal(sent, whole);
		assert_in_range(whole, 1, 99999);
		assert_int_equal(whole % row, 0);
		at = end;
	}
	return bands;
}

static void a_zpl_job_keeps_every_graphic_under_the_old_limit(void **state)
{
	struct raster *raster = raster_create();
	struct printer_setup setup = { .raster = raster };
	struct hal_paper paper = { 300, 1000, 1500, 30 };
	struct page_bits page;
	struct sink sink;

	(void)state;
	page_make(&page, PAGE_BLACK, 1181, 1772, 1);
	sink_init(&sink, (uint8_t *)text, CAP - 1);
	zpl_encode(&setup, &page.page, &paper, &sink);
	assert_false(sink.full);
	text[sink.len] = '\0';
	assert_int_equal(check_bands(text), 3);
	page_free(&page);
	raster_destroy(raster);
}

static void a_sink_that_is_too_small_is_full_and_not_written_past(void **state)
{
	struct raster *raster = raster_create();
	struct printer_setup setup = { .raster = raster };
	struct hal_paper paper = { 203, 1000, 1500, 30 };
	struct page_bits page;
	struct sink sink;
	size_t len;

	(void)state;
	page_make(&page, PAGE_LABEL, 800, 1200, 1);
	for (size_t cap = 0; cap < 9000; cap += 97) {
		uint8_t *bytes = malloc(cap + 1);

		sink_init(&sink, bytes, cap);
		zpl_encode(&setup, &page.page, &paper, &sink);
		assert_int_equal(sink_finish(&sink, &len), HAL_E_ARG);
		free(bytes);
	}
	page_free(&page);
	raster_destroy(raster);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_check_sum_is_the_one_of_the_catalogue),
		cmocka_unit_test(run_lengths_are_written_as_the_guide_shows),
		cmocka_unit_test(both_packings_decode_to_the_same_bits),
		cmocka_unit_test(a_crop_holds_every_black_dot_and_touches_one_at_each_edge),
		cmocka_unit_test(a_page_larger_than_the_paper_does_not_fit),
		cmocka_unit_test(a_zpl_job_keeps_every_graphic_under_the_old_limit),
		cmocka_unit_test(a_sink_that_is_too_small_is_full_and_not_written_past),
	};

	return cmocka_run_group_tests_name("raster", tests, NULL, NULL);
}
