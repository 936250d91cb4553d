/* SPDX-License-Identifier: MIT */
#include "notice_lenient.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "notice_json.h"
#include "utf8.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Words taken out of the JSON before the strict reader sees them, put back behind it. */
struct kept {
	struct money money[NOTICE_MAX_ITEMS][3];
	char origin[NOTICE_MAX_ITEMS][4];
	char hs[NOTICE_MAX_ITEMS][16];
	char country[2][4];
};

static const char *const money_keys[] = { "unit_value", "sale_price", "purchase_price" };
static const char *const party_keys[] = { "recipient", "sender" };

/* An amount in a currency that is not in force is kept, if it is an amount at all. */
static void keep_money(json_t *item, const char *key, struct money *money)
{
	json_t *value = json_object_get(item, key);
	const char *amount = json_string_value(json_object_get(value, "amount"));
	const char *currency = json_string_value(json_object_get(value, "currency"));
	enum money_fault fault;

	if (!amount || !currency || json_object_size(value) != 2)
		return;
	fault = money_keep(amount, currency, money);
	if (fault == MONEY_UNKNOWN_CURRENCY || fault == MONEY_WITHDRAWN_CURRENCY) {
		if (money_known(money))
			json_object_del(item, key);
	} else {
		*money = (struct money){ 0 };
	}
}

/* A name in place of the code is kept cut, which is no code either. */
static void keep_country(json_t *object, const char *key, char country[4])
{
	const char *text = json_string_value(json_object_get(object, key));
	size_t len = 0, step;

	if (!text || !*text)
		return;
	while ((step = utf8_length(text + len, strlen(text + len))) > 0 && len + step < 4)
		len += step;
	memcpy(country, text, len);
	json_object_del(object, key);
}

/* A code longer than any is kept cut: still longer than any, and refused for that. */
static void keep_hs(json_t *item, char hs[16])
{
	const char *text = json_string_value(json_object_get(item, "hs"));

	if (!text || strlen(text) < 16)
		return;
	memcpy(hs, text, 15);
	json_object_del(item, "hs");
}

static void take_out(json_t *root, struct kept *kept)
{
	json_t *items = json_object_get(root, "items"), *item;
	size_t i;

	for (size_t k = 0; k < COUNT(party_keys); k++)
		keep_country(json_object_get(root, party_keys[k]), "country", kept->country[k]);
	json_array_foreach(items, i, item)
	{
		if (i == NOTICE_MAX_ITEMS)
			return;
		keep_country(item, "origin", kept->origin[i]);
		keep_hs(item, kept->hs[i]);
		for (size_t k = 0; k < COUNT(money_keys); k++)
			keep_money(item, money_keys[k], &kept->money[i][k]);
	}
}

static void put_back(const struct kept *kept, struct notice *notice)
{
	memcpy(notice->recipient.country, kept->country[0], sizeof(kept->country[0]));
	memcpy(notice->sender.country, kept->country[1], sizeof(kept->country[1]));
	for (unsigned i = 0; i < notice->item_count; i++) {
		struct notice_item *item = &notice->items[i];
		struct money *money[] = { &item->unit_value, &item->sale_price,
			                  &item->purchase_price };

		memcpy(item->origin, kept->origin[i], sizeof(kept->origin[i]));
		if (kept->hs[i][0])
			memcpy(item->hs, kept->hs[i], sizeof(kept->hs[i]));
		for (size_t k = 0; k < COUNT(money_keys); k++)
			if (money_known(&kept->money[i][k]))
				*money[k] = kept->money[i][k];
	}
}

/* clang-format off */
/* What a fault's path ends in, and the rule that is broken; NULL: the lint says it itself. */
static const struct {
	const char *begins, *ends;
	const char *rule;
} meanings[] = {
	{ "recipient.name",     "",                NULL },
	{ "recipient.lines",    "",                NULL },
	{ "recipient.city",     "",                NULL },
	{ "recipient.country",  "is missing",      NULL },
	{ "recipient.country",  "empty",           NULL },
	{ "sender.country",     "is missing",      NULL },
	{ "recipient.country",  "",                "country-unknown" },
	{ "sender.country",     "",                "country-unknown" },
	{ "recipient",          "",                "recipient-incomplete" },
	{ "sender",             "",                "sender-incomplete" },
	{ "parcels",            "in no parcel",    NULL },
	{ "parcels",            "",                "totals" },
	{ "tracking",           "",                "tracking-digit" },
	{ "size_mm",            "",                "size-limit" },
	{ "ioss",               "",                "ioss" },
};

static const struct {
	const char *key, *rule;
} item_meanings[] = {
	{ ".origin",         "country-unknown" },
	{ ".hs",             "hs-malformed" },
	{ ".unit_value",     "currency-unknown" },
	{ ".sale_price",     "currency-unknown" },
	{ ".purchase_price", "currency-unknown" },
};
/* clang-format on */

static const char refused[] = "notice-refused";

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static bool is_of_currency(const char *reason)
{
	return strstr(reason, "currency that") != NULL;
}

/* The rule a fault of an item breaks. */
static const char *item_rule(const char *key, const char *reason)
{
	for (size_t i = 0; i < COUNT(item_meanings); i++) {
		if (strcmp(item_meanings[i].key, key) != 0)
			continue;
		if (strcmp(item_meanings[i].rule, "currency-unknown") == 0 &&
		    !is_of_currency(reason))
			return refused;
		return item_meanings[i].rule;
	}
	return refused;
}

/* False when the lint will say it. */
static bool find_rule(const struct notice_fault *fault, const char **ret_rule, int *ret_item)
{
	char *rest;

	*ret_rule = refused;
	*ret_item = -1;
	if (begins(fault->path, "items[")) {
		*ret_item = (int)strtol(fault->path + strlen("items["), &rest, 10);
		*ret_rule = item_rule(rest + strspn(rest, "]"), fault->reason);
		return true;
	}
	if (strcmp(fault->reason, "no such key") == 0)
		return true;
	for (size_t i = 0; i < COUNT(meanings); i++)
		if (begins(fault->path, meanings[i].begins) &&
		    strstr(fault->reason, meanings[i].ends)) {
			*ret_rule = meanings[i].rule;
			return meanings[i].rule != NULL;
		}
	return true;
}

/* Cuts the half character that a bounded print may leave at the end. */
static void trim_end(char *text)
{
	size_t at = 0, len = strlen(text), step;

	while (at < len && (step = utf8_length(text + at, len - at)) > 0)
		at += step;
	text[at] = '\0';
}

static void report_faults(const struct notice_faults *faults, struct customs_report *report)
{
	for (unsigned i = 0; i < faults->count; i++) {
		const struct notice_fault *fault = &faults->faults[i];
		struct customs_finding *finding = &report->findings[report->count];

		if (!find_rule(fault, &finding->rule, &finding->item))
			continue;
		finding->level = CUSTOMS_HOLD;
		snprintf(finding->text, sizeof(finding->text), "%.90s%s%.100s", fault->path,
		         fault->path[0] ? ": " : "", fault->reason);
		trim_end(finding->text);
		report->count++;
	}
}

bool notice_lenient_parse(const char *text, size_t len, struct notice *ret_notice,
                          struct customs_report *ret_refused)
{
	struct notice_faults faults = { 0 };
	struct kept kept = { 0 };
	json_error_t error;
	json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
	enum hal_status status = HAL_E_ARG;

	ret_refused->count = ret_refused->dropped = 0;
	if (json_is_object(root)) {
		take_out(root, &kept);
		status = notice_json_read(root, ret_notice, &faults);
		put_back(&kept, ret_notice);
	} else {
		notice_fault_add(&faults, "", "%s", root ? "must be an object" : error.text);
	}
	if (status != HAL_OK)
		report_faults(&faults, ret_refused);
	status = json_is_object(root) ? HAL_OK : HAL_E_ARG;
	json_decref(root);
	return status == HAL_OK && ret_notice->item_count > 0;
}
