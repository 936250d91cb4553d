/* SPDX-License-Identifier: MIT */
/*
 * import_csv.h - notices out of CSV, as import.c asks for them
 *
 * Threads:    as the import's.
 */
#ifndef FIRMWARE_EXCHANGE_IMPORT_CSV_H
#define FIRMWARE_EXCHANGE_IMPORT_CSV_H

#include "import_run.h"
#include "import_scattered.h"

/* Reads the heading, and once through the file for numbers that come again. */
void import_csv_open(struct import_run *run);

#endif /* FIRMWARE_EXCHANGE_IMPORT_CSV_H */
