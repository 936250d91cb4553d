/* SPDX-License-Identifier: MIT */
/*
 * s10.h - identifiers of postal items (UPU S10)
 *
 * Threads:    pure.
 * Source:     UPU standard S10, version 12, sections 4 to 6 and annex A.
 */
#ifndef FIRMWARE_CORE_S10_H
#define FIRMWARE_CORE_S10_H

#include <stdbool.h>
#include <stddef.h>

struct s10 {
	bool shape;      /* two letters, nine digits, two letters */
	bool digit_ok;   /* the check digit fits */
	bool country_ok; /* the last two letters are an ISO 3166-1 country */
	char service[3]; /* "RR" */
	char country[3];
	char normalised[16]; /* upper case, no blanks: "RR473124829CN"; "" without shape */
};

/* Blanks and lower case are forgiven; anything else is not of the shape. */
void s10_parse(const char *text, struct s10 *ret_id);

static inline bool s10_valid(const struct s10 *id)
{
	return id->shape && id->digit_ok && id->country_ok;
}

/* Of an eight-digit serial number. */
char s10_check_digit(const char *eight_digits);

/* "RR 473 124 829 CN" for the text below a barcode; size at least 18. */
void s10_group(const struct s10 *id, char *text, size_t size);

/* True for an ISO 3166-1 alpha-2 code in force. */
bool s10_is_country(const char *alpha2);

#endif /* FIRMWARE_CORE_S10_H */
