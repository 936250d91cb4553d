/* SPDX-License-Identifier: MIT */
#include "weigh_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#define LINE_AT_FIRST 4096

/* The whole line whatever its length, without its end; false at the end of the file. */
static bool read_line(struct weigh_table *table)
{
	size_t len = 0;

	for (;;) {
		if (!gzgets(table->file, table->line + len, (int)(table->size - len)))
			return len > 0;
		len += strlen(table->line + len);
		if (len > 0 && table->line[len - 1] == '\n')
			break;
		if (len + 1 == table->size) {
			char *longer = realloc(table->line, 2 * table->size);

			if (!longer)
				return false;
			table->line = longer;
			table->size *= 2;
		}
	}
	table->line[strcspn(table->line, "\r\n")] = '\0';
	return true;
}

/* Unquotes in place; returns what follows the field, or NULL after the last. */
static char *cut_field(char *at, const char **ret_field)
{
	char *to = at;
	bool quoted = *at == '"';

	*ret_field = at;
	for (at += quoted; *at; at++) {
		if (quoted && at[0] == '"' && at[1] == '"')
			at++;
		else if (quoted && at[0] == '"') {
			quoted = false;
			continue;
		} else if (!quoted && *at == ',')
			break;
		*to++ = *at;
	}
	at = *at ? at + 1 : NULL;
	*to = '\0';
	return at;
}

static void split(struct weigh_table *table)
{
	char *at = table->line;

	for (table->field_count = 0; at && table->field_count < WEIGH_TABLE_FIELDS;
	     table->field_count++)
		at = cut_field(at, &table->fields[table->field_count]);
}

static bool find_columns(struct weigh_table *table, const char *const *headings)
{
	for (table->wanted = 0; headings[table->wanted]; table->wanted++) {
		size_t i = 0;

		while (i < table->field_count &&
		       strcmp(table->fields[i], headings[table->wanted]) != 0)
			i++;
		if (i == table->field_count) {
			fprintf(stderr, "%s: no column '%s'\n", table->path,
			        headings[table->wanted]);
			return false;
		}
		table->column[table->wanted] = i;
	}
	return true;
}

bool weigh_table_open(struct weigh_table *table, const char *path, const char *const *headings)
{
	*table = (struct weigh_table){ .path = path, .size = LINE_AT_FIRST };
	table->line = malloc(table->size);
	table->file = gzopen(path, "rb");
	if (!table->line || !table->file) {
		perror(path);
		weigh_table_close(table);
		return false;
	}
	table->number = 1;
	if (read_line(table)) {
		split(table);
		if (find_columns(table, headings))
			return true;
	} else {
		fprintf(stderr, "%s: empty\n", path);
	}
	weigh_table_close(table);
	return false;
}

bool weigh_table_next(struct weigh_table *table)
{
	while (read_line(table)) {
		bool whole = true;

		table->number++;
		split(table);
		for (size_t i = 0; i < table->wanted; i++)
			whole &= table->column[i] < table->field_count;
		if (whole)
			return true;
		if (table->line[0])
			fprintf(stderr, "%s:%zu: too few fields, skipped\n", table->path,
			        table->number);
	}
	return false;
}

const char *weigh_table_field(const struct weigh_table *table, size_t wanted)
{
	return table->fields[table->column[wanted]];
}

void weigh_table_close(struct weigh_table *table)
{
	if (table->file)
		gzclose(table->file);
	free(table->line);
	*table = (struct weigh_table){ .path = table->path };
}
