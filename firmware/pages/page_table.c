/* SPDX-License-Identifier: MIT */
/* A table's statement: filtered, turned over along its keys, rows chosen before they are read. */
#include "page_parts.h"

#include <string.h>

unsigned page_key_count(const struct page_table *table)
{
	unsigned count = 0;

	while (count < PAGE_KEYS && table->keys[count].sql)
		count++;
	return count;
}

unsigned page_column_count(const struct page_table *table)
{
	unsigned count = 0;

	while (table->columns[count].name)
		count++;
	return count;
}

enum page_way page_way_of(const struct page_run *run, const struct page_table *table)
{
	const char *way = page_asked(run->request, "way");

	if (page_key_count(table) == 0 || strcmp(page_asked(run->request, "of"), table->name) != 0)
		return PAGE_START;
	if (strcmp(way, "after") == 0)
		return PAGE_AFTER;
	return strcmp(way, "before") == 0 ? PAGE_BEFORE : PAGE_START;
}

/* "(a, b) < (:k0, :k1)": compared as rows, so that an index along the keys is walked. */
static void add_keys(struct page_sql *sql, const struct page_table *table, enum page_way way)
{
	unsigned count = page_key_count(table);

	page_sql_add(sql, " AND (");
	for (unsigned i = 0; i < count; i++)
		page_sql_add(sql, "%s%s", i ? ", " : "", table->keys[i].sql);
	page_sql_add(sql, ") %s (", (way == PAGE_AFTER) == table->rising ? ">" : "<");
	for (unsigned i = 0; i < count; i++)
		page_sql_add(sql, "%s:k%u", i ? ", " : "", i);
	page_sql_add(sql, ")");
}

static void add_order(struct page_sql *sql, const struct page_table *table, enum page_way way)
{
	bool rising = table->rising == (way != PAGE_BEFORE);

	page_sql_add(sql, " ORDER BY ");
	for (unsigned i = 0; i < page_key_count(table); i++)
		page_sql_add(sql, "%s%s %s", i ? ", " : "", table->keys[i].sql,
		             rising ? "ASC" : "DESC");
	if (page_key_count(table) == 0)
		page_sql_add(sql, "%s", table->order ? table->order : "1");
}

/* Rows in front of a place are read away from it, and then turned round. */
static void add_turned(struct page_sql *sql, const struct page_table *table)
{
	unsigned columns = page_column_count(table);

	page_sql_add(sql, ") ORDER BY ");
	for (unsigned i = 0; i < page_key_count(table); i++)
		page_sql_add(sql, "%s%u %s", i ? ", " : "", columns + 1 + i,
		             table->rising ? "ASC" : "DESC");
}

static void add_conditions(const struct page_run *run, struct page_sql *sql,
                           const struct page_table *table, enum page_way way)
{
	page_sql_add(sql, " FROM %s WHERE %s", table->from, table->where ? table->where : "1");
	if (!table->unfiltered)
		page_sql_filters(run, sql);
	if (way != PAGE_START)
		add_keys(sql, table, way);
}

static void add_limit(struct page_sql *sql, const struct page_table *table, enum page_way way,
                      unsigned limit)
{
	add_order(sql, table, way);
	if (limit)
		page_sql_add(sql, " LIMIT %u", limit);
}

sqlite3_stmt *page_table_query(struct page_run *run, const struct page_table *table, unsigned limit)
{
	enum page_way way = limit ? page_way_of(run, table) : PAGE_START;
	struct page_sql sql = { .len = 0 };

	page_sql_add(&sql, "%sSELECT %s", way == PAGE_BEFORE ? "SELECT * FROM (" : "",
	             table->select);
	for (unsigned i = 0; i < page_key_count(table); i++)
		page_sql_add(&sql, ", %s AS key_%u", table->keys[i].sql, i);
	if (table->row && limit) {
		page_sql_add(&sql, " FROM %s WHERE (%s) IN (SELECT %s", table->from, table->row,
		             table->row);
		add_conditions(run, &sql, table, way);
		add_limit(&sql, table, way, limit);
		page_sql_add(&sql, ")");
	} else {
		add_conditions(run, &sql, table, way);
	}
	if (table->group)
		page_sql_add(&sql, " GROUP BY %s", table->group);
	add_limit(&sql, table, way, limit);
	if (way == PAGE_BEFORE)
		add_turned(&sql, table);
	return page_query(run, sql.text);
}
