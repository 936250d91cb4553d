/* SPDX-License-Identifier: MIT */
/*
 * weighing_order.h - goods sorted by what a unit weighs, kept sorted while weights move
 *
 * So that the partner of a swap is found without looking at every SKU.  The order is by
 * (mean of the record, index), hence the same however it came about.
 *
 * Units:      grams.
 * Threads:    as weighing.h.
 */
#ifndef FIRMWARE_CORE_WEIGHING_ORDER_H
#define FIRMWARE_CORE_WEIGHING_ORDER_H

#include "weighing_state.h"

void weighing_order_add(struct weighing *weighing, int32_t sku);

/* The record's mean has changed. */
void weighing_order_settle(struct weighing *weighing, int32_t sku);

/* All records may have changed. */
void weighing_order_rebuild(struct weighing *weighing);

/* How many goods weigh less than mean: the place in order where it would stand. */
uint32_t weighing_order_place(const struct weighing *weighing, double mean);

#endif /* FIRMWARE_CORE_WEIGHING_ORDER_H */
