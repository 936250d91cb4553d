/* SPDX-License-Identifier: MIT */
/*
 * work.h - jobs on two threads, and child processes, for a real board
 *
 * Implements hal_work.h.  Each queue has one thread that sleeps until there is a
 * job; what is done comes back through an eventfd, in the order it ended.
 * Children are watched through a pidfd, so no SIGCHLD is handled anywhere; their
 * input lies in memory, so that neither side ever waits for the other.
 *
 * Ownership:  open() hands the caller a work to close exactly once, before the
 *             loop.  close() runs every job that was submitted and calls its
 *             done(), takes no new ones, and kills the children without ended().
 * Errors:     submit while closing is HAL_E_SYSTEM; HAL_E_BUSY from spawn: as many
 *             children as there is room for are running.
 * Threads:    open, close and all of hal_work.h on the loop's.
 * Source:     posix_spawn(3), pidfd_open(2), memfd_create(2), eventfd(2).
 */
#ifndef DRIVERS_HOST_WORK_H
#define DRIVERS_HOST_WORK_H

#include "hal_loop.h"
#include "hal_work.h"

#define WORK_CHILDREN_MAX 8

struct work;

HAL_MUST_USE enum hal_status work_open(struct hal_loop *loop, struct work **ret_work,
                                       struct hal_fault *reterr_fault);
void work_close(struct work *work);

struct hal_work *work_base(struct work *work);

#endif /* DRIVERS_HOST_WORK_H */
