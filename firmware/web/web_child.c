/* SPDX-License-Identifier: MIT */
#include "web_child.h"

#include <stdlib.h>
#include <string.h>

#define TEXT   "text/plain; charset=utf-8"
#define ROOM   (128u * 1024u)
#define ENOUGH (64u * 1024u) /* from here on the child waits */

/* Held by the request until it is answered, then by the response, at last by the child. */
struct running {
	struct web_task task;
	struct hal_child child;
	struct web *web;
	struct MHD_Connection *connection;
	uint8_t bytes[ROOM];
	size_t at, len; /* what the reader has not taken yet */
	int code;
	bool ended, paused;
	bool streaming; /* the response has it */
	bool waiting;   /* the reader sleeps until there is more */
	bool left;      /* nobody reads any longer */
	const char *type;
	char name[64];
};

static void wake_reader(struct running *running)
{
	if (!running->waiting)
		return;
	running->waiting = false;
	MHD_resume_connection(running->connection);
	hal_timer_start(running->web->env.loop, &running->web->soon, 1);
}

static void child_output(struct hal_child *child, const uint8_t *data, size_t len)
{
	struct running *running = hal_container_of(child, struct running, child);

	if (running->left)
		return;
	if (running->at + running->len + len > ROOM) {
		memmove(running->bytes, running->bytes + running->at, running->len);
		running->at = 0;
	}
	len = len <= ROOM - running->len ? len : ROOM - running->len;
	memcpy(running->bytes + running->at + running->len, data, len);
	running->len += len;
	if (running->len >= ENOUGH && !running->paused) {
		running->paused = true;
		hal_work_pause(running->web->env.work, child, true);
	}
	if (!running->task.ran)
		web_ready(&running->task);
	wake_reader(running);
}

static void child_ended(struct hal_child *child, int code)
{
	struct running *running = hal_container_of(child, struct running, child);

	running->ended = true;
	running->code = code;
	if (running->left) {
		free(running);
		return;
	}
	wake_reader(running);
	if (!running->task.ran)
		web_ready(&running->task);
}

/* Nobody reads: the child is ended, and takes the rest with it. */
static void leave(struct running *running)
{
	if (running->ended) {
		free(running);
		return;
	}
	running->left = true;
	if (running->paused)
		hal_work_pause(running->web->env.work, &running->child, false);
	hal_work_kill(running->web->env.work, &running->child);
}

static void drop(struct web_task *task)
{
	struct running *running = hal_container_of(task, struct running, task);

	if (!running->streaming)
		leave(running);
}

static void response_over(void *owner)
{
	leave(owner);
}

static ssize_t read_more(void *owner, uint64_t at, char *buffer, size_t max)
{
	struct running *running = owner;
	size_t len = running->len < max ? running->len : max;

	(void)at;
	if (len == 0 && running->ended)
		return running->code == 0 ? MHD_CONTENT_READER_END_OF_STREAM
		                          : MHD_CONTENT_READER_END_WITH_ERROR;
	if (len == 0) {
		running->waiting = true;
		MHD_suspend_connection(running->connection);
		return 0;
	}
	memcpy(buffer, running->bytes + running->at, len);
	running->at += len;
	running->len -= len;
	if (running->paused && running->len < ENOUGH / 2) {
		running->paused = false;
		hal_work_pause(running->web->env.work, &running->child, false);
	}
	return (ssize_t)len;
}

static void add_headers(const struct running *running, struct MHD_Response *response)
{
	char keep[96];

	MHD_add_response_header(response, "Content-Type", running->type);
	MHD_add_response_header(response, "Cache-Control", "no-store");
	if (!running->name[0])
		return;
	snprintf(keep, sizeof(keep), "attachment; filename=\"%s\"", running->name);
	MHD_add_response_header(response, "Content-Disposition", keep);
}

static enum MHD_Result answer(struct web_request *request, struct web_task *task)
{
	struct running *running = hal_container_of(task, struct running, task);
	struct MHD_Response *response;

	if (running->ended && running->len == 0)
		return web_answer(request,
		                  running->code == 1 ? MHD_HTTP_NOT_FOUND
		                                     : MHD_HTTP_INTERNAL_SERVER_ERROR,
		                  TEXT,
		                  running->code == 1 ? "There is nothing of that name.\n"
		                                     : "It cannot be made; see the log.\n");
	response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 32768, read_more, running,
	                                             response_over);
	if (!response)
		return MHD_NO;
	running->streaming = true;
	running->connection = request->connection;
	add_headers(running, response);
	return web_queue(request, MHD_HTTP_OK, response);
}

enum MHD_Result web_child_begin(struct web_request *request, const struct web_child_order *order)
{
	struct running *running = calloc(1, sizeof(*running));

	if (!running)
		return MHD_NO;
	running->task = (struct web_task){ .answer = answer, .drop = drop };
	running->web = request->web;
	running->type = order->type;
	memcpy(running->name, order->name, sizeof(running->name));
	running->child = (struct hal_child){ .output = child_output, .ended = child_ended };
	if (hal_work_spawn(request->web->env.work, &running->child, order->argv, order->input,
	                   strlen(order->input)) == HAL_OK)
		return web_sleep(request, &running->task);
	free(running);
	return web_answer(request, MHD_HTTP_SERVICE_UNAVAILABLE, TEXT,
	                  "Too much at once; try again in a moment.\n");
}
