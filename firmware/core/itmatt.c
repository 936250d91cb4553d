/* SPDX-License-Identifier: MIT */
#include "itmatt.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct itmatt_limits carriers[] = {
	{ .name = "deutsche-post",
	  .recipient = 30,
	  .sender = 35,
	  .address = 30,
	  .state = 20,
	  .description = 33 },
	{ .name = "la-poste", .description = 64 },
};

const struct itmatt_limits *itmatt_find_limits(const char *name)
{
	for (size_t i = 0; i < COUNT(carriers); i++)
		if (strcmp(carriers[i].name, name) == 0)
			return &carriers[i];
	return NULL;
}

const char *itmatt_nature(enum notice_nature nature)
{
	static const char *const names[] = {
		[NATURE_SALE] = "SALE_GOODS",          [NATURE_GIFT] = "GIFT",
		[NATURE_SAMPLE] = "COMMERCIAL_SAMPLE", [NATURE_DOCUMENTS] = "DOCUMENT",
		[NATURE_RETURN] = "RETURN_GOODS",      [NATURE_OTHER] = "OTHER",
	};

	return names[nature];
}

/* Where a value is written. */
struct cell {
	const struct itmatt_parcel *parcel;
	const struct notice_item *item; /* of a line */
	uint16_t quantity;              /* of the item in this parcel */
	unsigned line;
	size_t argument; /* of the column */
	char *text;
	size_t size;
};

static void write_text(const struct cell *cell, const char *text)
{
	snprintf(cell->text, cell->size, "%s", text);
}

static void write_grams(const struct cell *cell, int64_t mg)
{
	size_t len;

	snprintf(cell->text, cell->size, "%" PRId64 ".%03u", mg / 1000, (unsigned)(mg % 1000));
	len = strlen(cell->text);
	while (cell->text[len - 1] == '0')
		cell->text[--len] = '\0';
	if (cell->text[len - 1] == '.')
		cell->text[len - 1] = '\0';
}

static void write_amount(const struct cell *cell, const struct money *money)
{
	if (money_known(money))
		money_format(money, cell->text, cell->size);
}

static void item_id(const struct cell *cell)
{
	write_text(cell, cell->parcel->tracking);
}

static void posted(const struct cell *cell)
{
	write_text(cell, cell->parcel->posted);
}

static void office(const struct cell *cell)
{
	write_text(cell, cell->parcel->office);
}

/* A text of the notice, by its offset. */
static void notice_text(const struct cell *cell)
{
	write_text(cell, (const char *)cell->parcel->notice + cell->argument);
}

static void nature(const struct cell *cell)
{
	write_text(cell, itmatt_nature(cell->parcel->notice->nature));
}

static void form(const struct cell *cell)
{
	write_text(cell, cell->parcel->form == FORM_CN23 ? "CN23" : "CN22");
}

static void gross(const struct cell *cell)
{
	int32_t mg = cell->parcel->gross.mg; /* raw: written out as decimal grams */

	if (mg > 0)
		write_grams(cell, mg);
}

static bool sum_of(const struct cell *cell, struct money *ret_sum)
{
	struct notice_parcel portions;

	notice_portions(cell->parcel->notice, cell->parcel->parcel, &portions);
	return customs_sum(cell->parcel->notice, &portions, ret_sum);
}

static void total(const struct cell *cell)
{
	struct money sum;

	if (sum_of(cell, &sum))
		write_amount(cell, &sum);
}

static void total_currency(const struct cell *cell)
{
	struct money sum;

	if (sum_of(cell, &sum))
		write_text(cell, sum.currency);
}

static void sender(const struct cell *cell)
{
	write_text(cell, (const char *)cell->parcel->sender + cell->argument);
}

static void addressee(const struct cell *cell)
{
	write_text(cell, (const char *)&cell->parcel->notice->recipient + cell->argument);
}

static void line_index(const struct cell *cell)
{
	snprintf(cell->text, cell->size, "%u", cell->line + 1);
}

static void quantity(const struct cell *cell)
{
	snprintf(cell->text, cell->size, "%u", cell->quantity);
}

static void item_text(const struct cell *cell)
{
	write_text(cell, (const char *)cell->item + cell->argument);
}

/* As the form prints it: declared, or else what a piece weighs. */
static int32_t unit_net_mg(const struct notice_item *item)
{
	return item->unit_net_mg >= 0 ? item->unit_net_mg : item->unit_weight_mg;
}

static void unit_net(const struct cell *cell)
{
	if (unit_net_mg(cell->item) >= 0)
		write_grams(cell, unit_net_mg(cell->item));
}

static void row_net(const struct cell *cell)
{
	if (unit_net_mg(cell->item) >= 0)
		write_grams(cell, (int64_t)unit_net_mg(cell->item) * cell->quantity);
}

static void unit_value(const struct cell *cell)
{
	write_amount(cell, &cell->item->unit_value);
}

static void row_value(const struct cell *cell)
{
	struct money row;

	if (money_times(&cell->item->unit_value, cell->quantity, &row))
		write_amount(cell, &row);
}

static void line_currency(const struct cell *cell)
{
	write_text(cell, cell->item->unit_value.currency);
}

/* clang-format off */
#define NOTICE(member) offsetof(struct notice, member)
#define PARTY(member)  offsetof(struct notice_party, member)
#define ITEM(member)   offsetof(struct notice_item, member)
#define LIMIT(member)  (offsetof(struct itmatt_limits, member))
#define WHOLE          0 /* a column that no carrier cuts */

static const struct {
	struct itmatt_column column;
	void (*write)(const struct cell *cell);
	size_t argument;
	size_t limit; /* offset in struct itmatt_limits */
} columns[] = {
	/*  name                       line   number    written by       of                  limit */
	{ { "item_id",                 false, false }, item_id,         0,                  WHOLE },
	{ { "posting_date",            false, false }, posted,          0,                  WHOLE },
	{ { "office",                  false, false }, office,          0,                  WHOLE },
	{ { "notice",                  false, false }, notice_text,     NOTICE(number),     WHOLE },
	{ { "mail_product",            false, false }, notice_text,     NOTICE(method),     WHOLE },
	{ { "form",                    false, false }, form,            0,                  WHOLE },
	{ { "nature",                  false, false }, nature,          0,                  WHOLE },
	{ { "nature_explanation",      false, false }, notice_text,     NOTICE(nature_note), WHOLE },
	{ { "gross_g",                 false, true },  gross,           0,                  WHOLE },
	{ { "total_value",             false, true },  total,           0,                  WHOLE },
	{ { "total_currency",          false, false }, total_currency,  0,                  WHOLE },
	{ { "ioss",                    false, false }, notice_text,     NOTICE(ioss),       WHOLE },
	{ { "sender.name",             false, false }, sender,          PARTY(name),        LIMIT(sender) },
	{ { "sender.company",          false, false }, sender,          PARTY(company),     LIMIT(sender) },
	{ { "sender.line1",            false, false }, sender,          PARTY(lines[0]),    LIMIT(address) },
	{ { "sender.line2",            false, false }, sender,          PARTY(lines[1]),    LIMIT(address) },
	{ { "sender.line3",            false, false }, sender,          PARTY(lines[2]),    LIMIT(address) },
	{ { "sender.line4",            false, false }, sender,          PARTY(lines[3]),    LIMIT(address) },
	{ { "sender.city",             false, false }, sender,          PARTY(city),        LIMIT(address) },
	{ { "sender.state",            false, false }, sender,          PARTY(region),      LIMIT(state) },
	{ { "sender.postcode",         false, false }, sender,          PARTY(postcode),    WHOLE },
	{ { "sender.country",          false, false }, sender,          PARTY(country),     WHOLE },
	{ { "sender.phone",            false, false }, sender,          PARTY(phone),       WHOLE },
	{ { "sender.email",            false, false }, sender,          PARTY(email),       WHOLE },
	{ { "sender.tax_id",           false, false }, sender,          PARTY(tax_id),      WHOLE },
	{ { "addressee.name",          false, false }, addressee,       PARTY(name),        LIMIT(recipient) },
	{ { "addressee.company",       false, false }, addressee,       PARTY(company),     LIMIT(recipient) },
	{ { "addressee.line1",         false, false }, addressee,       PARTY(lines[0]),    LIMIT(address) },
	{ { "addressee.line2",         false, false }, addressee,       PARTY(lines[1]),    LIMIT(address) },
	{ { "addressee.line3",         false, false }, addressee,       PARTY(lines[2]),    LIMIT(address) },
	{ { "addressee.line4",         false, false }, addressee,       PARTY(lines[3]),    LIMIT(address) },
	{ { "addressee.city",          false, false }, addressee,       PARTY(city),        LIMIT(address) },
	{ { "addressee.state",         false, false }, addressee,       PARTY(region),      LIMIT(state) },
	{ { "addressee.postcode",      false, false }, addressee,       PARTY(postcode),    WHOLE },
	{ { "addressee.country",       false, false }, addressee,       PARTY(country),     WHOLE },
	{ { "addressee.phone",         false, false }, addressee,       PARTY(phone),       WHOLE },
	{ { "addressee.email",         false, false }, addressee,       PARTY(email),       WHOLE },
	{ { "addressee.tax_id",        false, false }, addressee,       PARTY(tax_id),      WHOLE },
	{ { "line",                    true,  true },  line_index,      0,                  WHOLE },
	{ { "line.sku",                true,  false }, item_text,       ITEM(sku),          WHOLE },
	{ { "line.quantity",           true,  true },  quantity,        0,                  WHOLE },
	{ { "line.description",        true,  false }, item_text,       ITEM(description),  LIMIT(description) },
	{ { "line.name",               true,  false }, item_text,       ITEM(name),         WHOLE },
	{ { "line.unit_net_g",         true,  true },  unit_net,        0,                  WHOLE },
	{ { "line.row_net_g",          true,  true },  row_net,         0,                  WHOLE },
	{ { "line.unit_value",         true,  true },  unit_value,      0,                  WHOLE },
	{ { "line.row_value",          true,  true },  row_value,       0,                  WHOLE },
	{ { "line.currency",           true,  false }, line_currency,   0,                  WHOLE },
	{ { "line.hs",                 true,  false }, item_text,       ITEM(hs),           WHOLE },
	{ { "line.origin",             true,  false }, item_text,       ITEM(origin),       WHOLE },
};
/* clang-format on */

unsigned itmatt_columns(void)
{
	return COUNT(columns);
}

const struct itmatt_column *itmatt_column(unsigned column)
{
	return &columns[column].column;
}

unsigned itmatt_lines(const struct itmatt_parcel *parcel)
{
	struct notice_parcel portions;

	notice_portions(parcel->notice, parcel->parcel, &portions);
	return portions.portion_count;
}

/* Bytes of the first so many characters of UTF-8. */
static size_t bytes_of(const char *text, unsigned characters)
{
	size_t at = 0;

	for (; text[at] && characters > 0; characters--)
		do
			at++;
		while ((text[at] & 0xc0) == 0x80);
	return at;
}

static bool cut(char *text, unsigned limit)
{
	if (limit < 3 || text[bytes_of(text, limit)] == '\0')
		return false;
	memcpy(text + bytes_of(text, limit - 2), "..", 3);
	return true;
}

bool itmatt_value(const struct itmatt_parcel *parcel, const struct itmatt_limits *limits,
                  unsigned column, unsigned line, char *text, size_t size)
{
	struct cell cell = { .parcel = parcel,
		             .line = line,
		             .argument = columns[column].argument,
		             .text = text,
		             .size = size };
	struct notice_parcel portions;
	uint16_t limit = 0;

	text[0] = '\0';
	if (columns[column].column.of_line) {
		notice_portions(parcel->notice, parcel->parcel, &portions);
		cell.item = &parcel->notice->items[portions.portions[line].item];
		cell.quantity = portions.portions[line].quantity;
	}
	columns[column].write(&cell);
	if (limits && columns[column].limit != WHOLE)
		memcpy(&limit, (const char *)limits + columns[column].limit, sizeof(limit));
	return cut(text, limit);
}
