/* SPDX-License-Identifier: MIT */
/* Amounts as declared: exact in, exact out, in every currency of ISO 4217. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "money.h"

/* clang-format off */
/* ISO 4217 table A.1 in January 2026, written out by entity and not copied from money.c. */
static const struct {
	int digits;
	const char *codes;
} table_a1[] = {
	{ 0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF" },
	{ 3, "BHD IQD JOD KWD LYD OMR TND" },
	{ 4, "CLF UYW" },
	{ 2, "USD EUR GBP CHF SEK NOK DKK PLN CZK HUF RON RSD BAM MKD ALL MDL UAH BYN RUB GEL AMD AZN TRY" },
	{ 2, "CNY HKD MOP TWD KPW MNT KZT KGS TJS TMT UZS AFN PKR INR NPR BTN BDT LKR MVR MMK THB LAK" },
	{ 2, "KHR MYR SGD BND IDR PHP AUD NZD PGK SBD FJD TOP WST CAD MXN GTQ BZD SVC HNL NIO CRC PAB" },
	{ 2, "CUP JMD HTG DOP BBD TTD XCD XCG AWG BSD KYD BMD GYD SRD COP VES VED BRL BOB PEN ARS UYU" },
	{ 2, "FKP SHP GIP MAD DZD EGP SDG SSP ETB ERN SOS KES TZS MWK ZMW MZN ZWG BWP NAD ZAR LSL SZL" },
	{ 2, "MGA MUR SCR AOA CDF NGN GHS SLE LRD GMD MRU CVE STN ILS LBP SYP IRR SAR AED QAR YER XAD" },
	{ 2, "BOV CHE CHW COU MXV USN" },
	{ -1, "RMB YUA UKP NTD XDR XAU XAG XPT XPD XTS XSU XUA usd Usd US USDD" },
	{ -1, "BGN HRK ANG SLL CUC ZWL DEM FRF LVL LTL EEK BYR MRO STD VEF TRL ROL ZMK USS" },
};

static const struct {
	const char *amount;
	const char *currency;
	enum money_fault fault;
	int64_t minor;
	const char *printed;
} rows[] = {
	{ "4.50",             "USD", MONEY_OK,                 450,             "4.50" },
	{ "4.5",              "USD", MONEY_OK,                 450,             "4.50" },
	{ "4",                "USD", MONEY_OK,                 400,             "4.00" },
	{ " 4.50 ",           "USD", MONEY_OK,                 450,             "4.50" },
	{ "0",                "USD", MONEY_OK,                 0,               "0.00" },
	{ "0.01",             "USD", MONEY_OK,                 1,               "0.01" },
	{ "007.10",           "EUR", MONEY_OK,                 710,             "7.10" },
	{ "450",              "JPY", MONEY_OK,                 450,             "450" },
	{ "450.0",            "JPY", MONEY_TOO_FINE,           0,               NULL },
	{ "12.345",           "KWD", MONEY_OK,                 12345,           "12.345" },
	{ "12.3456",          "KWD", MONEY_TOO_FINE,           0,               NULL },
	{ "1.2345",           "CLF", MONEY_OK,                 12345,           "1.2345" },
	{ "4.505",            "USD", MONEY_TOO_FINE,           0,               NULL },
	{ "4.500",            "USD", MONEY_TOO_FINE,           0,               NULL },
	{ "9999999999999.99", "USD", MONEY_OK,                 999999999999999, "9999999999999.99" },
	{ "10000000000000",   "USD", MONEY_TOO_LARGE,          0,               NULL },
	{ "999999999999999",  "JPY", MONEY_OK,                 999999999999999, "999999999999999" },
	{ "1000000000000000", "JPY", MONEY_TOO_LARGE,          0,               NULL },
	{ "99999999999999999999999", "USD", MONEY_TOO_LARGE,   0,               NULL },
	{ "",                 "USD", MONEY_NO_NUMBER,          0,               NULL },
	{ " ",                "USD", MONEY_NO_NUMBER,          0,               NULL },
	{ ".50",              "USD", MONEY_NO_NUMBER,          0,               NULL },
	{ "4.",               "USD", MONEY_NO_NUMBER,          0,               NULL },
	{ "4,50",             "USD", MONEY_NO_NUMBER,          0,               NULL },
	{ "1,000.00",         "USD", MONEY_NO_NUMBER,          0,               NULL },
	{ "-4.50",            "USD", MONEY_NO_NUMBER,          0,               NULL },
	{ "+4.50",            "USD", MONEY_NO_NUMBER,          0,               NULL },
	{ "4.50 USD",         "USD", MONEY_NO_NUMBER,          0,               NULL },
	{ "4e2",              "USD", MONEY_NO_NUMBER,          0,               NULL },
	{ "4.50\n5",          "USD", MONEY_NO_NUMBER,          0,               NULL },
	{ "4.50",             "RMB", MONEY_UNKNOWN_CURRENCY,   0,               NULL },
	{ "4.50",             "",    MONEY_UNKNOWN_CURRENCY,   0,               NULL },
	{ "4.50",             "BGN", MONEY_WITHDRAWN_CURRENCY, 0,               NULL },
};
/* clang-format on */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void every_currency_has_its_minor_digits(void **state)
{
	char codes[128];
	unsigned in_force = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(table_a1); i++) {
		snprintf(codes, sizeof(codes), "%s", table_a1[i].codes);
		for (char *code = strtok(codes, " "); code; code = strtok(NULL, " ")) {
			print_message("    %s\n", code);
			assert_int_equal(money_minor_digits(code), table_a1[i].digits);
			in_force += table_a1[i].digits >= 0;
		}
	}
	assert_int_equal(in_force, 165);
}

static void of_all_triples_165_are_currencies_and_131_were(void **state)
{
	unsigned known = 0, gone = 0;
	char code[4] = { 0 };

	(void)state;
	for (int i = 0; i < 26 * 26 * 26; i++) {
		code[0] = (char)('A' + i / 676);
		code[1] = (char)('A' + i / 26 % 26);
		code[2] = (char)('A' + i % 26);
		known += money_minor_digits(code) >= 0;
		gone += money_withdrawn(code);
		assert_false(money_minor_digits(code) >= 0 && money_withdrawn(code));
	}
	assert_int_equal(known, 165);
	assert_int_equal(gone, 131);
}

static void every_amount_is_kept_exactly_or_refused(void **state)
{
	char text[40];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct money money = { .minor = -7, .currency = "???" };

		print_message("    '%s' %s\n", rows[i].amount, rows[i].currency);
		assert_int_equal(money_parse(rows[i].amount, rows[i].currency, &money),
		                 rows[i].fault);
		if (rows[i].fault) {
			assert_int_equal(money.minor, -7);
			continue;
		}
		assert_int_equal(money.minor, rows[i].minor);
		assert_string_equal(money.currency, rows[i].currency);
		assert_int_equal(money_format(&money, text, sizeof(text)), strlen(rows[i].printed));
		assert_string_equal(text, rows[i].printed);
	}
}

static void an_amount_in_a_currency_not_in_force_can_be_kept_and_named(void **state)
{
	struct money money = { 0 };
	char text[40];

	(void)state;
	assert_int_equal(money_keep("4.50", "RMB", &money), MONEY_UNKNOWN_CURRENCY);
	assert_string_equal(money.currency, "RMB");
	money_format(&money, text, sizeof(text));
	assert_string_equal(text, "4.50");
	assert_int_equal(money_keep("7", "BGN", &money), MONEY_WITHDRAWN_CURRENCY);
	assert_int_equal(money.minor, 700);
	assert_int_equal(money_keep("7.125", "RMB", &money), MONEY_TOO_FINE);
	assert_int_equal(money_keep("7", "EURO", &money), MONEY_UNKNOWN_CURRENCY);
	assert_string_equal(money.currency, "BGN");
	assert_int_equal(money_keep("7", "EUR", &money), MONEY_OK);
}

static void currencies_do_not_add_and_sums_do_not_overflow(void **state)
{
	struct money sum = { .minor = 450, .currency = "USD" };
	struct money more = { .minor = 50, .currency = "USD" };

	(void)state;
	assert_true(money_add(&sum, &more));
	assert_int_equal(sum.minor, 500);
	assert_false(money_add(&sum, &(struct money){ .minor = 1, .currency = "EUR" }));
	more.minor = INT64_MAX;
	assert_false(money_add(&sum, &more));
	assert_int_equal(sum.minor, 500);
	assert_true(money_times(&sum, 1000, &more));
	assert_int_equal(more.minor, 500000);
	more.minor = INT64_MAX / 2;
	assert_false(money_times(&more, 3, &sum));
	assert_int_equal(sum.minor, 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_currency_has_its_minor_digits),
		cmocka_unit_test(of_all_triples_165_are_currencies_and_131_were),
		cmocka_unit_test(every_amount_is_kept_exactly_or_refused),
		cmocka_unit_test(an_amount_in_a_currency_not_in_force_can_be_kept_and_named),
		cmocka_unit_test(currencies_do_not_add_and_sums_do_not_overflow),
	};

	return cmocka_run_group_tests_name("money", tests, NULL, NULL);
}
