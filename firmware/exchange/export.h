/* SPDX-License-Identifier: MIT */
/*
 * export.h - what stands in the tables, as rows for files and pages
 *
 * Each report is a table of columns and one query; rows are handed out one at a
 * time, so that years fit through a small memory.  Files and pages are written
 * from the same rows.
 *
 * Units:      masses in milligrams, written as grams; times in microseconds of wall
 *             time, written as ISO 8601 in UTC; chances in parts per million.
 * Ownership:  rows are borrowed until the callback returns.
 * Errors:     HAL_E_ARG: no such report; HAL_E_SYSTEM: the database.
 * Threads:    reading.
 */
#ifndef FIRMWARE_EXCHANGE_EXPORT_H
#define FIRMWARE_EXCHANGE_EXPORT_H

#include <stdio.h>

#include "notice.h"
#include "store.h"

enum export_type {
	EXPORT_TEXT,
	EXPORT_NUMBER,
	EXPORT_GRAMS,  /* milligrams */
	EXPORT_TIME,   /* microseconds */
	EXPORT_CHANCE, /* parts per million, written as 0.9998 */
	EXPORT_DIGITS, /* a number that comes as its digits */
	EXPORT_LIST,   /* text with blanks between; of JSON a list */
};

struct export_column {
	const char *name;
	enum export_type type;
};

struct export_report {
	const char *name;
	const char *summary;
	const struct export_column *table; /* for export_columns() */
};

/* A cell that says nothing has known false. */
struct export_cell {
	bool known;
	bool cut; /* a carrier's limit shortened it, and it says so itself */
	int64_t number;
	const char *text; /* of TEXT, DIGITS and LIST */
};

#define EXPORT_COLUMNS 64

/* "" and 0 where nothing is asked. */
struct export_filter {
	int64_t from_us, to_us; /* from the one on, before the other */
	char notice[NOTICE_KEY];
	char packer[NOTICE_KEY];
	char sku[NOTICE_KEY]; /* inside the parcel, or the likeliest cause */
	char country[4];
	char cause[16]; /* missing, extra, ... */
	char bag[NOTICE_KEY];
	char limits[24]; /* of itmatt: whose widths shorten texts, "deutsche-post" */
	bool ungiven;    /* of shipped: whose tracking number the shop does not have yet */
	const struct notice_party *sender; /* where a notice names none; may be NULL */
	int64_t limit; /* rows, the latest first when it is set; 0: all, the earliest first */
};

struct export_sink {
	void (*row)(void *context, const struct export_report *report,
	            const struct export_cell *cells);
	void *context;
};

/* NULL at the end. */
const struct export_report *export_report_at(unsigned index);
const struct export_report *export_find(const char *name);

/* Its columns; the last has a NULL name. */
const struct export_column *export_columns(const struct export_report *report);

HAL_MUST_USE enum hal_status export_run(struct store *store, const struct export_report *report,
                                        const struct export_filter *filter,
                                        const struct export_sink *sink,
                                        struct hal_fault *reterr_fault);

/* One cell as text: "12.5", "2026-11-21T10:00:00Z", "0.9998"; "" when it says nothing. */
void export_cell_format(const struct export_cell *cell, enum export_type type, char *text,
                        size_t size);

enum export_format {
	EXPORT_CSV,
	EXPORT_JSONL,
};

struct export_file {
	enum export_format format;
	FILE *out;
	int64_t rows; /* written ... */
	int64_t cut;  /* ... and how many texts of them were shortened */
};

/* Writes a report to a file, heading first.  HAL_E_SYSTEM also when the file is full. */
HAL_MUST_USE enum hal_status export_write(struct store *store, const struct export_report *report,
                                          const struct export_filter *filter,
                                          struct export_file *file, struct hal_fault *reterr_fault);

enum export_edge {
	EXPORT_FROM,
	EXPORT_UNTIL, /* a day means its end */
};

/* "2026-11-21" in the machine's own zone, or "2026-11-21T10:00:00Z"; false when it is none. */
bool export_parse_time(const char *text, enum export_edge edge, int64_t *ret_us);

#endif /* FIRMWARE_EXCHANGE_EXPORT_H */
