/* SPDX-License-Identifier: MIT */
#include "aim.h"

#include <stdbool.h>
#include <string.h>

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_modifier(char c)
{
	return (c >= '0' && c <= '9') || is_letter(c);
}

size_t aim_find(const char *text, size_t len, char ret_symbology[AIM_LEN + 1])
{
	if (len < AIM_LEN || text[0] != ']' || !is_letter(text[1]) || !is_modifier(text[2]))
		return 0;
	memcpy(ret_symbology, text, AIM_LEN);
	ret_symbology[AIM_LEN] = '\0';
	return AIM_LEN;
}
