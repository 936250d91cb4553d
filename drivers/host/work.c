/* SPDX-License-Identifier: MIT */
#include "host/work.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "host/children.h"

struct jobs {
	struct hal_job *first;
	struct hal_job **last;
};

struct queue {
	pthread_t thread;
	pthread_cond_t wake;
	struct jobs waiting;
	struct work *work;
	struct hal_queue_figures figures;
	bool started;
};

struct work {
	struct hal_work base;
	struct hal_loop *loop;
	struct hal_watch back; /* on the eventfd that says: something is done */
	pthread_mutex_t lock;  /* guards all jobs lists, figures and closing */
	struct jobs done;
	bool closing;
	struct queue queues[HAL_QUEUE_COUNT];
	struct children children;
};

static const char *const thread_names[HAL_QUEUE_COUNT] = {
	[HAL_QUEUE_JOURNAL] = "journal",
	[HAL_QUEUE_CLERK] = "clerk",
};

static struct work *work_from_base(struct hal_work *base)
{
	return hal_container_of(base, struct work, base);
}

static int64_t monotonic_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return HAL_SEC(now.tv_sec) + now.tv_nsec / 1000;
}

static void jobs_init(struct jobs *jobs)
{
	jobs->first = NULL;
	jobs->last = &jobs->first;
}

static void jobs_push(struct jobs *jobs, struct hal_job *job)
{
	job->next = NULL;
	*jobs->last = job;
	jobs->last = &job->next;
}

static struct hal_job *jobs_pop(struct jobs *jobs)
{
	struct hal_job *job = jobs->first;

	if (!job)
		return NULL;
	jobs->first = job->next;
	if (!jobs->first)
		jobs->last = &jobs->first;
	return job;
}

/* The next job, or NULL when the thread is to end.  Called and returns with the lock held. */
static struct hal_job *wait_for_job(struct queue *queue)
{
	while (!queue->waiting.first && !queue->work->closing)
		pthread_cond_wait(&queue->wake, &queue->work->lock);
	return jobs_pop(&queue->waiting);
}

static void *run_queue(void *argument)
{
	struct queue *queue = argument;
	struct work *work = queue->work;
	struct hal_job *job;

	pthread_mutex_lock(&work->lock);
	while ((job = wait_for_job(queue))) {
		int64_t start_us;

		pthread_mutex_unlock(&work->lock);
		start_us = monotonic_us();
		job->run(job);
		job->ran_us = monotonic_us() - start_us;
		pthread_mutex_lock(&work->lock);
		hal_queue_count(&queue->figures, job);
		jobs_push(&work->done, job);
		eventfd_write(work->back.fd, 1);
	}
	pthread_mutex_unlock(&work->lock);
	return NULL;
}

static void finish_done(struct work *work)
{
	struct jobs done;
	struct hal_job *job;

	pthread_mutex_lock(&work->lock);
	done = work->done;
	if (!done.first)
		done.last = &done.first;
	jobs_init(&work->done);
	pthread_mutex_unlock(&work->lock);
	while ((job = jobs_pop(&done))) {
		job->pending = false;
		job->done(job);
	}
}

static void on_back(struct hal_watch *watch, unsigned what)
{
	eventfd_t count;

	(void)what;
	eventfd_read(watch->fd, &count);
	finish_done(hal_container_of(watch, struct work, back));
}

static enum hal_status work_submit(struct hal_work *base, enum hal_queue which, struct hal_job *job)
{
	struct work *work = work_from_base(base);
	struct queue *queue = &work->queues[which];
	bool closing;

	if (job->pending)
		return HAL_E_BUSY;
	pthread_mutex_lock(&work->lock);
	closing = work->closing;
	if (!closing) {
		job->pending = true;
		jobs_push(&queue->waiting, job);
		queue->figures.depth++;
		pthread_cond_signal(&queue->wake);
	}
	pthread_mutex_unlock(&work->lock);
	return closing ? HAL_E_SYSTEM : HAL_OK;
}

static enum hal_status work_spawn(struct hal_work *base, struct hal_child *child,
                                  const char *const *argv, const void *input, size_t input_len)
{
	struct work *work = work_from_base(base);

	/* closing is written by this thread only */
	return work->closing ? HAL_E_SYSTEM
	                     : children_spawn(&work->children, child, argv, input, input_len);
}

static void work_pause(struct hal_work *base, struct hal_child *child, bool paused)
{
	children_pause(&work_from_base(base)->children, child, paused);
}

static void work_kill(struct hal_work *base, struct hal_child *child)
{
	children_kill(&work_from_base(base)->children, child);
}

static struct hal_queue_figures work_figures(struct hal_work *base, enum hal_queue which)
{
	struct work *work = work_from_base(base);
	struct hal_queue_figures figures;

	pthread_mutex_lock(&work->lock);
	figures = work->queues[which].figures;
	pthread_mutex_unlock(&work->lock);
	return figures;
}

static const struct hal_work_ops work_ops = {
	.submit = work_submit,
	.spawn = work_spawn,
	.pause = work_pause,
	.kill = work_kill,
	.figures = work_figures,
};

/* Signals are the loop's: a thread that took one would take it from there. */
static int start_thread(struct queue *queue, const char *name)
{
	sigset_t all, before;
	int failed;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&queue->thread, NULL, run_queue, queue);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed)
		return failed;
	queue->started = true;
	pthread_setname_np(queue->thread, name);
	return 0;
}

static int start_queues(struct work *work)
{
	int failed = 0;

	for (int i = 0; i < HAL_QUEUE_COUNT && !failed; i++)
		failed = start_thread(&work->queues[i], thread_names[i]);
	return failed;
}

static void init(struct work *work, struct hal_loop *loop)
{
	work->base.ops = &work_ops;
	work->loop = loop;
	work->back = (struct hal_watch){
		.ready = on_back, .fd = -1, .wanted = HAL_READ, .priority = HAL_PRIORITY_WORK
	};
	pthread_mutex_init(&work->lock, NULL);
	jobs_init(&work->done);
	for (int i = 0; i < HAL_QUEUE_COUNT; i++) {
		work->queues[i].work = work;
		jobs_init(&work->queues[i].waiting);
		pthread_cond_init(&work->queues[i].wake, NULL);
	}
	children_init(&work->children, loop);
}

enum hal_status work_open(struct hal_loop *loop, struct work **ret_work,
                          struct hal_fault *reterr_fault)
{
	struct work *work = calloc(1, sizeof(*work));

	if (!work) {
		hal_fault_set(reterr_fault, "work: %s", strerror(ENOMEM));
		return HAL_E_SYSTEM;
	}
	init(work, loop);
	work->back.fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (work->back.fd < 0 || hal_watch_start(loop, &work->back) != HAL_OK ||
	    start_queues(work) != 0) {
		hal_fault_set(reterr_fault, "work: threads cannot be started");
		work_close(work);
		return HAL_E_SYSTEM;
	}
	*ret_work = work;
	return HAL_OK;
}

static void stop_queues(struct work *work)
{
	pthread_mutex_lock(&work->lock);
	work->closing = true;
	for (int i = 0; i < HAL_QUEUE_COUNT; i++)
		pthread_cond_signal(&work->queues[i].wake);
	pthread_mutex_unlock(&work->lock);
	for (int i = 0; i < HAL_QUEUE_COUNT; i++) {
		if (work->queues[i].started)
			pthread_join(work->queues[i].thread, NULL);
		work->queues[i].started = false;
	}
}

void work_stop(struct work *work)
{
	stop_queues(work);
	finish_done(work);
	children_finish(&work->children);
}

void work_close(struct work *work)
{
	if (!work)
		return;
	work_stop(work);
	if (work->back.fd >= 0) {
		hal_watch_stop(work->loop, &work->back);
		close(work->back.fd);
	}
	for (int i = 0; i < HAL_QUEUE_COUNT; i++)
		pthread_cond_destroy(&work->queues[i].wake);
	pthread_mutex_destroy(&work->lock);
	free(work);
}

struct hal_work *work_base(struct work *work)
{
	return &work->base;
}
