/* SPDX-License-Identifier: MIT */
#include "vwork.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

struct vchild {
	struct hal_child *child;
	struct hal_loop *loop;
	struct hal_timer end;
	int code;
};

static struct vwork *vwork_from_work(struct hal_work *work)
{
	return hal_container_of(work, struct vwork, base);
}

static void on_due(struct hal_timer *timer)
{
	struct vwork_queue *queue = hal_container_of(timer, struct vwork_queue, due);
	struct hal_job *job = queue->first;

	queue->first = job->next;
	job->pending = false;
	hal_queue_count(&queue->figures, job);
	if (queue->first)
		hal_timer_start(queue->work->loop, &queue->due, queue->delay_us);
	job->done(job);
}

static enum hal_status vwork_submit(struct hal_work *work, enum hal_queue which,
                                    struct hal_job *job)
{
	struct vwork *vwork = vwork_from_work(work);
	struct vwork_queue *queue = &vwork->queues[which];
	struct hal_job **at = &queue->first;

	if (job->pending)
		return HAL_E_BUSY;
	queue->submitted++;
	if (queue->swallow_at && queue->submitted >= queue->swallow_at) {
		if (queue->submitted == queue->swallow_at && queue->swallow_run)
			job->run(job);
		job->pending = true;
		return HAL_OK;
	}
	job->run(job);
	job->ran_us = queue->delay_us;
	job->next = NULL;
	job->pending = true;
	queue->figures.depth++;
	if (!queue->first)
		hal_timer_start(vwork->loop, &queue->due, queue->delay_us);
	while (*at)
		at = &(*at)->next;
	*at = job;
	return HAL_OK;
}

static void on_end(struct hal_timer *timer)
{
	struct vchild *vchild = hal_container_of(timer, struct vchild, end);
	struct hal_child *child = vchild->child;
	int code = vchild->code;

	child->handle = NULL;
	free(vchild);
	child->ended(child, code);
}

/* Input goes through a file, so that neither side can wait for the other. */
static int open_input(const void *input, size_t len)
{
	FILE *file = tmpfile();
	int fd;

	if (!file)
		return -1;
	if (fwrite(input, 1, len, file) != len || fflush(file) != 0)
		fd = -1;
	else
		fd = dup(fileno(file));
	fclose(file);
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

static int read_all(struct hal_child *child, int fd)
{
	uint8_t piece[16384];
	ssize_t got;

	while ((got = read(fd, piece, sizeof(piece))) > 0)
		if (child->output)
			child->output(child, piece, (size_t)got);
	return close(fd);
}

static int exit_code(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static enum hal_status run_child(struct hal_child *child, const char *const *argv, int input,
                                 int *ret_code)
{
	posix_spawn_file_actions_t actions;
	int ends[2];
	int status = 0;
	pid_t pid;
	int failed;

	if (pipe(ends) != 0)
		return HAL_E_SYSTEM;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, input, 0);
	posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
	posix_spawn_file_actions_addclose(&actions, ends[0]);
	failed =
		posix_spawn(&pid, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	if (failed) {
		close(ends[0]);
		return HAL_E_SYSTEM;
	}
	read_all(child, ends[0]);
	waitpid(pid, &status, 0);
	*ret_code = exit_code(status);
	return HAL_OK;
}

static enum hal_status vwork_spawn(struct hal_work *work, struct hal_child *child,
                                   const char *const *argv, const void *input, size_t input_len)
{
	struct vchild *vchild = calloc(1, sizeof(*vchild));
	int fd = open_input(input, input_len);
	enum hal_status status = HAL_E_SYSTEM;

	if (vchild && fd >= 0) {
		*vchild = (struct vchild){ .child = child, .loop = vwork_from_work(work)->loop };
		vchild->end.fire = on_end;
		status = run_child(child, argv, fd, &vchild->code);
	}
	if (fd >= 0)
		close(fd);
	if (status != HAL_OK) {
		free(vchild);
		return status;
	}
	child->handle = vchild;
	hal_timer_start(vchild->loop, &vchild->end, HAL_MS(1));
	return HAL_OK;
}

static void vwork_pause(struct hal_work *work, struct hal_child *child, bool paused)
{
	(void)work;
	(void)child;
	(void)paused;
}

static void vwork_kill(struct hal_work *work, struct hal_child *child)
{
	(void)work;
	(void)child;
}

static struct hal_queue_figures vwork_figures(struct hal_work *work, enum hal_queue which)
{
	return vwork_from_work(work)->queues[which].figures;
}

static const struct hal_work_ops vwork_ops = {
	.submit = vwork_submit,
	.spawn = vwork_spawn,
	.pause = vwork_pause,
	.kill = vwork_kill,
	.figures = vwork_figures,
};

void vwork_init(struct vwork *vwork, struct hal_loop *loop)
{
	*vwork = (struct vwork){ .base.ops = &vwork_ops, .loop = loop };
	for (int i = 0; i < HAL_QUEUE_COUNT; i++)
		vwork->queues[i] = (struct vwork_queue){
			.due.fire = on_due,
			.delay_us = HAL_MS(1),
			.work = vwork,
		};
}

void vwork_swallow(struct vwork *vwork, enum hal_queue which, unsigned k, enum vwork_cut cut)
{
	struct vwork_queue *queue = &vwork->queues[which];

	queue->swallow_at = queue->submitted + k;
	queue->swallow_run = cut == VWORK_AFTER;
}

bool vwork_has_swallowed(const struct vwork *vwork, enum hal_queue which)
{
	const struct vwork_queue *queue = &vwork->queues[which];

	return queue->swallow_at && queue->submitted >= queue->swallow_at;
}

void vwork_forget(struct vwork *vwork)
{
	for (int i = 0; i < HAL_QUEUE_COUNT; i++) {
		struct vwork_queue *queue = &vwork->queues[i];

		hal_timer_stop(vwork->loop, &queue->due);
		for (struct hal_job *job = queue->first; job; job = job->next)
			job->pending = false;
		queue->first = NULL;
		queue->swallow_at = 0;
	}
}
