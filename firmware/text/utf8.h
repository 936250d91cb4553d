/* SPDX-License-Identifier: MIT */
/*
 * utf8.h - is it UTF-8, and where does a character end
 *
 * Threads:    pure.
 * Source:     RFC 3629, section 4 (syntax of UTF-8 byte sequences).
 */
#ifndef FIRMWARE_TEXT_UTF8_H
#define FIRMWARE_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the character that text begins with: 1 to 4; 0 when it is none, or cut off. */
size_t utf8_length(const char *text, size_t len);

bool utf8_valid(const char *text, size_t len);

/* Copies text, or as many whole characters of it as fit with the closing NUL; for screens. */
void utf8_copy(char *to, size_t size, const char *text);

/*
 * Small letters of Latin, Greek and Cyrillic, runs of blanks as one, none at the ends: so
 * that a name is found however it was typed.  What does not fit is cut at a character.
 */
void utf8_fold(char *to, size_t size, const char *text);

#endif /* FIRMWARE_TEXT_UTF8_H */
