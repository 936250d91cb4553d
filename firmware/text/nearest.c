/* SPDX-License-Identifier: MIT */
#include "nearest.h"

#include <limits.h>
#include <stddef.h>
#include <string.h>

unsigned nearest_distance(const char *a, const char *b)
{
	unsigned row[64], corner, up;
	size_t len = strlen(b);

	if (len >= 63)
		return UINT_MAX;
	for (size_t j = 0; j <= len; j++)
		row[j] = (unsigned)j;
	for (; *a; a++) {
		corner = row[0]++;
		for (size_t j = 1; j <= len; j++) {
			unsigned best = corner + (*a != b[j - 1]);

			up = row[j];
			if (up + 1 < best)
				best = up + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			corner = up;
			row[j] = best;
		}
	}
	return row[len];
}
