/* SPDX-License-Identifier: MIT */
#include "web_form.h"

#include <string.h>

#include "utf8.h"

static int digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + ('a' - 'A') : c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* In place: the decoded text is never longer. */
static bool decode(char *text)
{
	char *to = text;

	for (const char *at = text; *at; at++) {
		if (*at == '%') {
			int high = digit(at[1]), low = high < 0 ? -1 : digit(at[2]);

			if (low < 0 || (high | low) == 0)
				return false;
			*to++ = (char)(high << 4 | low);
			at += 2;
		} else {
			*to++ = *at == '+' ? ' ' : *at;
		}
	}
	*to = '\0';
	return utf8_valid(text, (size_t)(to - text));
}

bool web_form_parse(char *body, struct web_form *ret_form)
{
	ret_form->count = 0;
	for (char *at = body, *next; at && *at; at = next) {
		char *value;

		next = strchr(at, '&');
		if (next)
			*next++ = '\0';
		value = strchr(at, '=');
		if (value)
			*value++ = '\0';
		if (ret_form->count == WEB_FIELDS || !decode(at) || (value && !decode(value)))
			return false;
		ret_form->fields[ret_form->count].name = at;
		ret_form->fields[ret_form->count++].value = value ? value : "";
	}
	return true;
}

const char *web_field(const struct web_form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->fields[i].name, name) == 0)
			return form->fields[i].value;
	return "";
}
