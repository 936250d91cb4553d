/* SPDX-License-Identifier: MIT */
/* stationctl label: dispatches to its own words. */
#include "ctl_label.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "ctl.h"

/* clang-format off */
static const struct {
	const char *name;
	const char *summary;
	int (*run)(int argc, char **argv);
} words[] = {
	{ "render", "a notice's label as a picture, a page or a printer's bytes", ctl_label_render },
	{ "check", "say what customs would stumble over", ctl_label_check },
	{ "of", "the label of a stored parcel, as a picture", ctl_label_of },
	{ NULL, NULL, NULL },
};
/* clang-format on */

static void print_help(FILE *out)
{
	fputs("usage: stationctl label WORD [ARGUMENT...]\n\n", out);
	for (size_t i = 0; words[i].name; i++)
		fprintf(out, "  %-8s %s\n", words[i].name, words[i].summary);
	fputs("\nstationctl label WORD --help tells more.\n", out);
}

int ctl_label(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";

	for (size_t i = 0; words[i].name; i++)
		if (strcmp(words[i].name, word) == 0)
			return words[i].run(argc - 1, argv + 1);
	if (strcmp(word, "--help") == 0) {
		print_help(stdout);
		return CTL_DONE;
	}
	if (*word)
		fprintf(stderr, "label: no word '%s'\n", word);
	print_help(stderr);
	return CTL_USAGE;
}
