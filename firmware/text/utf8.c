/* SPDX-License-Identifier: MIT */
#include "utf8.h"

#include <string.h>

#include <stdint.h>

/* The first byte decides the length and what the second may be: no over-long form, no
 * surrogate, nothing above U+10FFFF. */
static const struct {
	uint8_t first, last, length, low, high;
} shapes[] = {
	{ 0xc2, 0xdf, 2, 0x80, 0xbf }, { 0xe0, 0xe0, 3, 0xa0, 0xbf }, { 0xe1, 0xec, 3, 0x80, 0xbf },
	{ 0xed, 0xed, 3, 0x80, 0x9f }, { 0xee, 0xef, 3, 0x80, 0xbf }, { 0xf0, 0xf0, 4, 0x90, 0xbf },
	{ 0xf1, 0xf3, 4, 0x80, 0xbf }, { 0xf4, 0xf4, 4, 0x80, 0x8f },
};

static bool tail_fits(const uint8_t *bytes, size_t row)
{
	for (size_t i = 1; i < shapes[row].length; i++) {
		uint8_t low = i == 1 ? shapes[row].low : 0x80;
		uint8_t high = i == 1 ? shapes[row].high : 0xbf;

		if (bytes[i] < low || bytes[i] > high)
			return false;
	}
	return true;
}

size_t utf8_length(const char *text, size_t len)
{
	const uint8_t *bytes = (const uint8_t *)text;

	if (len == 0)
		return 0;
	if (bytes[0] < 0x80)
		return 1;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		if (bytes[0] < shapes[i].first || bytes[0] > shapes[i].last)
			continue;
		return shapes[i].length <= len && tail_fits(bytes, i) ? shapes[i].length : 0;
	}
	return 0;
}

bool utf8_valid(const char *text, size_t len)
{
	while (len > 0) {
		size_t step = utf8_length(text, len);

		if (step == 0)
			return false;
		text += step;
		len -= step;
	}
	return true;
}

void utf8_copy(char *to, size_t size, const char *text)
{
	size_t len = strlen(text);
	size_t kept = 0;

	while (kept < len) {
		size_t more = utf8_length(text + kept, len - kept);

		if (more == 0 || kept + more >= size)
			break;
		kept += more;
	}
	memcpy(to, text, kept);
	to[kept] = '\0';
}
