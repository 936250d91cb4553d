/* SPDX-License-Identifier: MIT */
/* stationctl person: who may sign in. */
#include <crypt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl.h"
#include "ctl_door.h"
#include "ctl_store.h"
#include "inbox.h"
#include "pin.h"

static int usage(FILE *out)
{
	fputs("usage: stationctl person list\n"
	      "       stationctl person add ID NAME [--badge CODE] [--supervisor] [--pin-stdin]\n"
	      "                                     [--language zh|en]\n"
	      "       stationctl person remove ID\n"
	      "       stationctl person hash | match\n\n"
	      "The badge's barcode is PS-BADGE-CODE; without --badge the code is the ID.\n"
	      "A supervisor's PIN is read from standard input and kept as a yescrypt hash.\n"
	      "hash writes that hash; match reads a hash and a PIN, a line each, and exits 0 when\n"
	      "they belong together: the daemon asks it so.\n",
	      out);
	return out == stdout ? CTL_DONE : CTL_USAGE;
}

static bool read_line(char *line, int size)
{
	if (!fgets(line, size, stdin))
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	return line[0] != '\0';
}

/* The next line of standard input as a hash; false when it is no PIN. */
static bool read_pin(struct person *person)
{
	char pin[160] = "";

	return read_line(pin, sizeof(pin)) && pin_hash(pin, person->secret, sizeof(person->secret));
}

static int hash(void)
{
	struct person person;

	if (!read_pin(&person))
		return CTL_NO;
	puts(person.secret);
	return CTL_DONE;
}

static int match(void)
{
	char known[160] = "", pin[160] = "";
	struct crypt_data data = { 0 };
	const char *made;

	if (!read_line(known, sizeof(known)) || !read_line(pin, sizeof(pin)))
		return CTL_USAGE;
	made = crypt_r(pin, known, &data);
	return made && made[0] != '*' && strcmp(made, known) == 0 ? CTL_DONE : CTL_NO;
}

static bool take_option(struct person *person, char **argv, int *at, int argc)
{
	const char *name = argv[*at];

	if (strcmp(name, "--supervisor") == 0)
		return person->supervisor = true;
	if (strcmp(name, "--pin-stdin") == 0)
		return read_pin(person);
	if (*at + 1 >= argc)
		return false;
	++*at;
	if (strcmp(name, "--badge") == 0)
		snprintf(person->badge, sizeof(person->badge), "%s", argv[*at]);
	else if (strcmp(name, "--language") == 0)
		snprintf(person->language, sizeof(person->language), "%s", argv[*at]);
	else
		return false;
	return true;
}

static int finish(struct store *store, enum hal_status status, const struct hal_fault *fault)
{
	store_close(store);
	if (status == HAL_OK)
		return CTL_DONE;
	fprintf(stderr, "stationctl: %s\n", fault->text);
	return status == HAL_E_ARG ? CTL_NO : CTL_OUTSIDE;
}

static int ask(json_t *request)
{
	return ctl_door_exit(ctl_door_ask(NULL, request, -1, NULL));
}

static int ask_add(const struct person *person)
{
	return ask(json_pack("{s:s, s:s, s:s, s:s, s:b, s:s, s:s}", "do", "person-add", "id",
	                     person->id, "badge", person->badge, "name", person->name, "supervisor",
	                     person->supervisor, "language", person->language, "secret",
	                     person->secret));
}

static int add(int argc, char **argv)
{
	struct person person = { .language = "zh" };
	struct hal_fault fault = { "" };
	struct store *store;
	enum hal_status status;

	if (argc < 2 || !notice_key_ok(argv[0]) || strlen(argv[1]) >= sizeof(person.name))
		return usage(stderr);
	snprintf(person.id, sizeof(person.id), "%s", argv[0]);
	snprintf(person.badge, sizeof(person.badge), "%s", argv[0]);
	snprintf(person.name, sizeof(person.name), "%s", argv[1]);
	for (int i = 2; i < argc; i++)
		if (!take_option(&person, argv, &i, argc))
			return usage(stderr);
	status = ctl_store_open_or_ask(NULL, &store);
	if (status == HAL_E_BUSY)
		return ask_add(&person);
	if (status != HAL_OK)
		return CTL_OUTSIDE;
	return finish(store, inbox_put_person(store, &person, &fault), &fault);
}

static int drop(const char *id)
{
	struct hal_fault fault = { "" };
	struct store *store;
	enum hal_status status = ctl_store_open_or_ask(NULL, &store);

	if (status == HAL_E_BUSY)
		return ask(json_pack("{s:s, s:s}", "do", "person-remove", "id", id));
	if (status != HAL_OK)
		return CTL_OUTSIDE;
	return finish(store, inbox_remove_person(store, id, &fault), &fault);
}

static void print_person(void *context, const struct person *person)
{
	(void)context;
	printf("%s\tPS-BADGE-%s\t%s\t%s\n", person->id, person->badge,
	       person->supervisor ? "supervisor" : "packer", person->name);
}

static int list(void)
{
	struct hal_fault fault = { "the people cannot be read" };
	struct store *store;

	if (ctl_store_open_reading(NULL, &store) != HAL_OK)
		return CTL_OUTSIDE;
	return finish(store, inbox_each_person(store, print_person, NULL), &fault);
}

int ctl_person(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return usage(stdout);
	if (argc == 2 && strcmp(argv[1], "list") == 0)
		return list();
	if (argc == 2 && strcmp(argv[1], "hash") == 0)
		return hash();
	if (argc == 2 && strcmp(argv[1], "match") == 0)
		return match();
	if (argc > 2 && strcmp(argv[1], "add") == 0)
		return add(argc - 2, argv + 2);
	if (argc == 3 && strcmp(argv[1], "remove") == 0)
		return drop(argv[2]);
	return usage(stderr);
}
