/* SPDX-License-Identifier: MIT */
#include "s10_range.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "s10.h"

static bool is_service(const char *service)
{
	return strlen(service) == 2 && strspn(service, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2;
}

bool s10_range_valid(const struct s10_range *range)
{
	return is_service(range->service) && s10_is_country(range->country) &&
	       range->first <= range->next && range->first <= range->last &&
	       range->last <= S10_LAST_SERIAL && range->next <= range->last + 1;
}

void s10_range_number(const struct s10_range *range, uint32_t serial, char ret_number[S10_NUMBER])
{
	char digits[9];

	snprintf(digits, sizeof(digits), "%08" PRIu32, serial % (S10_LAST_SERIAL + 1));
	snprintf(ret_number, S10_NUMBER, "%.2s%.8s%c%.2s", range->service, digits,
	         s10_check_digit(digits), range->country);
}

uint32_t s10_range_left(const struct s10_range *range)
{
	return s10_range_valid(range) ? range->last + 1 - range->next : 0;
}

bool s10_range_claim(struct s10_range *range, char ret_number[S10_NUMBER])
{
	if (s10_range_left(range) == 0)
		return false;
	s10_range_number(range, range->next, ret_number);
	range->next++;
	return true;
}

bool s10_range_low(const struct s10_range *range)
{
	uint64_t all = (uint64_t)range->last - range->first + 1;

	return s10_range_left(range) * UINT64_C(100) <= all * S10_LOW_PERCENT;
}

bool s10_range_holds(const struct s10_range *range, const char *number)
{
	struct s10 id;
	uint32_t serial = 0;

	s10_parse(number, &id);
	if (!id.shape || !id.digit_ok)
		return false;
	for (int i = 2; i < 10; i++)
		serial = serial * 10 + (uint32_t)(id.normalised[i] - '0');
	return strcmp(id.service, range->service) == 0 && strcmp(id.country, range->country) == 0 &&
	       serial >= range->first && serial <= range->last;
}

bool s10_range_overlaps(const struct s10_range *one, const struct s10_range *other)
{
	return strcmp(one->service, other->service) == 0 &&
	       strcmp(one->country, other->country) == 0 && one->first <= other->last &&
	       other->first <= one->last;
}

static bool read_number(const char *text, size_t digits, unsigned *ret_number)
{
	*ret_number = 0;
	for (size_t i = 0; i < digits; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*ret_number = *ret_number * 10 + (unsigned)(text[i] - '0');
	}
	return true;
}

static bool read_date(const char *text, unsigned *ret_month, unsigned *ret_day)
{
	unsigned year, month;

	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-' ||
	    !read_number(text, 4, &year) || !read_number(text + 5, 2, &month) ||
	    !read_number(text + 8, 2, ret_day))
		return false;
	*ret_month = year * 12 + month;
	return month >= 1 && month <= 12 && *ret_day >= 1 && *ret_day <= 31;
}

bool s10_range_rested(const char *used, const char *today)
{
	unsigned used_month, used_day, month, day;

	if (!read_date(used, &used_month, &used_day) || !read_date(today, &month, &day))
		return false;
	return month > used_month + S10_REST_MONTHS ||
	       (month == used_month + S10_REST_MONTHS && day >= used_day);
}
