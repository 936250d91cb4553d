/* SPDX-License-Identifier: MIT */
/*
 * arguments.h - the options of a verb, read by one table
 *
 * Errors:     false: an unknown option, or a value that is missing; said on stderr.
 */
#ifndef TOOLS_CTL_ARGUMENTS_H
#define TOOLS_CTL_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#define ARGUMENTS_MAX 24

struct argument {
	const char *name;  /* without the dashes */
	const char **text; /* where its value goes; NULL: it stands alone, and ... */
	bool *flag;        /* ... this becomes true */
};

/* What is no option is moved to the end, from argv[*ret_first] on. */
bool arguments_take(int argc, char **argv, const struct argument *arguments, size_t count,
                    int *ret_first);

#endif /* TOOLS_CTL_ARGUMENTS_H */
