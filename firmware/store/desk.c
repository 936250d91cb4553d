/* SPDX-License-Identifier: MIT */
#include "desk.h"

#include <stdlib.h>
#include <string.h>

#include "notice_json.h"
#include "store_sql.h"

static struct hal_mass mass_at(sqlite3_stmt *row, int column)
{
	return (struct hal_mass){ (int32_t)sqlite3_column_int64(row, column) };
}

enum hal_status
desk_each_weighing(struct store *store, const char *notice, uint32_t parcel,
                   void (*each)(void *context, const struct desk_weighing *weighing), void *context)
{
	enum hal_status status = HAL_OK;
	struct desk_weighing one;
	sqlite3_stmt *row = store_look(store, STORE_READING, SQL_DESK_WEIGHINGS,
	                               STORE_VALUES(store_text(notice), store_int(parcel)));

	while (store_row(store, row, &status)) {
		one.sequence = sqlite3_column_int64(row, 0);
		one.at_us = sqlite3_column_int64(row, 1);
		one.measured = mass_at(row, 2);
		one.expected = mass_at(row, 3);
		one.spread = mass_at(row, 4);
		store_field(row, 5, one.verdict, sizeof(one.verdict));
		store_field(row, 6, one.cause, sizeof(one.cause));
		one.cause_ppm = one.cause[0] ? sqlite3_column_int(row, 7) : -1;
		store_field(row, 8, one.packer, sizeof(one.packer));
		each(context, &one);
	}
	return status;
}

enum hal_status desk_find_packed_by(struct store *store, const char *person, const char *notice,
                                    uint32_t parcel, bool *ret_packed)
{
	enum hal_status status = HAL_OK;
	bool packed = false;
	sqlite3_stmt *row =
		store_look(store, STORE_READING, SQL_DESK_PACKED_BY,
	                   STORE_VALUES(store_text(person), store_text(notice), store_int(parcel)));

	while (store_row(store, row, &status))
		packed = true;
	if (status == HAL_OK)
		*ret_packed = packed;
	return status;
}

enum hal_status desk_each_parked(struct store *store,
                                 void (*each)(void *context, const struct desk_parked *parked),
                                 void *context)
{
	enum hal_status status = HAL_OK;
	struct desk_parked one;
	sqlite3_stmt *row = store_look(store, STORE_READING, SQL_DESK_PARKED, NULL, 0);

	while (store_row(store, row, &status)) {
		store_field(row, 0, one.notice, sizeof(one.notice));
		one.parcel = (uint32_t)sqlite3_column_int64(row, 1);
		store_field(row, 2, one.country, sizeof(one.country));
		store_field(row, 3, one.packer, sizeof(one.packer));
		store_field(row, 4, one.verdict, sizeof(one.verdict));
		one.difference = mass_at(row, 5);
		one.at_us = sqlite3_column_int64(row, 6);
		each(context, &one);
	}
	return status;
}

/* ---- Notices that wait ---------------------------------------------------------------------- */

enum hal_status desk_find_notice(struct store *store, enum store_side side, const char *number,
                                 struct notice *ret_notice)
{
	struct notice_faults faults;
	enum hal_status status = HAL_OK, read = HAL_E_ARG;
	sqlite3_stmt *row =
		store_look(store, side, SQL_NOTICE_TEXT, STORE_VALUES(store_text(number)));

	while (store_row(store, row, &status)) {
		const char *body = store_column(row, 3);

		read = notice_json_parse(body, strlen(body), ret_notice, &faults);
		ret_notice->revision = (uint32_t)sqlite3_column_int64(row, 1);
	}
	if (status == HAL_OK)
		status = read;
	return status == HAL_OK ? inbox_complete(store, side, ret_notice) : status;
}

struct numbers {
	unsigned count, more;
	char each[DESK_NOTICES][NOTICE_KEY];
};

static const enum store_statement waiting_statements[] = {
	[DESK_APPROVAL] = SQL_DESK_UNAPPROVED,
	[DESK_LINT] = SQL_DESK_HELD,
};

/* Numbers first: each notice then asks questions of its own. */
static enum hal_status find_numbers(struct store *store, enum desk_waiting what,
                                    const char *trusted, struct numbers *numbers)
{
	enum hal_status status = HAL_OK;
	sqlite3_stmt *row = store_look(store, STORE_READING, waiting_statements[what], NULL, 0);

	numbers->count = numbers->more = 0;
	while (store_row(store, row, &status)) {
		if (what == DESK_APPROVAL && inbox_trusts(trusted, store_column(row, 1)))
			continue;
		if (numbers->count == DESK_NOTICES)
			numbers->more++;
		else
			store_field(row, 0, numbers->each[numbers->count++], NOTICE_KEY);
	}
	return status;
}

enum hal_status desk_each_waiting(struct store *store, enum desk_waiting what, const char *trusted,
                                  void (*each)(void *context, const struct notice *notice),
                                  void *context, unsigned *ret_more)
{
	struct numbers *numbers = malloc(sizeof(*numbers));
	struct notice *notice = malloc(sizeof(*notice));
	enum hal_status status =
		numbers && notice ? find_numbers(store, what, trusted, numbers) : HAL_E_SYSTEM;

	for (unsigned i = 0; status == HAL_OK && i < numbers->count; i++) {
		enum hal_status one =
			desk_find_notice(store, STORE_READING, numbers->each[i], notice);

		if (one == HAL_OK)
			each(context, notice);
		else if (one != HAL_E_ARG) /* erased meanwhile */
			status = one;
	}
	if (status == HAL_OK)
		*ret_more = numbers->more;
	free(numbers);
	free(notice);
	return status;
}

enum hal_status desk_each_finding(struct store *store, const char *notice,
                                  void (*each)(void *context, const struct desk_finding *finding),
                                  void *context)
{
	enum hal_status status = HAL_OK;
	struct desk_finding one;
	sqlite3_stmt *row = store_look(store, STORE_READING, SQL_DESK_FINDINGS,
	                               STORE_VALUES(store_text(notice)));

	while (store_row(store, row, &status)) {
		store_field(row, 0, one.rule, sizeof(one.rule));
		one.level = sqlite3_column_int(row, 1);
		one.item = sqlite3_column_type(row, 2) == SQLITE_NULL ? -1
		                                                      : sqlite3_column_int(row, 2);
		store_field(row, 3, one.text, sizeof(one.text));
		each(context, &one);
	}
	return status;
}

enum hal_status desk_find_weight(struct store *store, const char *sku,
                                 struct desk_weight *ret_weight)
{
	enum hal_status status = HAL_OK, found = HAL_E_ARG;
	sqlite3_stmt *row =
		store_look(store, STORE_READING, SQL_DESK_WEIGHT, STORE_VALUES(store_text(sku)));

	while (store_row(store, row, &status)) {
		store_field(row, 0, ret_weight->sku, sizeof(ret_weight->sku));
		store_field(row, 1, ret_weight->name, sizeof(ret_weight->name));
		ret_weight->catalogue = mass_at(row, 2);
		ret_weight->accepted = mass_at(row, 3);
		ret_weight->learnt = mass_at(row, 4);
		ret_weight->sure = mass_at(row, 5);
		ret_weight->parcels = sqlite3_column_int64(row, 6);
		found = HAL_OK;
	}
	return status == HAL_OK ? found : status;
}

/* ---- Leaving -------------------------------------------------------------------------------- */

static void read_bag(sqlite3_stmt *row, struct desk_bag *bag)
{
	store_field(row, 0, bag->code, sizeof(bag->code));
	store_field(row, 1, bag->carrier, sizeof(bag->carrier));
	store_field(row, 2, bag->method, sizeof(bag->method));
	bag->parcels = (unsigned)sqlite3_column_int64(row, 3);
	bag->closed_us = sqlite3_column_int64(row, 4);
}

enum hal_status desk_each_closed_bag(struct store *store,
                                     void (*each)(void *context, const struct desk_bag *bag),
                                     void *context)
{
	enum hal_status status = HAL_OK;
	struct desk_bag bag;
	sqlite3_stmt *row =
		store_look(store, STORE_READING, SQL_DESK_BAGS, STORE_VALUES(store_maybe("")));

	while (store_row(store, row, &status)) {
		read_bag(row, &bag);
		each(context, &bag);
	}
	return status;
}

enum hal_status desk_find_closed_bag(struct store *store, const char *code,
                                     struct desk_bag *ret_bag)
{
	enum hal_status status = HAL_OK, found = HAL_E_ARG;
	sqlite3_stmt *row =
		store_look(store, STORE_WRITING, SQL_DESK_BAGS, STORE_VALUES(store_text(code)));

	while (store_row(store, row, &status)) {
		read_bag(row, ret_bag);
		found = HAL_OK;
	}
	return status == HAL_OK ? found : status;
}

enum hal_status desk_count_untold(struct store *store, int64_t *ret_count)
{
	enum hal_status status = HAL_OK;
	sqlite3_stmt *row = store_look(store, STORE_READING, SQL_DESK_UNTOLD, NULL, 0);

	while (store_row(store, row, &status))
		*ret_count = sqlite3_column_int64(row, 0);
	return status;
}
