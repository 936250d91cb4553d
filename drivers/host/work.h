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
 *             loop.  stop() runs every job that was submitted and calls its
 *             done(), takes no new ones, and kills the children without ended();
 *             it stands for the end of everything that may wait, while those who
 *             submitted still live.  close() stops, and frees.
 * Errors:     submit after stop is HAL_E_SYSTEM; HAL_E_BUSY from spawn: as many
 *             children as there is room for are running.
 * Threads:    open, stop, close and all of hal_work.h on the loop's.
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
void work_stop(struct work *work);
void work_close(struct work *work);

struct hal_work *work_base(struct work *work);

#endif /* DRIVERS_HOST_WORK_H */
