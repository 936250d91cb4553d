/* SPDX-License-Identifier: MIT */
#include "door.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "door_parts.h"

#define TAG         "door"
#define PATIENCE_US HAL_SEC(30)

static void accept_more(struct door *door);

static void forget(struct caller *caller)
{
	struct door *door = caller->door;

	hal_watch_stop(door->env.loop, &caller->watch);
	hal_timer_stop(door->env.loop, &caller->patience);
	if (caller->fd >= 0)
		close(caller->fd);
	if (caller->passed >= 0)
		close(caller->passed);
	if (caller->answer)
		fclose(caller->answer);
	json_decref(caller->request);
	caller->request = NULL;
	caller->answer = NULL;
	caller->fd = caller->passed = -1;
}

static void leave(struct caller *caller)
{
	struct door *door = caller->door;

	forget(caller);
	if (door->served-- == DOOR_CALLERS)
		accept_more(door);
}

static void wait_for(struct caller *caller, unsigned wanted)
{
	struct hal_loop *loop = caller->door->env.loop;

	caller->watch.wanted = wanted;
	hal_timer_start(loop, &caller->patience, PATIENCE_US);
	if (hal_watch_start(loop, &caller->watch) != HAL_OK)
		leave(caller);
}

static void on_patience(struct hal_timer *timer)
{
	leave(hal_container_of(timer, struct caller, patience));
}

/* ---- The answer ----------------------------------------------------------------------------- */

static bool refill(struct caller *caller)
{
	caller->out_at = 0;
	caller->out_len = fread(caller->out, 1, sizeof(caller->out), caller->answer);
	return caller->out_len > 0;
}

/* Only as fast as it is read: the rest of the answer waits in its file. */
static void send_on(struct caller *caller)
{
	while (caller->out_at < caller->out_len || refill(caller)) {
		ssize_t sent = send(caller->fd, caller->out + caller->out_at,
		                    caller->out_len - caller->out_at, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (sent > 0) {
			caller->out_at += (size_t)sent;
			continue;
		}
		if (errno == EAGAIN)
			wait_for(caller, HAL_WRITE);
		else
			leave(caller);
		return;
	}
	leave(caller);
}

void door_answered(struct caller *caller, int exit, const char *words, json_t *more)
{
	json_t *last = more ? more : json_object();

	json_object_set_new(last, "exit", json_integer(exit));
	if (words[0])
		json_object_set_new(last, "words", json_string(words));
	json_dumpf(last, caller->answer, JSON_COMPACT);
	putc('\n', caller->answer);
	json_decref(last);
	caller->out_len = caller->out_at = 0;
	if (fflush(caller->answer) != 0 || ferror(caller->answer)) {
		leave(caller);
		return;
	}
	rewind(caller->answer);
	send_on(caller);
}

/* ---- The request ---------------------------------------------------------------------------- */

static void take_descriptor(struct caller *caller, struct msghdr *message)
{
	const struct cmsghdr *header = CMSG_FIRSTHDR(message);
	int fd;

	if (!header || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS ||
	    header->cmsg_len < CMSG_LEN(sizeof(fd)))
		return;
	memcpy(&fd, CMSG_DATA(header), sizeof(fd));
	if (caller->passed >= 0)
		close(caller->passed);
	caller->passed = fd;
}

/* Room for one descriptor: the kernel closes what does not fit. */
static ssize_t receive(struct caller *caller)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))];
	struct iovec part = { caller->line + caller->len, sizeof(caller->line) - 1 - caller->len };
	struct msghdr message = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	ssize_t got = recvmsg(caller->fd, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);

	if (got > 0)
		take_descriptor(caller, &message);
	return got;
}

static void line_is_whole(struct caller *caller)
{
	struct door *door = caller->door;

	hal_watch_stop(door->env.loop, &caller->watch);
	hal_timer_stop(door->env.loop, &caller->patience);
	caller->answer = tmpfile();
	if (!caller->answer) {
		hal_log(door->env.log, HAL_LOG_ERROR, TAG, "no room for an answer: %s",
		        strerror(errno));
		leave(caller);
		return;
	}
	door_ask(caller);
}

static void read_on(struct caller *caller)
{
	ssize_t got = receive(caller);

	if (got < 0 && errno == EAGAIN)
		return;
	if (got <= 0) {
		leave(caller);
		return;
	}
	caller->len += (size_t)got;
	caller->line[caller->len] = '\0';
	if (memchr(caller->line, '\n', caller->len) || caller->len == sizeof(caller->line) - 1)
		line_is_whole(caller);
}

static void on_ready(struct hal_watch *watch, unsigned what)
{
	struct caller *caller = hal_container_of(watch, struct caller, watch);

	if (watch->wanted == HAL_WRITE)
		send_on(caller);
	else if (what & (HAL_READ | HAL_HUP))
		read_on(caller);
}

/* ---- Coming in ------------------------------------------------------------------------------ */

static void welcome(struct door *door, int fd)
{
	struct caller *caller = door->callers;

	while (caller->fd >= 0 || caller->job.pending)
		caller++;
	caller->fd = fd;
	caller->watch.fd = fd;
	caller->len = 0;
	door->served++;
	wait_for(caller, HAL_READ);
}

static void accept_more(struct door *door)
{
	int fd;

	while (door->served < DOOR_CALLERS &&
	       (fd = accept4(door->listening.fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0)
		welcome(door, fd);
	if (door->served == DOOR_CALLERS)
		hal_watch_stop(door->env.loop, &door->listening);
	else if (hal_watch_start(door->env.loop, &door->listening) != HAL_OK)
		hal_log(door->env.log, HAL_LOG_ERROR, TAG, "stationctl is not heard any more");
}

static void on_call(struct hal_watch *watch, unsigned what)
{
	(void)what;
	accept_more(hal_container_of(watch, struct door, listening));
}

bool door_path(const char *database, char *path, size_t size)
{
	int len = snprintf(path, size, "%s.socket", database);

	return len > 0 && (size_t)len < size &&
	       (size_t)len < sizeof(((struct sockaddr_un *)NULL)->sun_path);
}

/* Whoever holds the store's lock may take the place of a socket that was left behind. */
static bool listen_at(struct door *door)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	mode_t before;
	int bound;

	door->listening.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (door->listening.fd < 0)
		return false;
	memcpy(address.sun_path, door->path, sizeof(address.sun_path));
	unlink(door->path);
	before = umask(0177);
	bound = bind(door->listening.fd, (const struct sockaddr *)&address, sizeof(address));
	umask(before);
	return bound == 0 && listen(door->listening.fd, 8) == 0 &&
	       hal_watch_start(door->env.loop, &door->listening) == HAL_OK;
}

static void init(struct door *door, const struct door_env *env)
{
	door->env = *env;
	door->listening = (struct hal_watch){
		.ready = on_call, .fd = -1, .wanted = HAL_READ, .priority = HAL_PRIORITY_WEB
	};
	for (size_t i = 0; i < DOOR_CALLERS; i++)
		door->callers[i] = (struct caller){
			.door = door,
			.fd = -1,
			.passed = -1,
			.watch = { .ready = on_ready, .fd = -1, .priority = HAL_PRIORITY_WEB },
			.patience = { .fire = on_patience, .accuracy_us = HAL_SEC(1) },
		};
}

enum hal_status door_open(const struct door_env *env, struct door **ret_door,
                          struct hal_fault *reterr_fault)
{
	struct door *door = calloc(1, sizeof(*door));

	if (!door)
		return HAL_E_SYSTEM;
	init(door, env);
	if (door_path(env->database, door->path, sizeof(door->path)) && listen_at(door)) {
		*ret_door = door;
		return HAL_OK;
	}
	hal_fault_set(reterr_fault, "the socket %.120s.socket: %s", env->database,
	              door->listening.fd < 0 ? "its name is too long" : strerror(errno));
	door->path[0] = '\0';
	door_close(door);
	return HAL_E_SYSTEM;
}

void door_close(struct door *door)
{
	if (!door)
		return;
	for (size_t i = 0; i < DOOR_CALLERS; i++)
		forget(&door->callers[i]);
	if (door->listening.fd >= 0) {
		hal_watch_stop(door->env.loop, &door->listening);
		close(door->listening.fd);
		if (door->path[0])
			unlink(door->path);
	}
	free(door);
}
