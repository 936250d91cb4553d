/* SPDX-License-Identifier: MIT */
/*
 * vloop.h - an event loop on a virtual clock
 *
 * Implements hal_loop.h.  Time stands still until a test moves it; then every
 * timer fires in due order at exactly its due time, ties in starting order.
 * Real descriptors (a web server's, a child's pipe) may be watched too: the
 * clock stands still while they drain.
 */
#ifndef TESTS_SIM_VLOOP_H
#define TESTS_SIM_VLOOP_H

#include "hal_loop.h"

struct vloop {
	struct hal_loop base;
	struct hal_timer *timers; /* by due time */
	struct hal_watch *watches;
	int64_t now_us;
	uint64_t fired; /* timers and watches called since init: wake-ups, for idle tests */
};

void vloop_init(struct vloop *vloop);

/* Moves time forward by span_us, firing what falls due, new timers included. */
void vloop_run(struct vloop *vloop, int64_t span_us);

/* Fires everything up to and including the next due timer; false when there is none. */
bool vloop_step(struct vloop *vloop);

/* Serves ready descriptors without moving time; the first is waited for up to wait_ms, real. */
void vloop_drain(struct vloop *vloop, int wait_ms);

#endif /* TESTS_SIM_VLOOP_H */
