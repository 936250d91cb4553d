/* SPDX-License-Identifier: MIT */
/*
 * journal_chain.h - adding to the chain, for the files that write records
 *
 * hash = SHA-256(hash of the record before | sequence, 8 bytes, high first | body).
 *
 * Threads:    writing.
 */
#ifndef FIRMWARE_STORE_JOURNAL_CHAIN_H
#define FIRMWARE_STORE_JOURNAL_CHAIN_H

#include "journal.h"
#include "journal_body.h"
#include "store_sql.h"

/* The hash of a record, from the one before (zeros before the first).  Pure. */
void journal_hash(const uint8_t before[32], int64_t sequence, const char *body, size_t len,
                  uint8_t ret_hash[32]);

/* Adds one record inside an open transaction; the receipt is good once that has ended well. */
void journal_append(struct store *store, struct journal_body *body, enum hal_status *status,
                    struct journal_receipt *ret_receipt);

#endif /* FIRMWARE_STORE_JOURNAL_CHAIN_H */
