/* SPDX-License-Identifier: MIT */
#include "words.h"

#include <stdio.h>
#include <string.h>

#include "utf8.h"

#define KEY_MAX 128

extern const struct words_entry words_zh[], words_en[];
extern const size_t words_zh_count, words_en_count;

enum words_language words_language_of(const char *code)
{
	return strncmp(code, "en", 2) == 0 ? WORDS_EN : WORDS_ZH;
}

const char *words_language_code(enum words_language language)
{
	return language == WORDS_EN ? "en" : "zh";
}

static const char *search(const struct words_entry *table, size_t count, const char *key)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(key, table[middle].key);

		if (order == 0)
			return table[middle].text;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const char *words_find(enum words_language language, const char *area, const char *key)
{
	char name[KEY_MAX];
	int len = snprintf(name, sizeof(name), "%s%s%s", area, area[0] ? "." : "", key);

	if (len < 0 || (size_t)len >= sizeof(name))
		return NULL;
	return language == WORDS_EN ? search(words_en, words_en_count, name)
	                            : search(words_zh, words_zh_count, name);
}

const char *words_get(enum words_language language, const char *area, const char *key)
{
	const char *text = words_find(language, area, key);

	return text ? text : key;
}

void words_fill(char *to, size_t size, const char *text, const char *const *gaps, size_t count)
{
	size_t used = 0;

	to[0] = '\0';
	while (*text && used + 1 < size) {
		size_t gap =
			(size_t)(text[0] == '{' && text[1] && text[2] == '}' ? text[1] - '0' : 10);
		size_t len = gap < count ? 1 : utf8_length(text, strlen(text));

		len = len ? len : 1;
		if (gap < count) {
			utf8_copy(to + used, size - used, gaps[gap]);
			used += strlen(to + used);
			text += 3;
		} else if (used + len < size) {
			memcpy(to + used, text, len);
			used += len;
			to[used] = '\0';
			text += len;
		} else {
			break;
		}
	}
}
