/* SPDX-License-Identifier: MIT */
#include "vloop.h"

#include <assert.h>
#include <poll.h>

#define WATCHES_MAX 128

static struct vloop *vloop_from_loop(struct hal_loop *loop)
{
	return hal_container_of(loop, struct vloop, base);
}

static int64_t vloop_now_us(struct hal_loop *loop)
{
	return vloop_from_loop(loop)->now_us;
}

static void vloop_timer_stop(struct hal_loop *loop, struct hal_timer *timer)
{
	for (struct hal_timer **at = &vloop_from_loop(loop)->timers; *at; at = &(*at)->next)
		if (*at == timer) {
			*at = timer->next;
			return;
		}
}

static void vloop_timer_start(struct hal_loop *loop, struct hal_timer *timer, int64_t delay_us)
{
	struct vloop *vloop = vloop_from_loop(loop);
	struct hal_timer **at = &vloop->timers;

	assert(delay_us > 0); /* a zero delay is how simulated time gets stuck */
	vloop_timer_stop(loop, timer);
	timer->due_us = vloop->now_us + delay_us;
	while (*at && (*at)->due_us <= timer->due_us)
		at = &(*at)->next;
	timer->next = *at;
	*at = timer;
}

static void vloop_watch_stop(struct hal_loop *loop, struct hal_watch *watch)
{
	for (struct hal_watch **at = &vloop_from_loop(loop)->watches; *at; at = &(*at)->next)
		if (*at == watch) {
			*at = watch->next;
			return;
		}
}

static enum hal_status vloop_watch_start(struct hal_loop *loop, struct hal_watch *watch)
{
	struct vloop *vloop = vloop_from_loop(loop);

	vloop_watch_stop(loop, watch);
	watch->next = vloop->watches;
	vloop->watches = watch;
	return HAL_OK;
}

/* Virtual time stands still while a callback runs. */
static struct hal_loop_figures vloop_figures(const struct hal_loop *loop)
{
	(void)loop;
	return (struct hal_loop_figures){ 0 };
}

static const struct hal_loop_ops vloop_ops = {
	.now_us = vloop_now_us,
	.timer_start = vloop_timer_start,
	.timer_stop = vloop_timer_stop,
	.watch_start = vloop_watch_start,
	.watch_stop = vloop_watch_stop,
	.figures = vloop_figures,
};

void vloop_init(struct vloop *vloop)
{
	*vloop = (struct vloop){ .base.ops = &vloop_ops };
}

static bool is_watched(const struct vloop *vloop, const struct hal_watch *watch)
{
	for (const struct hal_watch *at = vloop->watches; at; at = at->next)
		if (at == watch)
			return true;
	return false;
}

static unsigned to_bits(short revents)
{
	return ((revents & POLLIN) ? HAL_READ : 0u) | ((revents & POLLOUT) ? HAL_WRITE : 0u) |
	       ((revents & (POLLHUP | POLLERR | POLLNVAL)) ? HAL_HUP : 0u);
}

/* One poll over all watches; true when something was served. */
static bool serve_once(struct vloop *vloop, int wait_ms)
{
	struct pollfd fds[WATCHES_MAX];
	struct hal_watch *watches[WATCHES_MAX];
	nfds_t count = 0;
	bool served = false;

	for (struct hal_watch *at = vloop->watches; at; at = at->next) {
		assert(count < WATCHES_MAX);
		watches[count] = at;
		fds[count++] = (struct pollfd){
			.fd = at->fd,
			.events = (short)(((at->wanted & HAL_READ) ? POLLIN : 0) |
			                  ((at->wanted & HAL_WRITE) ? POLLOUT : 0)),
		};
	}
	if (count == 0 || poll(fds, count, wait_ms) <= 0)
		return false;
	for (nfds_t i = 0; i < count; i++)
		if (fds[i].revents && is_watched(vloop, watches[i])) {
			watches[i]->ready(watches[i], to_bits(fds[i].revents));
			vloop->fired++;
			served = true;
		}
	return served;
}

void vloop_drain(struct vloop *vloop, int wait_ms)
{
	while (serve_once(vloop, wait_ms))
		wait_ms = 0;
}

static void fire_first(struct vloop *vloop)
{
	struct hal_timer *timer = vloop->timers;

	vloop->timers = timer->next;
	vloop->now_us = timer->due_us;
	vloop->fired++;
	timer->fire(timer);
	vloop_drain(vloop, 0);
}

bool vloop_step(struct vloop *vloop)
{
	vloop_drain(vloop, 0);
	if (!vloop->timers)
		return false;
	fire_first(vloop);
	return true;
}

void vloop_run(struct vloop *vloop, int64_t span_us)
{
	int64_t end_us = vloop->now_us + span_us;

	vloop_drain(vloop, 0);
	while (vloop->timers && vloop->timers->due_us <= end_us)
		fire_first(vloop);
	vloop->now_us = end_us;
}
