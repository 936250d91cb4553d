/* SPDX-License-Identifier: MIT */
/*
 * weighing_drift.h - has a scale's zero moved?  A bank of shifts, each since some parcel
 *
 * Every parcel may be the first of a run that is off by an unknown shift (a forgotten
 * zero, a wrong tare) or by one that grows (a ramp).  Each run is followed by its own
 * filter and weighed by how well it foretells what comes.
 *
 *   weight_j  *=  (1 - .03) N(v; shift_j, S + P_j) + .03 / 400
 *   lambda     =  ln sum of weights of runs whose shift shows, over the rest's
 *
 * the rest being "never moved", weighed by all hypotheses about the parcel.  A new run
 * starts with hazard 1/250 at each parcel.
 *
 * Units:      grams.
 * Threads:    as weighing.h.
 * Source:     A. S. Willsky, H. L. Jones, IEEE Trans. Autom. Control 21 (1976).
 *             R. P. Adams, D. J. C. MacKay, Bayesian online changepoint detection (2007).
 */
#ifndef FIRMWARE_CORE_WEIGHING_DRIFT_H
#define FIRMWARE_CORE_WEIGHING_DRIFT_H

#include "weighing_state.h"

#define DRIFT_ASK 3. /* ln of the odds at which an empty pan is asked for */

/* ln odds of "moved" after this mass; nothing is remembered. */
double weighing_drift_preview(const struct weighing *weighing, const struct outlook *outlook,
                              double mass);

/*
 * Takes the mass into account; certain: the parcel is complete beyond doubt.  Returns
 * the density of the mass on a zero that has moved, times the odds that it has.
 */
double weighing_drift_listen(struct weighing *weighing, const struct outlook *outlook, double mass,
                             bool certain);

/* The scale was zeroed, or is met for the first time. */
void weighing_drift_clear(struct weighing *weighing, int32_t scale);

#endif /* FIRMWARE_CORE_WEIGHING_DRIFT_H */
