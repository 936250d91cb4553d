/* SPDX-License-Identifier: MIT */
/*
 * import_csv.h - notices out of CSV, as import.c asks for them
 *
 * Threads:    as the import's.
 */
#ifndef FIRMWARE_IMPORT_CSV_H
#define FIRMWARE_IMPORT_CSV_H

#include "import_run.h"
#include "import_scattered.h"

/* Reads the whole file into the run. */
void import_csv_notices(struct import_run *run);

#endif /* FIRMWARE_IMPORT_CSV_H */
