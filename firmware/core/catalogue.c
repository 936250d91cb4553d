/* SPDX-License-Identifier: MIT */
#include "catalogue.h"

#include <string.h>

static void fill_text(struct notice_item *item, char *field, size_t size, const char *from,
                      uint32_t mark)
{
	size_t len = strlen(from);

	if (field[0] || len == 0 || len >= size)
		return;
	memcpy(field, from, len + 1);
	item->from_catalogue |= mark;
}

static void fill_money(struct notice_item *item, struct money *field, const struct money *from,
                       uint32_t mark)
{
	if (money_known(field) || !money_known(from))
		return;
	*field = *from;
	item->from_catalogue |= mark;
}

static void fill_weight(struct notice_item *item, int32_t *field, int32_t from, uint32_t mark)
{
	if (*field >= 0 || from < 0)
		return;
	*field = from;
	item->from_catalogue |= mark;
}

void catalogue_complete(struct notice_item *item, const struct catalogue_entry *entry)
{
	const struct {
		char *field;
		size_t size;
		const char *from;
		uint32_t mark;
	} texts[] = {
		{ item->name, sizeof(item->name), entry->name, FROM_CATALOGUE_NAME },
		{ item->description, sizeof(item->description), entry->description,
		  FROM_CATALOGUE_DESCRIPTION },
		{ item->material, sizeof(item->material), entry->material,
		  FROM_CATALOGUE_MATERIAL },
		{ item->hs, sizeof(item->hs), entry->hs, FROM_CATALOGUE_HS },
		{ item->origin, sizeof(item->origin), entry->origin, FROM_CATALOGUE_ORIGIN },
		{ item->barcode, sizeof(item->barcode), entry->barcode, FROM_CATALOGUE_BARCODE },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		fill_text(item, texts[i].field, texts[i].size, texts[i].from, texts[i].mark);
	fill_money(item, &item->unit_value, &entry->unit_value, FROM_CATALOGUE_VALUE);
	fill_money(item, &item->purchase_price, &entry->purchase_price, FROM_CATALOGUE_PURCHASE);
	fill_weight(item, &item->unit_net_mg, entry->weight_mg, FROM_CATALOGUE_NET);
	fill_weight(item, &item->unit_weight_mg, entry->weight_mg, FROM_CATALOGUE_WEIGHT);
}
