/* SPDX-License-Identifier: MIT */
/*
 * bank.h - the lines of one chip, taken as libgpiod takes them
 *
 * The few steps in which libgpiod 1.6 and 2 differ; gpiod1.c and gpiod2.c carry
 * them out, and the Makefile compiles the one that fits the library.  Values are
 * logical: an active-low line is 1 when its wire is low.  Inputs get the pull
 * that keeps an open switch quiet: up where they are active low, else down.
 *
 * Ownership:  embedded in its port; open to close.
 * Threads:    the loop's.
 * Source:     libgpiod 1.6 and 2.2, gpiod.h; Linux Documentation/userspace-api/gpio.
 */
#ifndef DRIVERS_GPIO_BANK_H
#define DRIVERS_GPIO_BANK_H

#include "gpio/lines.h"

#define BANK_EVENTS_MAX 16

struct bank_event {
	unsigned line; /* of the request */
	bool high;
	int64_t taken_us; /* the loop's clock */
};

struct bank {
	void *chip;                  /* NULL while closed; the library's, like the rest */
	void *lines[GPIO_LINES_MAX]; /* libgpiod 1.6 */
	unsigned offsets[GPIO_LINES_MAX];
	void *request, *buffer; /* libgpiod 2 */
	size_t count;
	size_t fd_count; /* descriptors to read events from; none for outputs */
	int fds[GPIO_LINES_MAX];
};

/*
 * Opens a chip's node and takes the lines.  label: NULL takes any chip, else one
 * of another label is HAL_E_ARG.  Outputs start at 0.
 */
HAL_MUST_USE enum hal_status bank_open(struct bank *bank, const char *node, const char *label,
                                       const struct gpio_request *request,
                                       struct hal_fault *reterr_fault);
void bank_close(struct bank *bank);

/* What a chip calls itself, and how many lines it has; false when it cannot be opened. */
bool bank_describe(const char *node, char *ret_label, size_t cap, unsigned *ret_lines);

HAL_MUST_USE enum hal_status bank_set(struct bank *bank, unsigned levels);
HAL_MUST_USE enum hal_status bank_get(struct bank *bank, unsigned *ret_levels);

/* Up to BANK_EVENTS_MAX events of one descriptor that is ready; -1: the chip is gone. */
int bank_read(struct bank *bank, size_t fd_index, struct bank_event *ret_events);

#endif /* DRIVERS_GPIO_BANK_H */
