/* SPDX-License-Identifier: MIT */
#include "codepoint.h"

#include <string.h>

static size_t length_of(uint8_t lead)
{
	if (lead < 0x80)
		return 1;
	if (lead < 0xC2 || lead > 0xF4)
		return 0;
	return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

size_t codepoint_next(const char *text, size_t len, uint32_t *ret_character)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const uint8_t *byte = (const uint8_t *)text;
	size_t n = len ? length_of(byte[0]) : 0;
	uint32_t character;

	if (n == 0 || n > len)
		return 0;
	character = n == 1 ? byte[0] : byte[0] & (0x7Fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((byte[i] & 0xC0) != 0x80)
			return 0;
		character = character << 6 | (byte[i] & 0x3Fu);
	}
	if (character < least[n] || character > 0x10FFFF ||
	    (character >= 0xD800 && character <= 0xDFFF))
		return 0;
	*ret_character = character;
	return n;
}

bool codepoint_is_silent(uint32_t c)
{
	return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F);
}

static bool is_blank(uint32_t c)
{
	return c <= ' ' || (c >= 0x7F && c <= 0xA0) || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
	       c == 0x205F || c == 0x3000;
}

bool codepoint_any_seen(const char *text)
{
	size_t len = strlen(text), n;
	uint32_t c;

	for (size_t at = 0; at < len; at += n) {
		n = codepoint_next(text + at, len - at, &c);
		if (n == 0 || (!is_blank(c) && !codepoint_is_silent(c)))
			return true;
	}
	return false;
}
