/* SPDX-License-Identifier: MIT */
/*
 * weighing_spread.h - how large scatter is: of units, packaging, scales, and of tails
 *
 * Each logarithm of a variance that shares in a parcel's is believed as a normal; its
 * moments after the parcel are taken by quadrature over it, all others held (assumed
 * density filtering): with z_i, w_i the five nodes and weights of Gauss and Hermite,
 *
 *   l_i = N(y; mu, S_rest + s exp(sd z_i)),   mean += sum w_i l_i sd z_i / sum w_i l_i
 *
 * and the variance alike; r < 1 keeps the doubt that the parcel says anything.
 *
 * Threads:    as weighing.h.
 * Source:     P. S. Maybeck, Stochastic Models, Estimation and Control 2 (1982), ch. 12.
 *             M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964),
 *             table 25.10, scaled by the root of two (nodes and weights).
 */
#ifndef FIRMWARE_CORE_WEIGHING_SPREAD_H
#define FIRMWARE_CORE_WEIGHING_SPREAD_H

#include "weighing_state.h"

/* r: probability that the parcel was as the outlook's base says. */
void weighing_spread_teach(struct weighing *weighing, const struct outlook *outlook, double mass,
                           double r);

#endif /* FIRMWARE_CORE_WEIGHING_SPREAD_H */
