/* SPDX-License-Identifier: MIT */
/* AIM identifiers: what is one, and what only looks like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scanner/aim.h"

/* clang-format off */
static const struct {
	const char *text;
	const char *symbology;
} rows[] = {
	{ "]C0ABC",  "]C0" },
	{ "]C1",     "]C1" },
	{ "]E05901", "]E0" },
	{ "]d2x",    "]d2" },
	{ "]QA",     "]QA" },
	{ "]z0",     "]z0" },
	{ "]C",      "" },
	{ "]",       "" },
	{ "",        "" },
	{ "C0ABC",   "" },
	{ "]]0ABC",  "" },
	{ "]1 ABC",  "" },
	{ "]C-ABC",  "" },
	{ " ]C0ABC", "" },
};
/* clang-format on */

static void every_row_is_read_as_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char symbology[AIM_LEN + 1] = "";

		print_message("    '%s'\n", rows[i].text);
		assert_int_equal(aim_find(rows[i].text, strlen(rows[i].text), symbology),
		                 strlen(rows[i].symbology));
		assert_string_equal(symbology, rows[i].symbology);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_read_as_written),
	};

	return cmocka_run_group_tests_name("aim", tests, NULL, NULL);
}
