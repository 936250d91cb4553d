/* SPDX-License-Identifier: MIT */
/*
 * clock.h - the calendar of a real board
 *
 * Implements hal_clock.h.  A time is doubtful until the kernel's clock was once
 * synchronised since power-on, and always while it shows a year in which no
 * station can have run.  A board without a network is believed when a battery-backed
 * clock set its time at power-on and that time follows the last undoubted record
 * within a year: an empty battery falls behind it, and a wrong century is far off.
 * Once trusted it stays so: a network that goes away for a week takes nothing from
 * a clock that was set.
 *
 * Units:      microseconds since 1970-01-01 UTC.
 * Threads:    any.
 * Source:     adjtimex(2), STA_UNSYNC; systemd-timesyncd.service(8), the file
 *             /run/systemd/timesync/synchronized; Linux, sysfs-class-rtc, hctosys.
 */
#ifndef DRIVERS_HOST_CLOCK_H
#define DRIVERS_HOST_CLOCK_H

#include <stdatomic.h>

#include "hal_clock.h"

/* What speaks for a time. */
struct clock_grounds {
	bool synchronised; /* once since power-on, with the network */
	bool kept;         /* a battery-backed clock set it at power-on */
	int64_t last_us;   /* of the last undoubted record; 0: there is none, -1: not told yet */
};

struct clock {
	struct hal_clock base;
	atomic_bool trusted;
	bool kept;
	_Atomic int64_t last_us;
};

void clock_init(struct clock *clock);

/* When the last undoubted record was made, 0 for none; until told, no battery is believed. */
void clock_follows(struct clock *clock, int64_t last_us);

/* Pure: whether a time may be taken at its word. */
bool clock_is_doubtful(int64_t us, const struct clock_grounds *grounds);

/* Did one of the clocks in that folder (/sys/class/rtc) set the kernel's at power-on? */
bool clock_was_kept(const char *folder);

#endif /* DRIVERS_HOST_CLOCK_H */
