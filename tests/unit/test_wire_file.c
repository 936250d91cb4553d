/* SPDX-License-Identifier: MIT */
/* The lines of .wire files: what is written is read back, what is none stops the reading. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "wire_file.h"

static struct wire_reader reader;
static struct wire_event event;

static enum wire_read read_text(const char *text)
{
	enum wire_read got;

	reader = (struct wire_reader){ .file = fmemopen((void *)(uintptr_t)text, strlen(text),
		                                        "r") };
	assert_non_null(reader.file);
	got = wire_file_read(&reader, &event);
	fclose(reader.file);
	return got;
}

static void every_byte_comes_back_and_long_writes_are_cut(void **state)
{
	static uint8_t all[3 * 256 * 16];
	size_t len = 0;
	char *text;
	size_t text_len;
	FILE *file = open_memstream(&text, &text_len);

	(void)state;
	for (size_t i = 0; i < sizeof(all); i++)
		all[i] = (uint8_t)i;
	assert_true(wire_file_write_bytes(file, 1500000, WIRE_TO_DEVICE, all, sizeof(all)));
	fclose(file);
	reader = (struct wire_reader){ .file = fmemopen(text, text_len, "r") };
	while (wire_file_read(&reader, &event) == WIRE_READ_EVENT) {
		assert_int_equal(event.at_us, 1500000);
		assert_int_equal(event.kind, WIRE_TO_DEVICE);
		assert_memory_equal(event.bytes, all + len, event.len);
		len += event.len;
	}
	assert_int_equal(len, sizeof(all));
	assert_true(reader.line > 1);
	fclose(reader.file);
	free(text);
}

static void a_key_keeps_its_code_and_its_value(void **state)
{
	(void)state;
	assert_int_equal(read_text("# a remark\n\n12.000345 key 30 1\n"), WIRE_READ_EVENT);
	assert_int_equal(event.kind, WIRE_KEY);
	assert_int_equal(event.code, 30);
	assert_int_equal(event.value, 1);
	assert_int_equal(event.at_us, 12000345);
	assert_int_equal(reader.line, 3);
}

static void the_last_line_needs_no_end(void **state)
{
	(void)state;
	assert_int_equal(read_text("0.000001 < \"S S\\r\\n\\x00\""), WIRE_READ_EVENT);
	assert_int_equal(event.len, 6);
	assert_memory_equal(event.bytes, "S S\r\n\0", 6);
}

static void what_is_no_event_is_refused(void **state)
{
	static const char *const lines[] = {
		"0.5 up\n",
		"up\n",
		"0.000000\n",
		"-1.000000 up\n",
		"0.000000 over\n",
		"0.000000 <\n",
		"0.000000 < S S\n",
		"0.000000 < \"S S\n",
		"0.000000 < \"a\" b\n",
		"0.000000 < \"\\q\"\n",
		"0.000000 < \"\\x4\"\n",
		"0.000000 key 30\n",
		"0.000000 key 30 1 2\n",
		"0.000000 > \"\"\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		print_message("    %s", lines[i]);
		assert_int_equal(read_text(lines[i]), WIRE_READ_BAD);
	}
}

static void a_line_without_an_end_does_not_run_over(void **state)
{
	static char text[100000];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	assert_int_equal(read_text(text), WIRE_READ_BAD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_comes_back_and_long_writes_are_cut),
		cmocka_unit_test(a_key_keeps_its_code_and_its_value),
		cmocka_unit_test(the_last_line_needs_no_end),
		cmocka_unit_test(what_is_no_event_is_refused),
		cmocka_unit_test(a_line_without_an_end_does_not_run_over),
	};

	return cmocka_run_group_tests_name("wire_file", tests, NULL, NULL);
}
