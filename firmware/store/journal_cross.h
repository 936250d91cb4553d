/* SPDX-License-Identifier: MIT */
/*
 * journal_cross.h - do the tables beside the journal say what its records say?
 *
 * Threads:    reading.
 */
#ifndef FIRMWARE_STORE_JOURNAL_CROSS_H
#define FIRMWARE_STORE_JOURNAL_CROSS_H

#include <stdint.h>

#include <sqlite3.h>

/* The first record that a table contradicts, and in what; 0: none.  -1: cannot be asked. */
int64_t journal_cross_find(sqlite3 *db, const char **ret_what);

#endif /* FIRMWARE_STORE_JOURNAL_CROSS_H */
