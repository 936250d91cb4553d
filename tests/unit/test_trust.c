/* SPDX-License-Identifier: MIT */
/* When a scale may be believed, and what it is asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "hal_loop.h"
#include "trust.h"

#define NOON     (INT64_C(1795392000) * 1000000)
#define MIDNIGHT (NOON - 12 * HAL_SEC(3600))

static const struct hal_mass division = { 100 }, kilogram = { 1000000 };

static struct trust_rules rules_of(const char *asks)
{
	return trust_rules(asks, division, kilogram, 3);
}

/* Checked this morning, heard just now. */
static struct trust healthy(const struct trust_rules *rules)
{
	struct trust trust = { .heard_us = NOON };

	trust_begin(&trust, rules);
	trust_zeroed(&trust, NOON - 2);
	trust_check(&trust, rules, kilogram, NOON - 1);
	return trust;
}

static void a_new_scale_is_asked_for_zero_and_check_weight_once(void **state)
{
	struct trust_rules rules = rules_of("ask");
	struct trust trust = { 0 };

	(void)state;
	assert_int_equal(trust_wants(&trust), TRUST_NOTHING);
	trust_begin(&trust, &rules);
	assert_int_equal(trust_wants(&trust), TRUST_CHECK);
	trust_zeroed(&trust, NOON);
	assert_int_equal(trust_wants(&trust), TRUST_CHECK);
	assert_true(trust_check(&trust, &rules, kilogram, NOON));
	assert_int_equal(trust_wants(&trust), TRUST_NOTHING);
	assert_int_equal(trust.checked_us, NOON);
}

static void what_is_asked_for_proves_nothing_only_where_it_must_be_done(void **state)
{
	static const struct {
		const char *asks;
		bool due, proves;
	} rows[] = {
		{ "off", false, true },
		{ "ask", true, true },
		{ "must", true, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct trust_rules rules = rules_of(rows[i].asks);
		struct trust trust = { 0 };

		trust_begin(&trust, &rules);
		assert_int_equal(trust_wants(&trust) == TRUST_CHECK, rows[i].due);
		assert_int_equal(trust_proves(&trust, &rules), rows[i].proves);
	}
}

static void without_a_check_weight_none_is_asked_for(void **state)
{
	struct trust_rules rules = trust_rules("must", division, (struct hal_mass){ 0 }, 3);
	struct trust trust = { 0 };

	(void)state;
	trust_begin(&trust, &rules);
	assert_int_equal(trust_wants(&trust), TRUST_NOTHING);
	assert_true(trust_proves(&trust, &rules));
}

static void the_tolerance_is_counted_in_divisions(void **state)
{
	struct trust_rules rules = rules_of("ask");

	(void)state;
	for (int32_t off = -600; off <= 600; off += 100) {
		struct trust trust = { 0 };
		struct hal_mass shown = { kilogram.mg + off };
		bool right = off >= -300 && off <= 300;

		assert_int_equal(trust_check(&trust, &rules, shown, NOON), right);
		assert_int_equal(trust_proves(&trust, &rules), right);
		assert_int_equal(trust.error.mg, off);
	}
}

static void a_failed_scale_proves_nothing_until_it_passes(void **state)
{
	struct trust_rules rules = rules_of("ask");
	struct trust trust = healthy(&rules);

	(void)state;
	trust_check(&trust, &rules, (struct hal_mass){ 1000900 }, NOON);
	assert_false(trust_proves(&trust, &rules));
	assert_int_equal(trust_wants(&trust), TRUST_CHECK);
	trust_zeroed(&trust, NOON);
	assert_false(trust_proves(&trust, &rules));
	trust_check(&trust, &rules, kilogram, NOON);
	assert_true(trust_proves(&trust, &rules));
	assert_int_equal(trust_wants(&trust), TRUST_NOTHING);
}

static void a_day_asks_once(void **state)
{
	struct trust_rules rules = rules_of("ask");
	struct trust trust = healthy(&rules);

	(void)state;
	trust_shift(&trust, &rules, MIDNIGHT);
	assert_int_equal(trust_wants(&trust), TRUST_NOTHING);
	trust_shift(&trust, &rules, MIDNIGHT + HAL_SEC(24 * 3600));
	assert_int_equal(trust_wants(&trust), TRUST_CHECK);
}

static void a_pulled_plug_asks_nothing_and_a_long_silence_does(void **state)
{
	struct trust_rules rules = rules_of("ask");
	struct trust trust = healthy(&rules);

	(void)state;
	trust_return(&trust, &rules, NOON + HAL_SEC(600));
	assert_int_equal(trust_wants(&trust), TRUST_NOTHING);
	trust_return(&trust, &rules, NOON + HAL_SEC(600 + 1800));
	assert_int_equal(trust_wants(&trust), TRUST_CHECK);
}

static void drift_and_a_pan_off_zero_ask_for_zero_alone(void **state)
{
	struct trust_rules rules = rules_of("off");
	struct trust trust = healthy(&rules);

	(void)state;
	trust_see_zero(&trust, &rules, (struct hal_mass){ 200 });
	assert_int_equal(trust_wants(&trust), TRUST_NOTHING);
	trust_see_zero(&trust, &rules, (struct hal_mass){ -300 });
	assert_int_equal(trust_wants(&trust), TRUST_ZERO);
	trust_see_zero(&trust, &rules, (struct hal_mass){ 0 }); /* its own zero key */
	assert_int_equal(trust_wants(&trust), TRUST_NOTHING);
	trust_drift(&trust);
	trust_see_zero(&trust, &rules, (struct hal_mass){ 0 });
	assert_int_equal(trust_wants(&trust), TRUST_ZERO);
	trust_zeroed(&trust, NOON);
	assert_int_equal(trust_wants(&trust), TRUST_NOTHING);
	assert_true(trust_proves(&trust, &rules));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_scale_is_asked_for_zero_and_check_weight_once),
		cmocka_unit_test(what_is_asked_for_proves_nothing_only_where_it_must_be_done),
		cmocka_unit_test(without_a_check_weight_none_is_asked_for),
		cmocka_unit_test(the_tolerance_is_counted_in_divisions),
		cmocka_unit_test(a_failed_scale_proves_nothing_until_it_passes),
		cmocka_unit_test(a_day_asks_once),
		cmocka_unit_test(a_pulled_plug_asks_nothing_and_a_long_silence_does),
		cmocka_unit_test(drift_and_a_pan_off_zero_ask_for_zero_alone),
	};

	return cmocka_run_group_tests_name("trust", tests, NULL, NULL);
}
