/* SPDX-License-Identifier: MIT */
/*
 * hotplug.h - tells who waits for a device that it may have come
 *
 * Two ways to wait.  By path: for a node or a link such as
 * /dev/serial/by-id/..., also where its folders do not exist yet; this works
 * with inotify alone, for simulated devices and without udevd.  By subsystem:
 * for a kind of device whose name is not known before, from one udev monitor,
 * or the kernel's own events where no udevd runs.  While nothing changes near
 * what is waited for, nothing wakes up.
 *
 * Ownership:  open() hands the caller a hotplug to close exactly once.  Watches
 *             are embedded in the object they serve; path and subsystem are
 *             borrowed while they run.  Stopping is always allowed, also twice,
 *             also inside any callback.
 * Errors:     changed() is a hint: look again, it may be somebody else's device.
 * Threads:    the loop's.
 * Source:     inotify(7); libudev(3), udev_monitor_new_from_netlink.
 */
#ifndef DRIVERS_HOST_HOTPLUG_H
#define DRIVERS_HOST_HOTPLUG_H

#include <stdbool.h>
#include <stddef.h>

#include "hal_log.h"
#include "hal_loop.h"

struct hotplug;

struct hotplug_watch {
	void (*changed)(struct hotplug_watch *watch); /* set once by the owner */
	const char *path;                             /* absolute; or NULL and */
	const char *subsystem;      /* "usb" (devices, not their interfaces) or "gpio" */
	struct hotplug_watch *next; /* owned by the hotplug, like all below */
	int folder;                 /* inotify's number of the nearest folder that exists */
	size_t part, part_len;      /* the component of path expected in it */
	bool hit;
	bool running;
};

HAL_MUST_USE enum hal_status hotplug_open(struct hal_loop *loop, struct hotplug **ret_hotplug,
                                          struct hal_fault *reterr_fault);
void hotplug_close(struct hotplug *hotplug);

/* False where this board sends no device events: then a subsystem must be asked from time to time.
 */
bool hotplug_hears_devices(const struct hotplug *hotplug);

void hotplug_start(struct hotplug *hotplug, struct hotplug_watch *watch);
void hotplug_stop(struct hotplug *hotplug, struct hotplug_watch *watch);

#endif /* DRIVERS_HOST_HOTPLUG_H */
