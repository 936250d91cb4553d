/* SPDX-License-Identifier: MIT */
/*
 * hal_work.h - contract of work that may wait: jobs on two queues, and children
 *
 * The loop never waits for a disk and never burns time.  What may do either is
 * a job: run() is called on the queue's own thread, then done() on the loop.
 * Jobs of one queue run one after the other in the order they were submitted.
 * What would leave much memory behind (PDF, bulk import and export, PIN
 * hashes) is a child process, and its output comes back in pieces.
 *
 * Ownership:  a job is embedded in the object it serves, which must live until
 *             done() has been called; a submitted job cannot be taken back.
 * Errors:     HAL_E_BUSY from submit: the job is already on its way.
 * Threads:    submit and done() on the loop's thread; run() elsewhere, so it
 *             may touch only what its job carries or its queue owns.
 * Implementers: drivers/host/work.c (threads, posix_spawn) and
 *             tests/sim/vwork.c (runs at once, completes after a virtual delay).
 */
#ifndef HAL_WORK_H
#define HAL_WORK_H

#include <stddef.h>
#include <stdint.h>

#include "hal_status.h"

enum hal_queue {
	HAL_QUEUE_JOURNAL = 0, /* the only writer of the database */
	HAL_QUEUE_CLERK = 1,   /* page queries, rendering, USB recovery */
};
#define HAL_QUEUE_COUNT 2

struct hal_job {
	void (*run)(struct hal_job *job);  /* set by the owner */
	void (*done)(struct hal_job *job); /* set by the owner */
	int64_t ran_us;                    /* how long run() took; set before done() */
	struct hal_job *next;              /* owned by the work, like all below */
	bool pending;
};

struct hal_child {
	/* Output in pieces, borrowed until the call returns.  May be NULL. */
	void (*output)(struct hal_child *child, const uint8_t *data, size_t len);
	/* The child has ended and its output is read: exit code, or 128 + signal. */
	void (*ended)(struct hal_child *child, int code);
	void *handle; /* owned by the work */
};

/* How busy a queue has been since it was opened. */
struct hal_queue_figures {
	uint64_t jobs;      /* done */
	uint32_t depth;     /* submitted and not done, the running one among them */
	int64_t busy_us;    /* all jobs together */
	int64_t longest_us; /* one of them */
};

struct hal_work;

struct hal_work_ops {
	enum hal_status (*submit)(struct hal_work *work, enum hal_queue queue, struct hal_job *job);
	enum hal_status (*spawn)(struct hal_work *work, struct hal_child *child,
	                         const char *const *argv, const void *input, size_t input_len);
	void (*pause)(struct hal_work *work, struct hal_child *child, bool paused);
	void (*kill)(struct hal_work *work, struct hal_child *child);
	struct hal_queue_figures (*figures)(struct hal_work *work, enum hal_queue queue);
};

struct hal_work {
	const struct hal_work_ops *ops;
};

HAL_MUST_USE static inline enum hal_status
hal_work_submit(struct hal_work *work, enum hal_queue queue, struct hal_job *job)
{
	return work->ops->submit(work, queue, job);
}

/* Starts argv[0] (a path) with input on its stdin; input is copied. */
HAL_MUST_USE static inline enum hal_status hal_work_spawn(struct hal_work *work,
                                                          struct hal_child *child,
                                                          const char *const *argv,
                                                          const void *input, size_t input_len)
{
	return work->ops->spawn(work, child, argv, input, input_len);
}

/* Stops or resumes reading its output, so that a slow reader slows the child. */
static inline void hal_work_pause(struct hal_work *work, struct hal_child *child, bool paused)
{
	work->ops->pause(work, child, paused);
}

/* Ends the child; ended() still comes. */
static inline void hal_work_kill(struct hal_work *work, struct hal_child *child)
{
	work->ops->kill(work, child);
}

static inline struct hal_queue_figures hal_queue_figures(struct hal_work *work,
                                                         enum hal_queue queue)
{
	return work->ops->figures(work, queue);
}

/* For implementers: a job of the queue has run. */
static inline void hal_queue_count(struct hal_queue_figures *figures, const struct hal_job *job)
{
	figures->jobs++;
	figures->depth--;
	figures->busy_us += job->ran_us;
	if (job->ran_us > figures->longest_us)
		figures->longest_us = job->ran_us;
}

#endif /* HAL_WORK_H */
