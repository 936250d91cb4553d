/* SPDX-License-Identifier: MIT */
/* A table as a file for a spreadsheet. */
#include "page_parts.h"

#include <string.h>

/* A spreadsheet takes what begins like this for a formula, and may send it somewhere. */
static bool looks_like_formula(const char *text)
{
	return text[0] && strchr("=+-@\t\r\n|%", text[0]);
}

static bool is_free_text(enum page_kind kind)
{
	return !page_kind_is_number(kind);
}

static void put_field(FILE *out, const char *text, bool guarded)
{
	bool quoted = guarded || text[strcspn(text, ",;\"\r\n\t")] != '\0';

	if (quoted)
		fputc('"', out);
	if (guarded)
		fputc('\'', out);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', out);
		if (*text != '\0')
			fputc(*text, out);
	}
	if (quoted)
		fputc('"', out);
}

static void put_heading(const struct page_run *run, const struct page_table *table)
{
	/* The mark by which Excel knows UTF-8. */
	fputs("\xef\xbb\xbf", run->out);
	for (unsigned i = 0; table->columns[i].name; i++) {
		if (i > 0)
			fputc(',', run->out);
		put_field(run->out, page_word(run, "column", table->columns[i].name), false);
	}
	fputs("\r\n", run->out);
}

static void put_row(const struct page_run *run, const struct page_table *table, sqlite3_stmt *row)
{
	char text[4 * PAGE_TEXT];

	for (int i = 0; table->columns[i].name; i++) {
		if (i > 0)
			fputc(',', run->out);
		page_cell_text(run, &table->columns[i], row, i, PAGE_FORM_FILE, text, sizeof(text));
		put_field(run->out, text,
		          is_free_text(table->columns[i].kind) && looks_like_formula(text));
	}
	fputs("\r\n", run->out);
}

static const struct page_table *find_table(const struct page *page, const char *name)
{
	for (const struct page_part *part = page->parts; part->table || part->draw; part++)
		if (part->table && strcmp(part->table->name, name) == 0)
			return part->table;
	return NULL;
}

enum hal_status page_write_csv(struct store *store, const struct page *page, const char *table,
                               const struct page_request *request, FILE *out,
                               struct hal_fault *reterr_fault)
{
	const struct page_table *found = find_table(page, table);
	struct page_run run = {
		store, page, request, request->language, out, HAL_OK, reterr_fault
	};
	sqlite3_stmt *row;

	if (!found) {
		hal_fault_set(reterr_fault, "%s has no table '%s'", page->path, table);
		return HAL_E_ARG;
	}
	row = page_table_query(&run, found, 0);
	if (run.status == HAL_OK)
		put_heading(&run, found);
	while (page_row(&run, row))
		put_row(&run, found, row);
	if (run.status == HAL_OK && (fflush(out) != 0 || ferror(out))) {
		hal_fault_set(reterr_fault, "the output cannot be written");
		return HAL_E_SYSTEM;
	}
	return run.status;
}
