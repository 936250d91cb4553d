/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "weighing_order.h"
#include "weighing_state.h"

#define INDEX_BITS 28

struct table {
	void *rows;
	size_t size;
	uint32_t count;
};

static struct table table_of(const struct weighing *w, enum weighing_table table)
{
	const struct table tables[WEIGHING_TABLE_COUNT] = {
		[WEIGHING_TABLE_SKU] = { w->units, sizeof(*w->units), w->sku_count },
		[WEIGHING_TABLE_PACK] = { w->packs, sizeof(*w->packs), w->pack_count },
		[WEIGHING_TABLE_SCALE] = { w->scales, sizeof(*w->scales), w->scale_count },
		[WEIGHING_TABLE_PAST] = { w->past, sizeof(*w->past), PAST },
		[WEIGHING_TABLE_MODEL] = { w->model, sizeof(*w->model), 1 },
	};

	return tables[table];
}

static void *row(const struct table *table, uint32_t index)
{
	return (char *)table->rows + index * table->size;
}

void weighing_records_touch(struct weighing *weighing, enum weighing_table table, uint32_t index)
{
	if (weighing->dirty_flag[table][index])
		return;
	weighing->dirty_flag[table][index] = 1;
	weighing->dirty[weighing->dirty_count++] = (uint32_t)table << INDEX_BITS | index;
}

static void visit(const struct weighing *weighing, enum weighing_table table, uint32_t index,
                  struct weighing_visitor *visitor)
{
	struct table t = table_of(weighing, table);
	struct weighing_record record = {
		.table = table, .index = index, .data = row(&t, index), .size = t.size
	};

	visitor->record(visitor, &record);
}

void weighing_changes(struct weighing *weighing, struct weighing_visitor *visitor)
{
	for (uint32_t i = 0; i < weighing->dirty_count; i++)
		visit(weighing, (enum weighing_table)(weighing->dirty[i] >> INDEX_BITS),
		      weighing->dirty[i] & ((1u << INDEX_BITS) - 1), visitor);
}

void weighing_changes_stored(struct weighing *weighing)
{
	for (uint32_t i = 0; i < weighing->dirty_count; i++)
		weighing->dirty_flag[weighing->dirty[i] >> INDEX_BITS]
				    [weighing->dirty[i] & ((1u << INDEX_BITS) - 1)] = 0;
	weighing->dirty_count = 0;
}

void weighing_records(struct weighing *weighing, struct weighing_visitor *visitor)
{
	for (uint32_t table = 0; table < WEIGHING_TABLE_COUNT; table++)
		for (uint32_t i = 0; i < table_of(weighing, (enum weighing_table)table).count; i++)
			visit(weighing, (enum weighing_table)table, i, visitor);
}

/* ---- Back again ------------------------------------------------------------------ */

static bool finite_row(const double *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!isfinite(numbers[i]))
			return false;
	return true;
}

static bool unit_ok(const struct unit_record *unit)
{
	double numbers[offsetof(struct unit_record, component_count) / sizeof(double)];

	if (unit->component_count < 1 || unit->component_count > COMPONENTS ||
	    unit->site_count < 0 || unit->site_count > SITES)
		return false;
	memcpy(numbers, unit, sizeof(numbers));
	for (size_t i = 0; i < SITES; i++)
		numbers[(offsetof(struct unit_record, sites) + i * sizeof(struct site) +
		         offsetof(struct site, past)) /
		        sizeof(double)] = 0;
	return finite_row(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

static bool past_ok(const struct weighing *weighing, const struct past_record *past)
{
	const double numbers[] = { past->mass,     past->astray,      past->rest,
		                   past->rest_var, past->pack_factor, past->noise_factor,
		                   past->wet };

	if (past->number == 0)
		return true;
	if (past->line_count < 1 || past->line_count > PAST_LINES || past->scale < 0 ||
	    (uint32_t)past->scale >= weighing->scale_count || past->pack < WEIGHING_NONE ||
	    past->pack >= (int32_t)weighing->pack_count)
		return false;
	for (int i = 0; i < past->line_count; i++)
		if (past->lines[i].sku < 0 || past->lines[i].sku >= (int32_t)weighing->sku_count ||
		    past->lines[i].quantity < 1)
			return false;
	return finite_row(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

static bool others_ok(const struct weighing_record *record)
{
	double numbers[WEIGHING_RECORD_MAX / sizeof(double)];
	size_t count = record->size / sizeof(double);

	memcpy(numbers, record->data, record->size);
	if (record->table == WEIGHING_TABLE_SCALE) {
		const struct scale_record *scale =
			(const struct scale_record *)(const void *)numbers;

		if (scale->run_count < 0 || scale->run_count > RUNS)
			return false;
		count = offsetof(struct scale_record, run_count) / sizeof(double);
	}
	if (record->table == WEIGHING_TABLE_MODEL)
		count = offsetof(struct model_record, at_s) / sizeof(double);
	return finite_row(numbers, count);
}

static bool record_ok(const struct weighing *weighing, const struct weighing_record *record)
{
	struct unit_record unit;
	struct past_record past;

	if (record->table == WEIGHING_TABLE_SKU) {
		memcpy(&unit, record->data, sizeof(unit));
		return unit_ok(&unit);
	}
	if (record->table == WEIGHING_TABLE_PAST) {
		memcpy(&past, record->data, sizeof(past));
		return past_ok(weighing, &past);
	}
	return others_ok(record);
}

enum hal_status weighing_record_set(struct weighing *weighing, const struct weighing_record *record)
{
	struct table table;

	if ((unsigned)record->table >= WEIGHING_TABLE_COUNT)
		return HAL_E_ARG;
	table = table_of(weighing, record->table);
	if (record->index >= table.count || record->size != table.size ||
	    !record_ok(weighing, record))
		return HAL_E_ARG;
	memcpy(row(&table, record->index), record->data, table.size);
	return HAL_OK;
}

void weighing_restored(struct weighing *weighing)
{
	weighing_order_rebuild(weighing);
}
