/* SPDX-License-Identifier: MIT */
#include "host/hotplug.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <libudev.h>

/* Created, moved here (how udevd makes a link), or given new permissions. */
#define FOLDER_EVENTS                                                                              \
	(IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

/* Folders do not appear faster than this many looks; a file in a folder's place would. */
#define LOOKS_MAX 32

struct hotplug {
	struct hal_loop *loop;
	struct hotplug_watch *watches;
	struct hal_watch folders; /* on the inotify descriptor */
	struct hal_watch devices; /* on the udev monitor's; fd -1: there is none */
	struct udev *udev;
	struct udev_monitor *monitor;
};

/* Several watches may wait in one folder, and share inotify's number for it. */
static bool is_folder_used(const struct hotplug *hotplug, int folder)
{
	for (const struct hotplug_watch *at = hotplug->watches; at; at = at->next)
		if (at->folder == folder)
			return true;
	return false;
}

static void leave_folder(struct hotplug *hotplug, struct hotplug_watch *watch)
{
	int folder = watch->folder;

	watch->folder = -1;
	if (folder >= 0 && !is_folder_used(hotplug, folder))
		inotify_rm_watch(hotplug->folders.fd, folder);
}

/* Waits in the folder that ends before path[end]; false when it is not there. */
static bool enter_folder(struct hotplug *hotplug, struct hotplug_watch *watch, size_t end)
{
	char folder[PATH_MAX];
	size_t part = end + 1;

	if (end >= sizeof(folder))
		return false;
	memcpy(folder, watch->path, end);
	folder[end] = '\0';
	watch->folder =
		inotify_add_watch(hotplug->folders.fd, end > 0 ? folder : "/", FOLDER_EVENTS);
	watch->part = part;
	watch->part_len = strcspn(watch->path + part, "/");
	return watch->folder >= 0;
}

static bool part_exists(const struct hotplug_watch *watch)
{
	char path[PATH_MAX];
	size_t end = watch->part + watch->part_len;

	if (end >= sizeof(path))
		return false;
	memcpy(path, watch->path, end);
	path[end] = '\0';
	return access(path, F_OK) == 0;
}

static bool is_last_part(const struct hotplug_watch *watch)
{
	return watch->path[watch->part + watch->part_len] == '\0';
}

/* The deepest folder of the path that exists. */
static void enter_nearest(struct hotplug *hotplug, struct hotplug_watch *watch)
{
	for (size_t end = strlen(watch->path); end-- > 0;)
		if (watch->path[end] == '/' && enter_folder(hotplug, watch, end))
			return;
}

/* A folder may appear between the look and the watch: looks until both agree. */
static void settle(struct hotplug *hotplug, struct hotplug_watch *watch)
{
	int looks_left = LOOKS_MAX;

	do {
		leave_folder(hotplug, watch);
		enter_nearest(hotplug, watch);
	} while (--looks_left > 0 && watch->folder >= 0 && !is_last_part(watch) &&
	         part_exists(watch));
}

static void call_hit_watches(struct hotplug *hotplug)
{
	struct hotplug_watch *at = hotplug->watches;

	while (at) {
		if (!at->hit) {
			at = at->next;
			continue;
		}
		at->hit = false;
		at->changed(at);
		at = hotplug->watches; /* the callback may have changed the list */
	}
}

static bool is_expected(const struct hotplug_watch *watch, const struct inotify_event *event)
{
	return event->len > 0 && strlen(event->name) == watch->part_len &&
	       memcmp(watch->path + watch->part, event->name, watch->part_len) == 0;
}

static void look_at_watch(struct hotplug *hotplug, struct hotplug_watch *watch,
                          const struct inotify_event *event)
{
	if (event->mask & (IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF)) {
		if (event->mask & IN_IGNORED)
			watch->folder = -1;
		settle(hotplug, watch);
	} else if (is_expected(watch, event)) {
		if (!is_last_part(watch))
			settle(hotplug, watch);
		watch->hit = is_last_part(watch) && part_exists(watch);
	}
}

static void take_event(struct hotplug *hotplug, const struct inotify_event *event)
{
	for (struct hotplug_watch *at = hotplug->watches; at; at = at->next) {
		if (event->mask & IN_Q_OVERFLOW)
			at->hit = at->path != NULL;
		else if (at->folder == event->wd && at->path)
			look_at_watch(hotplug, at, event);
	}
}

static void on_folders(struct hal_watch *base, unsigned what)
{
	struct hotplug *hotplug = hal_container_of(base, struct hotplug, folders);
	_Alignas(struct inotify_event) char events[4096];
	ssize_t len = read(base->fd, events, sizeof(events));

	(void)what;
	for (ssize_t at = 0; at < len;) {
		const struct inotify_event *event = (const void *)(events + at);

		take_event(hotplug, event);
		at += (ssize_t)(sizeof(*event) + event->len);
	}
	call_hit_watches(hotplug);
}

static void on_devices(struct hal_watch *base, unsigned what)
{
	struct hotplug *hotplug = hal_container_of(base, struct hotplug, devices);
	struct udev_device *device = udev_monitor_receive_device(hotplug->monitor);
	const char *subsystem = device ? udev_device_get_subsystem(device) : NULL;

	(void)what;
	/* Without a device the kernel had more to say than the socket holds: anything may have
	 * come. */
	for (struct hotplug_watch *at = hotplug->watches; at; at = at->next)
		if (at->subsystem && (!subsystem || strcmp(at->subsystem, subsystem) == 0))
			at->hit = true;
	udev_device_unref(device);
	call_hit_watches(hotplug);
}

/* Without udevd nobody would send its events; the kernel's come in any case. */
static const char *event_source(void)
{
	return access("/run/udev/control", F_OK) == 0 ? "udev" : "kernel";
}

/* The rest of a board (batteries, network, thermal zones) is not to wake us. */
static int narrow(struct udev_monitor *monitor)
{
	static const char *const kinds[][2] = { { "usb", "usb_device" }, { "gpio", NULL } };
	int failed = 0;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && failed >= 0; i++)
		failed = udev_monitor_filter_add_match_subsystem_devtype(monitor, kinds[i][0],
		                                                         kinds[i][1]);
	return failed;
}

static int open_monitor(struct hotplug *hotplug)
{
	int failed;

	hotplug->udev = udev_new();
	if (!hotplug->udev)
		return -ENOMEM;
	hotplug->monitor = udev_monitor_new_from_netlink(hotplug->udev, event_source());
	if (!hotplug->monitor)
		return -ENOTSUP;
	failed = narrow(hotplug->monitor);
	return failed < 0 ? failed : udev_monitor_enable_receiving(hotplug->monitor);
}

/* A board without a monitor still finds everything that waits by path. */
static void watch_devices(struct hotplug *hotplug)
{
	if (open_monitor(hotplug) < 0)
		return;
	hotplug->devices.fd = udev_monitor_get_fd(hotplug->monitor);
	if (hal_watch_start(hotplug->loop, &hotplug->devices) != HAL_OK)
		hotplug->devices.fd = -1;
}

static enum hal_status watch_folders(struct hotplug *hotplug)
{
	hotplug->folders.fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (hotplug->folders.fd < 0)
		return HAL_E_SYSTEM;
	return hal_watch_start(hotplug->loop, &hotplug->folders);
}

enum hal_status hotplug_open(struct hal_loop *loop, struct hotplug **ret_hotplug,
                             struct hal_fault *reterr_fault)
{
	struct hotplug *hotplug = calloc(1, sizeof(*hotplug));

	if (!hotplug) {
		hal_fault_set(reterr_fault, "hotplug: %s", strerror(ENOMEM));
		return HAL_E_SYSTEM;
	}
	hotplug->loop = loop;
	hotplug->folders = (struct hal_watch){ .ready = on_folders, .fd = -1, .wanted = HAL_READ };
	hotplug->devices = (struct hal_watch){ .ready = on_devices, .fd = -1, .wanted = HAL_READ };
	if (watch_folders(hotplug) != HAL_OK) {
		hal_fault_set(reterr_fault, "hotplug: inotify: %s", strerror(errno));
		hotplug_close(hotplug);
		return HAL_E_SYSTEM;
	}
	watch_devices(hotplug);
	*ret_hotplug = hotplug;
	return HAL_OK;
}

void hotplug_close(struct hotplug *hotplug)
{
	if (!hotplug)
		return;
	if (hotplug->devices.fd >= 0)
		hal_watch_stop(hotplug->loop, &hotplug->devices);
	udev_monitor_unref(hotplug->monitor);
	udev_unref(hotplug->udev);
	if (hotplug->folders.fd >= 0) {
		hal_watch_stop(hotplug->loop, &hotplug->folders);
		close(hotplug->folders.fd);
	}
	free(hotplug);
}

bool hotplug_hears_devices(const struct hotplug *hotplug)
{
	return hotplug->devices.fd >= 0;
}

void hotplug_start(struct hotplug *hotplug, struct hotplug_watch *watch)
{
	hotplug_stop(hotplug, watch);
	watch->running = true;
	watch->hit = false;
	watch->folder = -1;
	watch->next = hotplug->watches;
	hotplug->watches = watch;
	if (watch->path)
		settle(hotplug, watch);
}

void hotplug_stop(struct hotplug *hotplug, struct hotplug_watch *watch)
{
	if (!watch->running)
		return;
	for (struct hotplug_watch **at = &hotplug->watches; *at; at = &(*at)->next)
		if (*at == watch) {
			*at = watch->next;
			break;
		}
	watch->running = false;
	if (watch->path)
		leave_folder(hotplug, watch);
}
