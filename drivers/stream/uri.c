/* SPDX-License-Identifier: MIT */
#include "stream/uri.h"

#include <stdint.h>
#include <string.h>

bool uri_has_scheme(const char *uri, const char *scheme)
{
	size_t len = strlen(scheme);

	return strncmp(uri, scheme, len) == 0 && uri[len] == ':';
}

static struct uri_option *find_option(struct uri_option *options, size_t count, const char *name,
                                      size_t len)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(options[i].name) == len && memcmp(options[i].name, name, len) == 0)
			return &options[i];
	return NULL;
}

/* One "name=value" of len bytes. */
static enum hal_status set_option(const char *text, size_t len, struct uri_option *options,
                                  size_t count, struct hal_fault *reterr_fault)
{
	const char *equals = memchr(text, '=', len);
	size_t name_len = equals ? (size_t)(equals - text) : len;
	struct uri_option *option = find_option(options, count, text, name_len);
	size_t value_len = equals ? len - name_len - 1 : 0;

	if (!option) {
		hal_fault_set(reterr_fault, "unknown option '%.*s'", (int)name_len, text);
		return HAL_E_ARG;
	}
	if (value_len == 0 || value_len >= URI_VALUE_MAX) {
		hal_fault_set(reterr_fault, "option '%s' has no usable value", option->name);
		return HAL_E_ARG;
	}
	memcpy(option->value, equals + 1, value_len);
	option->value[value_len] = '\0';
	return HAL_OK;
}

static enum hal_status parse_options(const char *at, struct uri_option *options, size_t count,
                                     struct hal_fault *reterr_fault)
{
	enum hal_status status = HAL_OK;

	while (*at && status == HAL_OK) {
		size_t len = strcspn(at, "&");

		status = set_option(at, len, options, count, reterr_fault);
		at += len;
		at += *at == '&';
	}
	return status;
}

enum hal_status uri_parse(const char *uri, char *ret_body, struct uri_option *options,
                          size_t option_count, struct hal_fault *reterr_fault)
{
	const char *body = strchr(uri, ':') + 1;
	size_t len = strcspn(body, "?");

	if (len == 0 || len >= URI_BODY_MAX) {
		hal_fault_set(reterr_fault, "'%s' does not say which device", uri);
		return HAL_E_ARG;
	}
	memcpy(ret_body, body, len);
	ret_body[len] = '\0';
	return parse_options(body[len] ? body + len + 1 : "", options, option_count, reterr_fault);
}

enum hal_status uri_parse_path(const char *uri, char *ret_path, struct hal_fault *reterr_fault)
{
	enum hal_status status = uri_parse(uri, ret_path, NULL, 0, reterr_fault);

	if (status == HAL_OK && ret_path[0] != '/') {
		hal_fault_set(reterr_fault, "'%s' is not a path that begins with '/'", ret_path);
		return HAL_E_ARG;
	}
	return status;
}

bool uri_number(const char *text, unsigned max, unsigned *ret_number)
{
	uint64_t number = 0;

	if (!*text)
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		number = number * 10 + (uint64_t)(*text - '0');
		if (number > max)
			return false;
	}
	*ret_number = (unsigned)number;
	return true;
}
