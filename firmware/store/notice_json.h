/* SPDX-License-Identifier: MIT */
/*
 * notice_json.h - notices as JSON: in, strictly; out, always the same way
 *
 * One table names every key with its shape and its place in struct notice, and
 * reads and writes by it; a key it does not name is refused.  Nothing is altered
 * on the way: what cannot be kept exactly is a fault.
 *
 * Units:      amounts as decimal text with at most the currency's minor digits;
 *             weights in grams with at most three decimals.
 * Ownership:  format() hands out text for free(), build() a reference.
 * Errors:     every fault is reported with its path, "items[2].quantity".
 * Threads:    none of its own.
 */
#ifndef FIRMWARE_STORE_NOTICE_JSON_H
#define FIRMWARE_STORE_NOTICE_JSON_H

#include <stddef.h>

#include <jansson.h>

#include "hal_status.h"
#include "notice.h"

#define NOTICE_JSON_FAULTS 24
#define NOTICE_JSON_PATH   96

struct notice_fault {
	char path[NOTICE_JSON_PATH]; /* "" : the whole */
	char reason[NOTICE_TEXT];
};

struct notice_faults {
	struct notice_fault faults[NOTICE_JSON_FAULTS];
	unsigned count;
	unsigned dropped; /* beyond the last one kept */
};

/* HAL_E_ARG when there is any fault; *ret_notice is then not to be used. */
HAL_MUST_USE enum hal_status notice_json_parse(const char *text, size_t len,
                                               struct notice *ret_notice,
                                               struct notice_faults *ret_faults);
HAL_MUST_USE enum hal_status notice_json_read(json_t *root, struct notice *ret_notice,
                                              struct notice_faults *ret_faults);

/* Faults of a completed notice: what neither it nor the catalogue gave. */
void notice_json_check_complete(const struct notice *notice, struct notice_faults *faults);

/* Adds a fault found elsewhere, in the same words. */
__attribute__((format(printf, 3, 4))) void
notice_fault_add(struct notice_faults *faults, const char *path, const char *format, ...);

enum notice_json_part {
	NOTICE_JSON_WHOLE,
	NOTICE_JSON_IMPERSONAL, /* without names, addresses, numbers of persons, free text */
};

/* Compact, keys in the order of the format, nothing empty; NULL: no memory. */
json_t *notice_json_build(const struct notice *notice, enum notice_json_part part);
char *notice_json_format(const struct notice *notice, enum notice_json_part part);

/* Text of a built notice as format() writes it. */
char *notice_json_dump(const json_t *root);

#endif /* FIRMWARE_STORE_NOTICE_JSON_H */
