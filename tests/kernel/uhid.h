/* SPDX-License-Identifier: MIT */
/*
 * uhid.h - a HID device made of a model's reports, for the bench kernel
 *
 * What a model says to its listener is said to the kernel, which makes a hidraw
 * node of it as of any device on a cable; what is written to the node reaches the
 * model.  For tests that include cmocka first.
 */
#ifndef TESTS_KERNEL_UHID_H
#define TESTS_KERNEL_UHID_H

#include <stdbool.h>
#include <stdint.h>

#include "hal_report.h"

#define UHID_NODE "/dev/hidraw0"

struct uhid {
	int fd;
	const char *name;
	uint16_t vendor, product;
	struct hal_report *model;
};

/* The device is not there before the model is plugged in. */
void uhid_open(struct uhid *uhid, const char *name, uint16_t vendor, uint16_t product);
void uhid_join(struct uhid *uhid, struct hal_report *model);
void uhid_close(struct uhid *uhid);

/* Hands what was written to the node to the model; false when nothing was. */
bool uhid_hear(struct uhid *uhid);

#endif /* TESTS_KERNEL_UHID_H */
