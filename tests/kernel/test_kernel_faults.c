/* SPDX-License-Identifier: MIT */
/* What goes wrong with devices while the unmodified daemon packs, short of a pulled cable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "chip.h"
#include "eye.h"
#include "floor.h"

#define NUMBER "N20261123-0003"

static struct floor floor_;

static int set_up(void **state)
{
	(void)state;
	floor_open(&floor_);
	return 0;
}

static int set_up_usblp(void **state)
{
	(void)state;
	floor_open_on(&floor_, "chardev:/dev/usb/lp0");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	floor_close(&floor_);
	return 0;
}

/*
 * Packs one parcel while events happen; in the end there is exactly one whole label of
 * it, the first copy or, where that was torn or cleared, the one that took its place.
 */
static void pack_through(struct floor_event *events, size_t count)
{
	struct packer_task task = { .number = NUMBER };
	struct packer_result result;
	char text[128];

	floor_.events = events;
	floor_.event_count = count;
	result = packer_pack(&floor_.packer, &task);
	if (!result.printed)
		fail_msg("not printed (refused %d held %d lost %d): %s", result.refused,
		         result.held, result.lost, result.why);
	assert_int_equal(result.labels, 1);
	for (size_t i = 0; i < count; i++)
		assert_true(events[i].done);
	assert_true(eye_read_mark(paper_last(&floor_.paper, 0), text, sizeof(text)));
	assert_memory_equal(text, "PS-LBL-" NUMBER "-1-", strlen("PS-LBL-" NUMBER "-1-"));
	floor_ctl(0, "verify");
}

static void say(void *self, const char *words)
{
	struct floor *floor = self;

	maker_say(&floor->printer, "%s", words);
}

/* clang-format off */
static void take_nothing(void *self)  { say(self, "nak"); }
static void take_again(void *self)    { say(self, "normal"); }
static void refuse_second(void *self) { say(self, "stall 2"); }
static void open_head(void *self)     { say(self, "head open"); }
static void close_head(void *self)    { say(self, "head closed"); say(self, "pause off"); }
static void press_pause(void *self)   { say(self, "pause on"); }
static void press_again(void *self)   { say(self, "pause off"); }
static void go_slow(void *self)       { say(self, "slow 4000"); }
static void switch_off(void *self)    { say(self, "power off"); }
static void switch_on(void *self)     { say(self, "power on"); }
static void go_mute(void *self)       { say(self, "mute on"); }
/* clang-format on */

static void a_printer_that_takes_nothing_for_a_while_prints_once(void **state)
{
	struct floor_event events[] = {
		{ .when = ST_WEIGHING, .act = take_nothing },
		{ .when = ST_PRINTING, .after_ms = 4000, .act = take_again },
	};

	(void)state;
	pack_through(events, 2);
}

static void a_stall_in_mid_label_neither_loses_nor_doubles_it(void **state)
{
	struct floor_event events[] = { { .when = ST_WEIGHING, .act = refuse_second } };

	(void)state;
	pack_through(events, 1);
}

static void a_head_opened_while_it_prints_costs_no_second_label(void **state)
{
	struct floor_event events[] = {
		{ .when = ST_WEIGHING, .act = open_head },
		{ .when = ST_PRINTING, .after_ms = 4000, .act = close_head },
	};

	(void)state;
	pack_through(events, 2);
}

static void a_paused_printer_prints_when_it_goes_on(void **state)
{
	struct floor_event events[] = {
		{ .when = ST_WEIGHING, .act = press_pause },
		{ .when = ST_PRINTING, .after_ms = 3000, .act = press_again },
	};

	(void)state;
	pack_through(events, 2);
}

static void a_printer_switched_off_within_a_label_prints_it_once_in_the_end(void **state)
{
	struct floor_event events[] = {
		{ .when = ST_WEIGHING, .act = go_slow },
		{ .when = ST_PRINTING, .after_ms = 700, .act = switch_off },
		{ .when = ST_UNCERTAIN, .after_ms = 2000, .act = switch_on },
	};

	(void)state;
	pack_through(events, 3);
}

/* It prints and says nothing of it: the packer clears it, looks, and scans what lies there. */
static void a_printer_that_falls_silent_is_not_taken_for_done(void **state)
{
	struct floor_event event = { .when = ST_WEIGHING, .act = go_mute };
	struct packer_task task = { .number = NUMBER };
	struct packer_world *world = &floor_.world;
	char text[128];

	(void)state;
	floor_.events = &event;
	floor_.event_count = 1;
	assert_false(
		packer_pack(&floor_.packer, &task).printed); /* he gives up before the station */
	assert_true(floor_wait_for(&floor_, ST_UNCERTAIN));
	for (int i = 0; i < 60 && world->screen(world)->state != ST_QUIET; i++) {
		world->wait(world, HAL_SEC(1));
		if (strcmp(floor_.screen.view.word.key, "uncertain-cycle") != 0)
			continue;
		world->cycle_printer(world);
		world->wait(world, HAL_SEC(1));
		world->scan(world, "PS-CMD-ok");
	}
	assert_int_equal(floor_.screen.view.state, ST_QUIET);
	assert_int_equal(world->paper(world)->whole_count, 1);
	assert_true(eye_read_mark(paper_last(&floor_.paper, 0), text, sizeof(text)));
	world->scan(world, text);
	assert_true(floor_wait_for(&floor_, ST_IDLE));
	assert_int_equal(world->paper(world)->whole_count, 1);
	floor_ctl(0, "verify");
}

static void fall_silent(void *self)
{
	((struct floor *)self)->scale.voice.deaf = true;
}

static void speak_again(void *self)
{
	((struct floor *)self)->scale.voice.deaf = false;
}

static void a_scale_that_falls_silent_is_missed_and_then_weighs(void **state)
{
	(void)state;
	fall_silent(&floor_);
	assert_true(floor_wait_healthy(&floor_, "scale", false));
	speak_again(&floor_);
	assert_true(floor_wait_healthy(&floor_, "scale", true));
	pack_through(NULL, 0);
}

/* Noise, frames in two pieces and now and then a lost byte: the weight on the label stays true. */
static void a_disturbed_scale_weighs_right(void **state)
{
	(void)state;
	floor_.scale.voice.noise_every = 3;
	floor_.scale.voice.split_us = HAL_MS(15);
	floor_.scale.voice.lose_every = 97;
	pack_through(NULL, 0);
}

static void step(enum chip_line line)
{
	for (int i = 0; i < 7; i++)
		chip_pull(line, i % 2);
	floor_wait_for(&floor_, ST_PAUSED);
	chip_pull(line, true);
}

static void a_foot_switch_gives_its_command(void **state)
{
	(void)state;
	chip_pull(CHIP_OK, true);
	step(CHIP_CALL);
	assert_int_equal(floor_.screen.view.state, ST_PAUSED);
	floor_.world.wait(&floor_.world,
	                  HAL_SEC(1)); /* at once it would be one read with the first */
	floor_.world.scan(&floor_.world, "PS-BADGE-packer-03");
	assert_true(floor_wait_for(&floor_, ST_IDLE));
	pack_through(NULL, 0);
}

static void a_parcel_is_printed_through_the_kernels_own_printer_driver(void **state)
{
	(void)state;
	pack_through(NULL, 0);
}

#define FLOOR_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
#define USBLP_TEST(test) cmocka_unit_test_setup_teardown(test, set_up_usblp, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FLOOR_TEST(a_printer_that_takes_nothing_for_a_while_prints_once),
		FLOOR_TEST(a_stall_in_mid_label_neither_loses_nor_doubles_it),
		FLOOR_TEST(a_head_opened_while_it_prints_costs_no_second_label),
		FLOOR_TEST(a_paused_printer_prints_when_it_goes_on),
		FLOOR_TEST(a_printer_switched_off_within_a_label_prints_it_once_in_the_end),
		FLOOR_TEST(a_printer_that_falls_silent_is_not_taken_for_done),
		FLOOR_TEST(a_scale_that_falls_silent_is_missed_and_then_weighs),
		FLOOR_TEST(a_disturbed_scale_weighs_right),
		FLOOR_TEST(a_foot_switch_gives_its_command),
		USBLP_TEST(a_parcel_is_printed_through_the_kernels_own_printer_driver),
	};

	return cmocka_run_group_tests_name("kernel_faults", tests, NULL, NULL);
}
