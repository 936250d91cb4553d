/* SPDX-License-Identifier: MIT */
/* Scales that speak when asked, and scales that report over USB. */
#include "scale_bench.h"

#include "ecr_model.h"
#include "hid_scale_model.h"
#include "toledo8217_model.h"

static struct toledo8217_model toledo;
static struct ecr_model ecr;
static struct hid_scale_model hid;
static const struct scale_options kilograms = { .variant = "", .unit = "kg" };
static const struct scale_options plain = { .variant = "", .unit = "" };

static int set_up_toledo(void **state)
{
	static struct scale_bench bench;

	bench_start(&bench, 9600);
	toledo8217_model_init(&toledo, &bench.wire, &bench.cell);
	bench_open(&bench, "toledo-8217", &kilograms);
	*state = &bench;
	return 0;
}

static int set_up_ecr(void **state)
{
	static struct scale_bench bench;

	bench_start(&bench, 9600);
	ecr_model_init(&ecr, &bench.wire, &bench.cell);
	bench_open(&bench, "ecr", &plain);
	*state = &bench;
	return 0;
}

static int set_up_hid(void **state)
{
	static struct scale_bench bench;
	struct scale_port port = { .report = &hid.host };

	bench_start(&bench, 9600);
	hid_scale_model_init(&hid, &bench.vloop.base, &bench.cell);
	bench_open_port(&bench, "hid", &plain, &port);
	hid_scale_model_plug(&hid);
	*state = &bench;
	return 0;
}

static void a_weight_is_asked_for_at_its_period(void **state)
{
	struct scale_bench *bench = *state;

	bench_load_g(bench, 1234, 0);
	bench_run_ms(bench, 10000);
	assert_true(bench->up);
	assert_in_range(toledo.asked, 48, 51);
	assert_in_range(bench->readings, 48, 51);
	assert_int_equal(bench->reading.pan, HAL_PAN_STABLE);
	assert_int_equal(bench->reading.mass.mg, 1234000);
}

static void a_moving_pan_is_alive_without_a_weight(void **state)
{
	struct scale_bench *bench = *state;

	bench->cell.restless = true;
	bench_load_g(bench, 1234, 0);
	bench_run_ms(bench, 10000);
	assert_true(bench->up);
	assert_int_equal(bench->links, 1);
	assert_int_equal(bench->reading.pan, HAL_PAN_NONE);
	assert_int_equal(bench->reading.mass.mg, 0);
}

static void an_overloaded_pan_says_so(void **state)
{
	struct scale_bench *bench = *state;

	bench_load_g(bench, 20000, 0);
	bench_run_ms(bench, 1000);
	assert_int_equal(bench->reading.pan, HAL_PAN_OVER);
}

static void a_lost_answer_is_asked_for_again(void **state)
{
	struct scale_bench *bench = *state;

	bench_load_g(bench, 1234, 0);
	bench_run_ms(bench, 1000);
	toledo.voice.lose_every = ecr.voice.lose_every = 31;
	bench->false_stable = 0;
	bench_run_ms(bench, 60000);
	assert_true(bench->up);
	assert_int_equal(bench->links, 1);
	assert_true(bench->readings > 80);
}

static void a_silent_scale_is_asked_on_and_found_again(void **state)
{
	struct scale_bench *bench = *state;

	bench_run_ms(bench, 1000);
	toledo.voice.deaf = ecr.voice.deaf = true;
	bench_run_ms(bench, 50);
	vloop_run(&bench->vloop, HAL_SCALE_MAX_GAP_US);
	assert_false(bench->up);
	assert_int_equal(bench->why, HAL_E_TIMEOUT);

	toledo.voice.deaf = ecr.voice.deaf = false;
	bench_run_ms(bench, 1000);
	assert_true(bench->up);
}

/* It is asked twice a second, and nothing else wakes the station. */
static void a_silent_scale_costs_one_timer_a_question(void **state)
{
	struct scale_bench *bench = *state;
	uint64_t fired;

	toledo.voice.deaf = ecr.voice.deaf = true;
	bench_run_ms(bench, 5000);
	assert_false(bench->up);
	fired = bench->vloop.fired;
	bench_run_ms(bench, 10000);
	assert_in_range(bench->vloop.fired - fired, 19, 21);
}

static void a_wrong_parity_bit_costs_its_frame(void **state)
{
	struct scale_bench *bench = *state;

	toledo.voice.parity = PARITY_EVEN;
	toledo.voice.flip_every = 23;
	bench_load_g(bench, 1234, 0);
	bench_run_ms(bench, 1000);
	bench->false_stable = 0;
	bench_run_ms(bench, 60000);
	assert_true(bench->up);
	assert_int_equal(bench->false_stable, 0);
}

static void zero_shows_in_the_readings(void **state)
{
	struct scale_bench *bench = *state;

	bench->cell.zero_error_mg = 7000;
	bench_run_ms(bench, 1000);
	assert_int_equal(bench->reading.mass.mg, 7000);
	assert_int_equal(hal_scale_zero(bench->scale), HAL_OK);
	bench_run_ms(bench, 1000);
	assert_int_equal(bench->reading.mass.mg, 0);
}

static void without_a_unit_it_does_not_open(void **state)
{
	static struct scale_bench bench;
	const struct scale_driver *driver = find_scale_driver("toledo-8217");
	struct driver_env env = { .loop = &bench.vloop.base };
	struct scale_port port = { .stream = &bench.wire.host };
	struct hal_fault fault = { "" };
	struct hal_scale *scale = NULL;

	(void)state;
	bench_start(&bench, 9600);
	assert_int_equal(driver->open(driver, &env, &port, &plain, NULL, NULL, &scale, &fault),
	                 HAL_E_ARG);
	assert_non_null(strstr(fault.text, "unit"));
}

static void an_enquiry_becomes_a_reading(void **state)
{
	struct scale_bench *bench = *state;

	bench_load_g(bench, 1234, 0);
	bench_run_ms(bench, 5000);
	assert_true(bench->up);
	assert_in_range(bench->readings, 18, 21);
	assert_int_equal(bench->reading.pan, HAL_PAN_STABLE);
	assert_int_equal(bench->reading.mass.mg, 1234000);
	assert_int_equal(hal_scale_zero(bench->scale), HAL_E_UNSUPPORTED);
}

static void wrong_bits_do_not_pass_the_check(void **state)
{
	struct scale_bench *bench = *state;

	ecr.voice.flip_every = 37;
	bench_load_g(bench, 1234, 0);
	bench_run_ms(bench, 1000);
	bench->false_stable = 0;
	bench_run_ms(bench, 60000);
	assert_true(bench->up);
	assert_int_equal(bench->false_stable, 0);
}

static void the_first_report_may_be_old_and_is_not_believed(void **state)
{
	struct scale_bench *bench = *state;

	hid.stale_grams = 999;
	bench_run_ms(bench, 150);
	assert_int_equal(bench->readings, 0);
	bench_run_ms(bench, 1000);
	assert_int_equal(bench->reading.pan, HAL_PAN_STABLE);
	assert_int_equal(bench->reading.mass.mg, 0);
	assert_int_equal(bench->reading.frame_len, 6);
}

static void below_zero_is_no_weight(void **state)
{
	struct scale_bench *bench = *state;

	bench_load_g(bench, -50, 0);
	bench_run_ms(bench, 1000);
	assert_int_equal(bench->reading.pan, HAL_PAN_UNDER);
	assert_int_equal(bench->reading.mass.mg, 0);
}

static void a_usb_scale_that_sleeps_is_told_and_found_again(void **state)
{
	struct scale_bench *bench = *state;

	bench_run_ms(bench, 1000);
	hid.deaf = true;
	bench_run_ms(bench, 100);
	vloop_run(&bench->vloop, HAL_SCALE_MAX_GAP_US);
	assert_false(bench->up);
	assert_int_equal(bench->why, HAL_E_TIMEOUT);
	hid.deaf = false;
	bench_run_ms(bench, 200);
	assert_true(bench->up);
	hid_scale_model_unplug(&hid);
	assert_int_equal(bench->why, HAL_E_LINK);
}

#define TOLEDO_TEST(test) cmocka_unit_test_setup_teardown(test, set_up_toledo, bench_close)
#define ECR_TEST(test)    cmocka_unit_test_setup_teardown(test, set_up_ecr, bench_close)
#define HID_TEST(test)    cmocka_unit_test_setup_teardown(test, set_up_hid, bench_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOLEDO_TEST(a_weight_is_asked_for_at_its_period),
		TOLEDO_TEST(a_moving_pan_is_alive_without_a_weight),
		TOLEDO_TEST(an_overloaded_pan_says_so),
		TOLEDO_TEST(a_lost_answer_is_asked_for_again),
		TOLEDO_TEST(a_silent_scale_is_asked_on_and_found_again),
		TOLEDO_TEST(a_silent_scale_costs_one_timer_a_question),
		TOLEDO_TEST(a_wrong_parity_bit_costs_its_frame),
		TOLEDO_TEST(zero_shows_in_the_readings),
		cmocka_unit_test(without_a_unit_it_does_not_open),
		ECR_TEST(an_enquiry_becomes_a_reading),
		ECR_TEST(an_overloaded_pan_says_so),
		ECR_TEST(a_lost_answer_is_asked_for_again),
		ECR_TEST(a_silent_scale_is_asked_on_and_found_again),
		ECR_TEST(a_silent_scale_costs_one_timer_a_question),
		ECR_TEST(wrong_bits_do_not_pass_the_check),
		HID_TEST(the_first_report_may_be_old_and_is_not_believed),
		HID_TEST(below_zero_is_no_weight),
		HID_TEST(an_overloaded_pan_says_so),
		HID_TEST(zero_shows_in_the_readings),
		HID_TEST(a_usb_scale_that_sleeps_is_told_and_found_again),
	};

	return cmocka_run_group_tests_name("scale_request", tests, NULL, NULL);
}
