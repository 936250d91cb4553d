/* SPDX-License-Identifier: MIT */
/*
 * weighing_spread.h - how large scatter is: of units, packaging, scales, and of tails
 *
 * One extended Kalman step on each logarithm of a variance that shares in a parcel's:
 * the squared innovation over its expectation says whether the whole was too small, and
 * each share is moved by what it may have to do with it.
 *
 * Threads:    as weighing.h.
 */
#ifndef FIRMWARE_CORE_WEIGHING_SPREAD_H
#define FIRMWARE_CORE_WEIGHING_SPREAD_H

#include "weighing_state.h"

/* r: probability that the parcel was as the outlook's base says. */
void weighing_spread_teach(struct weighing *weighing, const struct outlook *outlook, double mass,
                           double r);

#endif /* FIRMWARE_CORE_WEIGHING_SPREAD_H */
