/* SPDX-License-Identifier: MIT */
/* Names for who searches by them: whole, and from each word of them on, folded. */
#include <string.h>

#include "inbox_parcels.h"
#include "store_sql.h"
#include "utf8.h"

static void put(struct store *store, const struct notice *notice, const char *word,
                enum hal_status *status)
{
	store_write(store, SQL_PUT_NAME, status,
	            STORE_VALUES(store_text(word), store_text(notice->number)));
}

static void put_words(struct store *store, const struct notice *notice, const char *name,
                      enum hal_status *status)
{
	char folded[NOTICE_TEXT];
	const char *blank;

	utf8_fold(folded, sizeof(folded), name);
	if (!folded[0])
		return;
	put(store, notice, folded, status);
	for (const char *at = folded; (blank = strchr(at, ' ')); at = blank + 1)
		put(store, notice, blank + 1, status);
}

void inbox_put_names(struct store *store, const struct notice *notice, enum hal_status *status)
{
	store_write(store, SQL_ERASE_NAMES, status, STORE_VALUES(store_text(notice->number)));
	put_words(store, notice, notice->recipient.name, status);
	put_words(store, notice, notice->recipient.native_name, status);
	put_words(store, notice, notice->recipient.company, status);
}
