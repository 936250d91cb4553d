/* SPDX-License-Identifier: MIT */
#include "host/evdev.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <libevdev/libevdev.h>

#include "host/finder.h"
#include "stream/uri.h"

struct evdev {
	struct hal_keys base;
	struct host host;
	struct finder finder;
	struct hal_watch watch;
	struct libevdev *device; /* NULL while down */
	bool stamped;            /* the kernel's times are the loop's */
	char path[URI_BODY_MAX];
};

static void shut(struct evdev *evdev)
{
	hal_watch_stop(evdev->host.loop, &evdev->watch);
	libevdev_free(evdev->device);
	evdev->device = NULL;
	if (evdev->watch.fd >= 0)
		close(evdev->watch.fd);
	evdev->watch.fd = -1;
}

static void lose(struct evdev *evdev)
{
	shut(evdev);
	finder_lost(&evdev->finder);
	if (evdev->base.listener)
		evdev->base.listener->down(evdev->base.owner, HAL_E_LINK);
}

static int64_t time_of(const struct evdev *evdev, const struct input_event *event)
{
	if (!evdev->stamped)
		return hal_now_us(evdev->host.loop);
	return HAL_SEC(event->input_event_sec) + event->input_event_usec;
}

/* Repeats (value 2) are the kernel's invention: nobody typed them. */
static void take_event(struct evdev *evdev, const struct input_event *event)
{
	const struct hal_keys_listener *listener = evdev->base.listener;

	if (listener && event->type == EV_KEY && (event->value == 0 || event->value == 1))
		listener->key(evdev->base.owner, event->code, event->value, time_of(evdev, event));
}

static void tell_modifiers(struct evdev *evdev)
{
	static const uint16_t modifiers[] = { KEY_LEFTSHIFT, KEY_RIGHTSHIFT, KEY_LEFTCTRL,
		                              KEY_RIGHTCTRL, KEY_LEFTALT,    KEY_RIGHTALT };

	for (size_t i = 0; i < sizeof(modifiers) / sizeof(modifiers[0]); i++)
		if (libevdev_get_event_value(evdev->device, EV_KEY, modifiers[i]))
			evdev->base.listener->key(evdev->base.owner, modifiers[i], 1,
			                          hal_now_us(evdev->host.loop));
}

/* What libevdev offers to catch up with is the keys' present state, not what was typed. */
static void take_loss(struct evdev *evdev)
{
	struct input_event ignored;

	while (libevdev_next_event(evdev->device, LIBEVDEV_READ_FLAG_SYNC, &ignored) ==
	       LIBEVDEV_READ_STATUS_SYNC)
		;
	if (!evdev->base.listener)
		return;
	evdev->base.listener->dropped(evdev->base.owner);
	tell_modifiers(evdev);
}

/* Until nothing is left: libevdev reads ahead, and the descriptor would stay silent about that. */
static void on_ready(struct hal_watch *watch, unsigned what)
{
	struct evdev *evdev = hal_container_of(watch, struct evdev, watch);
	struct input_event event;
	int answer;

	do {
		answer = libevdev_next_event(evdev->device, LIBEVDEV_READ_FLAG_NORMAL, &event);
		if (answer == LIBEVDEV_READ_STATUS_SYNC)
			take_loss(evdev);
		else if (answer == LIBEVDEV_READ_STATUS_SUCCESS)
			take_event(evdev, &event);
	} while (answer >= 0);
	if ((answer != -EAGAIN && answer != -EINTR) || (what & HAL_HUP))
		lose(evdev);
}

static enum hal_status grab(struct evdev *evdev, struct hal_fault *reterr_fault)
{
	int failed = libevdev_new_from_fd(evdev->watch.fd, &evdev->device);

	if (failed < 0)
		return finder_tell_errno(evdev->path, -failed, reterr_fault);
	if (!libevdev_has_event_type(evdev->device, EV_KEY)) {
		hal_fault_set(reterr_fault, "'%s' has no keys", evdev->path);
		return HAL_E_SYSTEM;
	}
	failed = libevdev_grab(evdev->device, LIBEVDEV_GRAB);
	if (failed < 0) {
		hal_fault_set(reterr_fault, "'%s' is held by another program", evdev->path);
		return HAL_E_SYSTEM;
	}
	evdev->stamped = libevdev_set_clock_id(evdev->device, CLOCK_MONOTONIC) == 0;
	return HAL_OK;
}

static enum hal_status listen_to(struct evdev *evdev, struct hal_fault *reterr_fault)
{
	enum hal_status status;

	evdev->watch.fd = open(evdev->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (evdev->watch.fd < 0)
		return finder_tell_errno(evdev->path, errno, reterr_fault);
	status = grab(evdev, reterr_fault);
	if (status == HAL_OK && hal_watch_start(evdev->host.loop, &evdev->watch) != HAL_OK) {
		hal_fault_set(reterr_fault, "'%s' cannot be waited for", evdev->path);
		status = HAL_E_SYSTEM;
	}
	return status;
}

static enum hal_status reach(struct finder *finder, struct hal_fault *reterr_fault)
{
	struct evdev *evdev = hal_container_of(finder, struct evdev, finder);
	enum hal_status status = listen_to(evdev, reterr_fault);

	if (status != HAL_OK)
		shut(evdev);
	else if (evdev->base.listener)
		evdev->base.listener->up(evdev->base.owner);
	return status;
}

static void evdev_close(struct hal_keys *base)
{
	struct evdev *evdev = hal_container_of(base, struct evdev, base);

	finder_stop(&evdev->finder);
	shut(evdev);
	free(evdev);
}

static const struct hal_keys_ops evdev_ops = { .close = evdev_close };

/* Without this libevdev would write to stderr about devices it finds odd. */
static void be_silent(enum libevdev_log_priority priority, void *data, const char *file, int line,
                      const char *function, const char *format, va_list args)
{
	(void)priority, (void)data, (void)file, (void)line;
	(void)function, (void)format, (void)args;
}

enum hal_status evdev_open(const struct host *host, const char *uri, struct hal_keys **ret_keys,
                           struct hal_fault *reterr_fault)
{
	struct evdev *evdev = calloc(1, sizeof(*evdev));
	enum hal_status status;

	if (!evdev) {
		hal_fault_set(reterr_fault, "%s", strerror(ENOMEM));
		return HAL_E_SYSTEM;
	}
	status = uri_parse_path(uri, evdev->path, reterr_fault);
	if (status != HAL_OK) {
		free(evdev);
		return status;
	}
	libevdev_set_log_function(be_silent, NULL);
	evdev->base.ops = &evdev_ops;
	evdev->host = *host;
	evdev->watch = (struct hal_watch){ .ready = on_ready, .fd = -1, .wanted = HAL_READ };
	evdev->finder = (struct finder){ .tag = "evdev", .reach = reach };
	evdev->finder.appears.path = evdev->path;
	finder_start(&evdev->finder, &evdev->host);
	*ret_keys = &evdev->base;
	return HAL_OK;
}
