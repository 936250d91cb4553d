/* SPDX-License-Identifier: MIT */
/* The queue of outgoing bytes against a plain array, and the words of URIs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stream/outqueue.h"
#include "stream/uri.h"

#define DEPTH 97

static void what_goes_in_comes_out_in_order_all_or_nothing(void **state)
{
	static uint8_t bytes[DEPTH], expected[DEPTH], piece[DEPTH + 10];
	struct outqueue queue = { .bytes = bytes, .depth = DEPTH };
	size_t held = 0;
	unsigned busy = 0, wrapped = 0;
	const uint8_t *data;

	(void)state;
	srand(7);
	for (unsigned i = 0; i < 20000; i++) {
		size_t len = (size_t)rand() % (rand() % 8 ? 30 : sizeof(piece));
		enum hal_status status;

		memset(piece, (int)i, sizeof(piece));
		status = outqueue_push(&queue, piece, len);
		assert_int_equal(status, len > DEPTH          ? HAL_E_ARG
		                         : len > DEPTH - held ? HAL_E_BUSY
		                                              : HAL_OK);
		if (status == HAL_OK) {
			memcpy(expected + held, piece, len);
			held += len;
		}
		busy += status == HAL_E_BUSY;
		len = outqueue_peek(&queue, &data);
		wrapped += len < held;
		assert_true(len <= held && (len > 0 || held == 0));
		assert_memory_equal(data, expected, len);
		len = len > 0 ? (size_t)rand() % (len + 1) : 0;
		outqueue_pop(&queue, len);
		held -= len;
		memmove(expected, expected + len, held);
	}
	assert_true(busy > 100 && wrapped > 100);
	assert_int_equal(outqueue_drop(&queue), held);
	assert_int_equal(outqueue_peek(&queue, &data), 0);
}

static void an_empty_queue_begins_at_its_start_again(void **state)
{
	uint8_t bytes[DEPTH];
	struct outqueue queue = { .bytes = bytes, .depth = DEPTH };
	const uint8_t *data;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(outqueue_push(&queue, "label", 5), HAL_OK);
		assert_int_equal(outqueue_peek(&queue, &data), 5);
		assert_ptr_equal(data, bytes);
		outqueue_pop(&queue, 5);
	}
}

static void numbers_are_digits_within_their_bound(void **state)
{
	static const struct {
		const char *text;
		unsigned max;
		bool good;
		unsigned number;
	} rows[] = {
		{ "0", 10, true, 0 },
		{ "10", 10, true, 10 },
		{ "11", 10, false, 0 },
		{ "9", 5, false, 0 },
		{ "", 10, false, 0 },
		{ "-1", 10, false, 0 },
		{ " 1", 10, false, 0 },
		{ "1 ", 10, false, 0 },
		{ "0x1", 10, false, 0 },
		{ "4294967295", 4294967295u, true, 4294967295u },
		{ "4294967296", 4294967295u, false, 0 },
		{ "99999999999999999999999999", 4294967295u, false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		unsigned number = 0;

		print_message("    '%s'\n", rows[i].text);
		assert_int_equal(uri_number(rows[i].text, rows[i].max, &number), rows[i].good);
		assert_int_equal(number, rows[i].number);
	}
}

static void options_are_known_or_refused(void **state)
{
	static const struct {
		const char *uri;
		enum hal_status status;
		const char *body, *first, *second; /* or what the fault says */
	} rows[] = {
		{ "x:body", HAL_OK, "body", "one", "two" },
		{ "x:body?", HAL_OK, "body", "one", "two" },
		{ "x:body?a=1", HAL_OK, "body", "1", "two" },
		{ "x:body?b=2&a=1", HAL_OK, "body", "1", "2" },
		{ "x:body?a=1&", HAL_OK, "body", "1", "two" },
		{ "x:b:o:dy?a=1=2", HAL_OK, "b:o:dy", "1=2", "two" },
		{ "x:?a=1", HAL_E_ARG, "does not say which device", NULL, NULL },
		{ "x:body?c=1", HAL_E_ARG, "unknown option 'c'", NULL, NULL },
		{ "x:body?aa=1", HAL_E_ARG, "unknown option 'aa'", NULL, NULL },
		{ "x:body?a", HAL_E_ARG, "'a' has no usable value", NULL, NULL },
		{ "x:body?a=", HAL_E_ARG, "'a' has no usable value", NULL, NULL },
		{ "x:body?=1", HAL_E_ARG, "unknown option ''", NULL, NULL },
		{ "x:body?a=12345678901234567890123456789012", HAL_E_ARG, "no usable value", NULL,
		  NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct uri_option options[] = { { "a", "one" }, { "b", "two" } };
		struct hal_fault fault = { .text = "" };
		char body[URI_BODY_MAX] = "";

		print_message("    '%s'\n", rows[i].uri);
		assert_int_equal(uri_parse(rows[i].uri, body, options, 2, &fault), rows[i].status);
		if (rows[i].status != HAL_OK) {
			assert_non_null(strstr(fault.text, rows[i].body));
			continue;
		}
		assert_string_equal(body, rows[i].body);
		assert_string_equal(options[0].value, rows[i].first);
		assert_string_equal(options[1].value, rows[i].second);
	}
}

static void a_scheme_is_whole_or_another(void **state)
{
	(void)state;
	assert_true(uri_has_scheme("usb:0a5f:0164", "usb"));
	assert_false(uri_has_scheme("usbx:0a5f:0164", "usb"));
	assert_false(uri_has_scheme("us", "usb"));
	assert_false(uri_has_scheme("", "usb"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_goes_in_comes_out_in_order_all_or_nothing),
		cmocka_unit_test(an_empty_queue_begins_at_its_start_again),
		cmocka_unit_test(numbers_are_digits_within_their_bound),
		cmocka_unit_test(options_are_known_or_refused),
		cmocka_unit_test(a_scheme_is_whole_or_another),
	};

	return cmocka_run_group_tests_name("outqueue", tests, NULL, NULL);
}
