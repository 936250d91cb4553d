/* SPDX-License-Identifier: MIT */
/*
 * import_chinese.h - why a row was refused, for who reads Chinese
 *
 * Reasons are told and kept in English; a page shows them in the reader's language.  The
 * table holds each reason with gaps, {0} to {3}, where names and figures stand.
 *
 * Ownership:  writes where the caller says; a reason that is not in the table stays English.
 * Threads:    pure.
 */
#ifndef FIRMWARE_EXCHANGE_IMPORT_CHINESE_H
#define FIRMWARE_EXCHANGE_IMPORT_CHINESE_H

#include <stdbool.h>
#include <stddef.h>

/* Puts the reason into 'text'; false when only its English is known. */
bool import_in_chinese(const char *reason, char *text, size_t size);

#endif /* FIRMWARE_EXCHANGE_IMPORT_CHINESE_H */
