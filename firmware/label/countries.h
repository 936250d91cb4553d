/* SPDX-License-Identifier: MIT */
/*
 * countries.h - what a country is called on the last line of an address
 *
 * Ownership:  static storage.
 * Threads:    pure.
 * Source:     ISO 3166-1 (codes, English and French short names in daily use); UPU
 *             addressing guide, "POST*CODE", for where the postcode stands.
 */
#ifndef FIRMWARE_LABEL_COUNTRIES_H
#define FIRMWARE_LABEL_COUNTRIES_H

#include <stdbool.h>

/* In capitals; NULL for a code that ISO 3166-1 does not have. */
const char *country_name(const char *code);
const char *country_name_fr(const char *code);

/* "50667 Köln" rather than "Springfield 62704". */
bool country_puts_postcode_first(const char *code);

#endif /* FIRMWARE_LABEL_COUNTRIES_H */
