/* SPDX-License-Identifier: MIT */
/*
 * inbox.h - notices, catalogue, packaging, people: what the bench is given
 *
 * Ownership:  outputs are the caller's structs.
 * Errors:     a refusal is a value of enum inbox_refusal, not an error.
 * Threads:    as said per function, see store.h.
 */
#ifndef FIRMWARE_INBOX_H
#define FIRMWARE_INBOX_H

#include "catalogue.h"
#include "journal.h"
#include "notice.h"
#include "store.h"

enum inbox_refusal {
	INBOX_TAKEN = 0, /* no refusal: the notice is this bench's now */
	INBOX_UNKNOWN,
	INBOX_ALREADY_PACKED, /* every parcel of it is */
	INBOX_HANDED_OVER,
	INBOX_HELD,
	INBOX_WAITING_STOCK,
	INBOX_CANCELLED,
	INBOX_REFUNDED,
	INBOX_PULLED_BACK,
	INBOX_OTHER_BENCH,
	INBOX_UNAPPROVED,
	INBOX_LINT_HOLD, /* held by a lint finding that nobody decided yet */
};

/* What stands in the tables for one parcel of the notice taken. */
struct inbox_parcel {
	bool packed;
	bool parked;
	char tracking[NOTICE_KEY];
	uint32_t copies; /* labels made so far, voided ones included */
};

struct inbox_taken {
	enum inbox_refusal refusal;
	char detail[NOTICE_TEXT]; /* who has it, since when, why held */
	struct notice notice;     /* completed from the catalogue */
	struct inbox_parcel parcels[NOTICE_MAX_PARCELS];
	unsigned next; /* index of the first parcel not packed yet */
};

struct inbox_take {
	char number[NOTICE_KEY]; /* notice number; an order or tracking number finds its notice too */
	char bench[NOTICE_KEY];
	char trusted_source[NOTICE_KEY]; /* approved_by values the configuration trusts, "" none, "*" any */
	int64_t claim_us; /* wall time now */
};

/* Claims the notice for the bench and reads it; claim and reading are one transaction.  Writing. */
HAL_MUST_USE enum hal_status inbox_take(struct store *store, const struct inbox_take *take,
                                        struct inbox_taken *ret_taken,
                                        struct hal_fault *reterr_fault);

struct person {
	char id[NOTICE_KEY];    /* what the journal names */
	char badge[NOTICE_KEY]; /* the code behind PS-BADGE- */
	char name[NOTICE_TEXT];
	bool supervisor;
	char language[8];
	char secret[128]; /* crypt(3) hash of the PIN, "" none */
};

/* Each calls back for every row, at start and after an import.  Writing side. */
HAL_MUST_USE enum hal_status inbox_each_person(struct store *store,
                                               void (*each)(void *context,
                                                            const struct person *person),
                                               void *context);
HAL_MUST_USE enum hal_status inbox_each_entry(struct store *store,
                                              void (*each)(void *context,
                                                           const struct catalogue_entry *entry),
                                              void *context);

#endif /* FIRMWARE_INBOX_H */
