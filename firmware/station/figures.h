/* SPDX-License-Identifier: MIT */
/*
 * figures.h - how long something takes, counted for whoever watches the bench
 *
 * A count per span of time and the sum, as monitoring wants it: percentiles are
 * reckoned elsewhere, over any stretch of the day.
 *
 * Units:      microseconds.
 * Threads:    the loop's.
 */
#ifndef FIRMWARE_STATION_FIGURES_H
#define FIRMWARE_STATION_FIGURES_H

#include <stdint.h>

#define FIGURES_SPANS 10

/* A time is counted in the first span that holds it; beyond the last it is in count alone. */
extern const int64_t figures_spans_us[FIGURES_SPANS];

struct figures_times {
	uint64_t count;
	int64_t sum_us;
	uint64_t within[FIGURES_SPANS];
};

struct station_figures {
	struct figures_times commit; /* one step of the bench, until it is on disk */
	struct figures_times label;  /* laid out, and painted and encoded where it was asked */
	uint32_t overflowed;         /* events that found the queue full */
};

void figures_add(struct figures_times *times, int64_t took_us);

#endif /* FIRMWARE_STATION_FIGURES_H */
