/* SPDX-License-Identifier: MIT */
/*
 * floor.h - a packing bench on real kernel drivers, with the unmodified daemon at it
 *
 * stationd runs as a process of its own, with a configuration like any other.
 * Its scale is the SICS model behind a USB serial gadget, its scanner types
 * through uinput, its printer hangs on vhci_hcd, its tower is gpio-sim.  The
 * packer of the scenarios works there: what he sees comes from the daemon's page,
 * what he does goes through those devices.  For tests that include cmocka first.
 *
 * Units:      real time.
 */
#ifndef TESTS_KERNEL_FLOOR_H
#define TESTS_KERNEL_FLOOR_H

#include <sys/types.h>

#include "desk.h"
#include "loadcell.h"
#include "packer.h"
#include "paper.h"
#include "sics_model.h"
#include "simd_port.h"
#include "simd_screen.h"
#include "wire.h"

#define FLOOR_FOLDER "/run/station"
#define FLOOR_PAPER  FLOOR_FOLDER "/paper"

/* Something the floor does to a device while the packer is at work. */
struct floor_event {
	enum machine_state when; /* the page shows this state for the first time; then */
	int64_t after_ms;        /* so much later */
	void (*act)(void *floor);
	int64_t due_us; /* the floor's */
	bool done;
};

struct floor {
	struct packer_world world;
	struct desk desk; /* its loop lets the devices live */
	struct hal_loop *loop;
	const char *printer_port;
	pid_t daemon; /* 0: not running */
	struct simd_screen screen;
	int64_t looked_us;
	struct wire scale_wire;
	struct loadcell cell;
	struct sics_model scale;
	struct simd_port scale_port;
	bool scale_plugged;
	struct maker scanner, printer;
	struct paper paper; /* the pictures that came out so far */
	struct goods goods;
	struct packer packer;
	struct floor_event *events; /* of the test; NULL: none */
	size_t event_count;
	bool red_seen; /* with a mismatch on the page, the red lamp was lit */
};

/* Devices plugged in, the shift fixture imported, the daemon started, a packer signed in. */
void floor_open(struct floor *floor);
/* The same with the printer reached another way. */
void floor_open_on(struct floor *floor, const char *printer_port);
void floor_close(struct floor *floor);

void floor_start_daemon(struct floor *floor);
void floor_kill_daemon(struct floor *floor);

void floor_plug_scale(struct floor *floor);
void floor_unplug_scale(struct floor *floor);

/* Turns the loop until the page shows the state; false when it never did. */
bool floor_wait_for(struct floor *floor, enum machine_state state);
/* Until /metrics says that the device is healthy, or is not. */
bool floor_wait_healthy(struct floor *floor, const char *device, bool healthy);

/* Runs stationctl and gives what it printed; fails the test when it does not end with code. */
const char *floor_ctl(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif /* TESTS_KERNEL_FLOOR_H */
