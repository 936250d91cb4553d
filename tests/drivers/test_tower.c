/* SPDX-License-Identifier: MIT */
/* The tower plays its patterns on lines that come and go, on virtual time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver.h"
#include "tower/pattern.h"
#include "vlines.h"
#include "vloop.h"

#define RED    HAL_LAMP_RED
#define YELLOW HAL_LAMP_YELLOW
#define GREEN  HAL_LAMP_GREEN
#define BUZZER HAL_BUZZER

static const struct hal_tower_pattern steady = { "steady", { { GREEN, 1000 } }, 0 };
static const struct hal_tower_pattern blink = { "blink", { { YELLOW, 400 }, { 0, 600 } }, 0 };
static const struct hal_tower_pattern alarm_once = {
	"alarm", { { RED | BUZZER, 100 }, { RED, 300 }, { 0, 300 } }, 1
};
static const struct hal_tower_pattern last_stays = { "stay", { { RED, 100 }, { GREEN, 5 } }, 1 };
static const struct hal_tower_pattern nothing = { "nothing", { { RED, 0 } }, 0 };
static const struct hal_tower_pattern lost = { "lost", { { RED, 10 }, { GREEN, 10 } }, 7 };

struct bench {
	struct vloop vloop;
	struct vlines vlines;
	struct hal_tower *tower;
	unsigned ups, downs;
	enum hal_status why;
};

static void on_link(void *owner, bool up, enum hal_status why)
{
	struct bench *bench = owner;

	bench->ups += up;
	bench->downs += !up;
	bench->why = why;
}

static const struct hal_tower_listener bench_listener = { on_link };

static int set_up(void **state)
{
	static struct bench bench;
	struct driver_env env = { .loop = &bench.vloop.base };

	bench = (struct bench){ .ups = 0 };
	vloop_init(&bench.vloop);
	vlines_init(&bench.vlines, &bench.vloop.base);
	if (tower_open(&env, &bench.vlines.base, &bench_listener, &bench, &bench.tower) != HAL_OK)
		return -1;
	*state = &bench;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *bench = *state;

	hal_tower_close(bench->tower);
	return 0;
}

static void expect(struct bench *bench, int64_t after_ms, unsigned outputs)
{
	vloop_run(&bench->vloop, HAL_MS(after_ms));
	assert_int_equal(bench->vlines.levels, outputs);
}

static void a_single_step_stays_and_costs_no_timer(void **state)
{
	struct bench *bench = *state;

	vlines_plug(&bench->vlines);
	hal_tower_show(bench->tower, &steady);
	expect(bench, 0, GREEN);
	expect(bench, 3600000, GREEN);
	assert_int_equal(bench->vloop.fired, 0);
	assert_int_equal(bench->ups, 1);
}

static void a_pattern_loops_with_its_own_times(void **state)
{
	struct bench *bench = *state;

	vlines_plug(&bench->vlines);
	hal_tower_show(bench->tower, &blink);
	for (int i = 0; i < 5; i++) {
		expect(bench, 399, YELLOW);
		expect(bench, 1, 0);
		expect(bench, 599, 0);
		expect(bench, 1, YELLOW);
	}
}

static void an_opening_is_played_once_and_the_rest_loops(void **state)
{
	struct bench *bench = *state;

	vlines_plug(&bench->vlines);
	hal_tower_show(bench->tower, &alarm_once);
	expect(bench, 99, RED | BUZZER);
	expect(bench, 1, RED);
	expect(bench, 300, 0);
	expect(bench, 300, RED);
	expect(bench, 300, 0);
}

static void a_pattern_that_loops_on_its_last_step_stays_there(void **state)
{
	struct bench *bench = *state;

	vlines_plug(&bench->vlines);
	hal_tower_show(bench->tower, &last_stays);
	expect(bench, 50, RED);
	expect(bench, 50, GREEN);
	expect(bench, 100000, GREEN);
	assert_int_equal(bench->vloop.fired, 1);
}

static void the_same_pattern_shown_again_does_not_stutter(void **state)
{
	struct bench *bench = *state;

	vlines_plug(&bench->vlines);
	hal_tower_show(bench->tower, &blink);
	expect(bench, 300, YELLOW);
	hal_tower_show(bench->tower, &blink);
	expect(bench, 100, 0);
	hal_tower_show(bench->tower, &steady);
	expect(bench, 0, GREEN);
}

static void a_tower_that_comes_back_shows_what_is_meant_now(void **state)
{
	struct bench *bench = *state;

	hal_tower_show(bench->tower, &blink);
	vloop_run(&bench->vloop, HAL_SEC(10));
	assert_int_equal(bench->vloop.fired, 0);
	vlines_plug(&bench->vlines);
	expect(bench, 0, YELLOW);
	vlines_unplug(&bench->vlines);
	assert_int_equal(bench->downs, 1);
	assert_int_equal(bench->why, HAL_E_LINK);
	hal_tower_show(bench->tower, &steady);
	vloop_run(&bench->vloop, HAL_SEC(10));
	bench->vlines.levels = 0;
	vlines_plug(&bench->vlines);
	expect(bench, 0, GREEN);
	assert_int_equal(bench->ups, 2);
}

static void a_closed_tower_is_dark_and_silent(void **state)
{
	struct bench *bench = *state;
	struct driver_env env = { .loop = &bench->vloop.base };

	vlines_plug(&bench->vlines);
	hal_tower_show(bench->tower, &alarm_once);
	hal_tower_close(bench->tower);
	expect(bench, 1000, 0);
	assert_int_equal(
		tower_open(&env, &bench->vlines.base, &bench_listener, bench, &bench->tower),
		HAL_OK);
}

static void odd_patterns_neither_crash_nor_spin(void **state)
{
	struct bench *bench = *state;

	vlines_plug(&bench->vlines);
	hal_tower_show(bench->tower, &nothing);
	expect(bench, 1000, 0);
	hal_tower_show(bench->tower, &lost);
	expect(bench, 1000, GREEN);
	assert_true(bench->vloop.fired < 5);
}

static void a_full_table_of_steps_has_no_end_mark(void **state)
{
	struct pattern_player player = { .step = 0 };
	struct hal_tower_pattern full = { "full", { { 0 } }, 0 };

	(void)state;
	for (uint16_t i = 0; i < HAL_PATTERN_STEPS; i++)
		full.steps[i] = (struct hal_tower_step){ (uint16_t)(i & 7u), (uint16_t)(i + 1) };
	pattern_play(&player, &full);
	for (unsigned i = 0; i < 3 * HAL_PATTERN_STEPS; i++) {
		assert_int_equal(pattern_outputs(&player), i % HAL_PATTERN_STEPS & 7u);
		assert_int_equal(pattern_lasts_ms(&player), i % HAL_PATTERN_STEPS + 1);
		pattern_step(&player);
	}
}

#define TOWER_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWER_TEST(a_single_step_stays_and_costs_no_timer),
		TOWER_TEST(a_pattern_loops_with_its_own_times),
		TOWER_TEST(an_opening_is_played_once_and_the_rest_loops),
		TOWER_TEST(a_pattern_that_loops_on_its_last_step_stays_there),
		TOWER_TEST(the_same_pattern_shown_again_does_not_stutter),
		TOWER_TEST(a_tower_that_comes_back_shows_what_is_meant_now),
		TOWER_TEST(a_closed_tower_is_dark_and_silent),
		TOWER_TEST(odd_patterns_neither_crash_nor_spin),
		cmocka_unit_test(a_full_table_of_steps_has_no_end_mark),
	};

	return cmocka_run_group_tests_name("tower", tests, NULL, NULL);
}
