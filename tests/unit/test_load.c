/* SPDX-License-Identifier: MIT */
/* Which reading is a weight: one weight a load, none while it moves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "load.h"

static struct load load;
static struct hal_mass mass;
static int64_t now_us;

static int fresh(void **state)
{
	(void)state;
	load_init(&load, (struct hal_mass){ 100 }, LOAD_BY_EITHER);
	now_us = HAL_SEC(10);
	mass.mg = -1;
	return 0;
}

static enum load_says see(enum hal_pan how, int32_t mg)
{
	struct hal_scale_reading reading = { .pan = how, .mass = { mg }, .taken_us = now_us };

	now_us += HAL_MS(100);
	return load_reading(&load, &reading, &mass);
}

static void a_settling_load_gives_one_weight(void **state)
{
	(void)state;
	see(HAL_PAN_STABLE, 0);
	assert_int_equal(see(HAL_PAN_STABLE, 0), LOAD_NOTHING); /* said at the first, alone */
	assert_int_equal(see(HAL_PAN_MOVING, 250000), LOAD_NOTHING);
	assert_int_equal(see(HAL_PAN_STABLE, 312300), LOAD_NOTHING);
	assert_int_equal(see(HAL_PAN_STABLE, 312400), LOAD_WEIGHT);
	assert_int_equal(mass.mg, 312400);
	assert_int_equal(see(HAL_PAN_STABLE, 312500), LOAD_NOTHING);
	assert_int_equal(see(HAL_PAN_STABLE, 312400), LOAD_NOTHING);
}

static void a_changed_load_gives_another_weight_without_passing_zero(void **state)
{
	(void)state;
	see(HAL_PAN_STABLE, 299600);
	assert_int_equal(see(HAL_PAN_STABLE, 299600), LOAD_NOTHING);
	see(HAL_PAN_MOVING, 305000);
	see(HAL_PAN_STABLE, 312400);
	assert_int_equal(see(HAL_PAN_STABLE, 312400), LOAD_WEIGHT);
}

static void the_same_load_taken_off_and_put_back_is_weighed_again(void **state)
{
	(void)state;
	see(HAL_PAN_MOVING, 1);
	see(HAL_PAN_STABLE, 312400);
	assert_int_equal(see(HAL_PAN_STABLE, 312400), LOAD_WEIGHT);
	see(HAL_PAN_MOVING, 100000);
	see(HAL_PAN_STABLE, 100);
	assert_int_equal(see(HAL_PAN_STABLE, 0), LOAD_EMPTIED);
	see(HAL_PAN_STABLE, 312400);
	assert_int_equal(see(HAL_PAN_STABLE, 312400), LOAD_WEIGHT);
}

static int fresh_by_flag(void **state)
{
	fresh(state);
	load_init(&load, (struct hal_mass){ 100 }, LOAD_BY_FLAG);
	return 0;
}

static int fresh_by_estimate(void **state)
{
	fresh(state);
	load_init(&load, (struct hal_mass){ 100 }, LOAD_BY_ESTIMATE);
	return 0;
}

/* A load of 312.4 g that swings at 3 Hz and fades, in steps of 0.1 g; -1: never a weight. */
static int64_t weight_of_a_swing(enum hal_pan how, double seconds, enum load_basis *ret_basis)
{
	int64_t began_us = now_us;

	for (int i = 0; i < 10; i++)
		see(how, 0);
	for (int i = 0; i < (int)(seconds * 10); i++) {
		double t = i / 10.;
		double g = 312.4 * (1 - exp(-3 * t) * cos(2 * 3.14159265 * 3 * t));

		if (see(how, 100 * (int32_t)lround(10 * g)) == LOAD_WEIGHT) {
			*ret_basis = load.basis;
			return now_us - began_us;
		}
	}
	return -1;
}

static void readings_without_a_flag_are_weighed_by_the_estimator_whatever_was_chosen(void **state)
{
	enum load_basis basis = LOAD_TOLD;

	(void)state;
	assert_true(weight_of_a_swing(HAL_PAN_UNTOLD, 6, &basis) > 0);
	assert_int_not_equal(basis, LOAD_TOLD);
	assert_in_range(mass.mg, 312300, 312500);
	assert_int_equal(see(HAL_PAN_UNTOLD, 312400), LOAD_NOTHING);
	for (int i = 0; i < 20; i++)
		if (see(HAL_PAN_UNTOLD, 0) == LOAD_EMPTIED)
			return;
	fail_msg("the pan was never emptied");
}

static void where_the_flag_decides_a_moving_load_has_no_weight_but_shows_an_early_one(void **state)
{
	enum load_basis basis = LOAD_ESTIMATED;
	struct hal_mass early = { 0 };

	(void)state;
	assert_int_equal(weight_of_a_swing(HAL_PAN_MOVING, 2.2, &basis), -1);
	assert_true(load_early(&load, &early));
	assert_in_range(early.mg, 312300, 312500);
	see(HAL_PAN_STABLE, 312400);
	assert_int_equal(see(HAL_PAN_STABLE, 312400), LOAD_WEIGHT);
	assert_int_equal(load.basis, LOAD_TOLD);
	assert_false(load_early(&load, &early));
}

static void where_the_flag_decides_and_there_is_none_readings_must_stand_still(void **state)
{
	enum load_basis basis = LOAD_ESTIMATED;

	(void)state;
	assert_true(weight_of_a_swing(HAL_PAN_UNTOLD, 6, &basis) > 0);
	assert_int_equal(basis, LOAD_STILL);
}

static void the_estimate_releases_before_the_load_rests(void **state)
{
	enum load_basis basis = LOAD_TOLD;
	int64_t early = weight_of_a_swing(HAL_PAN_MOVING, 6, &basis);

	(void)state;
	assert_int_equal(basis, LOAD_ESTIMATED);
	assert_in_range(mass.mg, 312300, 312500);
	assert_true(early > 0 && early < HAL_MS(3500));
}

/* One stable frame says nothing to an operator who chose the estimator. */
static void where_the_estimator_decides_the_flag_is_not_asked(void **state)
{
	(void)state;
	see(HAL_PAN_MOVING, 0);
	for (int i = 0; i < 4; i++)
		assert_int_equal(see(HAL_PAN_STABLE, 312400), LOAD_NOTHING);
	for (int i = 0; i < 20; i++)
		if (see(HAL_PAN_STABLE, 312400) == LOAD_WEIGHT) {
			assert_int_equal(load.basis, LOAD_STILL);
			return;
		}
	fail_msg("a load at rest has no weight");
}

static void a_load_that_never_rests_is_said_once_and_never_weighed(void **state)
{
	unsigned restless = 0;

	(void)state;
	see(HAL_PAN_STABLE, 0);
	for (int i = 0; i < 200; i++) {
		enum load_says says = see(HAL_PAN_MOVING, 312400 + (i * 7919 % 64 - 32) * 1000);

		assert_int_not_equal(says, LOAD_WEIGHT);
		restless += says == LOAD_RESTLESS;
	}
	assert_int_equal(restless, 1);
	see(HAL_PAN_STABLE, 312400);
	assert_int_equal(see(HAL_PAN_STABLE, 312400), LOAD_WEIGHT);
	assert_int_equal(load.standing, LOAD_NOTHING);
}

static void a_slow_scale_needs_only_one_stable_frame(void **state)
{
	(void)state;
	see(HAL_PAN_STABLE, 0);
	now_us += HAL_SEC(1);
	assert_int_equal(see(HAL_PAN_STABLE, 312400), LOAD_WEIGHT);
}

static void troubles_are_said_once_each(void **state)
{
	struct hal_scale_reading net = { HAL_PAN_STABLE, HAL_MASS_NET, { 5000 }, 0, NULL, 0 };

	(void)state;
	assert_int_equal(see(HAL_PAN_OVER, 0), LOAD_OVERLOADED);
	assert_int_equal(see(HAL_PAN_OVER, 0), LOAD_NOTHING);
	assert_int_equal(see(HAL_PAN_UNDER, 0), LOAD_BELOW_ZERO);
	assert_int_equal(load_reading(&load, &net, &mass), LOAD_NET);
	assert_int_equal(load_reading(&load, &net, &mass), LOAD_NOTHING);
}

static void weigh_again_says_the_standing_load_once_more(void **state)
{
	(void)state;
	see(HAL_PAN_MOVING, 1);
	see(HAL_PAN_STABLE, 312400);
	see(HAL_PAN_STABLE, 312400);
	load_ask_again(&load);
	assert_int_equal(see(HAL_PAN_STABLE, 312400), LOAD_WEIGHT);
}

#define LOAD_TEST(test) cmocka_unit_test_setup(test, fresh)

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOAD_TEST(a_settling_load_gives_one_weight),
		LOAD_TEST(a_changed_load_gives_another_weight_without_passing_zero),
		LOAD_TEST(the_same_load_taken_off_and_put_back_is_weighed_again),
		LOAD_TEST(readings_without_a_flag_are_weighed_by_the_estimator_whatever_was_chosen),
		cmocka_unit_test_setup(
			where_the_flag_decides_a_moving_load_has_no_weight_but_shows_an_early_one,
			fresh_by_flag),
		cmocka_unit_test_setup(
			where_the_flag_decides_and_there_is_none_readings_must_stand_still,
			fresh_by_flag),
		LOAD_TEST(the_estimate_releases_before_the_load_rests),
		cmocka_unit_test_setup(where_the_estimator_decides_the_flag_is_not_asked,
		                       fresh_by_estimate),
		LOAD_TEST(a_load_that_never_rests_is_said_once_and_never_weighed),
		LOAD_TEST(a_slow_scale_needs_only_one_stable_frame),
		LOAD_TEST(troubles_are_said_once_each),
		LOAD_TEST(weigh_again_says_the_standing_load_once_more),
	};

	return cmocka_run_group_tests_name("load", tests, NULL, NULL);
}
