/* SPDX-License-Identifier: MIT */
#include "host/loop_sdevent.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>

#include <systemd/sd-daemon.h>
#include <systemd/sd-event.h>

#define DEFAULT_ACCURACY_US 1000

/*
 * So many timers in a row that were started by a timer with hardly any delay, and
 * nothing else in between, are one that feeds itself.  A web export also runs on
 * such timers, but never without its socket.
 */
#define TINY_DELAY_US 100
#define RUNAWAY_CHAIN 20000

/* sd-event serves lower numbers first; signals must not wait behind a babbling device. */
#define SIGNAL_PRIORITY (-100)

struct loop_sdevent {
	struct hal_loop base;
	sd_event *event;
	sd_event_source *alarm;   /* the one source all timers share */
	struct hal_timer *timers; /* by due time, ties in starting order */
	const struct loop_sdevent_signals *signals;
	void *signals_owner;
	struct hal_loop_figures figures;
	unsigned chain;       /* tiny delays in a row, for the runaway guard */
	bool firing, chained; /* chained: this turn made the chain longer */
	bool exiting;
	int code;
};

static struct loop_sdevent *loop_from_base(struct hal_loop *loop)
{
	return hal_container_of(loop, struct loop_sdevent, base);
}

static int64_t monotonic_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return HAL_SEC(now.tv_sec) + now.tv_nsec / 1000;
}

static int64_t loop_now_us(struct hal_loop *base)
{
	uint64_t now = 0;

	sd_event_now(loop_from_base(base)->event, CLOCK_MONOTONIC, &now);
	return (int64_t)now;
}

static int64_t accuracy_of(const struct hal_timer *timer)
{
	return timer->accuracy_us > 0 ? timer->accuracy_us : DEFAULT_ACCURACY_US;
}

/*
 * The last due time at which nobody is later than its accuracy: a timer alone
 * fires at its due time, several that may share a wake-up do.
 */
static int64_t wake_time(const struct hal_timer *first)
{
	int64_t latest = first->due_us + accuracy_of(first);
	int64_t wake = first->due_us;

	for (const struct hal_timer *at = first->next; at && at->due_us <= latest; at = at->next) {
		wake = at->due_us;
		if (at->due_us + accuracy_of(at) < latest)
			latest = at->due_us + accuracy_of(at);
	}
	return wake;
}

static void arm(struct loop_sdevent *loop)
{
	if (!loop->timers) {
		sd_event_source_set_enabled(loop->alarm, SD_EVENT_OFF);
		return;
	}
	sd_event_source_set_time(loop->alarm, (uint64_t)wake_time(loop->timers));
	sd_event_source_set_enabled(loop->alarm, SD_EVENT_ONESHOT);
}

static bool unlink_timer(struct loop_sdevent *loop, struct hal_timer *timer)
{
	for (struct hal_timer **at = &loop->timers; *at; at = &(*at)->next)
		if (*at == timer) {
			*at = timer->next;
			timer->next = NULL;
			return true;
		}
	return false;
}

static void link_timer(struct loop_sdevent *loop, struct hal_timer *timer)
{
	struct hal_timer **at = &loop->timers;

	while (*at && (*at)->due_us <= timer->due_us)
		at = &(*at)->next;
	timer->next = *at;
	*at = timer;
}

static void loop_timer_stop(struct hal_loop *base, struct hal_timer *timer)
{
	struct loop_sdevent *loop = loop_from_base(base);

	if (unlink_timer(loop, timer))
		arm(loop);
}

static void loop_timer_start(struct hal_loop *base, struct hal_timer *timer, int64_t delay_us)
{
	struct loop_sdevent *loop = loop_from_base(base);

	unlink_timer(loop, timer);
	if (loop->firing && delay_us < TINY_DELAY_US)
		loop->chain++;
	timer->due_us = loop_now_us(base) + (delay_us > 0 ? delay_us : 0);
	link_timer(loop, timer);
	arm(loop);
}

/* Each timer is unlinked before it is called, so a callback may start or stop any of them. */
static int on_alarm(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct loop_sdevent *loop = userdata;
	int64_t now_us = loop_now_us(&loop->base);
	unsigned chain = loop->chain;

	(void)source, (void)usec;
	loop->firing = true;
	while (loop->timers && loop->timers->due_us <= now_us && loop->chain <= RUNAWAY_CHAIN) {
		struct hal_timer *timer = loop->timers;

		loop->timers = timer->next;
		timer->next = NULL;
		timer->fire(timer);
	}
	loop->firing = false;
	loop->chained = loop->chain != chain;
	arm(loop);
	return 0;
}

static uint32_t to_epoll(unsigned wanted)
{
	return ((wanted & HAL_READ) ? (uint32_t)EPOLLIN : 0) |
	       ((wanted & HAL_WRITE) ? (uint32_t)EPOLLOUT : 0);
}

static unsigned from_epoll(uint32_t events)
{
	return ((events & EPOLLIN) ? HAL_READ : 0u) | ((events & EPOLLOUT) ? HAL_WRITE : 0u) |
	       ((events & (EPOLLHUP | EPOLLERR)) ? HAL_HUP : 0u);
}

static int on_ready(sd_event_source *source, int fd, uint32_t events, void *userdata)
{
	struct hal_watch *watch = userdata;

	(void)source, (void)fd;
	watch->ready(watch, from_epoll(events));
	return 0;
}

static void loop_watch_stop(struct hal_loop *base, struct hal_watch *watch)
{
	(void)base;
	watch->handle = sd_event_source_disable_unref(watch->handle);
}

static enum hal_status to_status(int failed)
{
	if (failed >= 0)
		return HAL_OK;
	return failed == -EPERM || failed == -EBADF ? HAL_E_ARG : HAL_E_SYSTEM;
}

static enum hal_status loop_watch_start(struct hal_loop *base, struct hal_watch *watch)
{
	sd_event_source *source = watch->handle;
	int failed;

	if (source && sd_event_source_get_io_fd(source) == watch->fd)
		return to_status(sd_event_source_set_io_events(source, to_epoll(watch->wanted)));
	loop_watch_stop(base, watch);
	failed = sd_event_add_io(loop_from_base(base)->event, &source, watch->fd,
	                         to_epoll(watch->wanted), on_ready, watch);
	if (failed < 0)
		return to_status(failed);
	sd_event_source_set_priority(source, (int64_t)watch->priority);
	watch->handle = source;
	return HAL_OK;
}

static struct hal_loop_figures base_figures(const struct hal_loop *base)
{
	return hal_container_of(base, const struct loop_sdevent, base)->figures;
}

static const struct hal_loop_ops loop_ops = {
	.now_us = loop_now_us,
	.timer_start = loop_timer_start,
	.timer_stop = loop_timer_stop,
	.watch_start = loop_watch_start,
	.watch_stop = loop_watch_stop,
	.figures = base_figures,
};

static int on_terminate(sd_event_source *source, const struct signalfd_siginfo *info,
                        void *userdata)
{
	struct loop_sdevent *loop = userdata;

	(void)source, (void)info;
	loop->signals->terminate(loop->signals_owner);
	return 0;
}

static int on_reload(sd_event_source *source, const struct signalfd_siginfo *info, void *userdata)
{
	struct loop_sdevent *loop = userdata;

	(void)source, (void)info;
	sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%lld", (long long)monotonic_us());
	loop->signals->reload(loop->signals_owner);
	sd_notify(0, "READY=1");
	return 0;
}

static int add_signal(struct loop_sdevent *loop, int number, sd_event_signal_handler_t handler)
{
	sd_event_source *source;
	int failed = sd_event_add_signal(loop->event, &source, number, handler, loop);

	if (failed < 0)
		return failed;
	sd_event_source_set_priority(source, SIGNAL_PRIORITY);
	failed = sd_event_source_set_floating(source, 1);
	sd_event_source_unref(source);
	return failed;
}

static void block_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

enum hal_status loop_sdevent_signals(struct loop_sdevent *loop,
                                     const struct loop_sdevent_signals *signals, void *owner)
{
	loop->signals = signals;
	loop->signals_owner = owner;
	block_signals();
	if (add_signal(loop, SIGTERM, on_terminate) < 0 ||
	    add_signal(loop, SIGINT, on_terminate) < 0 || add_signal(loop, SIGHUP, on_reload) < 0)
		return HAL_E_SYSTEM;
	return HAL_OK;
}

void loop_sdevent_ready(struct loop_sdevent *loop)
{
	sd_event_set_watchdog(loop->event, 1);
	sd_notify(0, "READY=1");
}

void loop_sdevent_status(struct loop_sdevent *loop, const char *text)
{
	(void)loop; /* one manager a process */
	sd_notifyf(0, "STATUS=%s", text);
}

/* sd-event serves one source a turn, so a turn is one callback (or one batch of timers). */
static void dispatch(struct loop_sdevent *loop)
{
	int64_t start_us = monotonic_us(), took_us;

	loop->chained = false;
	sd_event_dispatch(loop->event);
	if (!loop->chained)
		loop->chain = 0;
	took_us = monotonic_us() - start_us;
	loop->figures.turns++;
	loop->figures.slow_turns += took_us > HAL_SLOW_TURN_US;
	if (took_us > loop->figures.longest_turn_us)
		loop->figures.longest_turn_us = took_us;
}

static int turn(struct loop_sdevent *loop, uint64_t wait_us)
{
	int found = sd_event_prepare(loop->event);

	if (found == 0)
		found = sd_event_wait(loop->event, wait_us);
	if (found > 0)
		dispatch(loop);
	return found;
}

bool loop_sdevent_turn(struct loop_sdevent *loop, int64_t wait_us)
{
	return turn(loop, (uint64_t)wait_us) > 0;
}

enum hal_status loop_sdevent_run(struct loop_sdevent *loop, int *ret_code,
                                 struct hal_fault *reterr_fault)
{
	while (!loop->exiting && loop->chain <= RUNAWAY_CHAIN) {
		int failed = turn(loop, UINT64_MAX);

		if (failed < 0 && failed != -EINTR) {
			hal_fault_set(reterr_fault, "event loop: %s", strerror(-failed));
			return HAL_E_SYSTEM;
		}
	}
	sd_notify(0, "STOPPING=1");
	if (loop->chain > RUNAWAY_CHAIN) {
		hal_fault_set(reterr_fault,
		              "event loop: a timer feeds itself: %d times in a row without delay",
		              RUNAWAY_CHAIN);
		return HAL_E_SYSTEM;
	}
	loop->exiting = false;
	*ret_code = loop->code;
	return HAL_OK;
}

void loop_sdevent_exit(struct loop_sdevent *loop, int code)
{
	loop->exiting = true;
	loop->code = code;
}

static int open_event(struct loop_sdevent *loop)
{
	int failed = sd_event_new(&loop->event);

	if (failed < 0)
		return failed;
	failed =
		sd_event_add_time(loop->event, &loop->alarm, CLOCK_MONOTONIC, 0, 1, on_alarm, loop);
	if (failed < 0)
		return failed;
	return sd_event_source_set_enabled(loop->alarm, SD_EVENT_OFF);
}

enum hal_status loop_sdevent_open(struct loop_sdevent **ret_loop, struct hal_fault *reterr_fault)
{
	struct loop_sdevent *loop = calloc(1, sizeof(*loop));
	int failed = loop ? 0 : -ENOMEM;

	if (loop) {
		loop->base.ops = &loop_ops;
		failed = open_event(loop);
	}
	if (failed < 0) {
		hal_fault_set(reterr_fault, "event loop: %s", strerror(-failed));
		loop_sdevent_close(loop);
		return HAL_E_SYSTEM;
	}
	*ret_loop = loop;
	return HAL_OK;
}

void loop_sdevent_close(struct loop_sdevent *loop)
{
	if (!loop)
		return;
	sd_event_source_disable_unref(loop->alarm);
	sd_event_unref(loop->event);
	free(loop);
}

struct hal_loop *loop_sdevent_base(struct loop_sdevent *loop)
{
	return &loop->base;
}
