/* SPDX-License-Identifier: MIT */
#include "meter.h"

#include <time.h>

static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void meter_start(struct meter *meter)
{
	meter->since_s = now_s();
}

void meter_stop(struct meter *meter)
{
	meter->spent_s += now_s() - meter->since_s;
}
