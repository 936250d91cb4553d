/* SPDX-License-Identifier: MIT */
/* Notices out of CSV: one row an item, the rows of one notice together. */
#include "import_csv.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "import_cells.h"

#define MOST_ROWS (NOTICE_MAX_ITEMS + 1) /* one more, so that too many are noticed */
#define DOUBTS    8

/* The rows of one notice, gathered until another begins. */
struct group {
	bool open;
	char number[NOTICE_KEY];
	json_t *notice, *items;
	size_t rows;
	int64_t lines[MOST_ROWS];
	char *first[CSV_CELLS];                    /* what the first row says of the notice */
	struct import_refusal refusals[MOST_ROWS]; /* by row; count 0: nothing wrong with it */
	bool refused;
};

/* Rows that nobody can read, since the last that somebody could: what their number may be. */
struct doubts {
	char numbers[DOUBTS][NOTICE_KEY];
	unsigned count;
};

struct reading_csv {
	struct import_run *run;
	struct csv *csv;
	struct import_columns columns;
	struct import_scattered *scattered;
	struct group group;
	struct doubts doubts;
};

/* ---- Telling what is wrong ------------------------------------------------------------------ */

static void blame(struct reading_csv *reading, size_t row, const char *column, const char *field,
                  const char *reason)
{
	struct group *group = &reading->group;
	size_t at = row < group->rows ? row : 0;

	import_refusal_add(&group->refusals[at], column, field, reason);
	group->refused = true;
}

static void tell_row(struct reading_csv *reading, size_t cell, const char *reason)
{
	struct import_refusal refusal = { .line = csv_line(reading->csv) };
	const char *heading = cell < reading->columns.count ? reading->columns.headings[cell] : "";

	snprintf(refusal.notice, sizeof(refusal.notice), "%.47s",
	         cell > reading->columns.number ? csv_cell(reading->csv, reading->columns.number)
	                                        : "");
	import_refusal_add(&refusal, heading, "", reason);
	import_run_refuse(reading->run, &refusal);
}

static const char *number_heading(const struct reading_csv *reading)
{
	return reading->columns.headings[reading->columns.number];
}

/* The faults of the strict reader, each to the row and column it came from. */
static void blame_by_path(struct reading_csv *reading)
{
	const struct notice_faults *faults = &reading->run->faults;

	for (unsigned i = 0; i < faults->count; i++) {
		char plain[NOTICE_JSON_PATH], column[NOTICE_TEXT];
		int item;

		import_plain_path(faults->faults[i].path, plain, sizeof(plain), &item);
		import_column_name(&reading->columns, faults->faults[i].path, column,
		                   sizeof(column));
		blame(reading, item < 0 ? 0 : (size_t)item, column, plain,
		      faults->faults[i].reason);
	}
}

/* Every row of a refused notice stays out; those without a fault of their own say whose it is. */
static void tell_refusals(struct reading_csv *reading)
{
	struct group *group = &reading->group;
	size_t guilty = 0;
	char reason[NOTICE_TEXT];

	while (guilty < group->rows && group->refusals[guilty].count == 0)
		guilty++;
	for (size_t i = 0; i < group->rows; i++) {
		struct import_refusal *refusal = &group->refusals[i];

		if (refusal->count == 0) {
			snprintf(reason, sizeof(reason),
			         "the notice is refused whole, because of line %" PRId64,
			         group->lines[guilty]);
			import_refusal_add(refusal, number_heading(reading), "notice", reason);
		}
		refusal->line = group->lines[i];
		snprintf(refusal->notice, sizeof(refusal->notice), "%s", group->number);
		import_run_refuse(reading->run, refusal);
	}
}

/* ---- Groups --------------------------------------------------------------------------------- */

static void clear_group(struct group *group)
{
	json_decref(group->notice);
	group->notice = group->items = NULL;
	for (size_t i = 0; i < CSV_CELLS; i++) {
		free(group->first[i]);
		group->first[i] = NULL;
	}
	for (size_t i = 0; i < MOST_ROWS; i++)
		group->refusals[i].count = 0;
	group->rows = 0;
	group->open = group->refused = false;
}

static void begin_group(struct reading_csv *reading, const char *number)
{
	struct group *group = &reading->group;

	group->open = true;
	snprintf(group->number, sizeof(group->number), "%s", number);
	group->notice = json_object();
	group->items = json_array();
	for (size_t i = 0; i < reading->columns.count; i++)
		if (import_column_of_notice(&reading->columns, i))
			group->first[i] = strdup(csv_cell(reading->csv, i));
}

static void end_group(struct reading_csv *reading)
{
	struct group *group = &reading->group;

	if (!group->open)
		return;
	json_object_set_new(group->notice, "items", group->items);
	if (import_scattered_has(reading->scattered, group->number))
		blame(reading, 0, number_heading(reading), "notice",
		      "the rows of this notice do not stand together");
	if (group->refused)
		reading->run->totals.refused_notices++;
	else if (!import_run_notice(reading->run, group->notice, NULL, group->lines[0]))
		blame_by_path(reading);
	if (group->refused)
		tell_refusals(reading);
	clear_group(group);
}

/* Could a row nobody can read be one of this notice?  Bytes that are no text fit any letter. */
static bool may_be(const char *doubt, const char *number)
{
	if (strlen(doubt) != strlen(number))
		return false;
	for (; *doubt; doubt++, number++)
		if (*doubt != *number && (unsigned char)*doubt < 0x80)
			return false;
	return true;
}

static void blame_doubts(struct reading_csv *reading)
{
	for (unsigned i = 0; i < reading->doubts.count; i++)
		if (may_be(reading->doubts.numbers[i], reading->group.number))
			blame(reading, 0, number_heading(reading), "notice",
			      "a row beside it cannot be read and may be one of its own");
}

/* Goes on with the group of this number, ending another. */
static void turn_to(struct reading_csv *reading, const char *number)
{
	struct group *group = &reading->group;
	bool same = group->open && strcmp(group->number, number) == 0;

	if (same && reading->doubts.count > 0)
		blame(reading, 0, number_heading(reading), "notice",
		      "a row among its own cannot be read");
	if (!same) {
		end_group(reading);
		begin_group(reading, number);
		blame_doubts(reading);
	}
	reading->doubts.count = 0;
}

/* What a later row says of the notice must be what the first said, or nothing. */
static void agree(struct reading_csv *reading, size_t row, size_t column)
{
	const char *text = csv_cell(reading->csv, column);
	const char *first = reading->group.first[column];
	char reason[NOTICE_TEXT];

	if (!text[0] || !first || strcmp(text, first) == 0)
		return;
	snprintf(reason, sizeof(reason), "differs from line %" PRId64 " of the same notice",
	         reading->group.lines[0]);
	blame(reading, row, reading->columns.headings[column], "", reason);
}

static void add_row(struct reading_csv *reading)
{
	struct group *group = &reading->group;
	const struct import_headings *headings = reading->run->import->headings;
	size_t row = group->rows;
	json_t *item;

	if (row == MOST_ROWS) { /* refused already for too many; only told */
		tell_row(reading, reading->columns.count, "more rows than a notice has items");
		return;
	}
	item = json_object();
	group->lines[group->rows++] = csv_line(reading->csv);
	for (size_t i = 0; i < reading->columns.count; i++) {
		if (row > 0 && import_column_of_notice(&reading->columns, i))
			agree(reading, row, i);
		else
			import_cell_set(&reading->columns, i, csv_cell(reading->csv, i), headings,
			                group->notice, item);
	}
	import_row_currency(&reading->columns, reading->csv, headings, item);
	json_array_append_new(group->items, item);
}

/* ---- Rows ----------------------------------------------------------------------------------- */

/* A row that cannot be used takes its notice with it. */
static void refuse_row(struct reading_csv *reading, const char *number, size_t cell,
                       const char *reason)
{
	struct group *group = &reading->group;

	turn_to(reading, number);
	if (group->rows == MOST_ROWS) {
		tell_row(reading, cell, reason);
		return;
	}
	group->lines[group->rows++] = csv_line(reading->csv);
	json_array_append_new(group->items, json_object());
	blame(reading, group->rows - 1,
	      cell < reading->columns.count ? reading->columns.headings[cell] : "", "", reason);
}

/* A row whose number nobody can read: what stands where the number should be is kept. */
static void doubt_row(struct reading_csv *reading)
{
	const char *text = csv_cell(reading->csv, reading->columns.number);
	struct doubts *doubts = &reading->doubts;

	tell_row(reading, csv_fault_cell(reading->csv), csv_fault(reading->csv));
	if (doubts->count == DOUBTS)
		return;
	snprintf(doubts->numbers[doubts->count++], NOTICE_KEY, "%.*s",
	         (int)(strcspn(text, ",;\t\n") % NOTICE_KEY), text);
	if (reading->group.open)
		blame_doubts(reading);
}

/* Cell counts that do not fit the heading: a cut or shifted row must not be guessed at. */
static bool count_fits(struct reading_csv *reading, char reason[NOTICE_TEXT], size_t *ret_cell)
{
	size_t count = csv_count(reading->csv), wanted = reading->columns.count;

	while (count > wanted && !csv_cell(reading->csv, count - 1)[0])
		count--;
	*ret_cell = count < wanted ? count : wanted;
	snprintf(reason, NOTICE_TEXT, "the row has %zu cells, the heading %zu", count, wanted);
	return count == wanted;
}

/* Without a number and without a word about the notice: the row of a merged cell. */
static bool looks_continued(const struct reading_csv *reading)
{
	for (size_t i = 0; i < reading->columns.count; i++)
		if (import_column_of_notice(&reading->columns, i) && csv_cell(reading->csv, i)[0])
			return false;
	return reading->group.open;
}

static void read_row(struct reading_csv *reading, enum csv_result result)
{
	const char *number = csv_cell(reading->csv, reading->columns.number);
	char reason[NOTICE_TEXT];
	const char *why;
	size_t cell = csv_fault_cell(reading->csv);

	reading->run->totals.rows++;
	if (result == CSV_BAD_ROW && cell <= reading->columns.number)
		doubt_row(reading);
	else if (result == CSV_BAD_ROW)
		refuse_row(reading, number, cell, csv_fault(reading->csv));
	else if (!count_fits(reading, reason, &cell))
		refuse_row(reading, number, cell, reason);
	else if (looks_continued(reading))
		refuse_row(reading, reading->group.number, reading->columns.number,
		           "no notice number; it looks like a row of the notice above");
	else if ((cell = import_cells_destroyed(&reading->columns, reading->csv, &why)) <
	         reading->columns.count)
		refuse_row(reading, number, cell, why);
	else {
		turn_to(reading, number);
		add_row(reading);
	}
}

/* ---- The whole file ------------------------------------------------------------------------- */

static bool read_headings(struct reading_csv *reading, enum csv_result result)
{
	struct import_run *run = reading->run;
	struct notice_faults faults;
	struct import_refusal refusal = { .line = 1 };

	memset(&faults, 0, sizeof(faults));
	if (result == CSV_BAD_ROW)
		notice_fault_add(&faults, "", "the heading cannot be read: %s",
		                 csv_fault(reading->csv));
	else if (result != CSV_ROW)
		notice_fault_add(&faults, "", "the file is empty");
	else if (import_columns_read(&reading->columns, &import_notice_table, reading->csv,
	                             run->import->headings, &faults))
		return true;
	for (unsigned i = 0; i < faults.count; i++)
		import_refusal_add(&refusal, faults.faults[i].path, "", faults.faults[i].reason);
	import_run_refuse(run, &refusal);
	hal_fault_set(run->fault, "%s%s%s", faults.faults[0].path,
	              faults.faults[0].path[0] ? ": " : "", faults.faults[0].reason);
	return false;
}

/* The first reading: which numbers come again behind others. */
static enum hal_status find_scattered(struct reading_csv *reading, struct hal_fault *fault)
{
	enum hal_status status = import_scattered_create(&reading->scattered, fault);
	enum csv_result result = CSV_ROW;

	while (status == HAL_OK && result != CSV_END && result != CSV_UNREADABLE) {
		result = csv_next(reading->csv);
		if (result == CSV_ROW || (result == CSV_BAD_ROW &&
		                          csv_fault_cell(reading->csv) > reading->columns.number))
			status = import_scattered_meet(
				reading->scattered, csv_cell(reading->csv, reading->columns.number),
				fault);
	}
	csv_rewind(reading->csv);
	return status;
}

static bool next(struct import_run *run, void *context)
{
	struct reading_csv *reading = context;
	enum csv_result result = csv_next(reading->csv);

	if (result == CSV_END)
		end_group(reading);
	else if (result != CSV_UNREADABLE)
		read_row(reading, result);
	return import_run_goes_on(run, result);
}

static void close_csv(void *context)
{
	struct reading_csv *reading = context;

	clear_group(&reading->group);
	import_scattered_destroy(reading->scattered);
	csv_close(reading->csv);
	free(reading);
}

static const struct import_reader reader = { next, close_csv };

void import_csv_open(struct import_run *run)
{
	const struct import *import = run->import;
	struct reading_csv *reading = calloc(1, sizeof(*reading));

	run->status = reading ? HAL_OK : HAL_E_SYSTEM;
	if (!reading)
		return;
	run->reader = &reader;
	run->reading = reading;
	reading->run = run;
	run->status = csv_open(import->file, import->charset, import->delimiter, &reading->csv,
	                       run->fault);
	if (run->status == HAL_OK && !read_headings(reading, csv_next(reading->csv)))
		run->status = HAL_E_ARG;
	if (run->status == HAL_OK)
		run->status = find_scattered(reading, run->fault);
	if (run->status == HAL_OK)
		csv_next(reading->csv); /* the heading again */
}
