/* SPDX-License-Identifier: MIT */
#include "grams.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define MOST_MG 2000000000

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits behind the point, scaled to milligrams; false when finer. */
static bool parse_fraction(const char **at, int64_t *mg)
{
	int64_t worth = 100;

	for (; is_digit(**at); (*at)++, worth /= 10) {
		if (worth == 0 && **at != '0')
			return false;
		*mg += (**at - '0') * worth;
	}
	return true;
}

bool grams_parse(const char *text, int32_t *ret_mg)
{
	const char *at = text + strspn(text, " ");
	int64_t mg = 0;

	if (!is_digit(*at))
		return false;
	for (; is_digit(*at) && mg <= MOST_MG; at++)
		mg = mg * 10 + (*at - '0') * 1000;
	if (*at == '.') {
		at++;
		if (!is_digit(*at) || !parse_fraction(&at, &mg))
			return false;
	}
	at += strspn(at, " ");
	if (*at || mg > MOST_MG)
		return false;
	*ret_mg = (int32_t)mg;
	return true;
}

void grams_format(int64_t mg, char *text, size_t size)
{
	int64_t magnitude = mg < 0 ? -mg : mg;
	char decimals[8];

	snprintf(decimals, sizeof(decimals), ".%03" PRId64, magnitude % 1000);
	for (size_t end = 4; end > 0 && (decimals[end - 1] == '0' || decimals[end - 1] == '.');) {
		bool point = decimals[--end] == '.';

		decimals[end] = '\0';
		if (point)
			break;
	}
	snprintf(text, size, "%s%" PRId64 "%s", mg < 0 ? "-" : "", magnitude / 1000, decimals);
}
