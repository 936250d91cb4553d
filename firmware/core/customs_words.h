/* SPDX-License-Identifier: MIT */
/*
 * customs_words.h - a description, taken apart into words
 *
 * Words are made comparable: small letters, no diacritics ("Echantillons" for
 * "Échantillons"), no apostrophes; everything else parts them.  Letters of other scripts are
 * counted and otherwise passed over, because a customs officer abroad does.
 *
 * Ownership:  values only.
 * Threads:    pure.
 */
#ifndef FIRMWARE_CORE_CUSTOMS_WORDS_H
#define FIRMWARE_CORE_CUSTOMS_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CUSTOMS_MAX_WORDS 64
#define CUSTOMS_WORD_SIZE 32

struct customs_split {
	char words[CUSTOMS_MAX_WORDS][CUSTOMS_WORD_SIZE]; /* longer words are kept cut */
	unsigned count;
	unsigned latin;   /* letters, those in words with digits ("QHJ014") not counted */
	unsigned others;  /* letters of other scripts */
	uint64_t clauses; /* a bit for each word that begins one: "parts: steel strap" has two */
	bool mixed;       /* a word of Latin letters and of some that only look it */
};

void customs_split(const char *text, struct customs_split *ret_split);

/* The words again, one blank between them; false when they do not fit. */
bool customs_join(const struct customs_split *split, char *text, size_t size);

/* The singular, if the word has that ending of a plural; form 0 is the word itself. */
#define CUSTOMS_FORMS 6

bool customs_word_form(const char *word, unsigned form, char ret_word[CUSTOMS_WORD_SIZE]);

/*
 * How many words from 'at' the phrase covers; 0: it does not stand there.  The
 * last word may be a plural.
 */
unsigned customs_phrase_covers(const char *phrase, const struct customs_split *split, unsigned at);

/* The phrase stands somewhere. */
bool customs_phrase_in(const char *phrase, const struct customs_split *split);

#endif /* FIRMWARE_CORE_CUSTOMS_WORDS_H */
