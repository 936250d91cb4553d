/* SPDX-License-Identifier: MIT */
/*
 * page.h - the supervisors' pages: what stands in the tables, written out for reading
 *
 * A page is rows of data (pages_*.c): filters, and tables of columns with a query
 * each; now and then a function draws a picture between them.  This engine makes
 * HTML and CSV of the same rows.  It writes what stands inside <main>; the frame
 * around it belongs to the web.
 *
 * Nothing here changes anything.
 *
 * Units:      as in the tables: milligrams, microseconds of wall time, minor units.
 * Errors:     HAL_E_ARG: no such page or table; HAL_E_SYSTEM: the database.  A value
 *             that a filter does not understand is not asked for, and the page says so.
 * Threads:    reading.
 */
#ifndef FIRMWARE_PAGES_PAGE_H
#define FIRMWARE_PAGES_PAGE_H

#include <stdint.h>
#include <stdio.h>

#include "hal_status.h"
#include "store.h"
#include "words.h"

#define PAGE_PARAMS 24
#define PAGE_NAME   24
#define PAGE_VALUE  200

struct page_param {
	char name[PAGE_NAME];
	char value[PAGE_VALUE];
};

/* What a reader asked: the values of the address. */
struct page_request {
	enum words_language language;
	int64_t now_us;
	unsigned count;
	struct page_param params[PAGE_PARAMS];
};

struct page;

/* By its path, "/mismatches"; NULL when there is none. */
const struct page *page_find(const char *path);
/* NULL at the end. */
const struct page *page_at(unsigned index);
const char *page_path(const struct page *page);
/* In its language, for titles and links. */
const char *page_title(const struct page *page, enum words_language language);

/* Adds a value; what is too long, or one too many, is left out and false. */
bool page_ask_for(struct page_request *request, const char *name, const char *value);
/* Adds every value of "a=1&b=%32"; what is broken is left out. */
void page_ask_query(struct page_request *request, const char *query);
/* The other way round. */
void page_format_query(const struct page_request *request, char *query, size_t size);
/* "" when it was not asked. */
const char *page_asked(const struct page_request *request, const char *name);

HAL_MUST_USE enum hal_status page_write_html(struct store *store, const struct page *page,
                                             const struct page_request *request, FILE *out,
                                             struct hal_fault *reterr_fault);

/* The table's rows, every one that the filters leave; headings in the language. */
HAL_MUST_USE enum hal_status page_write_csv(struct store *store, const struct page *page,
                                            const char *table, const struct page_request *request,
                                            FILE *out, struct hal_fault *reterr_fault);

#endif /* FIRMWARE_PAGES_PAGE_H */
