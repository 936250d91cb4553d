/* SPDX-License-Identifier: MIT */
#include "customs_words.h"

#include <stdint.h>
#include <string.h>

#define LATIN_PLAIN 0x17f
#define LATIN_LAST  0x24f

/* U+00C0 to U+017F without their diacritics; '*' stands for two letters, ' ' is no letter. */
static const char plain[] = "aaaaaa*ceeeeiiiidnooooo ouuuuy**aaaaaa*ceeeeiiiidnooooo ouuuuy*y"
			    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll"
			    "lllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static const struct {
	uint32_t code;
	char letters[3];
} outside[] = {
	{ 0xc6, "ae" },  { 0xde, "th" },  { 0xdf, "ss" },  { 0xe6, "ae" },  { 0xfe, "th" },
	{ 0x132, "ij" }, { 0x133, "ij" }, { 0x152, "oe" }, { 0x153, "oe" }, { 0x1a0, "o" },
	{ 0x1a1, "o" },  { 0x1af, "u" },  { 0x1b0, "u" },  { 0x218, "s" },  { 0x219, "s" },
	{ 0x21a, "t" },  { 0x21b, "t" },
};

/* Reads one code point; a byte that starts none is itself, as in Latin-1. */
static uint32_t next_code(const char **text)
{
	const unsigned char *at = (const unsigned char *)*text;
	unsigned more = at[0] >= 0xf0 ? 3 : at[0] >= 0xe0 ? 2 : at[0] >= 0xc2 ? 1 : 0;
	uint32_t code = more == 3   ? at[0] & 7u
	                : more == 2 ? at[0] & 15u
	                : more      ? at[0] & 31u
	                            : at[0];

	for (unsigned i = 1; i <= more; i++) {
		if ((at[i] & 0xc0) != 0x80) {
			*text += i;
			return 0xfffd;
		}
		code = code << 6 | (at[i] & 0x3fu);
	}
	*text += more + 1;
	return code;
}

struct letters {
	char text[4]; /* small and plain; "" for what is no Latin letter or digit */
	bool other;   /* a letter of another script */
	bool alike;   /* ... that can pass for a Latin one */
	bool silent;  /* an apostrophe, a combining or an invisible mark: parts no words */
};

static struct letters of_latin_extended(uint32_t code)
{
	struct letters letters = { 0 };

	for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++)
		if (outside[i].code == code)
			memcpy(letters.text, outside[i].letters, 3);
	if (!letters.text[0] && code <= LATIN_PLAIN && plain[code - 0xc0] != ' ')
		letters.text[0] = plain[code - 0xc0];
	return letters;
}

/* U+1E00 to U+1EFF: Vietnamese, mostly; the base letters in the order of the block. */
static struct letters of_latin_additional(uint32_t code)
{
	static const struct {
		uint32_t to;
		char letter;
	} runs[] = {
		{ 0x1e01, 'a' }, { 0x1e07, 'b' }, { 0x1e09, 'c' }, { 0x1e13, 'd' }, { 0x1e1d, 'e' },
		{ 0x1e1f, 'f' }, { 0x1e21, 'g' }, { 0x1e2b, 'h' }, { 0x1e2f, 'i' }, { 0x1e35, 'k' },
		{ 0x1e3d, 'l' }, { 0x1e43, 'm' }, { 0x1e4b, 'n' }, { 0x1e53, 'o' }, { 0x1e57, 'p' },
		{ 0x1e5f, 'r' }, { 0x1e69, 's' }, { 0x1e71, 't' }, { 0x1e7b, 'u' }, { 0x1e7f, 'v' },
		{ 0x1e89, 'w' }, { 0x1e8d, 'x' }, { 0x1e8f, 'y' }, { 0x1e95, 'z' }, { 0x1e9f, 's' },
		{ 0x1eb7, 'a' }, { 0x1ec7, 'e' }, { 0x1ecb, 'i' }, { 0x1ee3, 'o' }, { 0x1ef1, 'u' },
		{ 0x1eff, 'y' },
	};
	struct letters letters = { 0 };

	for (size_t i = 0; !letters.text[0]; i++)
		if (code <= runs[i].to)
			letters.text[0] = runs[i].letter;
	return letters;
}

struct block {
	uint32_t from, to;
};

static bool is_in(const struct block *blocks, size_t count, uint32_t code)
{
	for (size_t i = 0; i < count; i++)
		if (code >= blocks[i].from && code <= blocks[i].to)
			return true;
	return false;
}

/* Blocks of letters that are not Latin; punctuation and symbols are in none of them. */
static const struct block others[] = {
	{ 0x250, 0x2af },     { 0x370, 0x1dff },  { 0x1f00, 0x1fff },   { 0x2c00, 0x2dff },
	{ 0x3005, 0x3007 },   { 0x3041, 0x33ff }, { 0x3400, 0x4dbf },   { 0x4e00, 0xa4cf },
	{ 0xa500, 0xd7ff },   { 0xf900, 0xfaff }, { 0xfb13, 0xfdff },   { 0xfe70, 0xfefc },
	{ 0xff21, 0xff3a },   { 0xff41, 0xffdc }, { 0x10000, 0x1cfff }, { 0x1d400, 0x1d7ff },
	{ 0x20000, 0x3ffff },
};

/* Of these the ones drawn like Latin: phonetic, Greek, Cyrillic, Armenian, wide, mathematical. */
static const struct block alikes[] = {
	{ 0x250, 0x2af },   { 0x370, 0x3a8 },   { 0x3aa, 0x3bb },     { 0x3bd, 0x58f },
	{ 0xff21, 0xff3a }, { 0xff41, 0xff5a }, { 0x1d400, 0x1d7ff },
};

/* Soft hyphens, joiners, marks of direction: copied along with a text and never seen. */
static const struct block invisible[] = {
	{ 0xad, 0xad },     { 0x300, 0x36f },   { 0x200b, 0x200f }, { 0x202a, 0x202e },
	{ 0x2060, 0x2069 }, { 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff },
};

#define IS_IN(blocks, code) is_in((blocks), sizeof(blocks) / sizeof((blocks)[0]), (code))

static struct letters read_letters(uint32_t code)
{
	struct letters letters = { 0 };

	if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9'))
		letters.text[0] = (char)code;
	else if (code >= 'A' && code <= 'Z')
		letters.text[0] = (char)(code - 'A' + 'a');
	else if (code >= 0xc0 && code <= LATIN_LAST)
		return of_latin_extended(code);
	else if (code >= 0x1e00 && code <= 0x1eff)
		return of_latin_additional(code);
	else if (code == '\'' || code == 0x2019 || IS_IN(invisible, code))
		letters.silent = true;
	letters.other = IS_IN(others, code);
	letters.alike = IS_IN(alikes, code);
	return letters;
}

static bool has_digit(const char *word)
{
	return strpbrk(word, "0123456789") != NULL;
}

/* "brass necklace and accessories" */
static bool is_joining(const char *word)
{
	return strcmp(word, "and") == 0 || strcmp(word, "with") == 0 || strcmp(word, "plus") == 0;
}

static void end_word(struct customs_split *split, size_t *len)
{
	if (*len == 0)
		return;
	split->words[split->count][*len] = '\0';
	if (!has_digit(split->words[split->count]))
		split->latin += (unsigned)*len;
	if (is_joining(split->words[split->count]))
		split->clauses |= UINT64_C(1) << split->count;
	split->count++;
	*len = 0;
}

/* A clause ends: "phone accessories: silicone case (black)" has three. */
static bool is_between(char c)
{
	return c && strchr(":;,()[]|/&+\n", c);
}

static bool is_latin(const struct letters *letters)
{
	return letters->text[0] && !(letters->text[0] >= '0' && letters->text[0] <= '9');
}

void customs_split(const char *text, struct customs_split *ret_split)
{
	struct letters before = { 0 };
	bool between = true;
	size_t len = 0;

	ret_split->count = ret_split->latin = ret_split->others = 0;
	ret_split->mixed = false;
	ret_split->clauses = 0;
	while (*text && ret_split->count < CUSTOMS_MAX_WORDS) {
		bool parts = is_between(*text);
		struct letters letters = read_letters(next_code(&text));

		between |= parts;
		ret_split->others += letters.other;
		ret_split->mixed |= (is_latin(&before) && letters.alike) ||
		                    (before.alike && is_latin(&letters));
		if (!letters.text[0] && !letters.silent)
			end_word(ret_split, &len);
		if (letters.text[0] && len == 0 && between) {
			ret_split->clauses |= UINT64_C(1) << ret_split->count;
			between = false;
		}
		for (const char *c = letters.text; *c; c++)
			if (len + 1 < CUSTOMS_WORD_SIZE)
				ret_split->words[ret_split->count][len++] = *c;
		if (!letters.silent)
			before = letters;
	}
	if (ret_split->count < CUSTOMS_MAX_WORDS)
		end_word(ret_split, &len);
}

bool customs_join(const struct customs_split *split, char *text, size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < split->count; i++) {
		size_t len = strlen(split->words[i]);

		if (used + len + 2 > size)
			return false;
		if (i > 0)
			text[used++] = ' ';
		memcpy(text + used, split->words[i], len + 1);
		used += len;
	}
	return true;
}

/* clang-format off */
/* A form of a word: what it ends in, and what that was in the singular. */
static const struct {
	const char *ends, *was;
} forms[CUSTOMS_FORMS] = {
	{ "", "" }, { "s", "" }, { "es", "" }, { "ies", "y" }, { "ves", "f" }, { "ves", "fe" },
};
/* clang-format on */

bool customs_word_form(const char *word, unsigned form, char ret_word[CUSTOMS_WORD_SIZE])
{
	size_t len = strlen(word), ending = strlen(forms[form].ends);
	size_t stem = len - ending;

	if (len <= ending || len >= CUSTOMS_WORD_SIZE ||
	    memcmp(word + stem, forms[form].ends, ending) != 0)
		return false;
	memcpy(ret_word, word, stem);
	memcpy(ret_word + stem, forms[form].was, strlen(forms[form].was) + 1);
	return true;
}

/* The word is the phrase's last one or a plural of it. */
static bool is_form_of(const char *word, const char *last)
{
	char singular[CUSTOMS_WORD_SIZE];

	if (word[0] != last[0])
		return false;
	for (unsigned form = 0; form < CUSTOMS_FORMS; form++)
		if (customs_word_form(word, form, singular) && strcmp(singular, last) == 0)
			return true;
	return false;
}

unsigned customs_phrase_covers(const char *phrase, const struct customs_split *split, unsigned at)
{
	for (unsigned covered = 0; at + covered < split->count; covered++) {
		const char *word = split->words[at + covered];
		size_t len = 0;

		while (word[len] && word[len] == phrase[len])
			len++;
		if (word[len] != '\0' || phrase[len] != ' ')
			return is_form_of(word, phrase) ? covered + 1 : 0;
		phrase += len + 1;
	}
	return 0;
}

bool customs_phrase_in(const char *phrase, const struct customs_split *split)
{
	for (unsigned at = 0; at < split->count; at++)
		if (customs_phrase_covers(phrase, split, at))
			return true;
	return false;
}
