/* SPDX-License-Identifier: MIT */
/*
 * import_headings.h - what other people's files call our fields
 *
 * An INI file: [headings] maps a column's heading to a path of the notice format
 * ("收件人 = recipient.name"; "-" for a column to be ignored); every other section
 * is named after a field and maps its words ("[country] 德国 = DE").
 *
 * Ownership:  load() hands out a table for destroy().
 * Errors:     HAL_E_ARG with file and line.
 * Threads:    read-only after loading.
 */
#ifndef FIRMWARE_EXCHANGE_IMPORT_HEADINGS_H
#define FIRMWARE_EXCHANGE_IMPORT_HEADINGS_H

#include "hal_status.h"

struct import_headings;

HAL_MUST_USE enum hal_status import_headings_load(const char *path,
                                                  struct import_headings **ret_headings,
                                                  struct hal_fault *reterr_fault);
void import_headings_destroy(struct import_headings *headings);

/* NULL when the section has no such name; ASCII letters count the same in both cases.
 * headings may be NULL. */
const char *import_headings_find(const struct import_headings *headings, const char *section,
                                 const char *name);

#endif /* FIRMWARE_EXCHANGE_IMPORT_HEADINGS_H */
