/* SPDX-License-Identifier: MIT */
/*
 * gpio_port.h - GPIO lines of a real board
 *
 * Implements lines.h over either libgpiod.  A chip given by its label is looked
 * for among all /dev/gpiochip*, links left aside: the number behind the name
 * differs between kernels, and a link may name the same chip twice.  A chip on a
 * cable may go and come back.
 *
 * Ownership:  names and chip are copied.
 * Errors:     HAL_E_ARG for a request that no chip could fulfil.
 * Threads:    the loop's.
 */
#ifndef DRIVERS_GPIO_GPIO_PORT_H
#define DRIVERS_GPIO_GPIO_PORT_H

#include "gpio/lines.h"
#include "host/host.h"

HAL_MUST_USE enum hal_status gpio_port_open(const struct host *host,
                                            const struct gpio_request *request,
                                            struct gpio_lines **ret_lines,
                                            struct hal_fault *reterr_fault);

#endif /* DRIVERS_GPIO_GPIO_PORT_H */
