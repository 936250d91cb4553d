/* SPDX-License-Identifier: MIT */
#include "arguments.h"

#include <assert.h>
#include <getopt.h>

bool arguments_take(int argc, char **argv, const struct argument *arguments, size_t count,
                    int *ret_first)
{
	struct option options[ARGUMENTS_MAX + 1] = { { .name = NULL } };
	int at;

	assert(count <= ARGUMENTS_MAX);
	for (size_t i = 0; i < count; i++)
		options[i] = (struct option){
			.name = arguments[i].name,
			.has_arg = arguments[i].text ? required_argument : no_argument,
		};
	optind = 0; /* getopt begins anew */
	while (at = -1, getopt_long(argc, argv, "", options, &at) != -1) {
		if (at < 0)
			return false;
		if (arguments[at].text)
			*arguments[at].text = optarg;
		else
			*arguments[at].flag = true;
	}
	*ret_first = optind;
	return true;
}
