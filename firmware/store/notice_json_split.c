/* SPDX-License-Identifier: MIT */
/* The planned split of a notice: in JSON by SKU and quantity, in struct notice by item. */
#include "notice_json_shapes.h"

#include <string.h>

/* What is not yet in a parcel, an entry an item. */
struct leftovers {
	uint32_t left[NOTICE_MAX_ITEMS];
};

/* Takes pieces of a SKU from the items that still have some, the first lines first. */
static uint32_t allot(const struct notice *notice, struct leftovers *over,
                      struct notice_parcel *parcel, const struct notice_insert *want)
{
	uint32_t missing = want->quantity;

	for (uint16_t i = 0; i < notice->item_count && missing > 0; i++) {
		uint32_t pieces = over->left[i] < missing ? over->left[i] : missing;

		if (pieces == 0 || strcmp(notice->items[i].sku, want->sku) != 0)
			continue;
		if (parcel->portion_count == NOTICE_MAX_ITEMS)
			return missing;
		parcel->portions[parcel->portion_count].item = i;
		parcel->portions[parcel->portion_count++].quantity = (uint16_t)pieces;
		over->left[i] -= pieces;
		missing -= pieces;
	}
	return missing;
}

static void read_portion(struct reading *reading, json_t *value, struct notice_parcel *parcel,
                         struct leftovers *over)
{
	struct notice_insert want = { 0 };
	unsigned before = reading->faults->count;
	uint32_t missing;

	shape_read_object(reading, value, &want, shape_portion_fields);
	if (reading->faults->count != before)
		return;
	missing = allot(reading->notice, over, parcel, &want);
	if (missing > 0)
		shape_fault(reading, "%u of '%s' more than the items have", missing, want.sku);
}

static void read_parcel(struct reading *reading, json_t *value, struct notice_parcel *parcel,
                        struct leftovers *over)
{
	if (!json_is_array(value) || json_array_size(value) == 0) {
		shape_fault(reading, "must be a list of SKUs and quantities");
		return;
	}
	for (size_t i = 0; i < json_array_size(value); i++) {
		size_t mark = shape_enter_index(reading, i);

		read_portion(reading, json_array_get(value, i), parcel, over);
		shape_leave(reading, mark);
	}
}

static void refuse_leftovers(struct reading *reading, const struct leftovers *over)
{
	const struct notice *notice = reading->notice;

	for (unsigned i = 0; i < notice->item_count; i++)
		if (over->left[i] > 0)
			shape_fault(reading, "%u of '%s' in no parcel", over->left[i],
			            notice->items[i].sku);
}

static void read_parcels(struct reading *reading, json_t *value, void *base,
                         const struct field *field)
{
	struct notice *notice = base;
	struct leftovers over;
	unsigned before = reading->faults->count;

	(void)field;
	if (!json_is_array(value) || json_array_size(value) > NOTICE_MAX_PARCELS) {
		shape_fault(reading, "must be a list of at most %u parcels", NOTICE_MAX_PARCELS);
		return;
	}
	for (unsigned i = 0; i < notice->item_count; i++)
		over.left[i] = notice->items[i].quantity;
	notice->parcel_count = (uint8_t)json_array_size(value);
	for (size_t i = 0; i < notice->parcel_count; i++) {
		size_t mark = shape_enter_index(reading, i);

		read_parcel(reading, json_array_get(value, i), &notice->parcels[i], &over);
		shape_leave(reading, mark);
	}
	if (notice->parcel_count && reading->faults->count == before)
		refuse_leftovers(reading, &over);
}

/* Pieces of one SKU stand together, however many items they come from. */
static void add_portion(json_t *list, const char *sku, unsigned quantity)
{
	size_t i;
	json_t *portion;

	json_array_foreach(list, i, portion)
	{
		json_t *had = json_object_get(portion, "quantity");

		if (strcmp(json_string_value(json_object_get(portion, "sku")), sku) != 0)
			continue;
		json_integer_set(had, json_integer_value(had) + quantity);
		return;
	}
	json_array_append_new(list, json_pack("{s:s, s:i}", "sku", sku, "quantity", (int)quantity));
}

static json_t *write_parcels(const void *base, const struct field *field)
{
	const struct notice *notice = base;
	json_t *list = notice->parcel_count ? json_array() : NULL;

	(void)field;
	for (unsigned i = 0; i < notice->parcel_count; i++) {
		const struct notice_parcel *parcel = &notice->parcels[i];
		json_t *portions = json_array();

		for (unsigned j = 0; j < parcel->portion_count; j++)
			add_portion(portions, notice->items[parcel->portions[j].item].sku,
			            parcel->portions[j].quantity);
		json_array_append_new(list, portions);
	}
	return list;
}

const struct shape shape_parcels = { read_parcels, write_parcels };
