/* SPDX-License-Identifier: MIT */
/*
 * itmatt.h - what a parcel's electronic advance data say, field by field
 *
 * Posts hand the customs data of an item on before it arrives.  Every carrier
 * wants them under names and numbers of its own; here they are once, under plain
 * names: categories as words, weight and value of a line both apiece and for the
 * row, nothing divided again and nothing converted.  What is not known is empty.
 *
 * Units:      grams as decimals, amounts as decimals with their currency beside.
 * Ownership:  a parcel borrows notice and texts; values are written to the caller's buffer.
 * Threads:    pure.
 * Source:     UPU M33 (ITMATT) item attributes, as national posts' interfaces name them.
 */
#ifndef FIRMWARE_CORE_ITMATT_H
#define FIRMWARE_CORE_ITMATT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "customs.h"

#define ITMATT_TEXT 400

/* One parcel and what is known of it. */
struct itmatt_parcel {
	const struct notice *notice;
	const struct notice_party *sender; /* the notice's own, or the configuration's */
	unsigned parcel;                   /* index from 0 */
	const char *tracking;
	const char *posted; /* ISO 8601 day, "" : not yet */
	const char *office; /* the operator's code of the office, "" : not known */
	struct hal_mass gross;
	enum customs_form form;
};

/* The longest texts that a carrier takes, in characters; 0: no limit. */
struct itmatt_limits {
	const char *name;
	uint16_t recipient, sender, address, state, description;
};

/* By name ("deutsche-post", "la-poste"); NULL when there is none of that name. */
const struct itmatt_limits *itmatt_find_limits(const char *name);

/* The columns: first those of the item, then those of its lines. */
struct itmatt_column {
	const char *name; /* "addressee.city" */
	bool of_line;
	bool number; /* its text is a number */
};

unsigned itmatt_columns(void);
const struct itmatt_column *itmatt_column(unsigned column);

/* How many lines the parcel declares. */
unsigned itmatt_lines(const struct itmatt_parcel *parcel);

/*
 * A column's text for the item, or for its line from 0.  limits may be NULL; a
 * text they cut ends in ".." and returns true, so that the reader of the file sees it
 * and the writer can say it.  size at least ITMATT_TEXT.
 */
bool itmatt_value(const struct itmatt_parcel *parcel, const struct itmatt_limits *limits,
                  unsigned column, unsigned line, char *text, size_t size);

/* "SALE_GOODS", "GIFT", ... */
const char *itmatt_nature(enum notice_nature nature);

#endif /* FIRMWARE_CORE_ITMATT_H */
