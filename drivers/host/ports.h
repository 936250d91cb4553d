/* SPDX-License-Identifier: MIT */
/*
 * ports.h - the ports of a real board, by the URIs of the configuration
 *
 * Implements struct driver_ports: serial:, usb:, tcp:, chardev:, evdev:,
 * hidraw:, and GPIO lines by chip and name.  Opening a port does not wait for
 * its device; it fails only for what cannot be meant.
 *
 * Ownership:  open() hands the caller ports to close exactly once, after every
 *             port they opened.  loop, work and log are borrowed.
 * Threads:    the loop's.
 */
#ifndef DRIVERS_HOST_PORTS_H
#define DRIVERS_HOST_PORTS_H

#include "driver.h"

struct ports;

HAL_MUST_USE enum hal_status ports_open(const struct driver_env *env, struct ports **ret_ports,
                                        struct hal_fault *reterr_fault);
void ports_close(struct ports *ports);

struct driver_ports *ports_base(struct ports *ports);

#endif /* DRIVERS_HOST_PORTS_H */
