/* SPDX-License-Identifier: MIT */
#include "trust.h"

#include <stdlib.h>
#include <string.h>

#include "hal_loop.h"

/* After so long a silence nobody knows what was done to it. */
#define SILENCE_US HAL_SEC(30 * 60)
/* More than the last digit's noise. */
#define OFF_ZERO 3

struct trust_rules trust_rules(const char *asks, struct hal_mass division,
                               struct hal_mass check_weight, int32_t tolerance)
{
	struct trust_rules rules = { TRUST_ASKS, division, check_weight, tolerance };

	if (strcmp(asks, "off") == 0 || check_weight.mg <= 0) /* raw: a flag */
		rules.asks = TRUST_ASKS_NEVER;
	else if (strcmp(asks, "must") == 0)
		rules.asks = TRUST_MUST;
	return rules;
}

static void want_both(struct trust *trust, const struct trust_rules *rules)
{
	if (rules->asks != TRUST_ASKS_NEVER)
		trust->zero_due = trust->check_due = true;
}

void trust_begin(struct trust *trust, const struct trust_rules *rules)
{
	want_both(trust, rules);
}

void trust_shift(struct trust *trust, const struct trust_rules *rules, int64_t midnight_us)
{
	if (trust->checked_us < midnight_us)
		want_both(trust, rules);
}

void trust_return(struct trust *trust, const struct trust_rules *rules, int64_t now_us)
{
	if (trust->heard_us > 0 && now_us - trust->heard_us >= SILENCE_US)
		want_both(trust, rules);
	trust->heard_us = now_us;
}

void trust_drift(struct trust *trust)
{
	trust->zero_due = true;
}

void trust_see_zero(struct trust *trust, const struct trust_rules *rules, struct hal_mass shown)
{
	int64_t off = llabs((int64_t)shown.mg);                /* raw: a distance */
	int64_t most = (int64_t)OFF_ZERO * rules->division.mg; /* raw: likewise */

	trust->off_zero = off >= most;
}

void trust_zeroed(struct trust *trust, int64_t now_us)
{
	trust->zeroed_us = now_us;
	trust->zero_due = false;
	trust->off_zero = false;
}

bool trust_check(struct trust *trust, const struct trust_rules *rules, struct hal_mass shown,
                 int64_t now_us)
{
	int64_t most = (int64_t)rules->tolerance * rules->division.mg;     /* raw: a distance */
	int64_t off = (int64_t)shown.mg - (int64_t)rules->check_weight.mg; /* raw: likewise */

	trust->error.mg = (int32_t)off; /* raw: both are within the scale's range */
	trust->failed = llabs(off) > most;
	if (!trust->failed) {
		trust->checked_us = now_us;
		trust->check_due = false;
	}
	return !trust->failed;
}

enum trust_want trust_wants(const struct trust *trust)
{
	if (trust->check_due || trust->failed)
		return TRUST_CHECK;
	return trust->zero_due || trust->off_zero ? TRUST_ZERO : TRUST_NOTHING;
}

bool trust_proves(const struct trust *trust, const struct trust_rules *rules)
{
	return !trust->failed && !(rules->asks == TRUST_MUST && trust->check_due);
}
