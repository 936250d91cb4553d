/* SPDX-License-Identifier: MIT */
/*
 * Electronic advance data: the fields of an ITMATT message, a row a line of contents.
 * Names instead of codes: carriers number natures differently.  Nothing is shortened to
 * a carrier's field widths here; whoever sends it on must say so where it does.
 */
#include "export_reports.h"

#include <stdlib.h>
#include <string.h>

#include "inbox.h"
#include "inbox_parcels.h"

/* clang-format off */
#define PARTY_COLUMNS(whose) \
	{ whose "_name", EXPORT_TEXT },     { whose "_company", EXPORT_TEXT }, \
	{ whose "_address", EXPORT_TEXT },  { whose "_city", EXPORT_TEXT }, \
	{ whose "_region", EXPORT_TEXT },   { whose "_postcode", EXPORT_TEXT }, \
	{ whose "_country", EXPORT_TEXT },  { whose "_phone", EXPORT_TEXT }, \
	{ whose "_email", EXPORT_TEXT },    { whose "_tax_id", EXPORT_TEXT }

const struct export_column export_itmatt_columns[] = {
	{ "item_id", EXPORT_TEXT },      { "posted", EXPORT_TIME },     { "method", EXPORT_TEXT },
	{ "nature", EXPORT_TEXT },       { "nature_note", EXPORT_TEXT }, { "gross_g", EXPORT_GRAMS },
	{ "total_value", EXPORT_TEXT },  { "total_currency", EXPORT_TEXT },
	PARTY_COLUMNS("sender"),         PARTY_COLUMNS("recipient"),
	{ "ioss", EXPORT_TEXT },         { "notice", EXPORT_TEXT },     { "parcel", EXPORT_NUMBER },
	{ "line", EXPORT_NUMBER },       { "sku", EXPORT_TEXT },        { "quantity", EXPORT_NUMBER },
	{ "description", EXPORT_TEXT },  { "name", EXPORT_TEXT },       { "net_g", EXPORT_GRAMS },
	{ "value", EXPORT_TEXT },        { "currency", EXPORT_TEXT },   { "hs", EXPORT_TEXT },
	{ "origin", EXPORT_TEXT },       { NULL, 0 },
};
/* clang-format on */

/* Columns of the query that is expanded. */
enum {
	READ_NOTICE,
	READ_PARCEL,
	READ_TRACKING,
	READ_TIME,
	READ_GROSS,
	READ_BODY,
	READ_ERASED,
};

#define AMOUNT_TEXT 32

/* One parcel's rows being made. */
struct making {
	struct inbox_taken taken; /* the notice, and its parcels as they were packed */
	struct export_cell cells[EXPORT_COLUMNS];
	unsigned used;
	char addresses[2][NOTICE_MAX_LINES * NOTICE_TEXT];
	char amounts[2][AMOUNT_TEXT];
	struct money money[2]; /* what the amounts are of, kept for their currencies */
};

static void add_text(struct making *making, const char *text)
{
	making->cells[making->used++] =
		(struct export_cell){ .known = text[0] != '\0', .text = text };
}

static void add_number(struct making *making, bool known, int64_t number)
{
	making->cells[making->used++] =
		(struct export_cell){ .known = known, .number = number, .text = "" };
}

static void add_money(struct making *making, unsigned which, const struct money *money)
{
	making->money[which] = *money;
	making->amounts[which][0] = '\0';
	if (money_known(money))
		money_format(money, making->amounts[which], AMOUNT_TEXT);
	add_text(making, making->amounts[which]);
	add_text(making, making->money[which].currency);
}

static void add_party(struct making *making, unsigned which, const struct notice_party *party)
{
	char *address = making->addresses[which];

	address[0] = '\0';
	for (unsigned i = 0; i < party->line_count; i++) {
		size_t used = strlen(address);

		snprintf(address + used, sizeof(making->addresses[0]) - used, "%s%s", i ? ", " : "",
		         party->lines[i]);
	}
	add_text(making, party->name);
	add_text(making, party->company);
	add_text(making, address);
	add_text(making, party->city);
	add_text(making, party->region);
	add_text(making, party->postcode);
	add_text(making, party->country);
	add_text(making, party->phone);
	add_text(making, party->email);
	add_text(making, party->tax_id);
}

/* Nothing when the currencies differ: amounts are never converted. */
static struct money sum_of(const struct notice *notice, const struct notice_parcel *parcel)
{
	struct money sum = { 0 }, line;

	for (unsigned i = 0; i < parcel->portion_count; i++) {
		const struct notice_portion *portion = &parcel->portions[i];
		const struct money *unit = &notice->items[portion->item].unit_value;

		if (!money_known(unit) || !money_times(unit, portion->quantity, &line))
			return (struct money){ 0 };
		if (i == 0)
			sum = line;
		else if (!money_add(&sum, &line))
			return (struct money){ 0 };
	}
	return sum;
}

static void add_line(struct making *making, unsigned line, const struct notice_item *item,
                     uint32_t quantity)
{
	struct money value = { 0 };
	bool net = item->unit_net_mg >= 0;

	if (money_known(&item->unit_value) && !money_times(&item->unit_value, quantity, &value))
		value = (struct money){ 0 };
	add_number(making, true, line + 1);
	add_text(making, item->sku);
	add_number(making, true, quantity);
	add_text(making, item->description);
	add_text(making, item->name);
	add_number(making, net, net ? (int64_t)item->unit_net_mg * quantity : 0);
	add_money(making, 1, &value);
	add_text(making, item->hs);
	add_text(making, item->origin);
}

static void add_head(struct making *making, const struct export_filter *filter,
                     const struct export_cell *read, const struct notice_parcel *parcel)
{
	static const struct notice_party nobody;
	const struct notice *notice = &making->taken.notice;
	const struct notice_party *sender = filter->sender ? filter->sender : &nobody;
	struct money total = sum_of(notice, parcel);

	making->used = 0;
	making->cells[making->used++] = read[READ_TRACKING];
	making->cells[making->used++] = read[READ_TIME];
	add_text(making, notice->method);
	add_text(making, notice_nature_name(notice->nature));
	add_text(making, notice->nature_note);
	making->cells[making->used++] = read[READ_GROSS];
	add_money(making, 0, &total);
	add_party(making, 0, notice->sender.name[0] ? &notice->sender : sender);
	add_party(making, 1, &notice->recipient);
	add_text(making, notice->ioss);
	making->cells[making->used++] = read[READ_NOTICE];
	making->cells[making->used++] = read[READ_PARCEL];
}

static void make_rows(struct making *making, const struct export_filter *filter,
                      const struct export_cell *read, const struct export_report *report,
                      const struct export_sink *sink)
{
	const struct notice *notice = &making->taken.notice;
	struct notice_parcel parcel;
	unsigned head;

	notice_portions(notice, (unsigned)read[READ_PARCEL].number - 1, &parcel);
	add_head(making, filter, read, &parcel);
	head = making->used;
	for (unsigned i = 0; i < parcel.portion_count; i++) {
		making->used = head;
		add_line(making, i, &notice->items[parcel.portions[i].item],
		         parcel.portions[i].quantity);
		sink->row(sink->context, report, making->cells);
	}
}

/* An erased notice has nobody in it any more; what was declared is still told. */
enum hal_status export_itmatt_expand(struct store *store, const struct export_filter *filter,
                                     const struct export_cell *read,
                                     const struct export_report *report,
                                     const struct export_sink *sink)
{
	struct making *making = calloc(1, sizeof(*making));
	enum hal_status status;

	if (!making)
		return HAL_E_SYSTEM;
	status = inbox_parse_body(read[READ_BODY].text,
	                          read[READ_ERASED].known ? INBOX_ERASED : INBOX_WHOLE,
	                          &making->taken.notice);
	if (status == HAL_OK)
		status = inbox_complete(store, STORE_READING, &making->taken.notice);
	inbox_load_parcels(store, STORE_READING, &making->taken, &status);
	if (status == HAL_OK && read[READ_PARCEL].number <= notice_parcels(&making->taken.notice))
		make_rows(making, filter, read, report, sink);
	free(making);
	return status;
}
