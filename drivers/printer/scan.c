/* SPDX-License-Identifier: MIT */
#include "printer/scan.h"

#include <string.h>

int scan_peek(struct scan *scan)
{
	if (!scan->wrong && scan->at == scan->end)
		scan->more = true;
	return scan->wrong || scan->more ? -1 : *scan->at;
}

static bool is_one_of(int byte, const char *set)
{
	return byte > 0 && strchr(set, byte);
}

void scan_expect(struct scan *scan, int byte)
{
	int found = scan_peek(scan);

	if (found == byte)
		scan->at++;
	else if (found >= 0)
		scan->wrong = true;
}

void scan_skip(struct scan *scan, const char *set)
{
	while (is_one_of(scan_peek(scan), set))
		scan->at++;
}

void scan_expect_text(struct scan *scan, const char *text)
{
	for (; *text; text++)
		scan_expect(scan, *text);
}

static int digit_of(int byte, unsigned base)
{
	int digit = -1;

	if (byte >= '0' && byte <= '9')
		digit = byte - '0';
	else if (byte >= 'A' && byte <= 'F')
		digit = byte - 'A' + 10;
	else if (byte >= 'a' && byte <= 'f')
		digit = byte - 'a' + 10;
	return digit < (int)base ? digit : -1;
}

uint32_t scan_number(struct scan *scan, unsigned base, unsigned least, unsigned most)
{
	uint32_t number = 0;
	unsigned count = 0;

	for (; count < most; count++) {
		int digit = digit_of(scan_peek(scan), base);

		if (digit < 0)
			break;
		number = number * base + (uint32_t)digit;
		scan->at++;
	}
	if (count < least && !scan->more)
		scan->wrong = true;
	return number;
}
