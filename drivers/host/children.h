/* SPDX-License-Identifier: MIT */
/*
 * children.h - child processes whose output comes to the loop in pieces
 *
 * The second half of work.h: a fixed number of places, each with the read end of
 * the child's output and its pidfd.  A child has ended when the process is gone
 * and what it wrote has been read; a grandchild that keeps the pipe open does not
 * hold that up.
 *
 * Threads:    the loop's.
 */
#ifndef DRIVERS_HOST_CHILDREN_H
#define DRIVERS_HOST_CHILDREN_H

#include <stdbool.h>
#include <sys/types.h>

#include "hal_loop.h"
#include "host/work.h"

#define CHILD_PIECE 16384

struct children;

struct child_place {
	struct hal_watch output;  /* on the pipe; fd -1 once it is read to its end */
	struct hal_watch exit;    /* on the pidfd; fd -1 once it was reaped */
	struct hal_timer resumed; /* looks once more at a child that ended while paused */
	struct children *all;
	struct hal_child *child; /* NULL: the place is free */
	pid_t pid;
	int code;
	bool paused;
	bool killed;
};

struct children {
	struct hal_loop *loop;
	struct child_place places[WORK_CHILDREN_MAX];
	uint8_t piece[CHILD_PIECE];
};

void children_init(struct children *children, struct hal_loop *loop);
void children_finish(struct children *children);

HAL_MUST_USE enum hal_status children_spawn(struct children *children, struct hal_child *child,
                                            const char *const *argv, const void *input,
                                            size_t input_len);
void children_pause(struct children *children, struct hal_child *child, bool paused);
void children_kill(struct children *children, struct hal_child *child);

#endif /* DRIVERS_HOST_CHILDREN_H */
