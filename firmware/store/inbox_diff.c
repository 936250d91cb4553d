/* SPDX-License-Identifier: MIT */
#include "inbox_diff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "notice_json.h"

struct diff {
	enum inbox_diff_words words;
	char path[NOTICE_JSON_PATH];
	char *text;
	size_t size;
};

static void add(struct diff *diff, const char *text)
{
	size_t used = strlen(diff->text), len = strlen(text);

	if (used + len + 4 < diff->size)
		memcpy(diff->text + used, text, len + 1);
	else if (used + 4 <= diff->size && (used < 3 || strcmp(diff->text + used - 3, "...") != 0))
		memcpy(diff->text + used, "...", 4);
}

static const char *word_in(const json_t *object, const char *key)
{
	const char *word = json_string_value(json_object_get(object, key));

	return word ? word : "";
}

/* Money as "4.50 USD", goods as "QHJ014 x 2". */
static void add_object(struct diff *diff, const json_t *object)
{
	char text[NOTICE_KEY + 32];

	if (json_object_get(object, "currency"))
		snprintf(text, sizeof(text), "%s %s", word_in(object, "amount"),
		         word_in(object, "currency"));
	else
		snprintf(text, sizeof(text), "%s x %lld", word_in(object, "sku"),
		         (long long)json_integer_value(json_object_get(object, "quantity")));
	add(diff, text);
}

static void add_value(struct diff *diff, json_t *value)
{
	char *text;

	if (json_is_string(value)) {
		add(diff, json_string_value(value));
		return;
	}
	if (json_object_get(value, "currency") || json_object_get(value, "sku")) {
		add_object(diff, value);
		return;
	}
	text = value ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15))
	             : NULL;
	add(diff, text ? text : "-");
	free(text);
}

static void add_difference(struct diff *diff, json_t *was, json_t *is)
{
	bool values = diff->words == INBOX_DIFF_VALUES;

	if (values && strstr(diff->path, "purchase_price"))
		return; /* a packer reads these words */
	if (diff->text[0])
		add(diff, values ? "; " : ", ");
	add(diff, diff->path);
	if (!values)
		return;
	add(diff, ": ");
	add_value(diff, was);
	add(diff, " -> ");
	add_value(diff, is);
}

static void compare(struct diff *diff, json_t *was, json_t *is);

static void compare_at(struct diff *diff, const char *step, json_t *was, json_t *is)
{
	size_t mark = strlen(diff->path);

	snprintf(diff->path + mark, sizeof(diff->path) - mark, "%s%s",
	         mark && step[0] != '[' ? "." : "", step);
	compare(diff, was, is);
	diff->path[mark] = '\0';
}

static void compare_objects(struct diff *diff, json_t *was, json_t *is)
{
	const char *key;
	json_t *value;

	json_object_foreach(was, key, value) compare_at(diff, key, value, json_object_get(is, key));
	json_object_foreach(is, key, value) if (!json_object_get(was, key))
		compare_at(diff, key, NULL, value);
}

static void compare_lists(struct diff *diff, json_t *was, json_t *is)
{
	size_t most = json_array_size(was) > json_array_size(is) ? json_array_size(was)
	                                                         : json_array_size(is);
	char step[24];

	for (size_t i = 0; i < most; i++) {
		snprintf(step, sizeof(step), "[%zu]", i);
		compare_at(diff, step, json_array_get(was, i), json_array_get(is, i));
	}
}

/* Objects of the deepest kind (money, an insert) are told as one value. */
static void compare(struct diff *diff, json_t *was, json_t *is)
{
	if (was && is && json_equal(was, is))
		return;
	if (json_is_object(was) && json_is_object(is) && !json_object_get(was, "currency"))
		compare_objects(diff, was, is);
	else if (json_is_array(was) && json_is_array(is))
		compare_lists(diff, was, is);
	else
		add_difference(diff, was, is);
}

void inbox_diff(const struct notice *was, const struct notice *is, enum inbox_diff_words words,
                char *text, size_t size)
{
	struct diff diff = { .words = words, .text = text, .size = size };
	json_t *before = notice_json_build(was, NOTICE_JSON_WHOLE);
	json_t *after = notice_json_build(is, NOTICE_JSON_WHOLE);

	text[0] = '\0';
	json_object_del(before, "revision");
	json_object_del(after, "revision");
	compare(&diff, before, after);
	json_decref(after);
	json_decref(before);
}
