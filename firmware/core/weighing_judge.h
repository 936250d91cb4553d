/* SPDX-License-Identifier: MIT */
/*
 * weighing_judge.h - the power of a weighing; weighing.h has the rest of judging
 *
 * Threads:    as weighing.h.
 */
#ifndef FIRMWARE_CORE_WEIGHING_JUDGE_H
#define FIRMWARE_CORE_WEIGHING_JUDGE_H

#include "weighing_state.h"

/* Nothing among the hypotheses: so likely a parcel, and so evenly spread over masses. */
#define ALIEN_PRIOR   5e-4
#define ALIEN_DENSITY (1. / 400) /* per gram */

/*
 * Chance that one missing goods unit, the least noticeable, lies beyond 0.5 % of complete
 * parcels; 1 where there is no second unit to be missing.
 */
double weighing_judge_power(const struct outlook *outlook, int32_t *ret_weakest);

#endif /* FIRMWARE_CORE_WEIGHING_JUDGE_H */
