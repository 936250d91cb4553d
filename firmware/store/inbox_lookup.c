/* SPDX-License-Identifier: MIT */
/* Questions about what is here: the catalogue, tracking numbers, revisions. */
#include "inbox.h"

#include <stdlib.h>

#include "inbox_diff.h"
#include "inbox_parcels.h"

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
