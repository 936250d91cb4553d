/* SPDX-License-Identifier: MIT */
/*
 * import_cells.h - cells of a CSV row into the JSON of a notice
 *
 * One table names every path a heading may stand for and how its cells are
 * written; the JSON made of them then goes through the one strict reader of
 * notices.
 *
 * Ownership:  columns are values; JSON is the caller's.
 * Threads:    pure.
 */
#ifndef FIRMWARE_EXCHANGE_IMPORT_CELLS_H
#define FIRMWARE_EXCHANGE_IMPORT_CELLS_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "csv.h"
#include "import_headings.h"
#include "notice_json.h"

enum import_cell {
	CELL_TEXT,
	CELL_DATE,
	CELL_HS,
	CELL_NUMBER, /* a whole one */
	CELL_FLAG,
	CELL_LINES,   /* adds lines of an address */
	CELL_WORDS,   /* order numbers, whatever stands between them */
	CELL_INSERTS, /* "CARD:1;LEAFLET:2" */
	CELL_SIZES,   /* "200x150x20" */
	CELL_JSON,    /* a planned split */
	CELL_AMOUNT,
	CELL_CURRENCY, /* of one amount */
	CELL_ALL_CURRENCIES,
};

struct import_path {
	const char *path; /* "item." in front: of the row's item */
	enum import_cell kind;
	bool once; /* said once a notice */
};

/* What the columns of one kind of file may be. */
struct import_table {
	const struct import_path *paths;
	size_t count;
	const char *key;     /* the column there must be: what the rows are about */
	const char *section; /* of the headings file */
};

/* AMOUNT("item.unit_value"): the paths that one amount may have. */
#define IMPORT_AMOUNT(path)                                                                        \
	{ path, CELL_AMOUNT, false }, { path ".amount", CELL_AMOUNT, false },                      \
	{                                                                                          \
		path ".currency", CELL_CURRENCY, false                                             \
	}

extern const struct import_table import_notice_table;

struct import_columns {
	const struct import_table *table;
	const struct import_path *paths[CSV_CELLS]; /* NULL: ignored */
	char headings[CSV_CELLS][NOTICE_TEXT];      /* as they stand in the file */
	size_t count;
	size_t number; /* the column of the table's key */
};

/* Reads the heading row; false and a fault (heading, reason) when it cannot be used. */
bool import_columns_read(struct import_columns *columns, const struct import_table *table,
                         const struct csv *csv, const struct import_headings *headings,
                         struct notice_faults *faults);

/* Is the column said once a notice, and must its rows agree? */
bool import_column_of_notice(const struct import_columns *columns, size_t column);

/* The first cell that a spreadsheet destroyed, and how; the columns' count: there is none. */
size_t import_cells_destroyed(const struct import_columns *columns, const struct csv *csv,
                              const char **ret_why);

/* Sets one cell in the notice or its item; an empty cell says nothing. */
void import_cell_set(const struct import_columns *columns, size_t column, const char *text,
                     const struct import_headings *headings, json_t *notice, json_t *item);

/* Gives the row's currency to the amounts that have none of their own. */
void import_row_currency(const struct import_columns *columns, const struct csv *csv,
                         const struct import_headings *headings, json_t *item);

/* The heading a fault's path comes from, or the path itself when no column has it. */
void import_column_name(const struct import_columns *columns, const char *path, char *name,
                        size_t size);

/* "items[2].quantity" is "item.quantity"; *ret_item -1 where no item is meant. */
void import_plain_path(const char *path, char *plain, size_t size, int *ret_item);

#endif /* FIRMWARE_EXCHANGE_IMPORT_CELLS_H */
