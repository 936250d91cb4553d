/* SPDX-License-Identifier: MIT */
/*
 * clock.h - the calendar of a real board
 *
 * Implements hal_clock.h.  A time is doubtful until the kernel's clock was once
 * synchronised since power-on, and always while it shows a year in which no
 * station can have run.  Once trusted it stays so: a network that goes away for
 * a week takes nothing from a clock that was set.
 *
 * Units:      microseconds since 1970-01-01 UTC.
 * Threads:    any.
 * Source:     adjtimex(2), STA_UNSYNC; systemd-timesyncd.service(8), the file
 *             /run/systemd/timesync/synchronized.
 */
#ifndef DRIVERS_HOST_CLOCK_H
#define DRIVERS_HOST_CLOCK_H

#include <stdatomic.h>

#include "hal_clock.h"

struct clock {
	struct hal_clock base;
	atomic_bool trusted;
};

void clock_init(struct clock *clock);

/* Pure: whether a time may be taken at its word. */
bool clock_is_doubtful(int64_t us, bool synchronised);

#endif /* DRIVERS_HOST_CLOCK_H */
