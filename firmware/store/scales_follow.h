/* SPDX-License-Identifier: MIT */
/*
 * scales_follow.h - what a step of the journal changes in the tables of scales
 *
 * For journal_tables.c alone.
 *
 * Threads:    writing: the journal thread.
 */
#ifndef FIRMWARE_STORE_SCALES_FOLLOW_H
#define FIRMWARE_STORE_SCALES_FOLLOW_H

#include "journal.h"
#include "store_sql.h"

void scales_follow(struct store *store, const struct journal_step *step, int64_t sequence,
                   enum hal_status *status);

#endif /* FIRMWARE_STORE_SCALES_FOLLOW_H */
