/* SPDX-License-Identifier: MIT */
/* One press a press, out of chatter, sparks and lines that come and go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "buttons/debounce.h"
#include "driver.h"
#include "vlines.h"
#include "vloop.h"

struct bench {
	struct vloop vloop;
	struct vlines vlines;
	struct hal_buttons *buttons;
	unsigned presses[HAL_BUTTONS_MAX];
	int64_t taken_us;
	unsigned ups, downs;
};

static void on_pressed(void *owner, unsigned button, int64_t taken_us)
{
	struct bench *bench = owner;

	assert_true(button < HAL_BUTTONS_MAX);
	bench->presses[button]++;
	bench->taken_us = taken_us;
}

static void on_link(void *owner, bool up, enum hal_status why)
{
	struct bench *bench = owner;

	(void)why;
	bench->ups += up;
	bench->downs += !up;
}

static const struct hal_buttons_listener bench_listener = { on_pressed, on_link };

static int set_up(void **state)
{
	static struct bench bench;
	struct driver_env env = { .loop = &bench.vloop.base };

	bench = (struct bench){ .ups = 0 };
	vloop_init(&bench.vloop);
	vlines_init(&bench.vlines, &bench.vloop.base);
	if (buttons_open(&env, &bench.vlines.base, 20, &bench_listener, &bench, &bench.buttons) !=
	    HAL_OK)
		return -1;
	vlines_plug(&bench.vlines);
	vloop_run(&bench.vloop, HAL_SEC(1));
	*state = &bench;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *bench = *state;

	hal_buttons_close(bench->buttons);
	return 0;
}

static void a_press_is_told_once_with_the_time_of_its_edge(void **state)
{
	struct bench *bench = *state;

	vlines_move(&bench->vlines, 2, true);
	vloop_run(&bench->vloop, HAL_MS(19));
	assert_int_equal(bench->presses[2], 0);
	vloop_run(&bench->vloop, HAL_MS(1));
	assert_int_equal(bench->presses[2], 1);
	assert_int_equal(bench->taken_us, HAL_SEC(1));
	vloop_run(&bench->vloop, HAL_SEC(60));
	assert_int_equal(bench->presses[2], 1);
	assert_int_equal(bench->vloop.fired, 1);
}

static void chatter_on_press_and_release_is_one_press(void **state)
{
	struct bench *bench = *state;

	vlines_chatter(&bench->vlines, 0, 15, HAL_MS(3));
	vloop_run(&bench->vloop, HAL_MS(200));
	assert_int_equal(bench->presses[0], 1);
	vlines_chatter(&bench->vlines, 0, 15, HAL_MS(3));
	vloop_run(&bench->vloop, HAL_MS(200));
	assert_int_equal(bench->presses[0], 1);
	vlines_move(&bench->vlines, 0, true);
	vloop_run(&bench->vloop, HAL_MS(200));
	assert_int_equal(bench->presses[0], 2);
}

static void a_spark_is_no_press(void **state)
{
	struct bench *bench = *state;

	for (int i = 0; i < 100; i++) {
		vlines_move(&bench->vlines, 1, true);
		vloop_run(&bench->vloop, HAL_MS(5));
		vlines_move(&bench->vlines, 1, false);
		vloop_run(&bench->vloop, HAL_MS(50));
	}
	assert_int_equal(bench->presses[1], 0);
}

static void two_buttons_do_not_disturb_each_other(void **state)
{
	struct bench *bench = *state;

	vlines_move(&bench->vlines, 0, true);
	vloop_run(&bench->vloop, HAL_MS(15));
	vlines_move(&bench->vlines, 7, true);
	vloop_run(&bench->vloop, HAL_MS(10));
	assert_int_equal(bench->presses[0], 1);
	assert_int_equal(bench->presses[7], 0);
	vloop_run(&bench->vloop, HAL_MS(10));
	assert_int_equal(bench->presses[7], 1);
}

static void a_button_held_while_its_chip_comes_is_not_pressed(void **state)
{
	struct bench *bench = *state;

	vlines_unplug(&bench->vlines);
	vlines_move(&bench->vlines, 3, true);
	vloop_run(&bench->vloop, HAL_SEC(1));
	vlines_plug(&bench->vlines);
	vloop_run(&bench->vloop, HAL_SEC(1));
	assert_int_equal(bench->presses[3], 0);
	assert_int_equal(bench->downs, 1);
	assert_int_equal(bench->ups, 2);
}

static void a_cable_pulled_in_mid_press_presses_nothing(void **state)
{
	struct bench *bench = *state;

	vlines_move(&bench->vlines, 3, true);
	vloop_run(&bench->vloop, HAL_MS(10));
	vlines_unplug(&bench->vlines);
	vloop_run(&bench->vloop, HAL_SEC(1));
	assert_int_equal(bench->presses[3], 0);
}

/* Against a plain reading of the rule: high for the whole span, after low for the whole span. */
static void random_chatter_agrees_with_the_rule(void **state)
{
	enum { SPAN = 20, TICKS = 200000 };
	struct debounce debounce;
	unsigned pressed = 0, expected = 0, still = 0;
	bool level = false, counted = false;

	(void)state;
	srand(17);
	debounce_init(&debounce, SPAN, false);
	for (int tick = 1; tick < TICKS; tick++) {
		bool calm = (rand() & 63) == 0 || (tick / 1000) % 2;

		still++;
		if (still >= SPAN && counted != level) {
			counted = level;
			expected += counted;
		}
		if (debounce_due_us(&debounce) > 0 && debounce_due_us(&debounce) <= tick)
			pressed += debounce_settle(&debounce, tick);
		if (!calm || rand() % 97 == 0) {
			level = !level;
			still = 0;
			debounce_edge(&debounce, level, tick);
		}
	}
	assert_true(expected > 100);
	assert_int_equal(pressed, expected);
}

#define BUTTONS_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		BUTTONS_TEST(a_press_is_told_once_with_the_time_of_its_edge),
		BUTTONS_TEST(chatter_on_press_and_release_is_one_press),
		BUTTONS_TEST(a_spark_is_no_press),
		BUTTONS_TEST(two_buttons_do_not_disturb_each_other),
		BUTTONS_TEST(a_button_held_while_its_chip_comes_is_not_pressed),
		BUTTONS_TEST(a_cable_pulled_in_mid_press_presses_nothing),
		cmocka_unit_test(random_chatter_agrees_with_the_rule),
	};

	return cmocka_run_group_tests_name("buttons", tests, NULL, NULL);
}
