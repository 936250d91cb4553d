/* SPDX-License-Identifier: MIT */
#include "host/children.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

/* A pipe holds 64 KiB; one piece more finds its end. */
#define PIECES_IN_A_PIPE (65536 / CHILD_PIECE + 1)

static void close_watch(struct child_place *place, struct hal_watch *watch)
{
	if (watch->fd < 0)
		return;
	hal_watch_stop(place->all->loop, watch);
	close(watch->fd);
	watch->fd = -1;
}

/* The place is free before the owner hears of it: it may spawn the next one at once. */
static void tell_end(struct child_place *place)
{
	struct hal_child *child = place->child;
	int code = place->code;

	hal_timer_stop(place->all->loop, &place->resumed);
	close_watch(place, &place->output);
	place->child = NULL;
	child->handle = NULL;
	child->ended(child, code);
}

/* False when there was nothing to read now. */
static bool read_piece(struct child_place *place)
{
	struct hal_child *child = place->child;
	ssize_t got = read(place->output.fd, place->all->piece, sizeof(place->all->piece));

	if (got < 0)
		return errno == EINTR;
	if (got == 0) {
		close_watch(place, &place->output);
		return false;
	}
	if (child->output && !place->killed)
		child->output(child, place->all->piece, (size_t)got);
	return true;
}

/* After its end all a child wrote lies in the pipe; only a pause may leave it there. */
static void finish_if_read(struct child_place *place)
{
	if (place->exit.fd >= 0)
		return;
	for (int i = 0; i < PIECES_IN_A_PIPE && place->output.fd >= 0 && !place->paused; i++)
		if (!read_piece(place))
			break;
	if (place->output.fd < 0 || !place->paused)
		tell_end(place);
}

static void on_output(struct hal_watch *watch, unsigned what)
{
	struct child_place *place = hal_container_of(watch, struct child_place, output);

	(void)what;
	read_piece(place);
	finish_if_read(place);
}

static void on_resumed(struct hal_timer *timer)
{
	finish_if_read(hal_container_of(timer, struct child_place, resumed));
}

static int exit_code(const siginfo_t *info)
{
	return info->si_code == CLD_EXITED ? info->si_status : 128 + info->si_status;
}

static void on_exit_of_child(struct hal_watch *watch, unsigned what)
{
	struct child_place *place = hal_container_of(watch, struct child_place, exit);
	siginfo_t info = { 0 };

	(void)what;
	if (waitid(P_PIDFD, (id_t)watch->fd, &info, WEXITED | WNOHANG) == 0 && info.si_pid == 0)
		return;
	place->code = exit_code(&info);
	close_watch(place, watch);
	finish_if_read(place);
}

void children_init(struct children *children, struct hal_loop *loop)
{
	children->loop = loop;
	for (int i = 0; i < WORK_CHILDREN_MAX; i++)
		children->places[i] = (struct child_place){
			.output = { .ready = on_output,
			            .fd = -1,
			            .wanted = HAL_READ,
			            .priority = HAL_PRIORITY_WORK },
			.exit = { .ready = on_exit_of_child,
			          .fd = -1,
			          .wanted = HAL_READ,
			          .priority = HAL_PRIORITY_WORK },
			.resumed.fire = on_resumed,
			.all = children,
		};
}

/* The group, so that what the child itself started goes too. */
static void kill_place(struct child_place *place)
{
	if (place->exit.fd >= 0)
		kill(-place->pid, SIGKILL);
}

void children_finish(struct children *children)
{
	for (int i = 0; i < WORK_CHILDREN_MAX; i++) {
		struct child_place *place = &children->places[i];
		struct hal_child *child = place->child;

		if (!child)
			continue;
		kill_place(place);
		if (place->exit.fd >= 0)
			waitid(P_PIDFD, (id_t)place->exit.fd, &(siginfo_t){ 0 }, WEXITED);
		close_watch(place, &place->exit);
		close_watch(place, &place->output);
		hal_timer_stop(children->loop, &place->resumed);
		child->handle = NULL;
		place->child = NULL;
		child->ended(child, 128 + SIGKILL);
	}
}

/* The whole input in memory: the child reads it like a file, at its own pace. */
static int open_input(const void *input, size_t len)
{
	int fd = memfd_create("input", MFD_CLOEXEC);
	size_t done = 0;

	while (fd >= 0 && done < len) {
		ssize_t put = write(fd, (const char *)input + done, len - done);

		if (put <= 0 && errno != EINTR) {
			close(fd);
			return -1;
		}
		done += put > 0 ? (size_t)put : 0;
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

static int start_process(pid_t *ret_pid, const char *const *argv, int input, int output)
{
	extern char **environ;
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, all;
	int failed;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
	                                              POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
	failed = posix_spawn(ret_pid, argv[0], &actions, &attributes,
	                     (char *const *)(uintptr_t)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return failed;
}

static struct child_place *find_free_place(struct children *children)
{
	for (int i = 0; i < WORK_CHILDREN_MAX; i++)
		if (!children->places[i].child)
			return &children->places[i];
	return NULL;
}

static enum hal_status watch_child(struct child_place *place)
{
	struct hal_loop *loop = place->all->loop;
	enum hal_status status = hal_watch_start(loop, &place->output);

	return status == HAL_OK ? hal_watch_start(loop, &place->exit) : status;
}

/* A process that cannot be watched is not left running. */
static enum hal_status adopt(struct child_place *place, pid_t pid, int output)
{
	place->pid = pid;
	place->paused = place->killed = false;
	place->output.fd = output;
	place->exit.fd = pidfd_open(pid, 0);
	if (place->exit.fd >= 0 && watch_child(place) == HAL_OK)
		return HAL_OK;
	kill(-pid, SIGKILL);
	waitpid(pid, NULL, 0);
	close_watch(place, &place->exit);
	close_watch(place, &place->output);
	return HAL_E_SYSTEM;
}

static enum hal_status start_at(struct child_place *place, const char *const *argv, int input)
{
	int ends[2];
	pid_t pid = 0;
	int failed;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return HAL_E_SYSTEM;
	failed = start_process(&pid, argv, input, ends[1]);
	close(ends[1]);
	if (failed) {
		close(ends[0]);
		return failed == ENOENT || failed == EACCES ? HAL_E_ARG : HAL_E_SYSTEM;
	}
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	return adopt(place, pid, ends[0]);
}

enum hal_status children_spawn(struct children *children, struct hal_child *child,
                               const char *const *argv, const void *input, size_t input_len)
{
	struct child_place *place = find_free_place(children);
	enum hal_status status;
	int fd;

	if (!place)
		return HAL_E_BUSY;
	fd = open_input(input, input_len);
	if (fd < 0)
		return HAL_E_SYSTEM;
	status = start_at(place, argv, fd);
	close(fd);
	if (status != HAL_OK)
		return status;
	place->child = child;
	child->handle = place;
	return HAL_OK;
}

void children_pause(struct children *children, struct hal_child *child, bool paused)
{
	struct child_place *place = child->handle;

	if (!place || place->paused == paused || place->killed)
		return;
	place->paused = paused;
	if (!paused && place->exit.fd < 0)
		hal_timer_start(children->loop, &place->resumed, 1);
	if (place->output.fd < 0)
		return;
	if (paused)
		hal_watch_stop(children->loop, &place->output);
	else if (hal_watch_start(children->loop, &place->output) != HAL_OK)
		close_watch(place, &place->output);
}

void children_kill(struct children *children, struct hal_child *child)
{
	struct child_place *place = child->handle;

	if (!place)
		return;
	children_pause(children, child, false);
	place->killed = true;
	kill_place(place);
}
