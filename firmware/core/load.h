/* SPDX-License-Identifier: MIT */
/*
 * load.h - which reading is a weight of what lies on the pan now
 *
 * A scale talks all day; a parcel has one weight.  The load watch sees every
 * reading and says the few things the station acts on: the pan was emptied, here
 * is a weight that can be trusted, the load is too heavy, the scale shows net, the
 * load never comes to rest.  A load gives one weight; the same load gives another
 * only when it changed.
 *
 * What makes a weight trusted is the operator's choice (enum load_release).  The
 * scale's own stable flag counts when the reading before said the same, or when the
 * scale is so slow that there is none.  Readings without a flag never count as
 * stable: the settling estimator decides, whatever was chosen.
 *
 * Units:      milligrams, loop time in microseconds.
 * Threads:    pure.
 */
#ifndef FIRMWARE_CORE_LOAD_H
#define FIRMWARE_CORE_LOAD_H

#include "hal_scale.h"

#include "settling.h"

enum load_says {
	LOAD_NOTHING,
	LOAD_EMPTIED,    /* near zero at rest; said once until a load was there */
	LOAD_WEIGHT,     /* *ret_mass is a weight of this load */
	LOAD_OVERLOADED, /* said once until the load changes */
	LOAD_NET,        /* the scale shows net: its tare must be cleared */
	LOAD_BELOW_ZERO, /* at rest below zero: the scale wants zero */
	LOAD_RESTLESS,   /* it moves and moves: a hand, a draught, a shaking table */
};

/* What may release a weight. */
enum load_release {
	LOAD_BY_FLAG,     /* the scale's own word; where it has none, readings that stand still */
	LOAD_BY_ESTIMATE, /* the settling estimator; the scale's word where readings are too rare */
	LOAD_BY_EITHER,   /* whichever is first */
};

/* How the weight said last was known; by name in the journal. */
enum load_basis {
	LOAD_TOLD,      /* the scale called it stable */
	LOAD_STILL,     /* its readings stood still */
	LOAD_ESTIMATED, /* it was still swinging, and where it would rest was clear */
};

struct load {
	struct hal_mass division;
	enum load_release release;
	struct settling settling;
	struct settling_estimate now; /* of the estimator; REST and no mass before a reading */
	struct hal_mass given;        /* the weight said last for this load */
	enum load_basis basis;        /* and how it was known */
	struct hal_mass zero;         /* what the empty pan showed last, at rest */
	struct hal_mass last;         /* of the reading before */
	int64_t last_us;
	int64_t moving_us; /* since when nothing was at rest; 0: it is */
	bool last_stable;
	bool was_given;
	bool empty;
	bool loaded;             /* something lay on the pan since it was last empty */
	enum load_says standing; /* a trouble already said */
};

void load_init(struct load *load, struct hal_mass division, enum load_release release);

/* "flag", "estimate" or "either", as in the configuration. */
enum load_release load_find_release(const char *name);
const char *load_basis_name(enum load_basis basis);

enum load_says load_reading(struct load *load, const struct hal_scale_reading *reading,
                            struct hal_mass *ret_mass);

/* Where a load that still moves will rest; false when that is not known. */
bool load_early(const struct load *load, struct hal_mass *ret_mass);

/* The next reading at rest is said again, even of the same load ("weigh again"). */
void load_ask_again(struct load *load);

/* The scale went away: what lay on the pan is not known any more. */
void load_forget(struct load *load);

#endif /* FIRMWARE_CORE_LOAD_H */
