/* SPDX-License-Identifier: MIT */
/*
 * words.h - message catalogues inside the program: a key, a language, a text
 *
 * Pages and sheets are written here, not in the browser, so the words of every
 * catalogue (gettext .po files, compiled by tools/words-table.sh) are tables in the
 * program: the bench's own, those of the supervisors' pages, and names of countries.
 *
 * Ownership:  static storage.
 * Errors:     a key without words stands for itself, so that a gap is seen, not hidden.
 * Threads:    any.
 */
#ifndef FIRMWARE_TEXT_WORDS_H
#define FIRMWARE_TEXT_WORDS_H

#include <stddef.h>

enum words_language {
	WORDS_ZH,
	WORDS_EN,
};

struct words_entry {
	const char *key, *text;
};

/* "en", "en-GB": English; anything else: Chinese. */
enum words_language words_language_of(const char *code);
/* "zh", "en": for lang attributes and links. */
const char *words_language_code(enum words_language language);

/* The text of "area.key"; NULL when there is none.  area "": the key alone. */
const char *words_find(enum words_language language, const char *area, const char *key);

/* The same; without words the key itself. */
const char *words_get(enum words_language language, const char *area, const char *key);

/* Fills the gaps {0} to {9} of a text; what does not fit is cut at a character. */
void words_fill(char *to, size_t size, const char *text, const char *const *gaps, size_t count);

#endif /* FIRMWARE_TEXT_WORDS_H */
