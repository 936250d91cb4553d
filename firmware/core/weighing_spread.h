/* SPDX-License-Identifier: MIT */
/*
 * weighing_spread.h - how large scatter is: of units, packaging, scales, and of tails
 *
 * Each logarithm of a variance that shares in a parcel's is believed as a normal; its
 * moments after the parcel are taken by quadrature over it, all others held (assumed
 * density filtering).
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
