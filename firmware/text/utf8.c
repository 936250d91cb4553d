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

/* clang-format off */
/* Capitals whose small letter stands at a fixed distance, or, step 2, one further on. */
static const struct {
	uint16_t first, last, step, distance;
} capitals[] = {
	{ 'A', 'Z', 1, 32 },          { 0x00c0, 0x00d6, 1, 32 },    { 0x00d8, 0x00de, 1, 32 },
	{ 0x0100, 0x0136, 2, 1 },     { 0x0139, 0x0147, 2, 1 },     { 0x014a, 0x0176, 2, 1 },
	{ 0x0179, 0x017d, 2, 1 },     { 0x0218, 0x021a, 2, 1 },     { 0x0391, 0x03ab, 1, 32 },
	{ 0x0400, 0x040f, 1, 80 },    { 0x0410, 0x042f, 1, 32 },    { 0x0460, 0x0480, 2, 1 },
	{ 0x1e00, 0x1efe, 2, 1 },
};
/* clang-format on */

static unsigned small(unsigned letter)
{
	for (size_t i = 0; i < sizeof(capitals) / sizeof(capitals[0]); i++)
		if (letter >= capitals[i].first && letter <= capitals[i].last &&
		    (letter - capitals[i].first) % capitals[i].step == 0)
			return letter + capitals[i].distance;
	return letter;
}

/* One character of up to three bytes; longer ones have no capitals here. */
static size_t fold_one(const char *text, size_t len, char folded[4])
{
	const uint8_t *bytes = (const uint8_t *)text;
	unsigned letter = bytes[0];

	memcpy(folded, text, len);
	if (len == 2)
		letter = (bytes[0] & 0x1fu) << 6 | (bytes[1] & 0x3fu);
	else if (len == 3)
		letter = (bytes[0] & 0x0fu) << 12 | (bytes[1] & 0x3fu) << 6 | (bytes[2] & 0x3fu);
	if (len > 3 || small(letter) == letter)
		return len;
	letter = small(letter);
	if (len == 1)
		folded[0] = (char)letter;
	else if (len == 2)
		folded[0] = (char)(0xc0 | letter >> 6);
	else
		folded[1] = (char)(0x80 | (letter >> 6 & 0x3f));
	if (len > 1)
		folded[len - 1] = (char)(0x80 | (letter & 0x3f));
	return len;
}

void utf8_fold(char *to, size_t size, const char *text)
{
	size_t used = 0, len, more;
	char folded[4];

	text += strspn(text, " \t\r\n");
	for (len = strlen(text); len > 0; text += more, len -= more) {
		size_t blanks = strspn(text, " \t\r\n");

		more = blanks ? blanks : utf8_length(text, len);
		if (more == 0 || blanks == len)
			break;
		folded[0] = ' ';
		if (!blanks)
			fold_one(text, more, folded);
		if (used + (blanks ? 1 : more) >= size)
			break;
		memcpy(to + used, folded, blanks ? 1 : more);
		used += blanks ? 1 : more;
	}
	to[used] = '\0';
}
