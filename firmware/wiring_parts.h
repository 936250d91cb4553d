/* SPDX-License-Identifier: MIT */
/*
 * wiring_parts.h - the devices of a bench, one row each, for the wiring_*.c files
 *
 * Threads:    the loop's.
 */
#ifndef FIRMWARE_WIRING_PARTS_H
#define FIRMWARE_WIRING_PARTS_H

#include "gpio/lines.h"
#include "wiring.h"

struct wired_scanner {
	struct scanner_port port;
	struct hal_scanner *scanner;
	struct station *station;
	bool up; /* as the station was told */
};

struct wiring {
	struct driver_env env;
	struct driver_ports *ports;
	const struct config *config;
	struct station *station;
	struct scale_port scale_port;
	struct hal_scale *scale;
	struct wired_scanner scanners[CONFIG_SCANNERS];
	struct hal_stream *printer_port;
	struct hal_printer *printer;
	struct gpio_lines *tower_lines, *button_lines;
	struct hal_tower *tower;
	struct hal_buttons *buttons;
};

/* One device: how it is opened, told that it goes, and closed. */
struct wiring_part {
	enum hal_status (*open)(struct wiring *wiring, int which, struct hal_fault *fault);
	void (*leave)(struct wiring *wiring, int which);
	void (*close)(struct wiring *wiring, int which);
	int which;
	size_t at, size; /* its section of the configuration */
};

/* In the order of opening. */
extern const struct wiring_part wiring_parts[];
extern const size_t wiring_part_count;

enum hal_status wiring_unknown_driver(struct hal_fault *fault, const char *what, const char *name,
                                      const char *where);

#endif /* FIRMWARE_WIRING_PARTS_H */
