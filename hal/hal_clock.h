/* SPDX-License-Identifier: MIT */
/*
 * hal_clock.h - contract of the calendar: what day and time it is
 *
 * Wall time stands in the journal, on labels and on pages, and nowhere in a
 * decision.  A board without a battery may not know it yet: then the time is
 * doubtful, and every record that carries it says so.
 *
 * Units:      microseconds since 1970-01-01 UTC.
 * Threads:    any.
 */
#ifndef HAL_CLOCK_H
#define HAL_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct hal_wall {
	int64_t us;    /* since 1970-01-01T00:00:00Z */
	bool doubtful; /* the clock was not set from a trusted source since power-on */
};

struct hal_clock;

struct hal_clock_ops {
	struct hal_wall (*now)(struct hal_clock *clock);
};

struct hal_clock {
	const struct hal_clock_ops *ops;
};

static inline struct hal_wall hal_wall_now(struct hal_clock *clock)
{
	return clock->ops->now(clock);
}

#endif /* HAL_CLOCK_H */
