/* SPDX-License-Identifier: MIT */
/*
 * web_form.h - the fields of a posted form
 *
 * Ownership:  names and values point into the body, which is decoded in place.
 * Threads:    any, one at a time.
 * Source:     WHATWG URL Standard, 5.1 application/x-www-form-urlencoded parsing.
 */
#ifndef FIRMWARE_WEB_WEB_FORM_H
#define FIRMWARE_WEB_WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>

#define WEB_FIELDS 64

struct web_form {
	size_t count;
	struct {
		const char *name, *value;
	} fields[WEB_FIELDS];
};

/* body is NUL-terminated.  False: a hole in the encoding, a NUL, broken UTF-8, too many. */
bool web_form_parse(char *body, struct web_form *ret_form);

/* The first field of that name; "" when there is none. */
const char *web_field(const struct web_form *form, const char *name);

#endif /* FIRMWARE_WEB_WEB_FORM_H */
