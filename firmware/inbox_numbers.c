/* SPDX-License-Identifier: MIT */
/* Tracking numbers of the bench's own ranges, for parcels that came without one. */
#include "inbox.h"

#include <inttypes.h>
#include <stdio.h>

#include "inbox_parcels.h"
#include "s10.h"

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

static void assign(struct store *store, const char *notice, struct inbox_parcel *parcel,
                   unsigned number, enum hal_status *status)
{
	struct drawn drawn;

	draw_number(store, notice, &drawn, status);
	if (*status != HAL_OK || !drawn.number[0])
		return;
	store_write(store, SQL_RANGE_TAKE, status,
	            STORE_VALUES(store_text(drawn.method), store_text(drawn.prefix),
	                         store_int(drawn.first), store_int(drawn.next)));
	store_write(store, SQL_TRACKING_SET, status,
	            STORE_VALUES(store_text(notice), store_int(number), store_text(drawn.number)));
	store_say(parcel->tracking, sizeof(parcel->tracking), "%s", drawn.number);
}

void inbox_assign_tracking(struct store *store, struct inbox_taken *taken, enum hal_status *status)
{
	for (unsigned i = 0; i < notice_parcels(&taken->notice) && *status == HAL_OK; i++)
		if (!taken->parcels[i].tracking[0])
			assign(store, taken->notice.number, &taken->parcels[i], i + 1, status);
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

enum hal_status inbox_each_range(struct store *store,
                                 void (*each)(void *context, const struct inbox_range *range),
                                 void *context)
{
	enum hal_status status = HAL_OK;
	struct inbox_range range;
	sqlite3_stmt *row = store_look(store, STORE_READING, SQL_RANGE_EACH, NULL, 0);

	while (store_row(store, row, &status)) {
		store_field(row, 0, range.method, sizeof(range.method));
		store_field(row, 1, range.prefix, sizeof(range.prefix));
		store_field(row, 2, range.country, sizeof(range.country));
		range.first = (uint32_t)sqlite3_column_int64(row, 3);
		range.last = (uint32_t)sqlite3_column_int64(row, 4);
		range.next = (uint32_t)sqlite3_column_int64(row, 5);
		each(context, &range);
	}
	return status;
}
