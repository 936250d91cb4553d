/* SPDX-License-Identifier: MIT */
/*
 * weighing_lump.h - all faults together: what learning needs, without naming anything
 *
 * Units:      grams.
 * Threads:    as weighing.h.
 */
#ifndef FIRMWARE_CORE_WEIGHING_LUMP_H
#define FIRMWARE_CORE_WEIGHING_LUMP_H

#include "weighing_state.h"

/* Prior times likelihood of every fault, pairs and swaps as two wide normals. */
double weighing_lump_likelihood(const struct weighing *weighing, const struct outlook *outlook,
                                double mass, double *ret_prior);

#endif /* FIRMWARE_CORE_WEIGHING_LUMP_H */
