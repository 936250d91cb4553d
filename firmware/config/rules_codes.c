/* SPDX-License-Identifier: MIT */
#include "rules_codes.h"

#include <stdlib.h>
#include <string.h>

bool rules_codes_heading(struct customs_rules *rules, char *line)
{
	char *rest, *end;
	unsigned long heading = strtoul(line, &rest, 10);

	if (rest - line != 4)
		return false;
	for (;;) {
		unsigned long sub = strtoul(rest, &end, 10);
		uint32_t code = (uint32_t)(heading * 100 + sub);

		if (end == rest)
			return rest[strspn(rest, " \r\n")] == '\0';
		if (sub > 99 || rules->hs_count == CUSTOMS_MAX_HS ||
		    (rules->hs_count > 0 && rules->hs[rules->hs_count - 1] >= code))
			return false;
		rules->hs[rules->hs_count++] = code;
		rest = end;
	}
}

/* "4414" is 441400 to 441499, "4420.10" one code; returns false when it is neither. */
static bool read_codes(const char *text, size_t len, struct customs_range *ret_range)
{
	uint32_t code = 0, span = 1;
	int digits = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == '.' || text[i] == ' ')
			continue;
		if (text[i] < '0' || text[i] > '9' || ++digits > 6)
			return false;
		code = code * 10 + (uint32_t)(text[i] - '0');
	}
	if (digits < 2)
		return false;
	for (; digits < 6; digits++) {
		code *= 10;
		span *= 10;
	}
	*ret_range = (struct customs_range){ code, code + span - 1 };
	return true;
}

bool rules_codes_ranges(const struct rules_value *value, void *member)
{
	struct customs_range *ranges = member, last;
	const char *list = value->text;
	char part[RULES_PART];

	for (int i = 0; rules_values_part(&list, part); i++) {
		size_t len = strcspn(part, "-");

		if (i == CUSTOMS_ROW_RANGES)
			return rules_values_full(value, "codes in one row");
		if (!read_codes(part, len, &ranges[i]))
			return rules_values_refuse(value, "no HS code", part);
		if (part[len] == '\0')
			continue;
		if (!read_codes(part + len + 1, strlen(part + len + 1), &last))
			return rules_values_refuse(value, "no HS code", part);
		ranges[i].to = last.to;
	}
	return true;
}
