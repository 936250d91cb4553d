/* SPDX-License-Identifier: MIT */
/*
 * weighing_blend.h - the readings of a parcel when units may weigh this or that
 *
 * blends[0], the base, takes the likeliest component of every line.  Each further blend
 * takes another component of one line; a last one stands for all combinations of two
 * and more, with the moments that are left over.
 *
 * Threads:    as weighing.h.
 */
#ifndef FIRMWARE_CORE_WEIGHING_BLEND_H
#define FIRMWARE_CORE_WEIGHING_BLEND_H

#include "weighing_state.h"

/* Adds the other components of one line; the base is there already. */
void weighing_blend_line(struct outlook *outlook, uint32_t index);

/* Closes the list: what the outlook's own moments leave over; weights sum to one. */
void weighing_blend_rest(struct outlook *outlook);

#endif /* FIRMWARE_CORE_WEIGHING_BLEND_H */
