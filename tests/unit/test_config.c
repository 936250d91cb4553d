/* SPDX-License-Identifier: MIT */
/* The configuration: what it takes, and how it says no. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "config.h"

static struct config config;
static struct hal_fault fault;
static char path[] = "/tmp/station-config-XXXXXX";

static enum hal_status read_text(const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return config_read(path, &config, &fault);
}

static int make_file(void **state)
{
	(void)state;
	return close(mkstemp(path));
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

static void an_empty_file_gives_the_defaults(void **state)
{
	(void)state;
	assert_int_equal(read_text(""), HAL_OK);
	assert_string_equal(config.bench.name, "bench-1");
	assert_string_equal(config.web.listen, "127.0.0.1");
	assert_int_equal(config.web.port, 8080);
	assert_int_equal(config.scale.capacity.mg, 3000000);
}

static void values_are_taken_with_their_units(void **state)
{
	(void)state;
	assert_int_equal(read_text("[scale]\ndriver = sics\ndivision = 0.1 g\ncapacity = 6 kg\n"
	                           "minimum = 500 mg\n[printer]\ndpi = 300\nsize = 74x105\n"),
	                 HAL_OK);
	assert_int_equal(config.scale.division.mg, 100);
	assert_int_equal(config.scale.capacity.mg, 6000000);
	assert_int_equal(config.scale.minimum.mg, 500);
	assert_int_equal(config.printer.dpi, 300);
}

/* clang-format off */
static const struct {
	const char *text;
	const char *says; /* after the path */
} wrong[] = {
	{ "[scale]\ndivison = 1 g\n",         ":2: no key 'divison' in [scale]; did you mean 'division' in [scale]?" },
	{ "[web]\nport = 8080\nport = 1\n",   ":3: 'port' in [web] stands twice; keep one" },
	{ "[web]\nport = 99999\n",            ":2: port = '99999': wants a whole number from 0 to 65535" },
	{ "[web]\nport = 80x\n",              ":2: port = '80x': wants a whole number from 0 to 65535" },
	{ "[scale]\ncapacity = 3\n",          ":2: capacity = '3': wants a mass with its unit, like 0.1 g" },
	{ "[scale]\ncapacity = 0.0001 g\n",   ":2: capacity = '0.0001 g': wants a mass with its unit, like 0.1 g" },
	{ "[printer]\nsize = 100x200\n",      ":2: size = '100x200': wants one of 100x150|100x100|74x105" },
	{ "[printer]\ndpi = 250\n",           ": [printer] dpi is 203 or 300" },
	{ "[tower]\nactive_low = maybe\n",    ":2: active_low = 'maybe': wants yes or no" },
	{ "[bench]\nname\n",                  ":2: neither [section] nor key = value" },
};
/* clang-format on */

static void every_wrong_line_is_named_with_what_would_be_right(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(read_text(wrong[i].text), HAL_E_ARG);
		assert_memory_equal(fault.text, path, strlen(path));
		assert_string_equal(fault.text + strlen(path), wrong[i].says);
	}
}

static void a_failed_reading_leaves_the_old_configuration(void **state)
{
	(void)state;
	assert_int_equal(read_text("[bench]\nname = bench-7\n"), HAL_OK);
	assert_int_equal(read_text("[bench]\nname = bench-8\ncolour = red\n"), HAL_E_ARG);
	assert_string_equal(config.bench.name, "bench-7");
}

static void a_missing_file_is_said_by_name(void **state)
{
	(void)state;
	assert_int_equal(config_read("/nowhere/station.conf", &config, &fault), HAL_E_ARG);
	assert_string_equal(fault.text,
	                    "/nowhere/station.conf: cannot be read: No such file or directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_file_gives_the_defaults),
		cmocka_unit_test(values_are_taken_with_their_units),
		cmocka_unit_test(every_wrong_line_is_named_with_what_would_be_right),
		cmocka_unit_test(a_failed_reading_leaves_the_old_configuration),
		cmocka_unit_test(a_missing_file_is_said_by_name),
	};

	return cmocka_run_group_tests_name("config", tests, make_file, remove_file);
}
