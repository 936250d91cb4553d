/* SPDX-License-Identifier: MIT */
/* The dispatch notice on paper: what the packer takes to the bench and the approver signs. */
#include "ctl_sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "grams.h"
#include "money.h"

#define CELL 1600

/* Text put together piece by piece; what no longer fits is left out, ended by "...". */
struct cell {
	char text[CELL];
	size_t len;
};

__attribute__((format(printf, 3, 4))) static void add(struct cell *cell, const char *between,
                                                      const char *format, ...)
{
	size_t room = sizeof(cell->text) - cell->len;
	va_list arguments;
	int len;

	if (cell->len > 0 && room > strlen(between) + 4) {
		memcpy(cell->text + cell->len, between, strlen(between));
		cell->len += strlen(between);
		room -= strlen(between);
	}
	va_start(arguments, format);
	len = vsnprintf(cell->text + cell->len, room, format, arguments);
	va_end(arguments);
	if (len < 0)
		return;
	if ((size_t)len < room)
		cell->len += (size_t)len;
	else
		memcpy(cell->text + sizeof(cell->text) - 4, "...", 4);
}

static void add_text(struct cell *cell, const char *between, const char *text)
{
	if (text[0])
		add(cell, between, "%s", text);
}

static void put_row(struct leaf *leaf, const char *caption, const char *value)
{
	const char *cells[] = { caption, value };

	if (value[0])
		leaf_row(leaf, cells);
}

static void put_party(struct leaf *leaf, const char *caption, const struct notice_party *party)
{
	struct cell cell = { .len = 0 };

	add_text(&cell, ", ", party->name);
	add_text(&cell, ", ", party->company);
	for (unsigned i = 0; i < party->line_count; i++)
		add_text(&cell, ", ", party->lines[i]);
	add_text(&cell, ", ", party->postcode);
	add_text(&cell, " ", party->city);
	add_text(&cell, ", ", party->region);
	add_text(&cell, ", ", party->country);
	add_text(&cell, " · ", party->phone);
	add_text(&cell, " · ", party->email);
	add_text(&cell, " · ", party->tax_id);
	add_text(&cell, " · ", party->native_name);
	for (unsigned i = 0; i < party->native_line_count; i++)
		add_text(&cell, ", ", party->native_lines[i]);
	put_row(leaf, caption, cell.text);
}

static void put_lists(struct leaf *leaf, const struct notice *notice)
{
	struct cell orders = { .len = 0 }, inserts = { .len = 0 }, size = { .len = 0 };

	for (unsigned i = 0; i < notice->order_count; i++)
		add_text(&orders, ", ", notice->orders[i]);
	for (unsigned i = 0; i < notice->insert_count; i++)
		add(&inserts, ", ", "%u × %s", (unsigned)notice->inserts[i].quantity,
		    notice->inserts[i].sku);
	if (notice->size_mm[0] > 0)
		add(&size, "", "%u × %u × %u mm", notice->size_mm[0], notice->size_mm[1],
		    notice->size_mm[2]);
	put_row(leaf, "订单 · orders", orders.text);
	put_row(leaf, "附件 · inserts", inserts.text);
	put_row(leaf, "尺寸 · size", size.text);
}

static void put_parcels(struct leaf *leaf, const struct notice *notice)
{
	for (unsigned p = 0; p < notice->parcel_count; p++) {
		const struct notice_parcel *parcel = &notice->parcels[p];
		struct cell cell = { .len = 0 };
		char caption[48];

		for (unsigned i = 0; i < parcel->portion_count; i++)
			add(&cell, ", ", "%u × %s", parcel->portions[i].quantity,
			    notice->items[parcel->portions[i].item].sku);
		snprintf(caption, sizeof(caption), "第 %u 包 · parcel %u", p + 1, p + 1);
		put_row(leaf, caption, cell.text);
	}
}

static void put_what_matters(struct leaf *leaf, const struct notice *notice)
{
	char text[NOTICE_LONG + 32];

	if (notice->due[0]) {
		snprintf(text, sizeof(text), "发货期限 · due %s", notice->due);
		leaf_paragraph(leaf, LEAF_STRONG, text);
	}
	if (notice->fragile)
		leaf_paragraph(leaf, LEAF_STRONG, "易碎 · FRAGILE");
	if (notice->wishes[0]) {
		snprintf(text, sizeof(text), "要求 · wishes: %s", notice->wishes);
		leaf_paragraph(leaf, LEAF_STRONG, text);
	}
}

static void put_fields(struct leaf *leaf, const struct notice *notice)
{
	static const uint16_t widths[] = { 250, 750 };
	char revision[16] = "";

	if (notice->revision > 1)
		snprintf(revision, sizeof(revision), "%u", (unsigned)notice->revision);
	leaf_table(leaf, 2, widths, NULL);
	put_party(leaf, "收件人 · recipient", &notice->recipient);
	put_party(leaf, "寄件人 · sender", &notice->sender);
	put_row(leaf, "运输方式 · method", notice->method);
	put_row(leaf, "单号 · tracking", notice->tracking);
	put_row(leaf, "包装 · packaging", notice->packaging);
	put_lists(leaf, notice);
	put_parcels(leaf, notice);
	put_row(leaf, "性质 · nature", notice_nature_name(notice->nature));
	put_row(leaf, "性质说明 · nature note", notice->nature_note);
	put_row(leaf, "价值依据 · value basis", notice->value_basis);
	put_row(leaf, "平台 · platform", notice->platform);
	put_row(leaf, "IOSS", notice->ioss);
	put_row(leaf, "补发自 · re-ships", notice->replaces);
	put_row(leaf, "客服备注 · service note", notice->service_note);
	put_row(leaf, "修订 · revision", revision);
	put_row(leaf, "状态 · status", notice_status_name(notice->status));
	put_row(leaf, "已审核 · approved by", notice->approved_by);
}

enum column { SKU, QUANTITY, NAME, DESCRIPTION, VALUE, SALE, PURCHASE, HS, ORIGIN, COLUMNS };

static const char *const headings[COLUMNS] = {
	[SKU] = "SKU",        [QUANTITY] = "数量",
	[NAME] = "品名",      [DESCRIPTION] = "申报品名 · description",
	[VALUE] = "申报单价", [SALE] = "售价",
	[PURCHASE] = "进价",  [HS] = "HS",
	[ORIGIN] = "原产",
};

static void print_money(const struct money *money, char *text, size_t size)
{
	char amount[32];

	text[0] = '\0';
	if (money->currency[0] && money_format(money, amount, sizeof(amount)) > 0)
		snprintf(text, size, "%s %s", amount, money->currency);
}

static void print_name(const struct notice_item *item, struct cell *cell)
{
	char grams[GRAMS_TEXT];

	add_text(cell, "", item->name);
	add_text(cell, " · ", item->barcode);
	if (item->unit_weight_mg > 0) {
		grams_format(item->unit_weight_mg, grams, sizeof(grams));
		add(cell, " · ", "%s g", grams);
	}
	if (item->makes_up_for[0])
		add(cell, " · ", "补发 %s", item->makes_up_for);
}

static void print_description(const struct notice_item *item, struct cell *cell)
{
	char grams[GRAMS_TEXT];

	add_text(cell, "", item->description);
	if (item->material[0] && !strstr(item->description, item->material))
		add(cell, " ", "(%s)", item->material);
	if (item->unit_net_mg > 0) {
		grams_format(item->unit_net_mg, grams, sizeof(grams));
		add(cell, " · ", "net %s g", grams);
	}
}

static void put_item(struct leaf *leaf, const struct notice_item *item)
{
	struct cell name = { .len = 0 }, description = { .len = 0 };
	char quantity[16], value[48], sale[48], purchase[48];
	const char *cells[COLUMNS] = {
		[SKU] = item->sku,       [QUANTITY] = quantity,
		[NAME] = name.text,      [DESCRIPTION] = description.text,
		[VALUE] = value,         [SALE] = sale,
		[PURCHASE] = purchase,   [HS] = item->hs,
		[ORIGIN] = item->origin,
	};

	snprintf(quantity, sizeof(quantity), "%u", (unsigned)item->quantity);
	print_name(item, &name);
	print_description(item, &description);
	print_money(&item->unit_value, value, sizeof(value));
	print_money(&item->sale_price, sale, sizeof(sale));
	print_money(&item->purchase_price, purchase, sizeof(purchase));
	leaf_row(leaf, cells);
}

void ctl_sheet_notice(struct leaf *leaf, const struct notice *notice)
{
	static const uint16_t widths[COLUMNS] = {
		[SKU] = 110, [QUANTITY] = 55, [NAME] = 190, [DESCRIPTION] = 245, [VALUE] = 90,
		[SALE] = 80, [PURCHASE] = 80, [HS] = 90,    [ORIGIN] = 60,
	};

	leaf_page(leaf);
	leaf_paragraph(leaf, LEAF_TITLE, "发货通知单 · Dispatch notice");
	leaf_barcode(leaf, notice->number, notice->recipient.country, notice->method);
	put_what_matters(leaf, notice);
	leaf_table(leaf, COLUMNS, widths, headings);
	for (unsigned i = 0; i < notice->item_count; i++)
		put_item(leaf, &notice->items[i]);
	put_fields(leaf, notice);
	leaf_write_here(leaf, "审核人 · Approved by, date");
}
