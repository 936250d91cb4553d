/* SPDX-License-Identifier: MIT */
/*
 * journal_tables.h - what follows from a step in the tables beside the journal
 *
 * Threads:    writing, inside the step's transaction.
 */
#ifndef FIRMWARE_STORE_JOURNAL_TABLES_H
#define FIRMWARE_STORE_JOURNAL_TABLES_H

#include "journal.h"
#include "store_sql.h"

/* Carries the step, already in the chain as sequence, into the tables. */
void journal_tables_follow(struct store *store, const struct journal_step *step, int64_t sequence,
                           enum hal_status *status);

#endif /* FIRMWARE_STORE_JOURNAL_TABLES_H */
