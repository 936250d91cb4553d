/* SPDX-License-Identifier: MIT */
#include "codepoint.h"

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
