/* SPDX-License-Identifier: MIT */
/* Goods that a country seizes or a carrier refuses, and methods somebody learnt to avoid. */
#include "customs_lint.h"

#include <string.h>

/* Six digits of what looks like a code, dots or not; 0 when there are fewer than four. */
static uint32_t rough_code(const char *hs)
{
	uint32_t code = 0;
	int digits = 0;

	for (; *hs && digits < 6; hs++)
		if (*hs >= '0' && *hs <= '9') {
			code = code * 10 + (uint32_t)(*hs - '0');
			digits++;
		}
	if (digits < 4)
		return 0;
	for (; digits < 6; digits++)
		code *= 10;
	return code;
}

static bool in_ranges(const struct customs_range *ranges, uint32_t code)
{
	for (int i = 0; i < CUSTOMS_ROW_RANGES && ranges[i].to; i++)
		if (code >= ranges[i].from && code <= ranges[i].to)
			return true;
	return false;
}

/* The text names goods of the row, and nothing takes it back ("artificial feather"). */
static bool names_goods(const struct customs_rules *rules, unsigned row, const char *text,
                        enum customs_phrase_kind kind)
{
	struct customs_split split;
	bool named = false;

	customs_split(text, &split);
	for (unsigned i = 0; i < rules->phrase_count; i++) {
		const struct customs_phrase *phrase = &rules->phrases[i];

		if (phrase->goods != row ||
		    (phrase->kind != kind && phrase->kind != PHRASE_NOT_GOODS))
			continue;
		if (!customs_says(rules, phrase->text, text, &split))
			continue;
		if (phrase->kind == PHRASE_NOT_GOODS)
			return false;
		named = true;
	}
	return named;
}

static bool is_of(const struct customs_rules *rules, unsigned row, const struct notice_item *item)
{
	uint32_t code = rough_code(item->hs);

	if (in_ranges(rules->goods[row].hs, code))
		return true;
	return !in_ranges(rules->goods[row].not_hs, code) &&
	       (names_goods(rules, row, item->material, PHRASE_MATERIAL) ||
	        names_goods(rules, row, item->description, PHRASE_GOODS));
}

bool customs_method_is(const struct customs_rules *rules, const struct customs_method *method,
                       const char *name)
{
	return method && (strcmp(customs_text(rules, method->name), name) == 0 ||
	                  strcmp(customs_text(rules, method->kind), name) == 0);
}

static bool goes_by(const struct customs_lint *lint, const struct customs_advice *advice)
{
	if (!advice->methods[0])
		return true;
	for (int i = 0; i < CUSTOMS_ROW_PATTERNS && advice->methods[i]; i++)
		if (customs_method_is(lint->rules, lint->method,
		                      customs_text(lint->rules, advice->methods[i])))
			return true;
	return false;
}

static bool goes_to(const struct customs_lint *lint, const struct customs_advice *advice)
{
	const char *country = lint->notice->recipient.country;

	return (customs_places_empty(&advice->places) ||
	        customs_places_has(&advice->places, country)) &&
	       !customs_places_has(&advice->except, country);
}

static void say(struct customs_lint *lint, const struct customs_advice *advice, int item)
{
	uint8_t level = lint->levels[advice->rule];

	if (advice->level && level != CUSTOMS_OFF)
		lint->levels[advice->rule] = advice->level;
	customs_say(lint, (enum customs_rule)advice->rule, item, "%s",
	            customs_text(lint->rules, advice->text));
	lint->levels[advice->rule] = level;
}

static void follow(struct customs_lint *lint, const struct customs_advice *advice)
{
	if (!goes_to(lint, advice) || !goes_by(lint, advice))
		return;
	if (!advice->goods) {
		say(lint, advice, CUSTOMS_NO_ITEM);
		return;
	}
	for (int i = 0; i < lint->notice->item_count; i++)
		if (is_of(lint->rules, advice->goods - 1u, &lint->notice->items[i]))
			say(lint, advice, i);
}

void customs_check_goods(struct customs_lint *lint)
{
	for (unsigned i = 0; i < lint->rules->advice_count; i++)
		follow(lint, &lint->rules->advices[i]);
	if (!lint->method && !customs_blank(lint->notice->method) && lint->rules->method_count)
		customs_say(lint, RULE_METHOD_UNKNOWN, CUSTOMS_NO_ITEM,
		            "no limits are known for this shipping method");
}
