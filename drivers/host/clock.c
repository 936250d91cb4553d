/* SPDX-License-Identifier: MIT */
#include "host/clock.h"

#include <stdio.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "hal_loop.h"

/* 2026-01-01 and 2100-01-01: the station was written in between, and its boards wear out. */
#define EARLIEST_US INT64_C(1767225600000000)
#define LATEST_US   INT64_C(4102444800000000)

/* A bench that stood longer is looked at before its battery is believed. */
#define LONGEST_REST_US (INT64_C(366) * 86400 * 1000000)

#define CLOCKS_MOST 4

bool clock_is_doubtful(int64_t us, const struct clock_grounds *grounds)
{
	bool follows = grounds->last_us == 0 || (grounds->last_us > 0 && us >= grounds->last_us &&
	                                         us - grounds->last_us < LONGEST_REST_US);

	if (us < EARLIEST_US || us >= LATEST_US)
		return true;
	return !grounds->synchronised && !(grounds->kept && follows);
}

bool clock_was_kept(const char *folder)
{
	bool kept = false;

	for (int i = 0; i < CLOCKS_MOST && !kept; i++) {
		char path[160], word = '0';
		FILE *file;

		snprintf(path, sizeof(path), "%s/rtc%d/hctosys", folder, i);
		file = fopen(path, "re");
		if (!file)
			continue;
		kept = fread(&word, 1, 1, file) == 1 && word == '1';
		fclose(file);
	}
	return kept;
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

static struct clock_grounds find_grounds(struct clock *clock)
{
	bool trusted = atomic_load(&clock->trusted);

	return (struct clock_grounds){
		.synchronised = trusted || was_synchronised(),
		.kept = clock->kept,
		.last_us = atomic_load(&clock->last_us),
	};
}

static struct hal_wall clock_now(struct hal_clock *base)
{
	struct clock *clock = hal_container_of(base, struct clock, base);
	struct clock_grounds grounds = find_grounds(clock);
	struct timespec now;
	int64_t us;
	bool doubtful;

	clock_gettime(CLOCK_REALTIME, &now);
	us = INT64_C(1000000) * now.tv_sec + now.tv_nsec / 1000;
	doubtful = clock_is_doubtful(us, &grounds);
	if (grounds.synchronised || !doubtful)
		atomic_store(&clock->trusted, true);
	return (struct hal_wall){ .us = us, .doubtful = doubtful };
}

void clock_follows(struct clock *clock, int64_t last_us)
{
	atomic_store(&clock->last_us, last_us);
}

static const struct hal_clock_ops clock_ops = { .now = clock_now };

void clock_init(struct clock *clock)
{
	clock->base.ops = &clock_ops;
	atomic_init(&clock->trusted, false);
	atomic_init(&clock->last_us, -1);
	clock->kept = clock_was_kept("/sys/class/rtc");
}
