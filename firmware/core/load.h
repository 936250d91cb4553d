/* SPDX-License-Identifier: MIT */
/*
 * load.h - which reading is a weight of what lies on the pan now
 *
 * A scale talks all day; a parcel has one weight.  The load watch sees every
 * reading and says the few things the station acts on: the pan was emptied, here
 * is a weight that can be trusted, the load is too heavy, the scale shows net.
 * A load gives one weight; the same load gives another only when it changed.
 *
 * A reading that the scale calls stable is trusted when the one before it said
 * the same, or when the scale is so slow that there is none.  Readings without a
 * stability flag never count as stable here: they are trusted only through the
 * settling estimator, see load_estimate().
 *
 * Units:      milligrams, loop time in microseconds.
 * Threads:    pure.
 */
#ifndef FIRMWARE_CORE_LOAD_H
#define FIRMWARE_CORE_LOAD_H

#include "hal_scale.h"

enum load_says {
	LOAD_NOTHING,
	LOAD_EMPTIED,    /* near zero at rest; said once until a load was there */
	LOAD_WEIGHT,     /* *ret_mass is a weight of this load */
	LOAD_OVERLOADED, /* said once until the load changes */
	LOAD_NET,        /* the scale shows net: its tare must be cleared */
	LOAD_BELOW_ZERO, /* at rest below zero: the scale wants zero */
};

struct load {
	struct hal_mass division;
	struct hal_mass given; /* the weight said last for this load */
	struct hal_mass last;  /* of the reading before */
	int64_t last_us;
	bool last_stable;
	bool was_given;
	bool empty;
	bool loaded; /* something lay on the pan since it was last empty */
	enum load_says standing; /* a trouble already said */
};

void load_init(struct load *load, struct hal_mass division);

enum load_says load_reading(struct load *load, const struct hal_scale_reading *reading,
                          struct hal_mass *ret_mass);

/* A weight that the settling estimator accepted for the load now on the pan. */
enum load_says load_estimate(struct load *load, struct hal_mass mass, struct hal_mass *ret_mass);

/* The next reading at rest is said again, even of the same load ("weigh again"). */
void load_ask_again(struct load *load);

/* The scale went away: what lay on the pan is not known any more. */
void load_forget(struct load *load);

#endif /* FIRMWARE_CORE_LOAD_H */
