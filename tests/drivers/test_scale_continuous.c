/* SPDX-License-Identifier: MIT */
/* Scales that send by themselves, through everything a cable can do to them. */
#include "scale_bench.h"

#include "stgs_model.h"
#include "toledo_model.h"

static struct toledo_model toledo;
static struct stgs_model stgs;
static const struct scale_options plain = { .variant = "", .unit = "" };

static int set_up_toledo(void **state)
{
	static struct scale_bench bench;

	bench_start(&bench, 9600);
	toledo_model_init(&toledo, &bench.vloop.base, &bench.wire, &bench.cell);
	bench_open(&bench, "toledo-continuous", &plain);
	*state = &bench;
	return 0;
}

static int set_up_stgs(void **state)
{
	static struct scale_bench bench;

	bench_start(&bench, 9600);
	stgs_model_init(&stgs, &bench.vloop.base, &bench.wire, &bench.cell, STGS_QHW);
	bench_open(&bench, "stgs", &plain);
	*state = &bench;
	return 0;
}

static void a_settling_parcel_is_moving_then_stable(void **state)
{
	struct scale_bench *bench = *state;

	bench_run_ms(bench, 500);
	bench_load_g(bench, 1234, 800);
	bench_run_ms(bench, 300);
	assert_true(bench->up);
	assert_int_equal(bench->reading.pan, HAL_PAN_MOVING);

	bench_run_ms(bench, 2500);
	assert_int_equal(bench->reading.pan, HAL_PAN_STABLE);
	assert_int_equal(bench->reading.kind, HAL_MASS_GROSS);
	assert_int_equal(bench->reading.mass.mg, 1234000);
	assert_int_equal(bench->false_stable, 0);
}

static void a_tare_on_the_scale_is_passed_on_as_net(void **state)
{
	struct scale_bench *bench = *state;

	bench_load_g(bench, 200, 0);
	bench_run_ms(bench, 1000);
	loadcell_tare(&bench->cell);
	bench_load_g(bench, 1200, 0);
	bench_run_ms(bench, 1000);
	assert_int_equal(bench->reading.kind, HAL_MASS_NET);
	assert_int_equal(bench->reading.mass.mg, 1000000);
}

static void overload_is_a_reading(void **state)
{
	struct scale_bench *bench = *state;

	bench_load_g(bench, 40000, 0);
	bench_run_ms(bench, 1000);
	assert_true(bench->up);
	assert_int_equal(bench->reading.pan, HAL_PAN_OVER);
}

static void silence_is_told_once_and_then_costs_nothing(void **state)
{
	struct scale_bench *bench = *state;
	uint64_t fired;

	bench_run_ms(bench, 1000);
	hal_timer_stop(&bench->vloop.base, &toledo.next);
	hal_timer_stop(&bench->vloop.base, &stgs.next);
	bench_run_ms(bench, 50);
	vloop_run(&bench->vloop, HAL_SCALE_MAX_GAP_US);
	assert_false(bench->up);
	assert_int_equal(bench->why, HAL_E_TIMEOUT);

	fired = bench->vloop.fired;
	bench_run_ms(bench, 600000);
	assert_int_equal(bench->vloop.fired, fired);
	assert_int_equal(bench->links, 2);
}

static void split_frames_are_whole_again(void **state)
{
	struct scale_bench *bench = *state;

	toledo.voice.split_us = HAL_MS(60);
	stgs.voice.split_us = HAL_MS(60);
	bench_load_g(bench, 1234, 0);
	bench_run_ms(bench, 3000);
	assert_int_equal(bench->reading.mass.mg, 1234000);
	assert_true(bench->readings > 15);
}

static void a_noisy_line_never_gives_a_false_weight(void **state)
{
	struct scale_bench *bench = *state;

	toledo.voice.noise_every = stgs.voice.noise_every = 3;
	bench_load_g(bench, 1234, 0);
	bench_run_ms(bench, 1000);
	bench->false_stable = 0;
	bench_run_ms(bench, 60000);
	assert_true(bench->up);
	assert_int_equal(bench->links, 1);
	assert_int_equal(bench->false_stable, 0);
}

static void a_cut_cable_leaves_no_weight_behind(void **state)
{
	struct scale_bench *bench = *state;

	bench_load_g(bench, 1234, 0);
	bench_run_ms(bench, 1000);
	bench->false_stable = 0;
	for (unsigned i = 0; i < 400; i++) {
		bench_run_ms(bench, 137 + i);
		wire_unplug(&bench->wire);
		bench_run_ms(bench, 10 + i % 7);
		wire_plug(&bench->wire);
	}
	bench_run_ms(bench, 1000);
	assert_true(bench->up);
	assert_int_equal(bench->false_stable, 0);
}

static void lost_toledo_bytes_cost_frames_not_truth(void **state)
{
	struct scale_bench *bench = *state;

	toledo.voice.lose_every = 29;
	bench_load_g(bench, 1234, 0);
	bench_run_ms(bench, 1000);
	bench->false_stable = 0;
	bench_run_ms(bench, 60000);
	assert_true(bench->up);
	assert_true(bench->readings > 100);
	assert_int_equal(bench->false_stable, 0);
}

/* A figure with a digit less reads like another weight; only the length tells, while whole lines
 * come too. */
static void lost_text_bytes_cost_frames_not_truth(void **state)
{
	struct scale_bench *bench = *state;

	for (unsigned every = 22; every < 60; every++) {
		bench_load_g(bench, 1234, 0);
		bench_run_ms(bench, 1000);
		stgs.voice.lose_every = every;
		bench->false_stable = bench->readings = 0;
		bench_run_ms(bench, 20000);
		stgs.voice.lose_every = 0;
		bench_run_ms(bench, 3000);
		if (bench->false_stable > 0)
			fail_msg("one byte of %u lost: %u of %u readings false", every,
			         bench->false_stable, bench->readings);
		assert_true(bench->up);
		assert_true(bench->readings > 20);
	}
}

static void another_length_that_stays_is_believed(void **state)
{
	struct scale_bench *bench = *state;

	bench_load_g(bench, 1234, 0);
	bench_run_ms(bench, 2000);
	stgs.voice.deaf = true;
	bench_run_ms(bench, 200);
	for (unsigned i = 0; i < 6; i++) {
		wire_say(&bench->wire, "ST,GS,  999.5 g\r\n");
		bench_run_ms(bench, 100);
		assert_int_equal(bench->reading.mass.mg, i < 3 ? 1234000 : 999500);
	}
}

static void a_wrong_parity_bit_costs_its_frame(void **state)
{
	struct scale_bench *bench = *state;

	toledo.voice.parity = PARITY_EVEN;
	toledo.voice.flip_every = 41;
	bench_load_g(bench, 1234, 0);
	bench_run_ms(bench, 1000);
	bench->false_stable = 0;
	bench_run_ms(bench, 60000);
	assert_true(bench->up);
	assert_true(bench->readings > 100);
	assert_int_equal(bench->false_stable, 0);
}

static void wrong_bits_do_not_pass_the_check_character(void **state)
{
	struct scale_bench *bench = *state;

	toledo.check_character = true;
	bench_load_g(bench, 1234, 0);
	bench_run_ms(bench, 2000);
	toledo.voice.flip_every = 41;
	bench->false_stable = 0;
	bench_run_ms(bench, 60000);
	assert_true(bench->up);
	assert_true(bench->readings > 100);
	assert_int_equal(bench->false_stable, 0);
}

static void another_language_is_said_within_two_seconds_with_what_was_heard(void **state)
{
	static struct scale_bench bench;

	(void)state;
	bench_start(&bench, 9600);
	stgs_model_init(&stgs, &bench.vloop.base, &bench.wire, &bench.cell, STGS_QHW);
	bench_open(&bench, "toledo-continuous", &plain);
	vloop_run(&bench.vloop, HAL_SEC(2));
	assert_int_equal(bench.links, 1);
	assert_false(bench.up);
	assert_int_equal(bench.why, HAL_E_PROTOCOL);
	assert_non_null(strstr(bench.heard, "ST,GS"));
	assert_int_equal(bench.readings, 0);

	vloop_run(&bench.vloop, HAL_SEC(60));
	assert_int_equal(bench.links, 1);
	hal_scale_close(bench.scale);
}

static void a_scale_switched_to_another_language_is_said_too(void **state)
{
	struct scale_bench *bench = *state;

	bench_run_ms(bench, 1000);
	assert_true(bench->up);
	hal_timer_stop(&bench->vloop.base, &toledo.next);
	for (unsigned i = 0; i < 20; i++) {
		wire_say(&bench->wire, "\x02+001560019\x03");
		bench_run_ms(bench, 100);
	}
	assert_false(bench->up);
	assert_int_equal(bench->why, HAL_E_PROTOCOL);
	assert_non_null(strstr(bench->heard, "+001560019\\x03"));
}

static void babble_after_silence_changes_the_reason(void **state)
{
	struct scale_bench *bench = *state;

	hal_timer_stop(&bench->vloop.base, &toledo.next);
	bench_run_ms(bench, 5000);
	assert_int_equal(bench->why, HAL_E_TIMEOUT);
	for (unsigned i = 0; i < 30; i++) {
		wire_say(&bench->wire, "hello\r\n");
		bench_run_ms(bench, 100);
	}
	assert_int_equal(bench->why, HAL_E_PROTOCOL);
	assert_int_equal(bench->links, 2);
}

#define TOLEDO_TEST(test) cmocka_unit_test_setup_teardown(test, set_up_toledo, bench_close)
#define STGS_TEST(test)   cmocka_unit_test_setup_teardown(test, set_up_stgs, bench_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOLEDO_TEST(a_settling_parcel_is_moving_then_stable),
		STGS_TEST(a_settling_parcel_is_moving_then_stable),
		TOLEDO_TEST(a_tare_on_the_scale_is_passed_on_as_net),
		STGS_TEST(a_tare_on_the_scale_is_passed_on_as_net),
		TOLEDO_TEST(overload_is_a_reading),
		STGS_TEST(overload_is_a_reading),
		TOLEDO_TEST(silence_is_told_once_and_then_costs_nothing),
		STGS_TEST(silence_is_told_once_and_then_costs_nothing),
		TOLEDO_TEST(split_frames_are_whole_again),
		STGS_TEST(split_frames_are_whole_again),
		TOLEDO_TEST(a_noisy_line_never_gives_a_false_weight),
		STGS_TEST(a_noisy_line_never_gives_a_false_weight),
		TOLEDO_TEST(a_cut_cable_leaves_no_weight_behind),
		STGS_TEST(a_cut_cable_leaves_no_weight_behind),
		TOLEDO_TEST(lost_toledo_bytes_cost_frames_not_truth),
		STGS_TEST(lost_text_bytes_cost_frames_not_truth),
		STGS_TEST(another_length_that_stays_is_believed),
		TOLEDO_TEST(a_wrong_parity_bit_costs_its_frame),
		TOLEDO_TEST(wrong_bits_do_not_pass_the_check_character),
		TOLEDO_TEST(a_scale_switched_to_another_language_is_said_too),
		TOLEDO_TEST(babble_after_silence_changes_the_reason),
		cmocka_unit_test(another_language_is_said_within_two_seconds_with_what_was_heard),
	};

	return cmocka_run_group_tests_name("scale_continuous", tests, NULL, NULL);
}
