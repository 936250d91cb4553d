/* SPDX-License-Identifier: MIT */
#include "customs.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "customs_lint.h"

const char *customs_level_name(enum customs_level level)
{
	static const char *const names[] = {
		[CUSTOMS_NOTE] = "note",
		[CUSTOMS_ASK] = "ask",
		[CUSTOMS_HOLD] = "hold",
	};

	return names[level];
}

enum customs_level customs_worst(const struct customs_report *report)
{
	enum customs_level worst = 0;

	for (unsigned i = 0; i < report->count; i++)
		if (report->findings[i].level > worst)
			worst = report->findings[i].level;
	return worst;
}

/* Takes back the bytes of a character that vsnprintf or a quote has cut in two. */
static void mend_end(char *text)
{
	size_t len = strlen(text), start = len;

	while (start > 0 && len - start < 3 && (text[start - 1] & 0xc0) == 0x80)
		start--;
	if (start == 0 || (text[start - 1] & 0xc0) != 0xc0)
		return;
	unsigned char lead = (unsigned char)text[start - 1];
	size_t wanted = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;

	if (len - start < wanted)
		text[start - 1] = '\0';
}

const char *customs_quote(const char *text, char ret_quote[CUSTOMS_QUOTE])
{
	static const char more[] = "...";
	size_t len = strlen(text);

	if (len < CUSTOMS_QUOTE) {
		memcpy(ret_quote, text, len + 1);
		return ret_quote;
	}
	len = CUSTOMS_QUOTE - sizeof(more);
	memcpy(ret_quote, text, len);
	ret_quote[len] = '\0';
	mend_end(ret_quote);
	memcpy(ret_quote + strlen(ret_quote), more, sizeof(more));
	return ret_quote;
}

bool customs_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

/* The place for one more finding; of a full report that of the mildest, if this one is graver. */
static struct customs_finding *find_room(struct customs_report *report, enum customs_level level)
{
	struct customs_finding *mildest = &report->findings[0];

	if (report->count < CUSTOMS_MAX_FINDINGS)
		return &report->findings[report->count++];
	report->dropped++;
	for (unsigned i = 1; i < report->count; i++)
		if (report->findings[i].level < mildest->level)
			mildest = &report->findings[i];
	return mildest->level < level ? mildest : NULL;
}

__attribute__((format(printf, 5, 0))) static void say(struct customs_lint *lint,
                                                      enum customs_level level,
                                                      enum customs_rule rule, int item,
                                                      const char *format, va_list arguments)
{
	struct customs_finding *finding = find_room(lint->report, level);

	if (!finding)
		return;
	finding->level = level;
	finding->rule = customs_rule_name(rule);
	finding->item = item;
	vsnprintf(finding->text, sizeof(finding->text), customs_in(lint, format), arguments);
	mend_end(finding->text);
}

void customs_say(struct customs_lint *lint, enum customs_rule rule, int item, const char *format,
                 ...)
{
	va_list arguments;

	if (lint->levels[rule] == CUSTOMS_OFF)
		return;
	va_start(arguments, format);
	say(lint, (enum customs_level)lint->levels[rule], rule, item, format, arguments);
	va_end(arguments);
}

void customs_say_at_most(struct customs_lint *lint, enum customs_level most, enum customs_rule rule,
                         int item, const char *format, ...)
{
	enum customs_level level = (enum customs_level)lint->levels[rule];
	va_list arguments;

	if (lint->levels[rule] == CUSTOMS_OFF)
		return;
	va_start(arguments, format);
	say(lint, level < most ? level : most, rule, item, format, arguments);
	va_end(arguments);
}

static void apply_destination(struct customs_lint *lint, const struct customs_destination *row)
{
	for (int rule = 0; rule < CUSTOMS_RULES; rule++)
		if (row->levels[rule])
			lint->levels[rule] = row->levels[rule];
	if (row->hs_digits)
		lint->hs_digits = row->hs_digits;
	if (row->hs_advised)
		lint->hs_advised = row->hs_advised;
	lint->requires |= row->requires;
	lint->advises |= row->advises;
	if (money_known(&row->ioss_up_to))
		lint->ioss_up_to = row->ioss_up_to;
	if (money_known(&row->informal_up_to))
		lint->informal_up_to = row->informal_up_to;
	lint->ioss |= row->ioss;
	if (row->tax)
		lint->tax = row->tax;
}

static void prepare(struct customs_lint *lint)
{
	const struct customs_rules *rules = lint->rules;
	const struct notice *notice = lint->notice;

	memcpy(lint->levels, rules->levels, sizeof(lint->levels));
	for (unsigned i = 0; i < rules->destination_count; i++)
		if (customs_places_has(&rules->destinations[i].places, notice->recipient.country))
			apply_destination(lint, &rules->destinations[i]);
	lint->method = customs_find_method(rules, notice->method);
	if (lint->method)
	lint->requires |= lint->method->requires;
	lint->documents = notice->nature == NATURE_DOCUMENTS;
	notice_portions(notice, lint->what->parcel, &lint->parcel);
}

/* The gravest first; among equals the order in which the checks spoke. */
static void sort_by_level(struct customs_report *report)
{
	for (unsigned i = 1; i < report->count; i++) {
		struct customs_finding finding = report->findings[i];
		unsigned at = i;

		for (; at > 0 && report->findings[at - 1].level < finding.level; at--)
			report->findings[at] = report->findings[at - 1];
		report->findings[at] = finding;
	}
}

void customs_lint(const struct customs_rules *rules, const struct customs_case *what,
                  struct customs_report *ret_report)
{
	static void (*const checks[])(struct customs_lint *) = {
		customs_check_nature,  customs_check_words,    customs_check_values,
		customs_check_weights, customs_check_tariff,   customs_check_parties,
		customs_check_goods,   customs_check_tracking,
	};
	struct customs_lint lint = {
		.rules = rules,
		.what = what,
		.notice = what->notice,
		.report = ret_report,
	};

	ret_report->count = ret_report->dropped = 0;
	prepare(&lint);
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		checks[i](&lint);
	sort_by_level(ret_report);
}

static bool says(const struct customs_report *report, const struct customs_finding *finding)
{
	for (unsigned i = 0; i < report->count; i++) {
		const struct customs_finding *one = &report->findings[i];

		if (one->item == finding->item && strcmp(one->rule, finding->rule) == 0 &&
		    strcmp(one->text, finding->text) == 0 && one->level >= finding->level)
			return true;
	}
	return false;
}

void customs_subtract(struct customs_report *report, const struct customs_report *known)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < report->count; i++)
		if (!says(known, &report->findings[i]))
			report->findings[kept++] = report->findings[i];
	report->count = kept;
}
