/* SPDX-License-Identifier: MIT */
#include "ctl_door.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "ctl.h"
#include "ctl_store.h"
#include "door.h"

static int call(const char *db)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 && door_path(ctl_store_path(db), address.sun_path, sizeof(address.sun_path)) &&
	    connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	fprintf(stderr, "stationctl: the running station is not reached at %s: %s\n",
	        address.sun_path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

static bool send_line(int fd, const char *line, size_t len, int file)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec part = { (void *)(uintptr_t)line, len };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	struct cmsghdr *header = (struct cmsghdr *)(void *)control;
	ssize_t sent;

	if (file >= 0) {
		message.msg_control = control;
		message.msg_controllen = sizeof(control);
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(sizeof(file));
		memcpy(CMSG_DATA(header), &file, sizeof(file));
	}
	sent = sendmsg(fd, &message, MSG_NOSIGNAL);
	return sent > 0 && ((size_t)sent == len || write(fd, line + sent, len - (size_t)sent) ==
	                                                   (ssize_t)(len - (size_t)sent));
}

static bool send_request(int fd, json_t *request, int file)
{
	char *text = json_dumps(request, JSON_COMPACT);
	size_t len = text ? strlen(text) : 0;
	bool sent = false;

	json_decref(request);
	if (text) {
		text[len] = '\n'; /* in the place of its end */
		sent = len + 1 < DOOR_LINE && send_line(fd, text, len + 1, file);
	}
	free(text);
	return sent;
}

/* Prints all lines but the last, which has the exit code. */
static json_t *read_answer(int fd, void (*print)(const char *line, json_t *object))
{
	FILE *stream = fdopen(fd, "r");
	char *line = NULL;
	size_t room = 0;
	json_t *object = NULL;

	while (stream && !object && getline(&line, &room, stream) > 0) {
		object = json_loads(line, 0, NULL);
		if (object && json_object_get(object, "exit"))
			break;
		if (object && print)
			print(line, object);
		json_decref(object);
		object = NULL;
	}
	free(line);
	if (stream)
		fclose(stream);
	if (!object)
		fputs("stationctl: the running station gave no whole answer\n", stderr);
	return object;
}

json_t *ctl_door_ask(const char *db, json_t *request, int file,
                     void (*print)(const char *line, json_t *object))
{
	int fd = call(db);

	if (fd < 0) {
		json_decref(request);
		return NULL;
	}
	if (send_request(fd, request, file))
		return read_answer(fd, print);
	fputs("stationctl: the running station does not listen\n", stderr);
	close(fd);
	return NULL;
}

int ctl_door_exit(json_t *last)
{
	const char *words = json_string_value(json_object_get(last, "words"));
	int code = last ? (int)json_integer_value(json_object_get(last, "exit")) : CTL_OUTSIDE;

	if (words)
		fprintf(stderr, "stationctl: %s\n", words);
	json_decref(last);
	return code;
}
