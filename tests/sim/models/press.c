/* SPDX-License-Identifier: MIT */
#include "press.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define FULL_ROLL 500

bool press_is_hindered(const struct press *press)
{
	return press->paper_out || press->head_open || press->ribbon_out || press->paused ||
	       press->too_hot;
}

uint32_t press_left(const struct press *press)
{
	uint32_t left = 0;

	for (unsigned i = 0; i < press->queued; i++)
		left += press->queue[i].copies;
	return left;
}

/* How far the paper moves for a label: to the next gap, or the bitmap's length. */
static uint32_t travel(const struct press *press)
{
	return press->stock_dots ? press->stock_dots : press->queue[0].height_dots;
}

static int64_t time_for(const struct press *press, int64_t dots)
{
	int64_t us = dots * 1000000 / press->speed_dots_s;

	return us > 0 ? us : 1;
}

static void start(struct press *press)
{
	int64_t dots;

	if (press->moving || press->queued == 0 || press->label_waiting || press_is_hindered(press))
		return;
	dots = travel(press) < press->roll_dots ? travel(press) : press->roll_dots;
	press->moving = true;
	press->interrupted = false;
	press->since_us = hal_now_us(press->loop);
	hal_timer_start(press->loop, &press->motor, time_for(press, dots));
}

static void put_out(struct press *press, uint32_t printed_dots, bool whole)
{
	const struct press_page *page = &press->queue[0];
	struct paper_label label = {
		.bits = page->bits,
		.width_dots = page->width_dots,
		.height_dots = page->height_dots,
		.stride = page->stride,
		.printed_dots = printed_dots < page->height_dots ? printed_dots : page->height_dots,
		.at_us = hal_now_us(press->loop),
		.whole = whole,
	};

	paper_add(&press->paper, &label);
}

static void remember_last(struct press *press)
{
	const struct press_page *page = &press->queue[0];
	size_t len = (size_t)page->stride * page->height_dots;

	free(press->last.bits);
	press->last = *page;
	press->last.bits = malloc(len ? len : 1);
	assert(press->last.bits);
	memcpy(press->last.bits, page->bits, len);
}

static void drop_first(struct press *press)
{
	free(press->queue[0].bits);
	press->queued--;
	memmove(press->queue, press->queue + 1, press->queued * sizeof(press->queue[0]));
}

/* One copy less to do; the page goes with its last. */
static void count_down(struct press *press)
{
	if (--press->queue[0].copies > 0)
		return;
	drop_first(press);
	if (press->free_place)
		press->free_place(press->owner);
}

static void interrupt_label(struct press *press, int64_t moved_dots)
{
	press->moving = false;
	hal_timer_stop(press->loop, &press->motor);
	press->roll_dots -= moved_dots;
	put_out(press, (uint32_t)moved_dots, false);
	press->interrupted = press->prints_again;
	if (!press->prints_again)
		count_down(press);
}

static void finish_label(struct press *press)
{
	press->moving = false;
	press->roll_dots -= travel(press);
	press->label_waiting = press->peels;
	if (press->roll_dots <= 0)
		press->paper_out = true;
	if (press->repeats_last)
		remember_last(press);
	put_out(press, press->queue[0].height_dots, true);
	count_down(press);
}

static void on_motor(struct hal_timer *timer)
{
	struct press *press = hal_container_of(timer, struct press, motor);

	if (press->roll_dots < travel(press)) {
		press->paper_out = true;
		interrupt_label(press, press->roll_dots);
	} else {
		finish_label(press);
	}
	start(press);
}

void press_init(struct press *press, struct hal_loop *loop)
{
	*press = (struct press){
		.loop = loop,
		.motor.fire = on_motor,
		.speed_dots_s = 6 * 203,
		.stock_dots = 1225,
		.roll_dots = (int64_t)FULL_ROLL * 1225,
		.prints_again = true,
	};
	paper_init(&press->paper);
}

void press_finish(struct press *press)
{
	hal_timer_stop(press->loop, &press->motor);
	while (press->queued > 0)
		drop_first(press);
	free(press->last.bits);
	press->last.bits = NULL;
	paper_finish(&press->paper);
}

void press_push(struct press *press, const struct press_page *page)
{
	assert(press->queued < PRESS_QUEUE);
	press->queue[press->queued++] = *page;
	start(press);
}

void press_cancel(struct press *press, bool keep_interrupted)
{
	unsigned keep = press->moving || (press->interrupted && keep_interrupted) ? 1 : 0;

	while (press->queued > keep) {
		free(press->queue[press->queued - 1].bits);
		press->queued--;
	}
	if (keep)
		press->queue[0].copies = 1;
	else
		press->interrupted = false;
}

static int64_t moved_dots(const struct press *press)
{
	int64_t us = hal_now_us(press->loop) - press->since_us;

	return us * press->speed_dots_s / 1000000;
}

void press_power_off(struct press *press)
{
	if (press->moving)
		interrupt_label(press, moved_dots(press));
	press->interrupted = false;
	press->paused = false;
	press_cancel(press, false);
}

static void go_on(struct press *press)
{
	if (press->pauses_after_error && press->queued > 0)
		press->paused = true;
	start(press);
}

static void repeat_last(struct press *press)
{
	struct press_page page = press->last;

	if (!press->repeats_last || !page.bits || press->queued > 0)
		return;
	press->last.bits = NULL;
	page.copies = 1;
	press_push(press, &page);
}

void press_load_paper(struct press *press, uint32_t labels, uint32_t stock_dots)
{
	bool was_out = press->paper_out;

	press->stock_dots = stock_dots;
	press->roll_dots = (int64_t)labels * (stock_dots ? stock_dots : 1200);
	press->paper_out = press->roll_dots == 0;
	if (was_out && !press->paper_out)
		repeat_last(press);
	go_on(press);
}

void press_leave_paper(struct press *press, int64_t dots)
{
	press->roll_dots = dots;
	press->paper_out = dots == 0;
}

void press_open_head(struct press *press)
{
	press->head_open = true;
	if (press->moving)
		interrupt_label(press, moved_dots(press));
}

void press_close_head(struct press *press)
{
	press->head_open = false;
	go_on(press);
}

/* Takes effect behind the label under the head. */
void press_pause(struct press *press)
{
	press->paused = true;
}

void press_key(struct press *press)
{
	press->paused = false;
	start(press);
}

void press_set_ribbon(struct press *press, bool out)
{
	press->ribbon_out = out;
	if (out && press->moving)
		interrupt_label(press, moved_dots(press));
	else
		go_on(press);
}

void press_take_label(struct press *press)
{
	press->label_waiting = false;
	start(press);
}
