/* SPDX-License-Identifier: MIT */
/* Which reading is a weight: one weight a load, none while it moves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "load.h"

static struct load load;
static struct hal_mass mass;
static int64_t now_us;

static int fresh(void **state)
{
	(void)state;
	load_init(&load, (struct hal_mass){ 100 });
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

static void readings_without_a_flag_are_never_a_weight(void **state)
{
	(void)state;
	for (int i = 0; i < 200; i++)
		assert_int_equal(see(HAL_PAN_UNTOLD, 312400), LOAD_NOTHING);
	assert_int_equal(load_estimate(&load, (struct hal_mass){ 312400 }, &mass), LOAD_WEIGHT);
	assert_int_equal(load_estimate(&load, (struct hal_mass){ 312400 }, &mass), LOAD_NOTHING);
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
		LOAD_TEST(readings_without_a_flag_are_never_a_weight),
		LOAD_TEST(a_slow_scale_needs_only_one_stable_frame),
		LOAD_TEST(troubles_are_said_once_each),
		LOAD_TEST(weigh_again_says_the_standing_load_once_more),
	};

	return cmocka_run_group_tests_name("load", tests, NULL, NULL);
}
