/* SPDX-License-Identifier: MIT */
/*
 * loop_sdevent.h - the event loop of a real board, on systemd's sd-event
 *
 * Implements hal_loop.h.  Timers are kept in one list here and share one
 * sd-event source, so starting and stopping them allocates nothing; a timer may
 * be late by its accuracy only where that saves a wake-up.  With nothing to do
 * the loop sleeps in epoll and wakes for nobody.  It also takes the daemon's
 * signals and tells the service manager how it is, where there is one.
 *
 * Ownership:  open() hands the caller a loop to close exactly once, after
 *             everything that was opened on it.
 * Errors:     a timer that feeds itself without delay ends run() with words.
 * Threads:    the one that opened it.
 * Source:     sd-event(3), sd_notify(3), systemd 252.
 */
#ifndef DRIVERS_HOST_LOOP_SDEVENT_H
#define DRIVERS_HOST_LOOP_SDEVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "hal_loop.h"

struct loop_sdevent;

struct loop_sdevent_signals {
	void (*terminate)(void *owner); /* SIGTERM, SIGINT */
	void (*reload)(void *owner);    /* SIGHUP */
};

HAL_MUST_USE enum hal_status loop_sdevent_open(struct loop_sdevent **ret_loop,
                                               struct hal_fault *reterr_fault);
void loop_sdevent_close(struct loop_sdevent *loop);

struct hal_loop *loop_sdevent_base(struct loop_sdevent *loop);

/*
 * From now on SIGTERM, SIGINT and SIGHUP come here, and SIGPIPE is ignored.  To be
 * called before any other thread starts: threads inherit the blocked signals.
 * signals is borrowed.
 */
HAL_MUST_USE enum hal_status loop_sdevent_signals(struct loop_sdevent *loop,
                                                  const struct loop_sdevent_signals *signals,
                                                  void *owner);

/*
 * Tells the service manager that the station is ready, and from then on feeds
 * its watchdog from the loop.  Without NOTIFY_SOCKET nothing happens.
 */
void loop_sdevent_ready(struct loop_sdevent *loop);

/* One line for `systemctl status`. */
void loop_sdevent_status(struct loop_sdevent *loop, const char *text);

/* Runs until loop_sdevent_exit(); *ret_code is its code. */
HAL_MUST_USE enum hal_status loop_sdevent_run(struct loop_sdevent *loop, int *ret_code,
                                              struct hal_fault *reterr_fault);
void loop_sdevent_exit(struct loop_sdevent *loop, int code);

/* One turn, for tools: waits for an event up to wait_us; false when none came. */
bool loop_sdevent_turn(struct loop_sdevent *loop, int64_t wait_us);

static inline struct hal_loop_figures loop_sdevent_figures(struct loop_sdevent *loop)
{
	return hal_loop_figures(loop_sdevent_base(loop));
}

#endif /* DRIVERS_HOST_LOOP_SDEVENT_H */
