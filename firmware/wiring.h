/* SPDX-License-Identifier: MIT */
/*
 * wiring.h - opens the devices of the configuration and hands them to the station
 *
 * With main.c the only place that knows drivers and firmware at once.  The same
 * function wires a real bench (ports of drivers/host) and a simulated one.
 *
 * Ownership:  open() hands out a wiring for close(), which must come before the
 *             station's destroy and after the loop has stopped.
 * Errors:     a wrong word in the configuration is HAL_E_ARG with what to change;
 *             a device that is not there is no error.
 * Threads:    the loop's.
 */
#ifndef FIRMWARE_WIRING_H
#define FIRMWARE_WIRING_H

#include "driver.h"
#include "station.h"

struct wiring;

HAL_MUST_USE enum hal_status wiring_open(const struct driver_env *env, struct driver_ports *ports,
                                         const struct config *config, struct station *station,
                                         struct wiring **ret_wiring,
                                         struct hal_fault *reterr_fault);
void wiring_close(struct wiring *wiring);

/*
 * Opens anew what *fresh says otherwise, and nothing else; *running, which the station
 * reads, takes over the sections of those devices.  A device that cannot be opened as
 * *fresh wants stays as it was: HAL_E_ARG with the reason, the others are done.  Call
 * while the station is quiet.
 */
HAL_MUST_USE enum hal_status wiring_reload(struct wiring *wiring, struct config *running,
                                           const struct config *fresh,
                                           struct hal_fault *reterr_fault);

/* Are the drivers named by the configuration there?  Opens nothing. */
HAL_MUST_USE enum hal_status wiring_check(const struct config *config,
                                          struct hal_fault *reterr_fault);

#endif /* FIRMWARE_WIRING_H */
