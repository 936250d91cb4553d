/* SPDX-License-Identifier: MIT */
/*
 * trust.h - whether the scale at the bench may be believed, and what it is owed
 *
 * A scale has no name of its own and says nothing of its health.  What the bench
 * knows of it belongs to an identity (its asset barcode): when it was zeroed, when
 * it last weighed a check-weight rightly, whether it did.  A new identity, a new
 * port, a long silence and the beginning of a day ask for zero and check-weight; a
 * drift and an empty pan that does not show zero ask for zero.  A scale that failed
 * its check-weight proves nothing until it passes.
 *
 * Units:      milligrams, wall time in microseconds (_us).
 * Ownership:  values only; struct trust is kept with the scale in the store.
 * Threads:    pure.
 */
#ifndef FIRMWARE_CORE_TRUST_H
#define FIRMWARE_CORE_TRUST_H

#include <stdbool.h>
#include <stdint.h>

#include "hal_scale.h"

/* How the operator wants it. */
enum trust_asks {
	TRUST_ASKS_NEVER, /* there is no check-weight */
	TRUST_ASKS,       /* asked for; packing goes on */
	TRUST_MUST,       /* nothing is proven by weight before */
};

/* What the scale is owed now. */
enum trust_want {
	TRUST_NOTHING,
	TRUST_ZERO,
	TRUST_CHECK, /* zero and check-weight */
};

struct trust_rules {
	enum trust_asks asks;
	struct hal_mass division;
	struct hal_mass check_weight; /* what is stamped on it */
	int32_t tolerance;            /* so many divisions */
};

struct trust {
	int64_t zeroed_us, checked_us; /* 0: not that anybody knows */
	int64_t heard_us;              /* when it was last heard, before a silence */
	struct hal_mass error;         /* of the last check-weight */
	bool zero_due, check_due;
	bool failed;   /* the last check-weight */
	bool off_zero; /* the empty pan shows something else now */
};

/* "off", "ask" or "must", as in the configuration; without a check-weight never. */
struct trust_rules trust_rules(const char *asks, struct hal_mass division,
                               struct hal_mass check_weight, int32_t tolerance);

/* It stands here for the first time, or at another port. */
void trust_begin(struct trust *trust, const struct trust_rules *rules);

/* A shift begins; midnight_us: the day's. */
void trust_shift(struct trust *trust, const struct trust_rules *rules, int64_t midnight_us);

/* It is heard again, having been silent since trust->heard_us. */
void trust_return(struct trust *trust, const struct trust_rules *rules, int64_t now_us);

/* The model has it that its zero moved. */
void trust_drift(struct trust *trust);

/* What the empty pan shows, at rest. */
void trust_see_zero(struct trust *trust, const struct trust_rules *rules, struct hal_mass shown);

void trust_zeroed(struct trust *trust, int64_t now_us);

/* The check-weight was weighed; true when it was right. */
bool trust_check(struct trust *trust, const struct trust_rules *rules, struct hal_mass shown,
                 int64_t now_us);

enum trust_want trust_wants(const struct trust *trust);

/* Whether its weights prove anything. */
bool trust_proves(const struct trust *trust, const struct trust_rules *rules);

#endif /* FIRMWARE_CORE_TRUST_H */
