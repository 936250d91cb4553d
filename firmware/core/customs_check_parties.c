/* SPDX-License-Identifier: MIT */
/* Who sends and who receives: what the destination needs to clear and deliver. */
#include "customs_lint.h"

#include <stdio.h>
#include <string.h>

#define POSTCODE_SIZE 24

static void add_word(const struct customs_lint *lint, char *list, size_t size, const char *word)
{
	size_t used = strlen(list);

	snprintf(list + used, size - used, "%s%s", used ? customs_in(lint, ", ") : "",
	         customs_in(lint, word));
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Letters or digits: "-" is none. */
static bool says_something(const char *text)
{
	for (; *text; text++)
		if ((*text & 0x80) || is_digit(*text) || is_letter(*text))
			return true;
	return false;
}

/* Letters, and digits beside them: "3M" has two, "4711" none. */
static unsigned count_letters(const char *text)
{
	unsigned letters = 0, digits = 0;

	for (; *text; text++) {
		letters += is_letter(*text);
		digits += is_digit(*text);
	}
	return letters > 0 ? letters + digits : 0;
}

/* At least five digits, and not one of them again and again. */
static bool is_phone(const char *text)
{
	char first = '\0';
	unsigned digits = 0;
	bool others = false;

	for (; *text; text++) {
		if (!is_digit(*text))
			continue;
		first = first ? first : *text;
		others |= *text != first;
		digits++;
	}
	return digits >= 5 && others;
}

/* Names the wanted fields that are blank, or as good as that. */
static void list_missing(const struct customs_lint *lint, const struct notice_party *party,
                         unsigned wanted, char *list, size_t size)
{
	const bool phone = is_phone(party->phone), email = strchr(party->email, '@') != NULL;
	const struct {
		unsigned need;
		bool there;
		const char *name;
	} fields[] = {
		{ CUSTOMS_NEED_POSTCODE, says_something(party->postcode), "postcode" },
		{ CUSTOMS_NEED_REGION, says_something(party->region), "state or region" },
		{ CUSTOMS_NEED_PHONE, phone, "phone" },
		{ CUSTOMS_NEED_EMAIL, email, "e-mail" },
		{ CUSTOMS_NEED_CONTACT, phone || email, "phone or e-mail" },
		{ CUSTOMS_NEED_TAX_ID, says_something(party->tax_id), "tax number" },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (wanted & fields[i].need && !fields[i].there)
			add_word(lint, list, size, fields[i].name);
}

/* A name, looked through for words that are all of it. */
struct whole {
	unsigned words;
	bool nobody;
};

static void look_for_nobody(void *owner, const struct customs_phrase *phrase, unsigned at,
                            unsigned covers)
{
	struct whole *whole = owner;

	whole->nobody |= phrase->kind == PHRASE_NOBODY && at == 0 && covers == whole->words;
}

/* "N/A", "unknown", "Mr": nobody and no place is called so. */
static bool is_nobody(const struct customs_lint *lint, const char *name, unsigned least_letters)
{
	struct customs_split split;
	struct whole whole = { 0 };

	customs_split(name, &split);
	if (split.others == 0 && split.latin < least_letters && count_letters(name) < least_letters)
		return true;
	whole.words = split.count;
	customs_phrases_find(lint->rules, "", &split, look_for_nobody, &whole);
	return whole.nobody;
}

static void list_missing_address(const struct customs_lint *lint, const struct notice_party *party,
                                 char *list, size_t size)
{
	bool line = false;

	for (unsigned i = 0; i < party->line_count; i++)
		line |= says_something(party->lines[i]) && !is_nobody(lint, party->lines[i], 0);
	if (is_nobody(lint, party->name, 2) && is_nobody(lint, party->company, 2))
		add_word(lint, list, size, "name");
	if (!line)
		add_word(lint, list, size, "address line");
	if (is_nobody(lint, party->city, 1))
		add_word(lint, list, size, "city");
	if (customs_blank(party->country))
		add_word(lint, list, size, "country");
}

static void check_complete(struct customs_lint *lint, const struct notice_party *to)
{
	char missing[120] = "", better[120] = "";
	unsigned said = lint->requires;

	if (said & (CUSTOMS_NEED_PHONE | CUSTOMS_NEED_EMAIL))
		said |= CUSTOMS_NEED_CONTACT;

	list_missing_address(lint, to, missing, sizeof(missing));
	list_missing(lint, to, lint->requires, missing, sizeof(missing));
	if (missing[0])
		customs_say(lint, RULE_RECIPIENT_INCOMPLETE, CUSTOMS_NO_ITEM,
		            "the recipient lacks: %s", missing);
	list_missing(lint, to, lint->advises & ~said, better, sizeof(better));
	if (better[0])
		customs_say(lint, RULE_RECIPIENT_BETTER, CUSTOMS_NO_ITEM,
		            "goes more smoothly with: %s", better);
}

/* In capitals, without blanks and hyphens; a country's letters in front ("LV-1001") stay. */
static void squeeze_postcode(const char *postcode, char ret_postcode[POSTCODE_SIZE])
{
	size_t len = 0;

	for (; *postcode && len + 1 < POSTCODE_SIZE; postcode++) {
		if (*postcode == ' ' || *postcode == '-')
			continue;
		ret_postcode[len++] = *postcode >= 'a' && *postcode <= 'z'
		                              ? (char)(*postcode - 'a' + 'A')
		                              : *postcode;
	}
	ret_postcode[len] = '\0';
}

/* A country's letters with a hyphen behind them, as in "D-50667"; 0: none. */
static size_t prefix_length(const char *postcode)
{
	size_t letters = 0;

	while (letters < 4 && ((postcode[letters] >= 'A' && postcode[letters] <= 'Z') ||
	                       (postcode[letters] >= 'a' && postcode[letters] <= 'z')))
		letters++;
	return letters < 4 && postcode[letters] == '-' ? letters : 0;
}

enum postcode_form {
	POSTCODE_UNKNOWN, /* the country has no row */
	POSTCODE_FITS,
	POSTCODE_WRONG,
};

static enum postcode_form form_of(const struct customs_rules *rules, const char *country,
                                  const char *postcode, size_t skip)
{
	size_t prefix = strncmp(postcode, country, 2) == 0 ? 2 : skip;
	enum postcode_form form = POSTCODE_UNKNOWN;

	for (unsigned i = 0; i < rules->postcode_count; i++) {
		const char *pattern = customs_text(rules, rules->postcodes[i].pattern);

		if (strcmp(rules->postcodes[i].country, country) != 0)
			continue;
		if (customs_matches(pattern, postcode) ||
		    (prefix && customs_matches(pattern, postcode + prefix)))
			return POSTCODE_FITS;
		form = POSTCODE_WRONG;
	}
	return form;
}

static void check_postcode(struct customs_lint *lint, const struct notice_party *to)
{
	char postcode[1 + POSTCODE_SIZE] = "0", quote[CUSTOMS_QUOTE];
	char *given = postcode + 1;

	squeeze_postcode(to->postcode, given);
	if (!given[0] ||
	    form_of(lint->rules, to->country, given, prefix_length(to->postcode)) != POSTCODE_WRONG)
		return;
	customs_quote(to->postcode, quote);
	if (form_of(lint->rules, to->country, postcode, 0) == POSTCODE_FITS)
		customs_say(lint, RULE_POSTCODE_FORM, CUSTOMS_NO_ITEM,
		            "'%s' is no postcode of %s; was it %s, its 0 lost in a spreadsheet?",
		            quote, to->country, postcode);
	else
		customs_say(lint, RULE_POSTCODE_FORM, CUSTOMS_NO_ITEM,
		            "'%s' has not the form of a postcode of %s", quote, to->country);
}

/* The number itself stays out of the text: whoever reads it can use it. */
static void check_ioss(struct customs_lint *lint)
{
	const char *ioss = lint->notice->ioss;

	if (customs_blank(ioss))
		return;
	if (!customs_matches("IM##########", ioss))
		customs_say(lint, RULE_IOSS, CUSTOMS_NO_ITEM,
		            "the IOSS number is not IM and ten digits");
	else if (!lint->ioss)
		customs_say_at_most(lint, CUSTOMS_NOTE, RULE_IOSS, CUSTOMS_NO_ITEM,
		                    "an IOSS number has no meaning in %s",
		                    lint->notice->recipient.country);
}

static void check_office_box(struct customs_lint *lint, const struct notice_party *to)
{
	if (!lint->method || !lint->method->street_only)
		return;
	for (unsigned line = 0; line < to->line_count; line++)
		if (customs_phrases_first(lint->rules, to->lines[line], PHRASE_OFFICE_BOX)) {
			customs_say(lint, RULE_OFFICE_BOX, CUSTOMS_NO_ITEM,
			            "this method does not deliver to a post office box");
			return;
		}
}

/* A notice without a sender of its own takes the configuration's. */
static void check_sender(struct customs_lint *lint, const struct notice_party *from)
{
	char missing[120] = "";

	if (customs_blank(from->name) && customs_blank(from->company))
		return;
	list_missing_address(lint, from, missing, sizeof(missing));
	if (missing[0])
		customs_say(lint, RULE_SENDER_INCOMPLETE, CUSTOMS_NO_ITEM, "the sender lacks: %s",
		            missing);
	if (!customs_blank(from->country))
		customs_check_country(lint, CUSTOMS_NO_ITEM, "the sender's country", from->country);
}

void customs_check_parties(struct customs_lint *lint)
{
	const struct notice_party *to = &lint->notice->recipient;

	if (!customs_blank(to->country))
		customs_check_country(lint, CUSTOMS_NO_ITEM, "the recipient's country",
		                      to->country);
	check_complete(lint, to);
	check_postcode(lint, to);
	customs_check_tax_id(lint, to);
	check_office_box(lint, to);
	check_ioss(lint);
	check_sender(lint, &lint->notice->sender);
}
