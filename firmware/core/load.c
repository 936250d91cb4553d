/* SPDX-License-Identifier: MIT */
#include "load.h"

#include <stdlib.h>

/* Slower than this, a scale's single stable frame is all there will be. */
#define ALONE_US HAL_MS(600)

/* Near zero: two steps of the display, and no less than a gram of drift. */
static int32_t near_zero(const struct load *load)
{
	int32_t two = 2 * load->division.mg; /* raw: a threshold */

	return two > 1000 ? two : 1000;
}

/* Another load, or the same one corrected: more than noise of the last digit. */
static bool differs(const struct load *load, struct hal_mass mass)
{
	int64_t off = llabs((int64_t)mass.mg - load->given.mg); /* raw: a distance */

	return off > (int64_t)3 * load->division.mg; /* raw: likewise */
}

void load_init(struct load *load, struct hal_mass division)
{
	*load = (struct load){ .division = division };
}

static enum load_says say_once(struct load *load, enum load_says trouble)
{
	if (load->standing == trouble)
		return LOAD_NOTHING;
	load->standing = trouble;
	return trouble;
}

static enum load_says at_rest_empty(struct load *load)
{
	bool news = !load->empty;

	load->empty = true;
	load->loaded = false;
	load->was_given = false;
	return news ? LOAD_EMPTIED : LOAD_NOTHING;
}

static enum load_says at_rest(struct load *load, struct hal_mass mass, struct hal_mass *ret_mass)
{
	int32_t zero = near_zero(load);

	if (mass.mg < -zero) /* raw: against the threshold */
		return say_once(load, LOAD_BELOW_ZERO);
	load->standing = LOAD_NOTHING;
	if (mass.mg <= zero) /* raw: likewise */
		return at_rest_empty(load);
	load->empty = false;
	load->loaded = true;
	if (load->was_given && !differs(load, mass))
		return LOAD_NOTHING;
	load->was_given = true;
	load->given = mass;
	*ret_mass = mass;
	return LOAD_WEIGHT;
}

static enum load_says stable_reading(struct load *load, const struct hal_scale_reading *reading,
                                    struct hal_mass *ret_mass)
{
	bool alone = reading->taken_us - load->last_us > ALONE_US;
	int64_t off = llabs((int64_t)reading->mass.mg - load->last.mg); /* raw: a distance */
	bool agrees = load->last_stable && off <= load->division.mg;     /* raw: likewise */

	load->last = reading->mass;
	load->last_us = reading->taken_us;
	load->last_stable = true;
	if (!alone && !agrees)
		return LOAD_NOTHING;
	return at_rest(load, reading->mass, ret_mass);
}

static void moved(struct load *load, const struct hal_scale_reading *reading)
{
	load->last_stable = false;
	load->last_us = reading->taken_us;
}

enum load_says load_reading(struct load *load, const struct hal_scale_reading *reading,
                          struct hal_mass *ret_mass)
{
	if (reading->kind == HAL_MASS_NET && reading->pan != HAL_PAN_FAULT)
		return say_once(load, LOAD_NET);
	switch (reading->pan) {
	case HAL_PAN_STABLE:
		return stable_reading(load, reading, ret_mass);
	case HAL_PAN_OVER:
		moved(load, reading);
		load->empty = false;
		return say_once(load, LOAD_OVERLOADED);
	case HAL_PAN_UNDER:
		moved(load, reading);
		return say_once(load, LOAD_BELOW_ZERO);
	case HAL_PAN_MOVING:
	case HAL_PAN_UNTOLD:
	case HAL_PAN_NONE:
	case HAL_PAN_FAULT:
		moved(load, reading);
		return LOAD_NOTHING;
	}
	return LOAD_NOTHING;
}

enum load_says load_estimate(struct load *load, struct hal_mass mass, struct hal_mass *ret_mass)
{
	return at_rest(load, mass, ret_mass);
}

void load_ask_again(struct load *load)
{
	load->was_given = false;
}

void load_forget(struct load *load)
{
	struct hal_mass division = load->division;

	load_init(load, division);
}
