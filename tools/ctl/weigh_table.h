/* SPDX-License-Identifier: MIT */
/*
 * weigh_table.h - rows of a CSV file with headings, plain or gzip, one at a time
 *
 * Quoted fields as in RFC 4180, on one line.  A last line that its writer did not
 * finish (too few fields) is not a row.
 *
 * Ownership:  fields are borrowed until the next row.
 * Threads:    one.
 */
#ifndef TOOLS_CTL_WEIGH_TABLE_H
#define TOOLS_CTL_WEIGH_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#define WEIGH_TABLE_FIELDS 24

struct weigh_table {
	void *file;
	const char *path;
	char *line; /* as long as the longest line so far */
	size_t size;
	size_t number; /* of the line, from 1 */
	const char *fields[WEIGH_TABLE_FIELDS];
	size_t field_count;
	size_t wanted;                     /* columns asked for ... */
	size_t column[WEIGH_TABLE_FIELDS]; /* ... and where each stands */
};

/* NULL-terminated headings, all mandatory.  Says on stderr what is wrong. */
bool weigh_table_open(struct weigh_table *table, const char *path, const char *const *headings);

/* False at the end. */
bool weigh_table_next(struct weigh_table *table);

/* By the order of the headings asked for. */
const char *weigh_table_field(const struct weigh_table *table, size_t wanted);

void weigh_table_close(struct weigh_table *table);

#endif /* TOOLS_CTL_WEIGH_TABLE_H */
