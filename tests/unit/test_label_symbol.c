/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "s10.h"
#include "symbol.h"

static struct symbols symbols;
static struct symbol symbol;
static struct hal_fault fault;

static int open_symbols(void **state)
{
	(void)state;
	return symbols_init(&symbols, &fault) == HAL_OK ? 0 : -1;
}

static int close_symbols(void **state)
{
	(void)state;
	symbols_finish(&symbols);
	return 0;
}

static enum hal_status encode(enum symbol_kind kind, const char *text)
{
	return symbol_encode(&symbols, kind, text, &symbol, &fault);
}

static void every_s10_identifier_is_156_modules_wide(void **state)
{
	(void)state;
	srand(7);
	for (unsigned i = 0; i < 300; i++) {
		char serial[9], id[16];

		snprintf(serial, sizeof(serial), "%08u", (unsigned)rand() % 100000000u);
		snprintf(id, sizeof(id), "%c%c%s%cCN", "RULEC"[rand() % 5], 'A' + rand() % 26,
		         serial, s10_check_digit(serial));
		assert_int_equal(encode(SYMBOL_CODE128, id), HAL_OK);
		assert_int_equal(symbol.rows, 1);
		assert_int_equal(symbol.width, 156);
	}
}

/* ISO/IEC 15417: start and stop by their widths, every character eleven modules of six parts. */
static void code_128_begins_and_ends_as_the_standard_says(void **state)
{
	static const char start_b[] = "11010010000", stop[] = "1100011101011";

	(void)state;
	assert_int_equal(encode(SYMBOL_CODE128, "RR473124829CN"), HAL_OK);
	for (unsigned i = 0; start_b[i]; i++)
		assert_int_equal(symbol_is_dark(&symbol, 0, i), start_b[i] == '1');
	for (unsigned i = 0; stop[i]; i++)
		assert_int_equal(symbol_is_dark(&symbol, 0, symbol.width - 13 + i), stop[i] == '1');
	for (unsigned at = 0; at < symbol.width - 13u; at += 11) {
		unsigned edges = 0, dark = 0;

		for (unsigned i = at; i < at + 11; i++) {
			dark += symbol_is_dark(&symbol, 0, i);
			edges += i + 1 < at + 11 &&
			         symbol_is_dark(&symbol, 0, i) != symbol_is_dark(&symbol, 0, i + 1);
		}
		assert_int_equal(edges, 5);
		assert_int_equal(dark % 2, 0);
	}
}

static void a_data_matrix_has_its_two_solid_sides(void **state)
{
	(void)state;
	assert_int_equal(encode(SYMBOL_DATAMATRIX, "PS-LBL-N20261121-0001-1-1"), HAL_OK);
	assert_int_equal(symbol.width, symbol.rows);
	for (unsigned i = 0; i < symbol.rows; i++) {
		assert_true(symbol_is_dark(&symbol, i, 0));
		assert_true(symbol_is_dark(&symbol, symbol.rows - 1u, i));
		assert_int_equal(symbol_is_dark(&symbol, 0, i), i % 2 == 0);
	}
}

static void the_same_text_gives_the_same_modules_after_any_other(void **state)
{
	static struct symbol first;

	(void)state;
	assert_int_equal(encode(SYMBOL_DATAMATRIX, "PS-LBL-A-1"), HAL_OK);
	first = symbol;
	assert_int_equal(encode(SYMBOL_DATAMATRIX, "something longer, and then 0123456789"),
	                 HAL_OK);
	assert_int_equal(encode(SYMBOL_CODE128, "PS-LBL-A-1"), HAL_OK);
	assert_int_equal(encode(SYMBOL_DATAMATRIX, "PS-LBL-A-1"), HAL_OK);
	assert_memory_equal(&first, &symbol, sizeof(symbol));
}

static void what_no_symbol_can_carry_is_refused(void **state)
{
	char long_text[400];

	(void)state;
	memset(long_text, 'x', sizeof(long_text));
	long_text[sizeof(long_text) - 1] = '\0';
	assert_int_equal(encode(SYMBOL_CODE128, ""), HAL_E_ARG);
	assert_int_equal(encode(SYMBOL_CODE128, "Köln"), HAL_E_ARG);
	assert_int_equal(encode(SYMBOL_DATAMATRIX, "a\nb"), HAL_E_ARG);
	assert_int_equal(encode(SYMBOL_CODE128, long_text), HAL_E_ARG);
	assert_true(fault.text[0] != '\0');
	assert_int_equal(encode(SYMBOL_CODE128, "fine again"), HAL_OK);
}

static void modules_are_whole_dots_within_the_standard(void **state)
{
	/* clang-format off */
	static const struct {
		unsigned dpi, room_mm10;
		unsigned module;
	} rows[] = {
		{ 203, 960, 4 }, { 203, 800, 3 }, { 203, 700, 3 }, { 203, 660, 0 },
		{ 300, 960, 6 }, { 300, 830, 5 }, { 300, 700, 4 }, { 300, 590, 0 },
	};
	/* clang-format on */

	(void)state;
	assert_int_equal(encode(SYMBOL_CODE128, "RR473124829CN"), HAL_OK);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(symbol_module(&symbol, rows[i].dpi, 330, 510,
		                               rows[i].room_mm10 * rows[i].dpi / 254),
		                 rows[i].module);
	assert_int_equal(symbol_span(&symbol, 3), (156 + 20) * 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_s10_identifier_is_156_modules_wide),
		cmocka_unit_test(code_128_begins_and_ends_as_the_standard_says),
		cmocka_unit_test(a_data_matrix_has_its_two_solid_sides),
		cmocka_unit_test(the_same_text_gives_the_same_modules_after_any_other),
		cmocka_unit_test(what_no_symbol_can_carry_is_refused),
		cmocka_unit_test(modules_are_whole_dots_within_the_standard),
	};

	return cmocka_run_group_tests(tests, open_symbols, close_symbols);
}
