/* SPDX-License-Identifier: MIT */
/* Questions about what is here: the catalogue, revisions, parcels, bags, numbers. */
#include "inbox.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inbox_diff.h"
#include "inbox_parcels.h"
#include "s10.h"

enum hal_status inbox_complete(struct store *store, enum store_side side, struct notice *notice)
{
	enum hal_status status = HAL_OK;

	inbox_fill(store, side, notice, &status);
	return status;
}

enum hal_status inbox_tracking_used(struct store *store, enum store_side side, const char *tracking,
                                    const char *notice, bool *ret_used)
{
	enum hal_status status = HAL_OK;
	bool used = false;
	sqlite3_stmt *row;

	if (tracking[0]) {
		row = store_look(store, side, SQL_TRACKING_USED,
		                 STORE_VALUES(store_text(tracking), store_text(notice)));
		while (store_row(store, row, &status))
			used = true;
	}
	if (status == HAL_OK)
		*ret_used = used;
	return status;
}

/* ---- Revisions ------------------------------------------------------------------------------ */

/* Both revisions as structs; they are large, so they are borrowed from the heap for a moment. */
struct two_revisions {
	struct notice was, is;
};

static void load_revision(struct store *store, enum store_statement which,
                          const struct store_value *values, size_t count, int column,
                          struct notice *ret_notice, enum hal_status *status)
{
	sqlite3_stmt *row = store_query(store, which, values, count);

	if (!store_row(store, row, status))
		return;
	*status = inbox_read_body(store, store_column(row, column), ret_notice);
	store_done(row);
}

enum hal_status inbox_changed_since(struct store *store, const char *number, uint32_t revision,
                                    uint32_t *ret_revision, char *text, size_t size)
{
	struct two_revisions *two;
	enum hal_status status = HAL_OK;

	if (!store_writes(store))
		return HAL_E_SYSTEM;
	two = calloc(1, sizeof(*two));
	if (!two)
		return HAL_E_SYSTEM;
	load_revision(store, SQL_TAKE_ROW, STORE_VALUES(store_text(number)), 2, &two->is, &status);
	load_revision(store, SQL_PUT_BODY_OF, STORE_VALUES(store_text(number), store_int(revision)),
	              0, &two->was, &status);
	if (status == HAL_OK && (!two->is.number[0] || !two->was.number[0]))
		status = HAL_E_ARG;
	if (status == HAL_OK) {
		inbox_diff(&two->was, &two->is, INBOX_DIFF_VALUES, text, size);
		*ret_revision = two->is.revision;
	}
	free(two);
	return status;
}

/* ---- Parcels and bags ----------------------------------------------------------------------- */

/* "N1/2" is parcel 2 of N1; 0 when no parcel is said. */
static uint32_t split_number(const char *code, char number[NOTICE_KEY])
{
	const char *slash = strrchr(code, '/');
	size_t len = slash ? (size_t)(slash - code) : strlen(code);

	snprintf(number, NOTICE_KEY, "%.*s", (int)len, code);
	return slash ? (uint32_t)strtoul(slash + 1, NULL, 10) : 0;
}

static void find_row(struct store *store, const char *number, uint32_t parcel,
                     struct inbox_found *found, enum hal_status *status)
{
	sqlite3_stmt *row = store_query(store, SQL_PARCEL_FIND,
	                                STORE_VALUES(store_text(number), store_int(parcel)));
	unsigned rows = 0;

	while (store_row(store, row, status)) {
		store_field(row, 0, found->notice, sizeof(found->notice));
		found->parcel = rows++ ? 0 : (uint32_t)sqlite3_column_int64(row, 1);
		found->revision = (uint32_t)sqlite3_column_int64(row, 2);
		found->status = (enum notice_status)sqlite3_column_int(row, 3);
		store_field(row, 4, found->method, sizeof(found->method));
		store_field(row, 5, found->bag, sizeof(found->bag));
	}
}

enum hal_status inbox_find_parcel(struct store *store, const char *number,
                                  struct inbox_found *ret_found)
{
	enum hal_status status = HAL_OK;
	char key[NOTICE_KEY];
	uint32_t parcel = split_number(number, key);
	sqlite3_stmt *row;

	if (!store_writes(store))
		return HAL_E_SYSTEM;
	memset(ret_found, 0, sizeof(*ret_found));
	find_row(store, number, 0, ret_found, &status);
	if (status == HAL_OK && !ret_found->notice[0] && parcel > 0)
		find_row(store, key, parcel, ret_found, &status);
	if (status != HAL_OK || ret_found->parcel == 0)
		return status;
	row = store_query(
		store, SQL_PARCEL_ONE,
		STORE_VALUES(store_text(ret_found->notice), store_int(ret_found->parcel)));
	while (store_row(store, row, &status))
		inbox_load_parcel(row, &ret_found->now);
	return status;
}

/* A bag that is not known yet is open and of the method asked. */
static enum inbox_bag_answer bag_refuses(struct store *store, const char *bag, const char *method,
                                         enum hal_status *status)
{
	sqlite3_stmt *row = store_query(store, SQL_BAG_STATE, STORE_VALUES(store_text(bag)));
	enum inbox_bag_answer answer = INBOX_BAG_GOOD;

	while (store_row(store, row, status)) {
		if (strcmp(store_column(row, 0), "open") != 0)
			answer = INBOX_BAG_CLOSED;
		else if (strcmp(store_column(row, 1), method) != 0)
			answer = INBOX_BAG_OTHER_METHOD;
	}
	return answer;
}

static bool stopped(enum notice_status status)
{
	return status == NOTICE_CANCELLED || status == NOTICE_REFUNDED || status == NOTICE_HELD ||
	       status == NOTICE_WAITING_STOCK;
}

static bool is_status(const struct inbox_found *found, const char *status)
{
	return strcmp(found->now.status, status) == 0;
}

/* The first that applies, the gravest first. */
static enum inbox_bag_answer parcel_refuses(const struct inbox_found *found, const char *bag,
                                            const char *method)
{
	if (found->parcel == 0)
		return INBOX_BAG_UNKNOWN;
	if (is_status(found, "handed-over") || is_status(found, "returned"))
		return INBOX_BAG_GONE;
	if (stopped(found->status))
		return INBOX_BAG_CANCELLED;
	if (is_status(found, "recalled") || is_status(found, "pulled-back") ||
	    found->status == NOTICE_PULLED_BACK)
		return INBOX_BAG_RECALLED;
	if (!is_status(found, "packed"))
		return INBOX_BAG_NOT_PACKED;
	if (found->bag[0])
		return strcmp(found->bag, bag) == 0 ? INBOX_BAG_ALREADY : INBOX_BAG_ELSEWHERE;
	return strcmp(found->method, method) == 0 ? INBOX_BAG_GOOD : INBOX_BAG_OTHER_METHOD;
}

enum hal_status inbox_bag_check(struct store *store, const char *bag, const char *method,
                                const char *number, enum inbox_bag_answer *ret_answer,
                                struct inbox_found *ret_found)
{
	enum hal_status status = inbox_find_parcel(store, number, ret_found);
	enum inbox_bag_answer answer;

	if (status != HAL_OK)
		return status;
	answer = bag_refuses(store, bag, method[0] ? method : ret_found->method, &status);
	if (status != HAL_OK)
		return status;
	if (answer == INBOX_BAG_GOOD)
		answer = parcel_refuses(ret_found, bag, method[0] ? method : ret_found->method);
	*ret_answer = answer;
	return HAL_OK;
}

/* ---- Tracking numbers ------------------------------------------------------------------------ */

/* The next number of a range, and where the range stands afterwards. */
struct drawn {
	char method[NOTICE_KEY], prefix[4];
	int64_t first, next;
	char number[NOTICE_KEY];
};

static void draw_number(struct store *store, const char *notice, struct drawn *drawn,
                        enum hal_status *status)
{
	sqlite3_stmt *row = store_query(store, SQL_RANGE_NEXT, STORE_VALUES(store_text(notice)));
	char serial[12];

	drawn->number[0] = '\0';
	while (store_row(store, row, status)) {
		store_field(row, 0, drawn->method, sizeof(drawn->method));
		store_field(row, 1, drawn->prefix, sizeof(drawn->prefix));
		drawn->first = sqlite3_column_int64(row, 2);
		drawn->next = sqlite3_column_int64(row, 3) + 1;
		snprintf(serial, sizeof(serial), "%08" PRId64, (drawn->next - 1) % 100000000);
		store_say(drawn->number, sizeof(drawn->number), "%s%s%c%s", drawn->prefix, serial,
		          s10_check_digit(serial), store_column(row, 4));
	}
}

static void assign(struct store *store, const char *notice, uint32_t parcel, char *tracking,
                   size_t size, enum hal_status *status)
{
	struct drawn drawn;
	sqlite3_stmt *row = store_query(store, SQL_PARCEL_ONE,
	                                STORE_VALUES(store_text(notice), store_int(parcel)));

	tracking[0] = '\0';
	while (store_row(store, row, status))
		store_field(row, 2, tracking, size);
	if (*status != HAL_OK || tracking[0])
		return;
	draw_number(store, notice, &drawn, status);
	if (*status != HAL_OK || !drawn.number[0])
		return;
	store_write(store, SQL_RANGE_TAKE, status,
	            STORE_VALUES(store_text(drawn.method), store_text(drawn.prefix),
	                         store_int(drawn.first), store_int(drawn.next)));
	store_write(store, SQL_TRACKING_SET, status,
	            STORE_VALUES(store_text(notice), store_int(parcel), store_text(drawn.number)));
	store_say(tracking, size, "%s", drawn.number);
}

enum hal_status inbox_assign_tracking(struct store *store, const char *notice, uint32_t parcel,
                                      char *tracking, size_t size, struct hal_fault *reterr_fault)
{
	enum hal_status status = store_begin(store, reterr_fault);

	if (status != HAL_OK)
		return status;
	assign(store, notice, parcel, tracking, size, &status);
	return store_end(store, status, reterr_fault);
}

enum hal_status inbox_put_range(struct store *store, const struct inbox_range *range,
                                struct hal_fault *reterr_fault)
{
	enum hal_status status = store_begin(store, reterr_fault);

	if (status != HAL_OK)
		return status;
	store_write(store, SQL_RANGE_PUT, &status,
	            STORE_VALUES(store_text(range->method), store_text(range->prefix),
	                         store_text(range->country), store_int(range->first),
	                         store_int(range->last)));
	return store_end(store, status, reterr_fault);
}
