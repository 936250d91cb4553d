/* SPDX-License-Identifier: MIT */
/*
 * journal_personal.h - what is personal, beside the chain instead of in it
 *
 * A record's body carries "digests": field -> SHA-256(salt | field | NUL | text),
 * one salt a record.  The texts and the salt stand in the table personal; with
 * both erased the digests say nothing any more, and the chain is whole.
 *
 * Threads:    writing.
 */
#ifndef FIRMWARE_STORE_JOURNAL_PERSONAL_H
#define FIRMWARE_STORE_JOURNAL_PERSONAL_H

#include "journal_body.h"
#include "notice.h"
#include "store_sql.h"

struct journal_personal {
	struct journal_body texts; /* JSON, field -> text */
	uint8_t salt[32];
};

/* Adds the digests to the record's body, and keeps the texts for journal_personal_store(). */
void journal_personal_digest(struct store *store, struct journal_body *body,
                             struct journal_personal *personal, const struct notice *notice,
                             enum hal_status *status);

/* Beside the record just appended. */
void journal_personal_store(struct store *store, struct journal_personal *personal,
                            const char *notice, int64_t sequence, enum hal_status *status);

/* Do salt and fields of a walked record still give the digests in its body? */
bool journal_personal_fits(sqlite3_stmt *row, int body, int salt, int fields);

#endif /* FIRMWARE_STORE_JOURNAL_PERSONAL_H */
