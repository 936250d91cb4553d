/* SPDX-License-Identifier: MIT */
/*
 * money.h - an amount as somebody declared it
 *
 * Amounts are whole minor units of one ISO 4217 currency and are never
 * converted, rounded or compared across currencies.
 *
 * Units:      minor units: 450 with "USD" is 4.50 USD, with "JPY" 450 JPY.
 * Errors:     parsing refuses what it cannot keep exactly, and says why.
 * Threads:    pure.
 * Source:     ISO 4217:2015, table A.1 (minor units) as amended to 2026-01.
 */
#ifndef FIRMWARE_CORE_MONEY_H
#define FIRMWARE_CORE_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct money {
	int64_t minor;
	char currency[4]; /* "" : no amount is known */
};

static inline bool money_known(const struct money *money)
{
	return money->currency[0] != '\0';
}

enum money_fault {
	MONEY_OK = 0,
	MONEY_NO_NUMBER, /* not a decimal number, or negative */
	MONEY_TOO_FINE,  /* more decimals than the currency has */
	MONEY_TOO_LARGE, /* more than 15 digits */
	MONEY_UNKNOWN_CURRENCY,
	MONEY_WITHDRAWN_CURRENCY,
};

/* Digits after the point: 0 to 4; -1 when the currency is unknown or withdrawn. */
int money_minor_digits(const char *currency);

/* True when the currency was in ISO 4217 and no longer is ("BGN", "HRK"). */
bool money_withdrawn(const char *currency);

/* "4.50", "USD".  Blanks around are allowed, thousands separators are not. */
enum money_fault money_parse(const char *amount, const char *currency, struct money *ret_money);

/*
 * As money_parse, but an amount in a currency withdrawn or unknown is kept as
 * well, so that lint can name it: the three letters as written, two decimals at
 * most.  *ret_money is then written although the return value is the
 * currency's fault; any other fault leaves it untouched.
 */
enum money_fault money_keep(const char *amount, const char *currency, struct money *ret_money);

/* "4.50" with exactly the currency's decimals; returns the length as snprintf does. */
int money_format(const struct money *money, char *text, size_t size);

/* False when the currencies differ or the sum does not fit; *sum is then as it was. */
bool money_add(struct money *sum, const struct money *more);

/* unit x count; false when it does not fit. */
bool money_times(const struct money *unit, uint32_t count, struct money *ret_money);

#endif /* FIRMWARE_CORE_MONEY_H */
