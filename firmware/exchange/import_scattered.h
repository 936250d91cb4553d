/* SPDX-License-Identifier: MIT */
/*
 * import_scattered.h - numbers that come again after others did
 *
 * A file may hold more numbers than fit in memory, so they stand in a temporary
 * database that spills to disk.
 *
 * Threads:    none of its own.
 */
#ifndef FIRMWARE_EXCHANGE_IMPORT_SCATTERED_H
#define FIRMWARE_EXCHANGE_IMPORT_SCATTERED_H

#include <stdbool.h>

#include "hal_status.h"

struct import_scattered;

HAL_MUST_USE enum hal_status import_scattered_create(struct import_scattered **ret_scattered,
                                                     struct hal_fault *reterr_fault);
void import_scattered_destroy(struct import_scattered *scattered);

/* The number of the next row; the same as before is no new meeting, nor is "". */
HAL_MUST_USE enum hal_status import_scattered_meet(struct import_scattered *scattered,
                                                   const char *number,
                                                   struct hal_fault *reterr_fault);

bool import_scattered_has(struct import_scattered *scattered, const char *number);

#endif /* FIRMWARE_EXCHANGE_IMPORT_SCATTERED_H */
