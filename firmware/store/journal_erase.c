/* SPDX-License-Identifier: MIT */
/* Personal data erased on request: out of every table, while their digests stay in the chain. */
#include "journal.h"

#include <stdlib.h>
#include <string.h>

#include "journal_chain.h"
#include "notice_json.h"

/* What may be said of a notice for good: everything but who and where. */
static char *strip(const char *body)
{
	static const char *const parties[] = { "recipient", "sender" };
	json_t *root = json_loads(body, 0, NULL);
	char *text;

	for (size_t i = 0; i < sizeof(parties) / sizeof(parties[0]); i++) {
		json_t *party = json_object_get(root, parties[i]);
		json_t *country = json_incref(json_object_get(party, "country"));

		json_object_clear(party);
		if (country)
			json_object_set_new(party, "country", country);
	}
	json_object_del(root, "wishes");
	json_object_del(root, "service_note");
	text = notice_json_dump(root);
	json_decref(root);
	return text;
}

struct revision {
	int64_t number;
	uint8_t content[32];
	char *body;
};

/* All of a notice's kept revisions, stripped; at most count of them. */
static unsigned strip_revisions(struct store *store, const char *notice, struct revision *revisions,
                                unsigned most, enum hal_status *status)
{
	sqlite3_stmt *row = store_query(store, SQL_ERASE_BODIES, STORE_VALUES(store_text(notice)));
	unsigned count = 0;

	while (store_row(store, row, status)) {
		struct revision *revision = &revisions[count];

		if (count == most || sqlite3_column_bytes(row, 1) != sizeof(revision->content))
			continue;
		revision->number = sqlite3_column_int64(row, 0);
		memcpy(revision->content, sqlite3_column_blob(row, 1), sizeof(revision->content));
		revision->body = strip(store_column(row, 2));
		count += revision->body != NULL;
	}
	return count;
}

/* So many at a time; those done no longer come first because their content is new. */
#define REVISIONS 200

static void erase_revisions(struct store *store, const char *notice, enum hal_status *status)
{
	struct revision revisions[REVISIONS];
	unsigned count = strip_revisions(store, notice, revisions, REVISIONS, status);

	if (count == REVISIONS) {
		store_why(store, "more revisions than one erasure can hold");
		*status = HAL_E_ARG;
	}
	for (unsigned i = 0; i < count; i++) {
		store_write(store, SQL_ERASE_BODY, status,
		            STORE_VALUES(store_text(notice), store_int(revisions[i].number),
		                         store_blob(revisions[i].content, 32),
		                         store_text(revisions[i].body)));
		free(revisions[i].body);
	}
}

/* What is still to be packed or handed over needs its address. */
static bool finished(enum notice_status status)
{
	return status == NOTICE_CANCELLED || status == NOTICE_REFUNDED ||
	       status == NOTICE_HANDED_OVER || status == NOTICE_RETURNED;
}

static char *find_body(struct store *store, const char *notice, enum hal_status *status)
{
	sqlite3_stmt *row = store_query(store, SQL_TAKE_ROW, STORE_VALUES(store_text(notice)));
	char *body = NULL;
	bool known = false;

	while (store_row(store, row, status)) {
		known = true;
		if (finished((enum notice_status)sqlite3_column_int(row, 1)))
			body = strip(store_column(row, 2));
	}
	if (*status != HAL_OK || body)
		return body;
	store_why(store, known ? "notice '%s' is not finished yet" : "no notice '%s'", notice);
	*status = HAL_E_ARG;
	return NULL;
}

static void record(struct store *store, const struct journal_erasure *erasure,
                   struct journal_receipt *receipt, enum hal_status *status)
{
	struct journal_body body;

	journal_body_begin(&body, store->body, store->body_size);
	journal_body_start(&body, store->next.epoch, JOURNAL_ERASURE, erasure->at, erasure->bench);
	journal_body_text(&body, "notice", erasure->notice);
	journal_body_text(&body, "subject", erasure->by);
	journal_body_text(&body, "reason", erasure->reason);
	journal_append(store, &body, status, receipt);
}

enum hal_status journal_erase(struct store *store, const struct journal_erasure *erasure,
                              struct journal_receipt *ret_receipt, struct hal_fault *reterr_fault)
{
	struct journal_receipt receipt = { 0 };
	enum hal_status status = store_begin(store, reterr_fault);
	char *body;

	if (status != HAL_OK)
		return status;
	body = find_body(store, erasure->notice, &status);
	record(store, erasure, &receipt, &status);
	store_write(store, SQL_PERSONAL_ERASE, &status,
	            STORE_VALUES(store_text(erasure->notice), store_int(receipt.sequence)));
	store_write(store, SQL_ERASE_NOTICE, &status,
	            STORE_VALUES(store_text(erasure->notice), store_text(body ? body : ""),
	                         store_int(receipt.sequence)));
	erase_revisions(store, erasure->notice, &status);
	store_write(store, SQL_ERASE_FINDINGS, &status, STORE_VALUES(store_text(erasure->notice)));
	store_write(store, SQL_ERASE_NAMES, &status, STORE_VALUES(store_text(erasure->notice)));
	free(body);
	status = store_end(store, status, reterr_fault);
	if (status != HAL_OK)
		return status;
	*ret_receipt = receipt;
	return store_forget_log(store);
}
