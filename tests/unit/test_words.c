/* SPDX-License-Identifier: MIT */
/* The catalogues inside the program: found by halves, the same keys in every language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "words.h"

extern const struct words_entry words_zh[], words_en[];
extern const size_t words_zh_count, words_en_count;

static void every_key_is_found_in_its_own_table(void **state)
{
	(void)state;
	assert_true(words_zh_count > 100);
	for (size_t i = 0; i < words_zh_count; i++)
		assert_string_equal(words_find(WORDS_ZH, "", words_zh[i].key), words_zh[i].text);
	for (size_t i = 0; i < words_en_count; i++)
		assert_string_equal(words_find(WORDS_EN, "", words_en[i].key), words_en[i].text);
}

static void both_languages_have_the_same_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < words_zh_count; i++)
		if (!words_find(WORDS_EN, "", words_zh[i].key))
			fail_msg("English lacks %s", words_zh[i].key);
	for (size_t i = 0; i < words_en_count; i++)
		if (!words_find(WORDS_ZH, "", words_en[i].key))
			fail_msg("Chinese lacks %s", words_en[i].key);
}

/* Of {0} to {3}, as bits. */
static unsigned gaps_of(const char *text)
{
	unsigned gaps = 0;

	for (; (text = strchr(text, '{')); text++)
		if (text[1] >= '0' && text[1] <= '9' && text[2] == '}')
			gaps |= 1u << (text[1] - '0');
	return gaps;
}

static void a_text_has_the_same_gaps_in_both_languages(void **state)
{
	(void)state;
	for (size_t i = 0; i < words_zh_count; i++) {
		const char *english = words_find(WORDS_EN, "", words_zh[i].key);

		if (english && gaps_of(english) != gaps_of(words_zh[i].text))
			fail_msg("%s: '%s', '%s'", words_zh[i].key, english, words_zh[i].text);
	}
}

static void an_unknown_key_stands_for_itself(void **state)
{
	(void)state;
	assert_null(words_find(WORDS_EN, "verdict", "no-such"));
	assert_string_equal(words_get(WORDS_EN, "verdict", "no-such"), "no-such");
	assert_string_equal(words_get(WORDS_EN, "country", "DE"), "Germany");
	assert_string_equal(words_get(WORDS_ZH, "country", "DE"), "德国");
	assert_int_equal(words_language_of("en-GB"), WORDS_EN);
	assert_int_equal(words_language_of(""), WORDS_ZH);
}

/* clang-format off */
static const struct {
	const char *text, *filled;
	size_t size;
} rows[] = {
	{ "{0} short",           "两 short",       32 },
	{ "{1}{0}{1}",           "b两b",           32 },
	{ "no {2} such {x} {",   "no {2} such {x} {", 32 },
	{ "{0}{0}{0}",           "两",             5 },
	{ "abcdef",              "abc",            4 },
	{ "",                    "",               4 },
};
/* clang-format on */

static void gaps_are_filled_and_nothing_runs_over(void **state)
{
	static const char *const gaps[] = { "两", "b" };
	char text[32];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		words_fill(text, rows[i].size, rows[i].text, gaps, 2);
		assert_string_equal(text, rows[i].filled);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_is_found_in_its_own_table),
		cmocka_unit_test(both_languages_have_the_same_keys),
		cmocka_unit_test(a_text_has_the_same_gaps_in_both_languages),
		cmocka_unit_test(an_unknown_key_stands_for_itself),
		cmocka_unit_test(gaps_are_filled_and_nothing_runs_over),
	};

	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
