/* SPDX-License-Identifier: MIT */
/*
 * chip.h - a GPIO chip made of the kernel's own gpio-sim
 *
 * Eight lines under the label "packing": four outputs for the tower, three
 * inputs for buttons, one without a name.  For tests that include cmocka first.
 */
#ifndef TESTS_KERNEL_CHIP_H
#define TESTS_KERNEL_CHIP_H

#include <stdbool.h>

#define CHIP_LABEL "packing"

enum chip_line {
	CHIP_RED,
	CHIP_YELLOW,
	CHIP_GREEN,
	CHIP_BUZZER,
	CHIP_OK,
	CHIP_UNDO,
	CHIP_CALL,
};

extern const char *const chip_names[]; /* by enum chip_line */

void chip_plug(void);
void chip_unplug(void); /* does nothing when it is not plugged in */

/* What stands on the wire. */
bool chip_is_high(enum chip_line line);

/* Pulls the wire, as a switch would. */
void chip_pull(enum chip_line line, bool up);

#endif /* TESTS_KERNEL_CHIP_H */
