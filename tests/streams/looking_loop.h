/* SPDX-License-Identifier: MIT */
/*
 * looking_loop.h - a loop that looks at descriptors which cannot be waited for
 *
 * umockdev's USB nodes are plain files: epoll refuses them, and poll calls them
 * always ready.  This loop passes everything on to a real one, but looks at such
 * a descriptor every millisecond instead.  A real usbfs descriptor needs none of
 * it; that the loop sleeps between its events is proved on a real kernel.
 */
#ifndef TESTS_STREAMS_LOOKING_LOOP_H
#define TESTS_STREAMS_LOOKING_LOOP_H

#include <assert.h>
#include <stdbool.h>

#include "hal_loop.h"

#define LOOKS_MAX 8

struct look {
	struct hal_timer timer;
	struct hal_watch *watch; /* NULL: free */
	struct hal_loop *real;
};

struct looking_loop {
	struct hal_loop base;
	struct hal_loop *real;
	struct look looks[LOOKS_MAX];
};

static inline struct looking_loop *looking_from_base(struct hal_loop *base)
{
	return hal_container_of(base, struct looking_loop, base);
}

static inline void look(struct hal_timer *timer)
{
	struct look *look = hal_container_of(timer, struct look, timer);

	hal_timer_start(look->real, timer, HAL_MS(1));
	look->watch->ready(look->watch, look->watch->wanted);
}

static inline int64_t looking_now_us(struct hal_loop *base)
{
	return hal_now_us(looking_from_base(base)->real);
}

static inline void looking_timer_start(struct hal_loop *base, struct hal_timer *timer,
                                       int64_t delay_us)
{
	hal_timer_start(looking_from_base(base)->real, timer, delay_us);
}

static inline void looking_timer_stop(struct hal_loop *base, struct hal_timer *timer)
{
	hal_timer_stop(looking_from_base(base)->real, timer);
}

static inline void looking_watch_stop(struct hal_loop *base, struct hal_watch *watch)
{
	struct looking_loop *loop = looking_from_base(base);

	hal_watch_stop(loop->real, watch);
	for (int i = 0; i < LOOKS_MAX; i++)
		if (loop->looks[i].watch == watch) {
			hal_timer_stop(loop->real, &loop->looks[i].timer);
			loop->looks[i].watch = NULL;
		}
}

static inline enum hal_status looking_watch_start(struct hal_loop *base, struct hal_watch *watch)
{
	struct looking_loop *loop = looking_from_base(base);
	enum hal_status status = hal_watch_start(loop->real, watch);

	for (int i = 0; i < LOOKS_MAX && status == HAL_E_ARG; i++)
		if (!loop->looks[i].watch) {
			loop->looks[i] = (struct look){ { .fire = look }, watch, loop->real };
			hal_timer_start(loop->real, &loop->looks[i].timer, HAL_MS(1));
			status = HAL_OK;
		}
	return status;
}

static inline struct hal_loop_figures looking_figures(const struct hal_loop *base)
{
	return hal_loop_figures(hal_container_of(base, const struct looking_loop, base)->real);
}

static const struct hal_loop_ops looking_ops = {
	.now_us = looking_now_us,
	.timer_start = looking_timer_start,
	.timer_stop = looking_timer_stop,
	.watch_start = looking_watch_start,
	.watch_stop = looking_watch_stop,
	.figures = looking_figures,
};

static inline void looking_init(struct looking_loop *loop, struct hal_loop *real)
{
	*loop = (struct looking_loop){ .base.ops = &looking_ops, .real = real };
}

#endif /* TESTS_STREAMS_LOOKING_LOOP_H */
