/* SPDX-License-Identifier: MIT */
#include "import_rows.h"

#include <stdlib.h>
#include <string.h>

#include "import_jsonl.h"

struct rows {
	struct import_run *run;
	import_take *take;
	struct csv *csv;
	struct import_columns columns;
};

static void tell(struct rows *rows, int64_t line, const char *key)
{
	struct import_refusal refusal = { .line = line };
	struct import_run *run = rows->run;

	snprintf(refusal.notice, sizeof(refusal.notice), "%.47s", key ? key : "");
	for (unsigned i = 0; i < run->faults.count; i++) {
		const struct notice_fault *fault = &run->faults.faults[i];
		char column[NOTICE_TEXT];

		import_column_name(&rows->columns, fault->path, column, sizeof(column));
		import_refusal_add(&refusal, column, fault->path, fault->reason);
	}
	import_run_refuse(run, &refusal);
}

static void take_object(struct rows *rows, json_t *root, int64_t line)
{
	const char *key = rows->columns.table->key;

	import_run_batch(rows->run);
	if (rows->run->status != HAL_OK)
		return;
	memset(&rows->run->faults, 0, sizeof(rows->run->faults));
	if (rows->take(rows->run, root, line))
		rows->run->totals.entries += rows->run->status == HAL_OK;
	else
		tell(rows, line, json_string_value(json_object_get(root, key)));
}

static void refuse_row(struct rows *rows, size_t cell, const char *reason)
{
	struct import_refusal refusal = { .line = csv_line(rows->csv) };

	import_refusal_add(&refusal, cell < rows->columns.count ? rows->columns.headings[cell] : "",
	                   "", reason);
	import_run_refuse(rows->run, &refusal);
}

static bool extra_cells(const struct rows *rows)
{
	for (size_t i = rows->columns.count; i < csv_count(rows->csv); i++)
		if (csv_cell(rows->csv, i)[0])
			return true;
	return csv_count(rows->csv) < rows->columns.count;
}

static void read_row(struct rows *rows, enum csv_result result)
{
	json_t *root;
	const char *why;
	size_t cell;

	rows->run->totals.rows++;
	if (result == CSV_BAD_ROW) {
		refuse_row(rows, csv_fault_cell(rows->csv), csv_fault(rows->csv));
		return;
	}
	if (extra_cells(rows)) {
		refuse_row(rows, rows->columns.count, "the row has other cells than the heading");
		return;
	}
	cell = import_cells_destroyed(&rows->columns, rows->csv, &why);
	if (cell < rows->columns.count) {
		refuse_row(rows, cell, why);
		return;
	}
	root = json_object();
	for (size_t i = 0; i < rows->columns.count; i++)
		import_cell_set(&rows->columns, i, csv_cell(rows->csv, i),
		                rows->run->import->headings, root, root);
	import_row_currency(&rows->columns, rows->csv, rows->run->import->headings, root);
	take_object(rows, root, csv_line(rows->csv));
	json_decref(root);
}

static bool read_headings(struct rows *rows)
{
	struct import_run *run = rows->run;
	struct import_refusal refusal = { .line = 1 };
	const struct import_table *table = rows->columns.table;

	memset(&run->faults, 0, sizeof(run->faults));
	if (csv_next(rows->csv) != CSV_ROW)
		notice_fault_add(&run->faults, table->key, "no heading can be read");
	else if (import_columns_read(&rows->columns, table, rows->csv, run->import->headings,
	                             &run->faults))
		return true;
	for (unsigned i = 0; i < run->faults.count; i++)
		import_refusal_add(&refusal, run->faults.faults[i].path, "",
		                   run->faults.faults[i].reason);
	import_run_refuse(run, &refusal);
	hal_fault_set(run->fault, "%s: %s", run->faults.faults[0].path,
	              run->faults.faults[0].reason);
	return false;
}

static bool next(struct import_run *run, void *reading)
{
	struct rows *rows = reading;
	enum csv_result result = csv_next(rows->csv);

	if (result != CSV_END && result != CSV_UNREADABLE)
		read_row(rows, result);
	return import_run_goes_on(run, result);
}

static void close_rows(void *reading)
{
	struct rows *rows = reading;

	csv_close(rows->csv);
	free(rows);
}

static const struct import_reader reader = { next, close_rows };

static void open_csv(struct rows *rows)
{
	struct import_run *run = rows->run;
	const struct import *import = run->import;

	run->reader = &reader;
	run->reading = rows;
	run->status =
		csv_open(import->file, import->charset, import->delimiter, &rows->csv, run->fault);
	if (run->status == HAL_OK && !read_headings(rows))
		run->status = HAL_E_ARG;
}

static void take_line(struct import_run *run, void *context, json_t *root, int64_t line,
                      const char *text)
{
	(void)text;
	run->totals.rows++;
	take_object(context, root, line);
}

void import_rows_open(struct import_run *run, const struct import_table *table, import_take *take)
{
	struct rows *rows = calloc(1, sizeof(*rows));

	run->status = rows ? HAL_OK : HAL_E_SYSTEM;
	if (!rows)
		return;
	rows->run = run;
	rows->take = take;
	rows->columns.table = table;
	if (import_find_format(run->import) == IMPORT_JSONL)
		import_jsonl_open(run, take_line, rows);
	else
		open_csv(rows);
}
