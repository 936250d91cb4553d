/* SPDX-License-Identifier: MIT */
/* Shapes that mean something: money, weights, the words of a list. */
#include "notice_json_shapes.h"

#include <stdio.h>
#include <string.h>

#include "grams.h"

/* ---- Money and weights ------------------------------------------------------------------ */

static const char *const money_words[] = {
	[MONEY_OK] = "",
	[MONEY_NO_NUMBER] = "is not an amount like 4.50",
	[MONEY_TOO_FINE] = "has more decimals than its currency",
	[MONEY_TOO_LARGE] = "has more than 15 digits",
	[MONEY_UNKNOWN_CURRENCY] = "is in a currency that ISO 4217 does not know",
	[MONEY_WITHDRAWN_CURRENCY] = "is in a currency that was withdrawn",
};

static void refuse_money_keys(struct reading *reading, json_t *value)
{
	const char *key;
	json_t *member;
	size_t mark;

	json_object_foreach(value, key, member)
	{
		if (strcmp(key, "amount") == 0 || strcmp(key, "currency") == 0)
			continue;
		mark = shape_enter(reading, key);
		shape_fault(reading, "no such key");
		shape_leave(reading, mark);
	}
}

static void read_money(struct reading *reading, json_t *value, void *base,
                       const struct field *field)
{
	const char *amount = json_string_value(json_object_get(value, "amount"));
	const char *currency = json_string_value(json_object_get(value, "currency"));
	enum money_fault fault;

	refuse_money_keys(reading, value);
	if (amount && !json_object_get(value, "currency")) {
		shape_fault(reading, "has no currency");
		return;
	}
	if (!amount || !currency) {
		shape_fault(reading,
		            "must be {\"amount\": \"4.50\", \"currency\": \"USD\"}, both text");
		return;
	}
	fault = money_parse(amount, currency, shape_place(base, field));
	if (fault != MONEY_OK)
		shape_fault(reading, "'%.20s' '%.8s' %s", amount, currency, money_words[fault]);
}

static json_t *write_money(const void *base, const struct field *field)
{
	const struct money *money = shape_place_of(base, field);
	char amount[32];

	if (!money_known(money))
		return NULL;
	money_format(money, amount, sizeof(amount));
	return json_pack("{s:s, s:s}", "amount", amount, "currency", money->currency);
}

/* The digits of a number.  Programs write 13.7 as 13.700000000000001: 15 digits count. */
static size_t digits_of(json_t *value, char *text, size_t size)
{
	json_t *number;
	size_t len;

	if (json_is_number(value))
		return json_dumpb(value, text, size - 1, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
	if (json_string_length(value) < 17)
		return (size_t)snprintf(text, size, "%s", json_string_value(value));
	number = json_loads(json_string_value(value), JSON_DECODE_ANY, NULL);
	len = json_is_number(number) ? digits_of(number, text, size) : 0;
	json_decref(number);
	return len;
}

static void read_grams(struct reading *reading, json_t *value, void *base,
                       const struct field *field)
{
	char text[40] = "";
	size_t len = 0;

	if (json_is_string(value) || json_is_number(value))
		len = digits_of(value, text, sizeof(text));
	if (len == 0 || len >= sizeof(text) || !grams_parse(text, shape_place(base, field)))
		shape_fault(reading, "must be grams with at most three decimals");
}

static json_t *write_grams(const void *base, const struct field *field)
{
	int32_t mg = *(const int32_t *)shape_place_of(base, field);
	char text[GRAMS_TEXT];

	if (mg < 0)
		return NULL;
	grams_format(mg, text, sizeof(text));
	return json_loads(text, JSON_DECODE_ANY, NULL);
}

const struct shape shape_money = { read_money, write_money };
const struct shape shape_grams = { read_grams, write_grams };

/* ---- Words of a list -------------------------------------------------------------------- */

static void read_nature(struct reading *reading, json_t *value, void *base,
                        const struct field *field)
{
	enum notice_nature *nature = shape_place(base, field);

	*nature = json_is_string(value) ? notice_find_nature(json_string_value(value)) : 0;
	if (!*nature)
		shape_fault(reading, "must be sale, gift, sample, documents, return or other");
}

static json_t *write_nature(const void *base, const struct field *field)
{
	const enum notice_nature *nature = shape_place_of(base, field);
	const char *name = notice_nature_name(*nature);

	return name ? json_string(name) : NULL;
}

static void read_status(struct reading *reading, json_t *value, void *base,
                        const struct field *field)
{
	enum notice_status *status = shape_place(base, field);

	*status = json_is_string(value) ? notice_find_status(json_string_value(value)) : 0;
	if (!*status)
		shape_fault(reading, "must be open, held, waiting-stock, cancelled or refunded");
	else if (*status > NOTICE_REFUNDED)
		shape_fault(reading, "'%s' is the station's own to say",
		            notice_status_name(*status));
}

static json_t *write_status(const void *base, const struct field *field)
{
	const enum notice_status *status = shape_place_of(base, field);
	const char *name = notice_status_name(*status);

	return name ? json_string(name) : NULL;
}

const struct shape shape_nature = { read_nature, write_nature };
const struct shape shape_status = { read_status, write_status };
