/* SPDX-License-Identifier: MIT */
/* Barcodes on pages: how many pages there are, and codes that cannot be bars. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leaf.h"

/* What these libraries keep for the next call is not lost. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libcairo\n";
}

struct paper {
	char bytes[1 << 20];
	size_t len;
};

static struct paper paper;

static bool keep(void *owner, const uint8_t *bytes, size_t len)
{
	struct paper *kept = owner;

	if (kept->len + len >= sizeof(kept->bytes))
		return false;
	memcpy(kept->bytes + kept->len, bytes, len);
	kept->len += len;
	kept->bytes[kept->len] = '\0';
	return true;
}

static struct leaf *begin(void)
{
	struct leaf *leaf = NULL;
	struct hal_fault fault;

	paper.len = 0;
	assert_int_equal(leaf_create(keep, &paper, "a test", &leaf, &fault), HAL_OK);
	return leaf;
}

/* Pages of the finished file. */
static unsigned finish(struct leaf *leaf)
{
	struct hal_fault fault = { "" };

	if (leaf_finish(leaf, &fault) != HAL_OK)
		fail_msg("%s", fault.text);
	assert_memory_equal(paper.bytes, "%PDF", 4);
	for (size_t i = 0; i + 7 < paper.len; i++)
		if (memcmp(paper.bytes + i, "/Count ", 7) == 0)
			return (unsigned)strtoul(paper.bytes + i + 7, NULL, 10);
	return 0;
}

static void ten_barcodes_stand_on_a_page_and_the_eleventh_on_the_next(void **state)
{
	struct leaf *leaf = begin();
	char code[32];

	(void)state;
	for (int i = 0; i < 10; i++) {
		snprintf(code, sizeof(code), "PS-CMD-%d", i);
		leaf_barcode(leaf, code, "words", "more");
	}
	assert_int_equal(finish(leaf), 1);
	leaf = begin();
	for (int i = 0; i < 11; i++)
		leaf_barcode(leaf, "PS-CMD-undo", "words", "more");
	assert_int_equal(finish(leaf), 2);
}

static void a_code_that_cannot_be_bars_stands_as_text_alone(void **state)
{
	struct leaf *leaf = begin();
	char wide[120];

	(void)state;
	leaf_barcode(leaf, "PS-BADGE-1", "", "");
	assert_int_equal(finish(leaf), 1);
	memset(wide, 'W', sizeof(wide) - 1);
	wide[sizeof(wide) - 1] = '\0';
	leaf = begin();
	leaf_barcode(leaf, "PS-BADGE-\xe6\x9d\x8e", "", "");
	leaf_barcode(leaf, wide, "", "");
	assert_int_equal(finish(leaf), 1);
}

static void a_page_begins_anew_where_one_is_asked_for_and_never_empty(void **state)
{
	struct leaf *leaf = begin();

	(void)state;
	leaf_page(leaf);
	leaf_paragraph(leaf, LEAF_BODY, "one");
	leaf_page(leaf);
	leaf_write_here(leaf, "two");
	assert_int_equal(finish(leaf), 2);
}

/* Two hundred lines of a scale are a third of a page, not three pages. */
static void short_lines_stand_in_columns_and_turn_the_page_once_it_is_full(void **state)
{
	static char text[20000];
	size_t used = 0;
	struct leaf *leaf = begin();

	(void)state;
	for (int i = 0; i < 200; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "S S %9d.%d g\n", i,
		                         i % 9);
	leaf_listing(leaf, text);
	leaf_listing(leaf, "");
	leaf_listing(leaf, "a last one without an end");
	assert_int_equal(finish(leaf), 1);
	leaf = begin();
	for (int i = 0; i < 4; i++)
		leaf_listing(leaf, text);
	assert_int_equal(finish(leaf), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ten_barcodes_stand_on_a_page_and_the_eleventh_on_the_next),
		cmocka_unit_test(a_code_that_cannot_be_bars_stands_as_text_alone),
		cmocka_unit_test(a_page_begins_anew_where_one_is_asked_for_and_never_empty),
		cmocka_unit_test(short_lines_stand_in_columns_and_turn_the_page_once_it_is_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
