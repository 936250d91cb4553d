/* SPDX-License-Identifier: MIT */
/*
 * catalogue.h - what is known of SKUs and packaging
 *
 * Units:      milligrams; -1 where a weight is not known.
 * Ownership:  values only.
 * Threads:    pure.
 */
#ifndef FIRMWARE_CORE_CATALOGUE_H
#define FIRMWARE_CORE_CATALOGUE_H

#include <stdint.h>

#include "notice.h"

/* In the database: append only, never renumber. */
enum catalogue_kind {
	CATALOGUE_GOODS = 1,
	CATALOGUE_INSERT = 2,
	CATALOGUE_PACKAGING = 3,
};

struct catalogue_entry {
	char sku[NOTICE_KEY];
	enum catalogue_kind kind;
	char name[NOTICE_TEXT];
	char description[NOTICE_LONG];
	char material[NOTICE_KEY]; /* metal, wood, feather, ... as the shop says it */
	char barcode[NOTICE_KEY];
	char hs[16];
	char origin[4];
	struct money unit_value;
	struct money purchase_price;
	int32_t weight_mg; /* a piece on a scale; of packaging: its mean */
	int32_t spread_mg; /* packaging: its standard deviation; goods: 0 when unknown */
	uint16_t size_mm[3];
	bool brand; /* a protected brand name: couriers refuse copies */
};

/* Fills what the item leaves open from the entry, and marks it in from_catalogue. */
void catalogue_complete(struct notice_item *item, const struct catalogue_entry *entry);

#endif /* FIRMWARE_CORE_CATALOGUE_H */
