/* SPDX-License-Identifier: MIT */
/*
 * docket.h - the label of a closed bag, and its manifest
 *
 * The first sheet is tied to the bag: its barcode, method, how many parcels and what
 * they weigh.  The sheets behind it list the parcels, for the courier to sign.
 *
 * Ownership:  borrows the bag until docket_run() returns.
 * Errors:     as label_prepare(): nothing is cut, what fits nowhere is HAL_E_ARG.
 * Threads:    one at a time.
 */
#ifndef FIRMWARE_LABEL_DOCKET_H
#define FIRMWARE_LABEL_DOCKET_H

#include "layout.h"

/* Fills the marks of the layout. */
enum hal_status docket_run(struct layout *layout, const struct label_bag *bag,
                           struct hal_fault *reterr_fault);

#endif /* FIRMWARE_LABEL_DOCKET_H */
