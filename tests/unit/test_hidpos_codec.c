/* SPDX-License-Identifier: MIT */
/* Report descriptors of scanners and what their reports say, from manuals and the standard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/hid_descriptor.h"
#include "scanner/hidpos_codec.h"

/* clang-format off */

/* The usage tables' own shape, with each field an item of its own and a second report. */
static const uint8_t single_items[] = {
	0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01,
	0x85, 0x01, 0x09, 0x14, 0xA1, 0x02, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08,
	0x09, 0x5F, 0x91, 0x02, 0x09, 0x5E, 0x81, 0x02, 0xC0,
	0x85, 0x02, 0x09, 0x12, 0xA1, 0x02, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, 0x01,
	0x09, 0xFB, 0x81, 0x02, 0x09, 0xFC, 0x81, 0x02, 0x09, 0xFD, 0x81, 0x02,
	0x95, 0x38, 0x09, 0xFE, 0x82, 0x02, 0x01,
	0x75, 0x01, 0x95, 0x01, 0x25, 0x01, 0x09, 0xFF, 0x81, 0x02,
	0x75, 0x07, 0x81, 0x03, 0xC0,
	0x85, 0x03, 0x75, 0x08, 0x95, 0x04, 0x09, 0xFB, 0x81, 0x02,
	0xC0,
};

/* Usages with their page in them, sizes pushed and popped, a long item, 16 bits of length. */
static const uint8_t extended[] = {
	0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0xFE, 0x02, 0x10, 0xAA, 0xBB,
	0x75, 0x08, 0x95, 0x01, 0xA4,
	0x75, 0x10, 0x0B, 0x3B, 0x00, 0x01, 0x00, 0x81, 0x02,
	0xB4, 0x95, 0x0A, 0x0B, 0xFE, 0x00, 0x8C, 0x00, 0x81, 0x02,
	0x95, 0x01, 0x09, 0xFF, 0x81, 0x02, 0xC0,
};

static const uint8_t keyboard[] = {
	0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25, 0x01,
	0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, 0x95, 0x06, 0x75, 0x08,
	0x25, 0x65, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xC0,
};

/* Data that begins in the middle of a byte. */
static const uint8_t crooked[] = {
	0x05, 0x8C, 0xA1, 0x01, 0x75, 0x01, 0x95, 0x01, 0x09, 0xFF, 0x81, 0x02,
	0x75, 0x08, 0x95, 0x08, 0x09, 0xFE, 0x81, 0x02, 0xC0,
};

/* clang-format on */

static void assert_field(struct hidpos_field field, unsigned bit, unsigned bits)
{
	assert_int_equal(field.bit, bit);
	assert_int_equal(field.bits, bits);
}

static void fields_are_found_where_the_description_says(void **state)
{
	struct hidpos_layout layout;

	(void)state;
	assert_true(hidpos_describe(single_items, sizeof(single_items), &layout));
	assert_int_equal(layout.id, 2);
	assert_field(layout.length, 0, 0);
	assert_field(layout.symbology[0], 8, 8);
	assert_field(layout.symbology[1], 16, 8);
	assert_field(layout.symbology[2], 24, 8);
	assert_field(layout.data, 32, 56 * 8);
	assert_field(layout.more, 32 + 56 * 8, 1);

	assert_true(hidpos_describe(extended, sizeof(extended), &layout));
	assert_int_equal(layout.id, 0);
	assert_field(layout.length, 0, 16);
	assert_field(layout.data, 16, 80);
	assert_field(layout.more, 96, 8);
}

static void descriptions_without_a_code_in_them_are_none(void **state)
{
	struct hidpos_layout layout;

	(void)state;
	assert_false(hidpos_describe(keyboard, sizeof(keyboard), &layout));
	assert_false(hidpos_describe(crooked, sizeof(crooked), &layout));
	assert_false(hidpos_describe(NULL, 0, &layout));
	assert_false(hidpos_describe(single_items, sizeof(single_items) / 2, &layout));
}

static void a_piece_is_read_as_it_was_laid_out(void **state)
{
	uint8_t report[61] = { 2, ']', 'Q', '1', 'a', 'b', 'c' };
	struct hidpos_layout layout;
	struct hidpos_piece piece;

	(void)state;
	assert_true(hidpos_describe(single_items, sizeof(single_items), &layout));
	assert_int_equal(hidpos_read(&layout, report, sizeof(report), &piece), HIDPOS_PIECE);
	assert_ptr_equal(piece.data, report + 4);
	assert_int_equal(piece.len, 3);
	assert_string_equal(piece.symbology, "]Q1");
	assert_false(piece.more);
	report[60] = 1;
	assert_int_equal(hidpos_read(&layout, report, sizeof(report), &piece), HIDPOS_PIECE);
	assert_true(piece.more);
	assert_int_equal(hidpos_read(&layout, report, 60, &piece), HIDPOS_MALFORMED);
	report[0] = 3;
	assert_int_equal(hidpos_read(&layout, report, sizeof(report), &piece), HIDPOS_UNRELATED);
	assert_int_equal(hidpos_read(&layout, report, 0, &piece), HIDPOS_UNRELATED);
}

static void a_length_may_count_zero_bytes_in_but_not_more_than_there_is_room(void **state)
{
	uint8_t report[13] = { 4, 0, 'a', 0, 'b', 0 };
	struct hidpos_layout layout;
	struct hidpos_piece piece;

	(void)state;
	assert_true(hidpos_describe(extended, sizeof(extended), &layout));
	assert_int_equal(hidpos_read(&layout, report, sizeof(report), &piece), HIDPOS_PIECE);
	assert_int_equal(piece.len, 4);
	report[0] = 10;
	assert_int_equal(hidpos_read(&layout, report, sizeof(report), &piece), HIDPOS_PIECE);
	report[0] = 11;
	assert_int_equal(hidpos_read(&layout, report, sizeof(report), &piece), HIDPOS_MALFORMED);
	report[0] = 0;
	report[1] = 1;
	assert_int_equal(hidpos_read(&layout, report, sizeof(report), &piece), HIDPOS_MALFORMED);
}

static void known_layouts_are_told_apart_by_their_reports(void **state)
{
	uint8_t honeywell[64] = { 2, 4, ']', 'Q', '0', 'M', '1', 'G', 'A' };
	uint8_t newland[64] = { 2, 4, 'M', '1', 'G', 'A' };
	uint8_t newland_aim[64] = { 2, 7, ']', 'Q', '0', 'M', '1', 'G', 'A' };
	struct hidpos_piece piece;

	(void)state;
	hidpos_read(hidpos_find_known(honeywell, 64), honeywell, 64, &piece);
	assert_memory_equal(piece.data, "M1GA", 5);
	assert_string_equal(piece.symbology, "]Q0");
	hidpos_read(hidpos_find_known(newland, 64), newland, 64, &piece);
	assert_memory_equal(piece.data, "M1GA", 5);
	hidpos_read(hidpos_find_known(newland_aim, 64), newland_aim, 64, &piece);
	assert_memory_equal(piece.data, "]Q0M1GA", 8);
	assert_null(hidpos_find_known(newland, 63));
	newland[0] = 3;
	assert_null(hidpos_find_known(newland, 64));
}

static unsigned fields, last_end;

static void count_field(void *owner, const struct hid_field *field)
{
	(void)owner;
	fields++;
	last_end = field->bit + field->bits;
	assert_true(last_end <= 512 * 8);
}

static void descriptions_that_make_no_sense_are_given_up(void **state)
{
	static const uint8_t pop[] = { 0xB4 }, no_id[] = { 0x85, 0x00 },
			     no_range[] = { 0x29, 0x05 };
	static const uint8_t backwards[] = { 0x19, 0x05, 0x29, 0x04 };
	static const uint8_t huge[] = { 0x75, 0x08, 0x97, 0xFF, 0xFF, 0xFF, 0xFF, 0x81, 0x02 };
	static const uint8_t push[] = { 0xA4, 0xA4, 0xA4, 0xA4, 0xA4 };
	uint8_t usages[80];

	(void)state;
	for (size_t i = 0; i < sizeof(usages); i++)
		usages[i] = i % 2 ? 0x01 : 0x09;
	assert_true(hid_walk(usages, 64, count_field, NULL));
	assert_false(hid_walk(usages, 66, count_field, NULL));
	assert_false(hid_walk(pop, sizeof(pop), count_field, NULL));
	assert_false(hid_walk(no_id, sizeof(no_id), count_field, NULL));
	assert_false(hid_walk(no_range, sizeof(no_range), count_field, NULL));
	assert_false(hid_walk(backwards, sizeof(backwards), count_field, NULL));
	assert_false(hid_walk(huge, sizeof(huge), count_field, NULL));
	assert_true(hid_walk(push, 4, count_field, NULL));
	assert_false(hid_walk(push, 5, count_field, NULL));
}

static void any_bytes_at_all_describe_fields_within_a_report_or_nothing(void **state)
{
	(void)state;
	srand(140);
	for (int i = 0; i < 20000; i++) {
		uint8_t bytes[sizeof(single_items)];
		size_t len = (size_t)rand() % sizeof(bytes);
		struct hidpos_layout layout;

		memcpy(bytes, single_items, sizeof(bytes));
		for (int change = rand() % 12; change > 0; change--)
			bytes[(size_t)rand() % sizeof(bytes)] = (uint8_t)rand();
		hid_walk(bytes, len, count_field, NULL);
		if (hidpos_describe(bytes, sizeof(bytes), &layout)) {
			uint8_t report[520] = { layout.id };
			struct hidpos_piece piece;

			if (hidpos_read(&layout, report, sizeof(report), &piece) == HIDPOS_PIECE)
				assert_true(piece.data + piece.len <= report + sizeof(report));
		}
	}
	assert_true(fields > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_found_where_the_description_says),
		cmocka_unit_test(descriptions_without_a_code_in_them_are_none),
		cmocka_unit_test(a_piece_is_read_as_it_was_laid_out),
		cmocka_unit_test(a_length_may_count_zero_bytes_in_but_not_more_than_there_is_room),
		cmocka_unit_test(known_layouts_are_told_apart_by_their_reports),
		cmocka_unit_test(descriptions_that_make_no_sense_are_given_up),
		cmocka_unit_test(any_bytes_at_all_describe_fields_within_a_report_or_nothing),
	};

	return cmocka_run_group_tests_name("hidpos_codec", tests, NULL, NULL);
}
