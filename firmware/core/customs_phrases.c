/* SPDX-License-Identifier: MIT */
/*
 * The phrases of all rules, found in one walk through a text: filed by their
 * first word, so that each word of the text is looked up and not compared with
 * every phrase there is.
 */
#include "customs_rules.h"

#include <string.h>

static unsigned hash_of(const char *word)
{
	uint32_t hash = 2166136261u;

	for (; *word && *word != ' '; word++)
		hash = (hash ^ (unsigned char)*word) * 16777619u;
	return (hash ^ hash >> 16) % CUSTOMS_PHRASE_CHAINS;
}

static bool is_unparted(const char *text)
{
	for (; *text; text++)
		if (*text & 0x80)
			return true;
	return false;
}

bool customs_phrases_add(struct customs_rules *rules, const struct customs_phrase *phrase)
{
	const char *text = customs_text(rules, phrase->text);
	uint16_t *chain =
		is_unparted(text) ? &rules->phrases_unparted : &rules->phrase_chains[hash_of(text)];
	struct customs_phrase *kept = &rules->phrases[rules->phrase_count];

	if (rules->phrase_count == CUSTOMS_MAX_PHRASES)
		return false;
	*kept = *phrase;
	kept->next = *chain;
	*chain = (uint16_t)++rules->phrase_count;
	return true;
}

/* One walk through a text. */
struct walk {
	const struct customs_rules *rules;
	const struct customs_split *split;
	customs_phrase_seen *seen;
	void *owner;
};

/* The phrases whose first word is 'word', one of the forms of the word at 'at'. */
static void look_up(const struct walk *walk, unsigned at, const char *word)
{
	const struct customs_phrase *phrases = walk->rules->phrases;
	size_t len = strlen(word);

	for (unsigned i = walk->rules->phrase_chains[hash_of(word)]; i; i = phrases[i - 1].next) {
		const char *text = customs_text(walk->rules, phrases[i - 1].text);
		unsigned covers;

		if (strncmp(text, word, len) != 0 || (text[len] != '\0' && text[len] != ' '))
			continue;
		covers = customs_phrase_covers(text, walk->split, at);
		if (covers)
			walk->seen(walk->owner, &phrases[i - 1], at, covers);
	}
}

void customs_phrases_find(const struct customs_rules *rules, const char *text,
                          const struct customs_split *split, customs_phrase_seen *seen, void *owner)
{
	const struct walk walk = { rules, split, seen, owner };
	char word[CUSTOMS_WORD_SIZE];

	for (unsigned at = 0; at < split->count; at++)
		for (unsigned form = 0; form < CUSTOMS_FORMS; form++)
			if (customs_word_form(split->words[at], form, word))
				look_up(&walk, at, word);
	if (split->others == 0)
		return;
	for (unsigned i = rules->phrases_unparted; i; i = rules->phrases[i - 1].next)
		if (strstr(text, customs_text(rules, rules->phrases[i - 1].text)))
			seen(owner, &rules->phrases[i - 1], 0, 0);
}

struct first {
	enum customs_phrase_kind kind;
	const struct customs_phrase *phrase;
};

static void keep_first(void *owner, const struct customs_phrase *phrase, unsigned at,
                       unsigned covers)
{
	struct first *first = owner;

	(void)at;
	(void)covers;
	if (!first->phrase && phrase->kind == first->kind)
		first->phrase = phrase;
}

const struct customs_phrase *customs_phrases_first(const struct customs_rules *rules,
                                                   const char *text, enum customs_phrase_kind kind)
{
	struct first first = { .kind = kind };
	struct customs_split split;

	customs_split(text, &split);
	customs_phrases_find(rules, text, &split, keep_first, &first);
	return first.phrase;
}
