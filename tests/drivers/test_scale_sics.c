/* SPDX-License-Identifier: MIT */
/* The MT-SICS driver against a simulated scale, on virtual time. */
#include "scale_bench.h"

#include "sics_model.h"

static struct sics_model model;
static const struct scale_options plain = { .variant = "", .unit = "" };

static int set_up(void **state)
{
	static struct scale_bench bench;

	bench_start(&bench, 9600);
	sics_model_init(&model, &bench.vloop.base, &bench.wire, &bench.cell);
	bench_open(&bench, "sics", &plain);
	*state = &bench;
	return 0;
}

static void a_settling_parcel_is_moving_then_stable(void **state)
{
	struct scale_bench *bench = *state;

	bench_load_g(bench, 1234, 800);
	bench_run_ms(bench, 300);
	assert_true(bench->up);
	assert_int_equal(bench->reading.pan, HAL_PAN_MOVING);

	bench_run_ms(bench, 2000);
	assert_int_equal(bench->reading.pan, HAL_PAN_STABLE);
	assert_int_equal(bench->reading.mass.mg, 1234000);
	assert_int_equal(bench->false_stable, 0);
}

static void the_frame_is_the_bytes_that_came(void **state)
{
	static const char line[] = "S S        0.0 g\r\n";
	struct scale_bench *bench = *state;

	bench_run_ms(bench, 500);
	assert_int_equal(bench->reading.frame_len, sizeof(line) - 1);
	assert_memory_equal(bench->frame, line, sizeof(line) - 1);
}

static void an_overloaded_pan_is_a_reading_not_an_error(void **state)
{
	struct scale_bench *bench = *state;

	bench_load_g(bench, 40000, 0);
	bench_run_ms(bench, 500);
	assert_true(bench->up);
	assert_int_equal(bench->reading.pan, HAL_PAN_OVER);
	assert_int_equal(bench->reading.mass.mg, 0);
}

static void a_lifted_pan_is_under(void **state)
{
	struct scale_bench *bench = *state;

	bench_load_g(bench, -900, 0);
	bench_run_ms(bench, 500);
	assert_int_equal(bench->reading.pan, HAL_PAN_UNDER);
}

static void silence_is_reported_within_the_contract_and_healed(void **state)
{
	struct scale_bench *bench = *state;

	bench_run_ms(bench, 1000);
	model.voice.deaf = true;
	bench_run_ms(bench, 50); /* the line still on the wire */
	vloop_run(&bench->vloop, HAL_SCALE_MAX_GAP_US);
	assert_false(bench->up);
	assert_int_equal(bench->why, HAL_E_TIMEOUT);

	model.voice.deaf = false;
	bench_run_ms(bench, 2000);
	assert_true(bench->up);
	assert_int_equal(bench->links, 3);
}

static void a_scale_switched_on_late_is_found(void **state)
{
	struct scale_bench *bench = *state;

	model.voice.deaf = true;
	bench_run_ms(bench, 10000);
	assert_int_equal(bench->links, 1);
	assert_int_equal(bench->why, HAL_E_TIMEOUT);

	model.voice.deaf = false;
	bench_run_ms(bench, 1500);
	assert_true(bench->up);
}

static void noise_costs_a_line_and_nothing_else(void **state)
{
	struct scale_bench *bench = *state;

	wire_say(&bench->wire, "\x7f\xff garbage with no end in sight, longer than any line of "
	                       "the protocol may be, and then some more of it, because a wire "
	                       "that picks up a motor does not stop\r\nS S bogus g\r\n");
	bench_run_ms(bench, 1000);
	assert_true(bench->up);
	assert_true(bench->readings > 5);
}

static void a_pulled_plug_is_told_once(void **state)
{
	struct scale_bench *bench = *state;

	bench_run_ms(bench, 1000);
	wire_unplug(&bench->wire);
	assert_false(bench->up);
	assert_int_equal(bench->why, HAL_E_LINK);
	assert_int_equal(bench->links, 2);

	bench_run_ms(bench, 60000);
	assert_int_equal(bench->links, 2);
	assert_int_equal(hal_scale_zero(bench->scale), HAL_E_LINK);
}

static void a_cable_cut_in_mid_line_leaves_no_weight_behind(void **state)
{
	struct scale_bench *bench = *state;

	bench_load_g(bench, 1234, 0);
	for (unsigned bytes = 1; bytes < 18; bytes++) {
		bench_run_ms(bench, 900);
		bench_run_ms(bench, bytes); /* about a byte a millisecond */
		wire_unplug(&bench->wire);
		bench_run_ms(bench, 100);
		wire_plug(&bench->wire);
		bench_run_ms(bench, 900);
		assert_true(bench->up);
		assert_int_equal(bench->reading.mass.mg, 1234000);
		assert_int_equal(bench->false_stable, 0);
	}
}

static void zero_is_asked_for_and_shows_in_the_readings(void **state)
{
	struct scale_bench *bench = *state;

	bench->cell.zero_error_mg = 7000;
	bench_run_ms(bench, 1000);
	assert_int_equal(bench->reading.mass.mg, 7000);
	assert_int_equal(hal_scale_zero(bench->scale), HAL_OK);
	bench_run_ms(bench, 1000);
	assert_true(bench->up);
	assert_int_equal(bench->reading.mass.mg, 0);
}

static void motion_that_never_ends_is_never_stable(void **state)
{
	struct scale_bench *bench = *state;

	bench->cell.restless = true;
	bench_run_ms(bench, 60000);
	assert_true(bench->up);
	assert_true(bench->readings > 500);
	assert_int_equal(bench->reading.pan, HAL_PAN_MOVING);
}

static void an_unknown_variant_is_refused_in_words(void **state)
{
	struct scale_bench *bench = *state;
	const struct scale_driver *driver = find_scale_driver("sics");
	struct driver_env env = { .loop = &bench->vloop.base };
	struct scale_port port = { .stream = &bench->wire.host };
	struct scale_options options = { .variant = "no-such", .unit = "" };
	struct hal_scale *scale = NULL;
	struct hal_fault fault = { "" };

	assert_int_equal(driver->open(driver, &env, &port, &options, NULL, NULL, &scale, &fault),
	                 HAL_E_ARG);
	assert_null(scale);
	assert_non_null(strstr(fault.text, "no-such"));
}

static int set_up_polled(void **state)
{
	static struct scale_bench bench;
	static const struct scale_options options = { .variant = "", .unit = "", .poll_ms = 250 };

	bench_start(&bench, 9600);
	sics_model_init(&model, &bench.vloop.base, &bench.wire, &bench.cell);
	model.knows_sir = false;
	bench_open(&bench, "sics", &options);
	*state = &bench;
	return 0;
}

static void a_scale_that_cannot_repeat_is_asked_at_its_period(void **state)
{
	struct scale_bench *bench = *state;

	bench_run_ms(bench, 10000);
	assert_true(bench->up);
	assert_in_range(bench->readings, 38, 41);
}

#define BENCH_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, bench_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(a_settling_parcel_is_moving_then_stable),
		BENCH_TEST(the_frame_is_the_bytes_that_came),
		BENCH_TEST(an_overloaded_pan_is_a_reading_not_an_error),
		BENCH_TEST(a_lifted_pan_is_under),
		BENCH_TEST(silence_is_reported_within_the_contract_and_healed),
		BENCH_TEST(a_scale_switched_on_late_is_found),
		BENCH_TEST(noise_costs_a_line_and_nothing_else),
		BENCH_TEST(a_pulled_plug_is_told_once),
		BENCH_TEST(a_cable_cut_in_mid_line_leaves_no_weight_behind),
		BENCH_TEST(zero_is_asked_for_and_shows_in_the_readings),
		BENCH_TEST(motion_that_never_ends_is_never_stable),
		BENCH_TEST(an_unknown_variant_is_refused_in_words),
		cmocka_unit_test_setup_teardown(a_scale_that_cannot_repeat_is_asked_at_its_period,
		                                set_up_polled, bench_close),
	};

	return cmocka_run_group_tests_name("scale_sics", tests, NULL, NULL);
}
