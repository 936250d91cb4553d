/* SPDX-License-Identifier: MIT */
/* What the goods are called: a thing that can be tariffed, in letters that can be read. */
#include "customs_lint.h"

#include <string.h>

/* The phrase that covers most words from 'at'; of equals the one of the gravest kind. */
static const struct customs_phrase *longest(const struct customs_rules *rules,
                                            const struct customs_split *split, unsigned at,
                                            unsigned *ret_covered)
{
	const struct customs_phrase *best = NULL;

	*ret_covered = 0;
	for (unsigned i = 0; i < rules->phrase_count; i++) {
		const struct customs_phrase *phrase = &rules->phrases[i];
		unsigned covered;

		if (phrase->kind > PHRASE_CONTEXT)
			continue;
		covered = customs_phrase_covers(customs_text(rules, phrase->text), split, at);
		if (covered > *ret_covered ||
		    (covered > 0 && covered == *ret_covered && phrase->kind < best->kind)) {
			best = phrase;
			*ret_covered = covered;
		}
	}
	return best;
}

/* A model number, a size, a single letter: does not say what a thing is. */
static bool is_code(const char *word)
{
	return word[1] == '\0' || strpbrk(word, "0123456789");
}

/* The kinds of phrases that the words consist of, as bits; 0 when a word is left that says more. */
static unsigned kinds_in(const struct customs_rules *rules, const struct customs_split *split)
{
	unsigned kinds = 1u << PHRASE_FILLER;

	for (unsigned at = 0; at < split->count;) {
		unsigned covered;
		const struct customs_phrase *phrase = longest(rules, split, at, &covered);

		if (phrase)
			kinds |= 1u << phrase->kind;
		else if (!is_code(split->words[at]))
			return 0;
		at += phrase ? covered : 1;
	}
	return kinds;
}

static void say_vague(struct customs_lint *lint, int item, const char *description)
{
	char quote[CUSTOMS_QUOTE];

	customs_say(lint, RULE_VAGUE_DESCRIPTION, item,
	            "'%s' does not say what it is: name the thing and its material, "
	            "as in 'snake chain necklace, brass'",
	            customs_quote(description, quote));
}

static void say_customary(struct customs_lint *lint, int item, const char *description)
{
	char quote[CUSTOMS_QUOTE];

	customs_say_at_most(lint, CUSTOMS_ASK, RULE_VAGUE_DESCRIPTION, item,
	                    "'%s' is customary and vague: customs services may refuse it; "
	                    "is there a better word?",
	                    customs_quote(description, quote));
}

/* Letters of another script outnumber the Latin ones. */
static bool is_foreign(const struct customs_split *split)
{
	return split->others > 0 && split->latin <= split->others;
}

static bool says_nothing(const struct customs_split *split)
{
	return split->count == 0 && split->others == 0;
}

static void check_item(struct customs_lint *lint, int at, bool *asked)
{
	const char *description = lint->notice->items[at].description;
	struct customs_split split;
	char quote[CUSTOMS_QUOTE];
	unsigned kinds;

	customs_split(description, &split);
	if (says_nothing(&split)) {
		customs_say(lint, RULE_MISSING_DESCRIPTION, at, "there is no description");
		return;
	}
	if (is_foreign(&split)) {
		customs_say(lint, RULE_NOT_LATIN, at,
		            "'%s' cannot be read abroad: describe it in English or French",
		            customs_quote(description, quote));
		return;
	}
	kinds = lint->documents ? 0 : kinds_in(lint->rules, &split);
	if (kinds & 1u << PHRASE_VAGUE || kinds == 1u << PHRASE_FILLER) {
		say_vague(lint, at, description);
	} else if (kinds & 1u << PHRASE_CUSTOMARY && !*asked) {
		*asked = true;
		say_customary(lint, at, description);
	}
}

static void check_address_text(struct customs_lint *lint, enum customs_level level, const char *who,
                               const char *what, const char *text)
{
	struct customs_split split;
	char quote[CUSTOMS_QUOTE];

	customs_split(text, &split);
	if (split.others > 0 && split.latin == 0)
		customs_say_at_most(lint, level, RULE_NOT_LATIN, CUSTOMS_NO_ITEM,
		                    "the %s's %s '%s' is not in Latin letters: give it so, and "
		                    "the original beside it",
		                    who, what, customs_quote(text, quote));
}

/* Without a city in Latin letters an item cannot be sorted on its way; the rest is read there. */
static void check_party(struct customs_lint *lint, const char *who,
                        const struct notice_party *party)
{
	check_address_text(lint, CUSTOMS_HOLD, who, "city", party->city);
	check_address_text(lint, CUSTOMS_ASK, who, "name", party->name);
	for (unsigned i = 0; i < party->line_count; i++)
		check_address_text(lint, CUSTOMS_ASK, who, "address line", party->lines[i]);
}

void customs_check_words(struct customs_lint *lint)
{
	bool asked = false;

	for (int i = 0; i < lint->notice->item_count; i++)
		check_item(lint, i, &asked);
	check_party(lint, "recipient", &lint->notice->recipient);
	check_party(lint, "sender", &lint->notice->sender);
}
