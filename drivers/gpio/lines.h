/* SPDX-License-Identifier: MIT */
/*
 * lines.h - a handful of GPIO lines of one chip, found by name
 *
 * Outputs for the tower, inputs for buttons.  The chip is found by its label and
 * each line by its name, never by number: numbers differ between boards, kernels
 * and reboots.  The chip may be absent and may come later.
 *
 * Threads:    the loop's.
 * Implementers: gpiod1.c (libgpiod 1.6, Debian 12) and gpiod2.c (libgpiod 2,
 *             Debian 13), one of them chosen by the Makefile; tests/sim/.
 */
#ifndef DRIVERS_GPIO_LINES_H
#define DRIVERS_GPIO_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal_status.h"

#define GPIO_LINES_MAX 8

enum gpio_direction {
	GPIO_OUTPUT, /* all start low */
	GPIO_INPUT,  /* both edges are reported */
};

struct gpio_request {
	const char *chip;                  /* label, "pinctrl-rp1"; or a path /dev/gpiochipN */
	const char *names[GPIO_LINES_MAX]; /* "" or NULL: a line this bench does not have */
	size_t count;
	enum gpio_direction direction;
	bool active_low;
};

struct gpio_lines;

struct gpio_listener {
	/* levels: bit i is line i of the request, as it is now. */
	void (*up)(void *owner, unsigned levels);
	void (*edge)(void *owner, unsigned line, bool high, int64_t taken_us);
	void (*down)(void *owner, enum hal_status why);
};

struct gpio_lines_ops {
	void (*close)(struct gpio_lines *lines);
	enum hal_status (*set)(struct gpio_lines *lines, unsigned levels);
};

struct gpio_lines {
	const struct gpio_lines_ops *ops;
	const struct gpio_listener *listener;
	void *owner;
};

static inline void gpio_lines_attach(struct gpio_lines *lines, const struct gpio_listener *listener,
                                     void *owner)
{
	lines->listener = listener;
	lines->owner = owner;
}

static inline void gpio_lines_close(struct gpio_lines *lines)
{
	if (lines)
		lines->ops->close(lines);
}

HAL_MUST_USE static inline enum hal_status gpio_lines_set(struct gpio_lines *lines, unsigned levels)
{
	return lines->ops->set(lines, levels);
}

#endif /* DRIVERS_GPIO_LINES_H */
