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

/* What a mass says about a parcel on a true scale. */
struct reading {
	double right;  /* density if complete */
	double prior;  /* of all faults; 0: complete beyond doubt */
	double faults; /* each one's prior times its density, summed; without aliens */
};

/* Pairs and swaps as two wide normals; certain: the parcel is complete beyond doubt. */
struct reading weighing_lump_read(const struct weighing *weighing, const struct outlook *outlook,
                                  double mass, bool certain);

#endif /* FIRMWARE_CORE_WEIGHING_LUMP_H */
