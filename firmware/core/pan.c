/* SPDX-License-Identifier: MIT */
#include "pan.h"

#include <stdlib.h>

/* Slower than this, a scale's single stable frame is all there will be. */
#define ALONE_US HAL_MS(600)

/* Near zero: two steps of the display, and no less than a gram of drift. */
static int32_t near_zero(const struct pan *pan)
{
	int32_t two = 2 * pan->division.mg; /* raw: a threshold */

	return two > 1000 ? two : 1000;
}

/* Another load, or the same one corrected: more than noise of the last digit. */
static bool differs(const struct pan *pan, struct hal_mass mass)
{
	int64_t off = llabs((int64_t)mass.mg - pan->given.mg); /* raw: a distance */

	return off > (int64_t)3 * pan->division.mg; /* raw: likewise */
}

void pan_init(struct pan *pan, struct hal_mass division)
{
	*pan = (struct pan){ .division = division };
}

static enum pan_says say_once(struct pan *pan, enum pan_says trouble)
{
	if (pan->standing == trouble)
		return PAN_NOTHING;
	pan->standing = trouble;
	return trouble;
}

static enum pan_says at_rest_empty(struct pan *pan)
{
	bool news = !pan->empty;

	pan->empty = true;
	pan->loaded = false;
	pan->was_given = false;
	return news ? PAN_EMPTIED : PAN_NOTHING;
}

static enum pan_says at_rest(struct pan *pan, struct hal_mass mass, struct hal_mass *ret_mass)
{
	int32_t zero = near_zero(pan);

	if (mass.mg < -zero) /* raw: against the threshold */
		return say_once(pan, PAN_BELOW_ZERO);
	pan->standing = PAN_NOTHING;
	if (mass.mg <= zero) /* raw: likewise */
		return at_rest_empty(pan);
	pan->empty = false;
	pan->loaded = true;
	if (pan->was_given && !differs(pan, mass))
		return PAN_NOTHING;
	pan->was_given = true;
	pan->given = mass;
	*ret_mass = mass;
	return PAN_WEIGHT;
}

static enum pan_says stable_reading(struct pan *pan, const struct hal_scale_reading *reading,
                                    struct hal_mass *ret_mass)
{
	bool alone = reading->taken_us - pan->last_us > ALONE_US;
	int64_t off = llabs((int64_t)reading->mass.mg - pan->last.mg); /* raw: a distance */
	bool agrees = pan->last_stable && off <= pan->division.mg;     /* raw: likewise */

	pan->last = reading->mass;
	pan->last_us = reading->taken_us;
	pan->last_stable = true;
	if (!alone && !agrees)
		return PAN_NOTHING;
	return at_rest(pan, reading->mass, ret_mass);
}

static void moved(struct pan *pan, const struct hal_scale_reading *reading)
{
	pan->last_stable = false;
	pan->last_us = reading->taken_us;
}

enum pan_says pan_reading(struct pan *pan, const struct hal_scale_reading *reading,
                          struct hal_mass *ret_mass)
{
	if (reading->kind == HAL_MASS_NET && reading->pan != HAL_PAN_FAULT)
		return say_once(pan, PAN_NET);
	switch (reading->pan) {
	case HAL_PAN_STABLE:
		return stable_reading(pan, reading, ret_mass);
	case HAL_PAN_OVER:
		moved(pan, reading);
		pan->empty = false;
		return say_once(pan, PAN_OVERLOADED);
	case HAL_PAN_UNDER:
		moved(pan, reading);
		return say_once(pan, PAN_BELOW_ZERO);
	case HAL_PAN_MOVING:
	case HAL_PAN_UNTOLD:
	case HAL_PAN_NONE:
	case HAL_PAN_FAULT:
		moved(pan, reading);
		return PAN_NOTHING;
	}
	return PAN_NOTHING;
}

enum pan_says pan_estimate(struct pan *pan, struct hal_mass mass, struct hal_mass *ret_mass)
{
	return at_rest(pan, mass, ret_mass);
}

void pan_ask_again(struct pan *pan)
{
	pan->was_given = false;
}

void pan_forget(struct pan *pan)
{
	struct hal_mass division = pan->division;

	pan_init(pan, division);
}
