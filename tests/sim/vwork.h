/* SPDX-License-Identifier: MIT */
/*
 * vwork.h - jobs on virtual time
 *
 * Implements hal_work.h.  A job runs at once, on the test's own thread, and is
 * told done after a virtual delay: a slow disk is a number.  Jobs of one queue
 * complete in order, as on a real thread.  Children are real processes whose
 * whole output is read before the clock moves on.
 */
#ifndef TESTS_SIM_VWORK_H
#define TESTS_SIM_VWORK_H

#include <stdbool.h>

#include "hal_loop.h"
#include "hal_work.h"

struct vwork_queue {
	struct hal_job *first; /* in order of submission */
	struct hal_timer due;
	int64_t delay_us;    /* virtual time a job of this queue takes; a test may change it */
	unsigned submitted;  /* jobs so far */
	unsigned swallow_at; /* from this one on none is told done; 0: never */
	bool swallow_run;    /* but that one runs */
	struct vwork *work;
	struct hal_queue_figures figures;
};

struct vwork {
	struct hal_work base;
	struct hal_loop *loop;
	struct vwork_queue queues[HAL_QUEUE_COUNT];
};

void vwork_init(struct vwork *vwork, struct hal_loop *loop);

/* What becomes of the job that the power cut meets. */
enum vwork_cut {
	VWORK_BEFORE, /* it never runs */
	VWORK_AFTER,  /* it runs, and nobody hears of it */
};

/* From the k-th job of the queue from now on (1: the next) the world stands still. */
void vwork_swallow(struct vwork *vwork, enum hal_queue which, unsigned k, enum vwork_cut cut);
/* Has it come to that? */
bool vwork_has_swallowed(const struct vwork *vwork, enum hal_queue which);

/* Power cut: what is on its way is never told done. */
void vwork_forget(struct vwork *vwork);

#endif /* TESTS_SIM_VWORK_H */
