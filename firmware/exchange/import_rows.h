/* SPDX-License-Identifier: MIT */
/*
 * import_rows.h - files whose rows stand alone: catalogue, carrier weights
 *
 * A row of CSV or a line of JSON becomes one object, whichever the file is.
 *
 * Threads:    as the import's.
 */
#ifndef FIRMWARE_EXCHANGE_IMPORT_ROWS_H
#define FIRMWARE_EXCHANGE_IMPORT_ROWS_H

#include "import_cells.h"
#include "import_run.h"

/* take fills run->faults when it refuses the object. */
typedef bool import_take(struct import_run *run, json_t *root, int64_t line);

void import_rows_open(struct import_run *run, const struct import_table *table, import_take *take);

#endif /* FIRMWARE_EXCHANGE_IMPORT_ROWS_H */
