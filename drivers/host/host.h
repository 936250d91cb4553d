/* SPDX-License-Identifier: MIT */
/*
 * host.h - what the implementations of ports may touch on a real board
 *
 * Ownership:  all borrowed; they outlive every port.
 */
#ifndef DRIVERS_HOST_HOST_H
#define DRIVERS_HOST_HOST_H

#include "hal_log.h"
#include "hal_loop.h"
#include "hal_work.h"
#include "host/hotplug.h"

struct host {
	struct hal_loop *loop;
	struct hal_work *work; /* name look-ups, device ids, USB recovery */
	struct hal_log *log;   /* NULL: silent */
	struct hotplug *hotplug;
};

#endif /* DRIVERS_HOST_HOST_H */
