/* SPDX-License-Identifier: MIT */
#include "simd_catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"

/* Where each wanted column stands, CSV_CELLS: nowhere. */
struct columns {
	size_t sku, kind, weight, spread;
};

static size_t find_column(const struct csv *csv, const char *name)
{
	for (size_t i = 0; i < csv_count(csv); i++)
		if (strcmp(csv_cell(csv, i), name) == 0)
			return i;
	return CSV_CELLS;
}

static double mg_of(const struct csv *csv, size_t column)
{
	return column < csv_count(csv) ? strtod(csv_cell(csv, column), NULL) * 1e3 : 0;
}

static void take_row(const struct csv *csv, const struct columns *columns, struct goods *goods)
{
	const char *sku = csv_cell(csv, columns->sku);
	const char *kind = columns->kind < csv_count(csv) ? csv_cell(csv, columns->kind) : "";
	double weight = mg_of(csv, columns->weight), spread = mg_of(csv, columns->spread);

	if (strcmp(kind, "packaging") == 0)
		goods_set(goods, sku, weight + 0.3 * spread * goods_draw_normal(goods), spread);
	else
		goods_invent(goods, sku, weight);
}

static bool read_rows(struct csv *csv, struct goods *goods)
{
	struct columns columns;

	if (csv_next(csv) != CSV_ROW)
		return false;
	columns = (struct columns){ find_column(csv, "sku"), find_column(csv, "kind"),
		                    find_column(csv, "weight_g"), find_column(csv, "spread_g") };
	if (columns.sku == CSV_CELLS || columns.weight == CSV_CELLS)
		return false;
	while (csv_next(csv) == CSV_ROW)
		take_row(csv, &columns, goods);
	return true;
}

bool simd_catalogue_read(const char *path, struct goods *goods)
{
	FILE *file = fopen(path, "rb");
	struct hal_fault fault = { "no columns sku and weight_g" };
	struct csv *csv = NULL;
	bool done = file && csv_open(file, CSV_FIND_OUT, 0, &csv, &fault) == HAL_OK &&
	            read_rows(csv, goods);

	csv_close(csv);
	if (file)
		fclose(file);
	if (!done)
		fprintf(stderr, "simd: %s: %s\n", path, file ? fault.text : "cannot be read");
	return done;
}
