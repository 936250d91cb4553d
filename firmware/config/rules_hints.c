/* SPDX-License-Identifier: MIT */
#include "rules_hints.h"

#include <stdlib.h>
#include <string.h>

static bool refuse(const struct rules_value *value, const char *key)
{
	hal_fault_set(value->fault, "no such key: '%.60s'", key);
	return false;
}

static bool take_hint(const struct rules_value *value, const char *key, struct customs_hint *hints,
                      unsigned *count)
{
	if (*count == CUSTOMS_MAX_HINTS) {
		hal_fault_set(value->fault, "too many hints");
		return false;
	}
	if (!rules_values_keep(value, key, &hints[*count].from) ||
	    !rules_values_keep(value, value->text, &hints[*count].text.english))
		return false;
	(*count)++;
	return true;
}

bool rules_hints_country(const struct rules_value *value, const char *key)
{
	return take_hint(value, key, value->rules->countries, &value->rules->country_count);
}

bool rules_hints_currency(const struct rules_value *value, const char *key)
{
	return take_hint(value, key, value->rules->currencies, &value->rules->currency_count);
}

/* Of a hint that stands in an earlier section. */
static bool translate_hint(const struct rules_value *value, const char *key,
                           struct customs_hint *hints, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (strcmp(customs_text(value->rules, hints[i].from), key) == 0)
			return rules_values_keep(value, value->text, &hints[i].text.chinese);
	return refuse(value, key);
}

bool rules_hints_country_zh(const struct rules_value *value, const char *key)
{
	return translate_hint(value, key, value->rules->countries, value->rules->country_count);
}

bool rules_hints_currency_zh(const struct rules_value *value, const char *key)
{
	return translate_hint(value, key, value->rules->currencies, value->rules->currency_count);
}

bool rules_hints_gone_zh(const struct rules_value *value, const char *key)
{
	struct customs_rules *rules = value->rules;

	for (unsigned i = 0; i < rules->gone_count; i++)
		if ((long)rules->gone[i].code == strtol(key, NULL, 10))
			return rules_values_keep(value, value->text, &rules->gone[i].text.chinese);
	return refuse(value, key);
}

bool rules_hints_gone(const struct rules_value *value, const char *key)
{
	struct customs_rules *rules = value->rules;
	struct customs_gone *gone = &rules->gone[rules->gone_count];
	char *end;
	long code = strtol(key, &end, 10);

	if (strlen(key) != 6 || *end != '\0')
		return refuse(value, key);
	if (rules->gone_count == CUSTOMS_MAX_GONE) {
		hal_fault_set(value->fault, "too many codes");
		return false;
	}
	gone->code = (uint32_t)code;
	if (!rules_values_keep(value, value->text, &gone->text.english))
		return false;
	rules->gone_count++;
	return true;
}
