/* SPDX-License-Identifier: MIT */
/* Tariff codes and origin, line by line. */
#include "customs_lint.h"

#include <stdio.h>
#include <string.h>

#include "s10.h"

#define HS_LEAST 6
#define HS_MOST  10

/* The first digits as a number. */
static uint32_t first_digits(const char *hs, int count)
{
	uint32_t code = 0;

	for (int i = 0; i < count; i++)
		code = code * 10 + (uint32_t)(hs[i] - '0');
	return code;
}

static const char *successors(const struct customs_lint *lint, uint32_t code)
{
	for (unsigned i = 0; i < lint->rules->gone_count; i++)
		if (lint->rules->gone[i].code == code)
			return customs_rules_text(lint, &lint->rules->gone[i].text);
	return NULL;
}

/* What HS 2022 has under the same heading; false when there is nothing. */
static bool list_heading(const struct customs_rules *rules, uint32_t code, char *list, size_t size)
{
	uint32_t heading = code / 100 * 100;
	size_t used = 0;

	for (unsigned i = 0; i < rules->hs_count; i++) {
		if (rules->hs[i] / 100 * 100 != heading)
			continue;
		if (used + 12 > size) {
			snprintf(list + used, size - used, " ...");
			break;
		}
		used += (size_t)snprintf(list + used, size - used, " %06u", rules->hs[i]);
	}
	return used > 0;
}

/* Five, seven or nine digits that a 0 in front makes a code of the list. */
static bool lost_its_zero(const struct customs_rules *rules, const char *hs)
{
	return strlen(hs) % 2 == 1 && customs_hs_known(rules, first_digits(hs, HS_LEAST - 1));
}

static void check_known(struct customs_lint *lint, int at, const char *hs)
{
	char list[80];
	const char *now;
	uint32_t code = first_digits(hs, HS_LEAST);

	if (customs_hs_known(lint->rules, code))
		return;
	now = successors(lint, code);
	if (lost_its_zero(lint->rules, hs))
		customs_say(lint, RULE_HS_UNKNOWN, at,
		            "there is no %.6s in HS 2022: was it 0%s, its 0 lost in a spreadsheet?",
		            hs, hs);
	else if (now)
		customs_say(lint, RULE_HS_UNKNOWN, at,
		            "%.6s left the list with HS 2022 or before; its goods are under %s", hs,
		            now);
	else if (list_heading(lint->rules, code, list, sizeof(list)))
		customs_say(lint, RULE_HS_UNKNOWN, at, "there is no %.6s in HS 2022, but%s", hs,
		            list);
	else
		customs_say(lint, RULE_HS_UNKNOWN, at, "there is no %.6s in HS 2022", hs);
}

static void check_length(struct customs_lint *lint, int at, size_t digits)
{
	const char *country = lint->notice->recipient.country;

	if (digits < lint->hs_digits)
		customs_say(lint, RULE_HS_SHORT, at, "%s wants %u digits, the notice gives %zu",
		            country, lint->hs_digits, digits);
	else if (digits < lint->hs_advised)
		customs_say(lint, RULE_HS_BETTER, at,
		            "for %s %u digits are better; the notice gives %zu", country,
		            lint->hs_advised, digits);
}

static void check_hs(struct customs_lint *lint, int at, const char *hs)
{
	char quote[CUSTOMS_QUOTE];
	size_t digits = strspn(hs, "0123456789");

	if (customs_blank(hs)) {
		if (!lint->documents)
			customs_say(lint, RULE_HS_MISSING, at, "there is no HS code");
	} else if (hs[digits] == '\0' && digits == HS_LEAST - 1 &&
	           customs_hs_known(lint->rules, first_digits(hs, HS_LEAST - 1))) {
		customs_say(lint, RULE_HS_MALFORMED, at,
		            "'%s' is no HS code; was it 0%s, its 0 lost in a spreadsheet?", hs, hs);
	} else if (hs[digits] != '\0' || digits < HS_LEAST || digits > HS_MOST) {
		customs_say(lint, RULE_HS_MALFORMED, at,
		            "'%s' is no HS code: 6 to 10 digits without dots or blanks",
		            customs_quote(hs, quote));
	} else {
		check_known(lint, at, hs);
		check_length(lint, at, digits);
	}
}

static void check_origin(struct customs_lint *lint, int at, const char *origin)
{
	if (!customs_blank(origin))
		customs_check_country(lint, at, "the country of origin", origin);
	else if (!lint->documents)
		customs_say(lint, RULE_ORIGIN_MISSING, at,
		            "there is no country of origin (where it was made)");
}

void customs_check_country(struct customs_lint *lint, int item, const char *whose,
                           const char *country)
{
	const struct customs_rules *rules = lint->rules;
	char quote[CUSTOMS_QUOTE];

	if (s10_is_country(country))
		return;
	customs_quote(country, quote);
	for (unsigned i = 0; i < rules->country_count; i++) {
		const struct customs_hint *hint = &rules->countries[i];

		if (strcmp(customs_text(rules, hint->from), country) != 0)
			continue;
		customs_say(lint, RULE_COUNTRY_UNKNOWN, item, "%s: '%s' is not in ISO 3166: %s",
		            customs_in(lint, whose), quote, customs_rules_text(lint, &hint->text));
		return;
	}
	customs_say(lint, RULE_COUNTRY_UNKNOWN, item,
	            "%s: '%s' is not in ISO 3166 (two capital letters)", customs_in(lint, whose),
	            quote);
}

void customs_check_tariff(struct customs_lint *lint)
{
	for (int i = 0; i < lint->notice->item_count; i++) {
		check_hs(lint, i, lint->notice->items[i].hs);
		check_origin(lint, i, lint->notice->items[i].origin);
	}
}
