/* SPDX-License-Identifier: MIT */
/*
 * journal_body.h - the canonical text of one record
 *
 * JSON without blanks, keys in the order of the calls, nothing that is empty: the
 * same step gives the same bytes.
 *
 * Ownership:  the text is the caller's room.
 * Errors:     what does not fit sets full, and the record is refused whole.
 * Threads:    pure.
 */
#ifndef FIRMWARE_STORE_JOURNAL_BODY_H
#define FIRMWARE_STORE_JOURNAL_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "journal.h"

struct journal_body {
	char *text; /* always ends in NUL */
	size_t size;
	size_t len;
	bool full;
	bool comma; /* before the next member */
};

void journal_body_begin(struct journal_body *body, char *room, size_t size);
void journal_body_end(struct journal_body *body);

/* An empty text, a zero and NULL bytes are left out. */
void journal_body_text(struct journal_body *body, const char *key, const char *value);
void journal_body_int(struct journal_body *body, const char *key, int64_t value);
/* A number that is meant also when it is zero. */
void journal_body_number(struct journal_body *body, const char *key, int64_t value);
/* JSON already, taken as it is. */
void journal_body_raw(struct journal_body *body, const char *key, const char *json);
void journal_body_open(struct journal_body *body, const char *key);
void journal_body_shut(struct journal_body *body);

const char *journal_label_name(enum label_state state);

/* Everything of a step that goes into the chain. */
void journal_body_step(struct journal_body *body, uint32_t epoch, const struct journal_step *step);

/* The opening members, for records that are no step. */
void journal_body_start(struct journal_body *body, uint32_t epoch, enum journal_kind kind,
                        struct hal_wall at, const char *bench);

#endif /* FIRMWARE_STORE_JOURNAL_BODY_H */
