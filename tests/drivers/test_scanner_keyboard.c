/* SPDX-License-Identifier: MIT */
/* The keyboard driver against a simulated scanner that types, on virtual time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <linux/input-event-codes.h>

#include "driver.h"
#include "scanner_bench.h"
#include "scanner_keys_model.h"

struct bench {
	struct scanner_bench base; /* first: what the driver told is noted there */
	struct scanner_keys_model model;
};

static struct bench bench;

static void open_with(const struct scanner_options *options)
{
	struct scanner_port port = { .keys = &bench.model.host };

	scanner_bench_open(&bench.base, "keyboard", &port, options);
	scanner_keys_model_plug(&bench.model);
}

static int set_up(void **state)
{
	(void)state;
	bench = (struct bench){ 0 };
	vloop_init(&bench.base.vloop);
	scanner_keys_model_init(&bench.model, &bench.base.vloop.base);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	hal_scanner_close(bench.base.scanner);
	return 0;
}

static void read_and_wait(const char *text)
{
	scanner_keys_model_read(&bench.model, text);
	vloop_run(&bench.base.vloop, HAL_SEC(20));
}

static void assert_read(const char *text, const char *expected)
{
	scanner_bench_forget(&bench.base);
	read_and_wait(text);
	assert_int_equal(bench.base.scans, 1);
	assert_string_equal(bench.base.text, expected);
	assert_int_equal(bench.base.refusals, 0);
}

static const char *const codes[] = {
	"4006381333931",
	"N20261121-0001",
	"PS-CMD-UNDO",
	"RR473124829CN",
	"aB.c/$%+ {x}",
	"~!@#$%^&*()_+`-=[]\\|;':\",<>?",
	"0104006381333931\03521ABC",
};

static void codes_are_read_on_every_keyboard_and_in_alt_mode(void **state)
{
	static const char *const countries[] = { "us", "de", "fr" };

	(void)state;
	for (size_t c = 0; c < 3; c++)
		for (int mode = 0; mode < 4; mode++) {
			struct scanner_options options = { .layout = countries[c] };

			bench.model.country = countries[c];
			bench.model.alt = mode == 1 || mode == 2;
			bench.model.alt_zero = mode == 2;
			bench.model.caps = mode == 3;
			open_with(&options);
			for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
				assert_read(codes[i], codes[i]);
			hal_scanner_close(bench.base.scanner);
			bench.base.scanner = NULL;
		}
}

static void letters_of_the_country_arrive_as_utf8(void **state)
{
	struct scanner_options options = { .layout = "de" };

	(void)state;
	bench.model.country = "de";
	open_with(&options);
	assert_read("Größe Ä€", "Größe Ä€");
	bench.model.alt = true;
	assert_read("红色 18 号", "红色 18 号");
}

static void read_on_a_keyboard_of(const char *country, const char *configured)
{
	struct scanner_options options = { .layout = configured };

	bench.base.lines = 0;
	bench.model.country = country;
	open_with(&options);
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		read_and_wait(codes[i]);
	read_and_wait("PS-BADGE-0007");
	hal_scanner_close(bench.base.scanner);
	bench.base.scanner = NULL;
}

static void a_keyboard_of_another_country_is_named_once(void **state)
{
	static const char *const countries[] = { "us", "de", "fr" };

	(void)state;
	for (size_t typed = 0; typed < 3; typed++)
		for (size_t set = 0; set < 3; set++) {
			char words[32];

			read_on_a_keyboard_of(countries[typed], countries[set]);
			assert_int_equal(bench.base.lines, typed != set);
			snprintf(words, sizeof(words), "set layout = %s", countries[typed]);
			if (typed != set)
				assert_non_null(strstr(bench.base.line, words));
		}
}

static const struct {
	const char *suffix, *ending;
} endings[] = {
	{ NULL, "\r" }, { "", "\n" },     { "cr", "\r" },     { "lf", "\n" },
	{ "lf", "\r" }, { "cr", "\r\n" }, { "crlf", "\r\n" }, { "tab", "\t" },
	{ "none", "" }, { "none", "\r" }, { "tab", "\t\r" },
};

static void every_ending_ends_a_code_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		struct scanner_options options = { .suffix = endings[i].suffix };

		bench.model.ending = endings[i].ending;
		open_with(&options);
		assert_read("ABC-1", "ABC-1");
		assert_read("ABC-2", "ABC-2");
		hal_scanner_close(bench.base.scanner);
		bench.base.scanner = NULL;
	}
}

static void a_scan_carries_the_time_of_its_last_key(void **state)
{
	(void)state;
	open_with(&(struct scanner_options){ 0 });
	scanner_keys_model_read(&bench.model,
	                        "123"); /* six events and Enter going down, 2 ms each */
	vloop_run(&bench.base.vloop, HAL_SEC(1));
	assert_int_equal(bench.base.taken_us, HAL_MS(14));
}

static void a_code_with_lost_keys_is_refused_and_the_next_one_is_read(void **state)
{
	(void)state;
	open_with(&(struct scanner_options){ 0 });
	for (unsigned after = 0; after < 12; after++) {
		scanner_bench_forget(&bench.base);
		bench.model.lose_after = after;
		bench.model.lose_count = 3;
		read_and_wait("1234567");
		assert_int_equal(bench.base.scans, 0);
		assert_int_equal(bench.base.refusals, 1);
		assert_int_equal(bench.base.why, HAL_SCAN_DROPPED);
		assert_read("PARCEL-1", "PARCEL-1");
	}
}

static void after_lost_keys_the_code_that_follows_at_once_is_read(void **state)
{
	(void)state;
	open_with(&(struct scanner_options){ 0 });
	bench.model.lose_after = 4;
	bench.model.lose_count = 2;
	scanner_keys_model_read(&bench.model, "Abcdef");
	read_and_wait("NEXT");
	assert_int_equal(bench.base.refusals, 1);
	assert_int_equal(bench.base.scans, 1);
	assert_string_equal(bench.base.text, "NEXT");
}

static void keys_lost_twice_in_a_code_are_told_once(void **state)
{
	(void)state;
	open_with(&(struct scanner_options){ 0 });
	bench.model.lose_after = 3;
	bench.model.lose_count = 2;
	scanner_keys_model_read(&bench.model, "1234567890");
	vloop_run(&bench.base.vloop, HAL_MS(14));
	bench.model.lose_after = 1;
	bench.model.lose_count = 2;
	vloop_run(&bench.base.vloop, HAL_SEC(3));
	assert_int_equal(bench.base.refusals, 1);
	assert_int_equal(bench.base.scans, 0);
}

static void a_lost_ending_costs_no_more_than_its_own_code(void **state)
{
	(void)state;
	open_with(&(struct scanner_options){ 0 });
	bench.model.lose_after = 6; /* Enter, down and up */
	bench.model.lose_count = 2;
	read_and_wait("123");
	assert_int_equal(bench.base.refusals, 1);
	assert_read("456", "456");
}

static void a_code_that_never_ends_is_refused_and_its_rest_is_swallowed(void **state)
{
	(void)state;
	open_with(&(struct scanner_options){ 0 });
	bench.model.ending = "";
	read_and_wait("12345");
	assert_int_equal(bench.base.scans, 0);
	assert_int_equal(bench.base.refusals, 1);
	assert_int_equal(bench.base.why, HAL_SCAN_GARBLED);
	bench.model.ending = "\r";
	assert_read("67890", "67890");
}

static void keys_that_write_nothing_make_a_code_garbled(void **state)
{
	(void)state;
	open_with(&(struct scanner_options){ 0 });
	scanner_keys_model_tap(&bench.model, KEY_F2);
	read_and_wait("12345");
	assert_int_equal(bench.base.scans, 0);
	assert_int_equal(bench.base.refusals, 1);
	assert_int_equal(bench.base.why, HAL_SCAN_GARBLED);
}

static void a_forgotten_caps_lock_does_not_outlive_its_code(void **state)
{
	(void)state;
	open_with(&(struct scanner_options){ 0 });
	bench.model.caps = true;
	bench.model.lose_after = 4; /* caps lock on, letter, and its off is lost */
	bench.model.lose_count = 2;
	read_and_wait("A123");
	assert_int_equal(bench.base.refusals, 1);
	bench.model.caps = false;
	assert_read("abc", "abc");
}

static void a_lock_or_shift_left_behind_is_over_after_a_second(void **state)
{
	(void)state;
	open_with(&(struct scanner_options){ 0 });
	scanner_keys_model_tap(&bench.model, KEY_CAPSLOCK);
	bench.model.host.listener->key(bench.model.host.owner, KEY_LEFTSHIFT, 1, 0);
	vloop_run(&bench.base.vloop, HAL_MS(1100));
	assert_read("abc-1", "abc-1");
}

static void a_pulled_plug_forgets_half_a_code_and_is_told_once(void **state)
{
	(void)state;
	open_with(&(struct scanner_options){ 0 });
	scanner_keys_model_read(&bench.model, "ABCDEF");
	vloop_run(&bench.base.vloop, HAL_MS(15));
	scanner_keys_model_unplug(&bench.model);
	vloop_run(&bench.base.vloop, HAL_SEC(60));
	assert_int_equal(bench.base.told, 2); /* up, down */
	assert_false(bench.base.up);
	assert_int_equal(bench.base.link_why, HAL_E_LINK);
	scanner_keys_model_plug(&bench.model);
	assert_true(bench.base.up);
	assert_read("GHI", "GHI");
}

static void what_a_stalled_loop_finds_waiting_is_still_one_code(void **state)
{
	const struct hal_keys_listener *listener;
	struct hal_timer *timer;

	(void)state;
	open_with(&(struct scanner_options){ 0 });
	listener = bench.model.host.listener;
	listener->key(bench.model.host.owner, KEY_1, 1, 0);
	listener->key(bench.model.host.owner, KEY_1, 0, 0);
	/* The timer fires two seconds late, before the keys of that time are seen. */
	timer = bench.base.vloop.timers;
	hal_timer_stop(&bench.base.vloop.base, timer);
	bench.base.vloop.now_us = HAL_SEC(3);
	timer->fire(timer);
	listener->key(bench.model.host.owner, KEY_2, 1, HAL_MS(3));
	listener->key(bench.model.host.owner, KEY_ENTER, 1, HAL_MS(5));
	assert_int_equal(bench.base.scans, 1);
	assert_string_equal(bench.base.text, "12");
}

static int64_t any_pace(void *self)
{
	(void)self;
	return 1 + rand() % (rand() % 8 ? HAL_MS(4) : HAL_MS(300));
}

static void random_text(char *text, int max)
{
	int len = 1 + rand() % max;

	for (int i = 0; i < len; i++)
		text[i] = (char)(' ' + rand() % ('~' - ' ' + 1));
	text[len] = '\0';
}

/* Whatever is typed, however fast, and whatever is lost on the way. */
static void a_code_arrives_whole_or_not_at_all(void **state)
{
	static const char *const countries[] = { "us", "de", "fr" };
	unsigned whole = 0, refused = 0;

	(void)state;
	srand(20261121);
	bench.model.pace = any_pace;
	for (int i = 0; i < 1500; i++) {
		const char *country = countries[rand() % 3];
		struct scanner_options options = { .layout = country };
		char text[HAL_SCAN_MAX + 1];

		random_text(text, 40);
		bench.model.country = country;
		bench.model.alt = rand() % 4 == 0;
		bench.model.caps = rand() % 4 == 0;
		bench.model.lose_after = (unsigned)rand() % 200;
		bench.model.lose_count = rand() % 3 == 0 ? 1 + (unsigned)rand() % 30 : 0;
		open_with(&options);
		scanner_bench_forget(&bench.base);
		scanner_keys_model_read(&bench.model, text);
		vloop_run(&bench.base.vloop, HAL_SEC(300));
		assert_in_range(bench.base.scans, 0, 1);
		if (bench.base.scans)
			assert_string_equal(bench.base.text, text);
		if (bench.model.losing == 0 && bench.model.lose_count == 0)
			assert_true(bench.base.scans + bench.base.refusals > 0);
		whole += bench.base.scans;
		refused += bench.base.refusals;
		bench.model.lose_count = 0;
		bench.model.losing = 0;
		hal_scanner_close(bench.base.scanner);
		bench.base.scanner = NULL;
	}
	assert_true(whole > 900);
	assert_true(refused > 100);
}

static void wrong_options_are_named(void **state)
{
	static const struct {
		struct scanner_options options;
		const char *says;
	} wrong[] = {
		{ { .layout = "dvorak" }, "keyboard: layout 'dvorak' is none of us, de, fr" },
		{ { .suffix = "cr lf" },
		  "keyboard: suffix 'cr lf' is none of cr, lf, crlf, tab, none" },
		{ { .prefix = "12345678901234567" },
		  "keyboard: prefix '12345678901234567' is longer than 16 characters" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct scanner_port port = { .keys = &bench.model.host };

		assert_string_equal(
			scanner_bench_open_wrong(&bench.base, "keyboard", &port, &wrong[i].options),
			wrong[i].says);
	}
	assert_string_equal(scanner_bench_open_wrong(&bench.base, "keyboard",
	                                             &(struct scanner_port){ 0 },
	                                             &(struct scanner_options){ 0 }),
	                    "keyboard: wants a port evdev:PATH");
}

#define BENCH_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(codes_are_read_on_every_keyboard_and_in_alt_mode),
		BENCH_TEST(letters_of_the_country_arrive_as_utf8),
		BENCH_TEST(a_keyboard_of_another_country_is_named_once),
		BENCH_TEST(every_ending_ends_a_code_once),
		BENCH_TEST(a_scan_carries_the_time_of_its_last_key),
		BENCH_TEST(a_code_with_lost_keys_is_refused_and_the_next_one_is_read),
		BENCH_TEST(after_lost_keys_the_code_that_follows_at_once_is_read),
		BENCH_TEST(keys_lost_twice_in_a_code_are_told_once),
		BENCH_TEST(a_lost_ending_costs_no_more_than_its_own_code),
		BENCH_TEST(a_code_that_never_ends_is_refused_and_its_rest_is_swallowed),
		BENCH_TEST(keys_that_write_nothing_make_a_code_garbled),
		BENCH_TEST(a_forgotten_caps_lock_does_not_outlive_its_code),
		BENCH_TEST(a_lock_or_shift_left_behind_is_over_after_a_second),
		BENCH_TEST(a_pulled_plug_forgets_half_a_code_and_is_told_once),
		BENCH_TEST(what_a_stalled_loop_finds_waiting_is_still_one_code),
		BENCH_TEST(a_code_arrives_whole_or_not_at_all),
		BENCH_TEST(wrong_options_are_named),
	};

	return cmocka_run_group_tests_name("scanner_keyboard", tests, NULL, NULL);
}
