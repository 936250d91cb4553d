/* SPDX-License-Identifier: MIT */
#include "host/clock.h"

#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "hal_loop.h"

/* 2026-01-01 and 2100-01-01: the station was written in between, and its boards wear out. */
#define EARLIEST_US INT64_C(1767225600000000)
#define LATEST_US   INT64_C(4102444800000000)

bool clock_is_doubtful(int64_t us, bool synchronised)
{
	return !synchronised || us < EARLIEST_US || us >= LATEST_US;
}

/*
 * The kernel forgets a synchronisation that was not renewed for some hours;
 * timesyncd's file remembers it until the next boot.
 */
static bool was_synchronised(void)
{
	struct timex state = { .modes = 0 };
	int answer = adjtimex(&state);

	if (answer >= 0 && answer != TIME_ERROR && !(state.status & STA_UNSYNC))
		return true;
	return access("/run/systemd/timesync/synchronized", F_OK) == 0;
}

static bool is_trusted(struct clock *clock)
{
	if (atomic_load(&clock->trusted))
		return true;
	if (!was_synchronised())
		return false;
	atomic_store(&clock->trusted, true);
	return true;
}

static struct hal_wall clock_now(struct hal_clock *base)
{
	struct clock *clock = hal_container_of(base, struct clock, base);
	struct timespec now;
	int64_t us;

	clock_gettime(CLOCK_REALTIME, &now);
	us = INT64_C(1000000) * now.tv_sec + now.tv_nsec / 1000;
	return (struct hal_wall){ .us = us, .doubtful = clock_is_doubtful(us, is_trusted(clock)) };
}

static const struct hal_clock_ops clock_ops = { .now = clock_now };

void clock_init(struct clock *clock)
{
	clock->base.ops = &clock_ops;
	atomic_init(&clock->trusted, false);
}
