/* SPDX-License-Identifier: MIT */
#include "figures.h"

#include <stddef.h>

const int64_t figures_spans_us[FIGURES_SPANS] = {
	500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 500000, 2000000,
};

void figures_add(struct figures_times *times, int64_t took_us)
{
	size_t i = 0;

	times->count++;
	times->sum_us += took_us;
	while (i < FIGURES_SPANS && took_us > figures_spans_us[i])
		i++;
	if (i < FIGURES_SPANS)
		times->within[i]++;
}
