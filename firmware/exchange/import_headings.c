/* SPDX-License-Identifier: MIT */
#include "import_headings.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ini.h>

#define MOST_NAMES 2000

struct name {
	char section[32];
	char name[96];
	char value[64];
};

struct import_headings {
	struct name *names;
	unsigned count;
	const char *trouble;
};

static bool fits(const char *text, size_t size)
{
	return strlen(text) < size;
}

static int add_name(void *context, const char *section, const char *name, const char *value)
{
	struct import_headings *headings = context;
	struct name *entry = &headings->names[headings->count];

	if (headings->count == MOST_NAMES)
		headings->trouble = "too many names";
	else if (!fits(section, sizeof(entry->section)) || !fits(name, sizeof(entry->name)) ||
	         !fits(value, sizeof(entry->value)))
		headings->trouble = "a name too long";
	else if (!value[0])
		headings->trouble = "nothing behind the equals sign";
	if (headings->trouble)
		return 0;
	snprintf(entry->section, sizeof(entry->section), "%s", section);
	snprintf(entry->name, sizeof(entry->name), "%s", name);
	snprintf(entry->value, sizeof(entry->value), "%s", value);
	headings->count++;
	return 1;
}

enum hal_status import_headings_load(const char *path, struct import_headings **ret_headings,
                                     struct hal_fault *reterr_fault)
{
	struct import_headings *headings = calloc(1, sizeof(*headings));
	int line = -2;

	if (headings)
		headings->names = calloc(MOST_NAMES, sizeof(*headings->names));
	if (headings && headings->names)
		line = ini_parse(path, add_name, headings);
	if (line == 0) {
		*ret_headings = headings;
		return HAL_OK;
	}
	if (line > 0)
		hal_fault_set(reterr_fault, "%s:%d: %s", path, line,
		              headings->trouble ? headings->trouble : "not 'name = value'");
	else
		hal_fault_set(reterr_fault, "%s: %s", path,
		              line == -1 ? strerror(errno) : "out of memory");
	import_headings_destroy(headings);
	return line > 0 ? HAL_E_ARG : HAL_E_SYSTEM;
}

void import_headings_destroy(struct import_headings *headings)
{
	if (!headings)
		return;
	free(headings->names);
	free(headings);
}

const char *import_headings_find(const struct import_headings *headings, const char *section,
                                 const char *name)
{
	for (unsigned i = 0; headings && i < headings->count; i++)
		if (strcmp(headings->names[i].section, section) == 0 &&
		    strcasecmp(headings->names[i].name, name) == 0)
			return headings->names[i].value;
	return NULL;
}
