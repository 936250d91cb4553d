/* SPDX-License-Identifier: MIT */
/* stationctl import: notices, catalogue and carrier weights from files. */
#include "ctl.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "ctl_store.h"
#include "import.h"
#include "rules.h"

static const char usage[] =
	"usage: stationctl import FILE [OPTION...]\n"
	"Takes notices in; '-' is standard input.  A notice with a bad row stays out whole.\n\n"
	"  --format csv|jsonl     default: found out\n"
	"  --catalogue            FILE is the catalogue\n"
	"  --carrier-weights      FILE is what the carrier weighed: tracking, weight_g, date\n"
	"  --dry-run              says what would be refused, writes nothing\n"
	"  --charset NAME         utf-8, gb18030 (CSV; default: found out)\n"
	"  --delimiter C          between the cells (default: found out)\n"
	"  --headings FILE        what other headings and words mean\n"
	"  --rules FOLDER         the lint's rules\n"
	"  --no-lint              takes notices in without looking at the declaration\n"
	"  --db FILE              the database, instead of the configuration's\n\n"
	"One JSON object a refused row, one a lint finding; a summary on stderr.\n"
	"Exit: 0 all went in, 1 a row was refused, 2 wrong usage, 3 something outside failed.\n";

enum what {
	NOTICES,
	CATALOGUE,
	CARRIER_WEIGHTS,
};

struct request {
	const char *file, *db, *headings, *rules;
	enum what what;
	enum import_format format;
	enum csv_charset charset;
	char delimiter;
	bool dry_run, no_lint, help;
};

/* ---- Arguments ------------------------------------------------------------------------------- */

static bool set_format(const char *text, struct request *request)
{
	if (strcmp(text, "csv") == 0)
		request->format = IMPORT_CSV;
	else if (strcmp(text, "jsonl") == 0)
		request->format = IMPORT_JSONL;
	else
		return false;
	return true;
}

static bool set_delimiter(const char *text, struct request *request)
{
	request->delimiter = strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0 ? '\t' : text[0];
	return request->delimiter == '\t' || (text[0] && !text[1]);
}

static bool set_option(int option, const char *text, struct request *request)
{
	switch (option) {
	case 'f':
		return set_format(text, request);
	case 'c':
		request->what = CATALOGUE;
		return true;
	case 'w':
		request->what = CARRIER_WEIGHTS;
		return true;
	case 'n':
		request->dry_run = true;
		return true;
	case 's':
		request->charset = csv_find_charset(text);
		return request->charset != CSV_FIND_OUT;
	case 'd':
		return set_delimiter(text, request);
	case 'm':
		request->headings = text;
		return true;
	case 'r':
		request->rules = text;
		return true;
	case 'l':
		request->no_lint = true;
		return true;
	case 'b':
		request->db = text;
		return true;
	case 'h':
		request->help = true;
		return true;
	default: /* open: getopt's characters */
		return false;
	}
}

static bool parse_arguments(int argc, char **argv, struct request *ret_request)
{
	static const struct option options[] = {
		{ "format", required_argument, NULL, 'f' },
		{ "catalogue", no_argument, NULL, 'c' },
		{ "carrier-weights", no_argument, NULL, 'w' },
		{ "dry-run", no_argument, NULL, 'n' },
		{ "charset", required_argument, NULL, 's' },
		{ "delimiter", required_argument, NULL, 'd' },
		{ "headings", required_argument, NULL, 'm' },
		{ "rules", required_argument, NULL, 'r' },
		{ "no-lint", no_argument, NULL, 'l' },
		{ "db", required_argument, NULL, 'b' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	optind = 1;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
		if (!set_option(option, optarg, ret_request)) {
			if (option != '?')
				fprintf(stderr, "import: '%s' is none\n", optarg ? optarg : "");
			return false;
		}
	if (ret_request->help)
		return true;
	ret_request->file = argv[optind];
	return optind + 1 == argc;
}

/* ---- What is printed ------------------------------------------------------------------------- */

static void print(json_t *object)
{
	json_dumpf(object, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(object);
}

static json_t *text_of(const char *text)
{
	json_t *string = json_string(text);

	return string ? string : json_string("(not UTF-8)");
}

static json_t *describe(const struct import_fault *fault)
{
	json_t *object = json_object();

	json_object_set_new(object, "column", text_of(fault->column));
	json_object_set_new(object, "reason", text_of(fault->reason));
	if (fault->field[0] && strcmp(fault->field, fault->column) != 0)
		json_object_set_new(object, "field", text_of(fault->field));
	return object;
}

static void print_refusal(void *context, const struct import_refusal *refusal)
{
	json_t *object = json_object(), *also = json_array();

	(void)context;
	json_object_set_new(object, "line", json_integer(refusal->line));
	for (unsigned i = 0; i < refusal->count; i++) {
		json_t *fault = describe(&refusal->faults[i]);

		if (i == 0)
			json_object_update_new(object, fault);
		else
			json_array_append_new(also, fault);
	}
	if (refusal->notice[0])
		json_object_set_new(object, "notice", text_of(refusal->notice));
	if (json_array_size(also) > 0)
		json_object_set(object, "also", also);
	json_decref(also);
	print(object);
}

static void print_finding(const struct import_arrival *arrival,
                          const struct customs_finding *finding)
{
	json_t *item = finding->item < 0 ? json_null() : json_integer(finding->item);

	print(json_pack("{s:s, s:I, s:s, s:s, s:s, s:o}", "notice", arrival->notice->number, "line",
	                (json_int_t)arrival->line, "level", customs_level_name(finding->level),
	                "rule", finding->rule, "text", finding->text, "item", item));
}

static void print_arrival(void *context, const struct import_arrival *arrival)
{
	const struct inbox_put_result *result = arrival->result;

	(void)context;
	for (unsigned i = 0; i < arrival->findings->count; i++)
		print_finding(arrival, &arrival->findings->findings[i]);
	if (result->outcome == INBOX_REVISED)
		fprintf(stderr, "import: %s revised: %s\n", arrival->notice->number,
		        result->changes);
	if (result->on_bench[0])
		fprintf(stderr, "import: %s lies on %s, which must stop\n", arrival->notice->number,
		        result->on_bench);
	if (result->recalled > 0)
		fprintf(stderr, "import: %s: %u labels void; bring the parcels back\n",
		        arrival->notice->number, result->recalled);
}

static void print_summary(const struct request *request, const struct import_totals *totals)
{
	const char *would = request->dry_run ? "would be " : "";

	fprintf(stderr, "import: %" PRId64 " rows, %" PRId64 " refused", totals->rows,
	        totals->refused_rows);
	if (request->what != NOTICES) {
		fprintf(stderr, ", %" PRId64 " %staken in\n", totals->entries, would);
		return;
	}
	fprintf(stderr,
	        " (%" PRId64 " notices); %s%" PRId64 " added, %" PRId64 " revised, %" PRId64
	        " stopped, %" PRId64 " known already; %" PRId64 " findings, %" PRId64 " held\n",
	        totals->refused_notices, would, totals->in[INBOX_ADDED], totals->in[INBOX_REVISED],
	        totals->in[INBOX_STOPPED], totals->in[INBOX_SAME], totals->findings, totals->held);
}

/* ---- The work -------------------------------------------------------------------------------- */

static void look(void *context, const struct notice *notice, bool tracking_used,
                 struct customs_report *ret_report)
{
	const struct customs_case what = { .notice = notice, .tracking_used = tracking_used };

	customs_lint(context, &what, ret_report);
}

static struct customs_rules *load_rules(const struct request *request)
{
	struct customs_rules *rules = malloc(sizeof(*rules));
	struct hal_fault fault = { 0 };
	char beside[PATH_MAX];
	const struct config *config = ctl_config();
	const char *folder = request->rules;

	if (!folder && ctl_config_path && config)
		folder = config->bench.rules;
	if (!folder && ctl_find_data("rules", beside, sizeof(beside)))
		folder = beside;
	if (rules && folder && rules_load(folder, rules, &fault) == HAL_OK)
		return rules;
	fprintf(stderr, "import: %s\n",
	        folder ? fault.text : "no rules found (--rules, --no-lint)");
	free(rules);
	return NULL;
}

static bool load_headings(const struct request *request, struct import_headings **ret_headings)
{
	struct hal_fault fault = { 0 };
	char beside[PATH_MAX];
	const char *path = request->headings;

	if (!path && ctl_find_data("import-headings.conf", beside, sizeof(beside)))
		path = beside;
	if (!path || import_headings_load(path, ret_headings, &fault) == HAL_OK)
		return true;
	fprintf(stderr, "import: %s\n", fault.text);
	return false;
}

static FILE *open_file(const char *name)
{
	FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "re");
	FILE *spooled;

	if (!file) {
		fprintf(stderr, "import: '%s': %s\n", name, strerror(errno));
		return NULL;
	}
	if (file != stdin && fseeko(file, 0, SEEK_SET) == 0)
		return file;
	spooled = import_spool(file);
	if (file != stdin)
		fclose(file);
	if (!spooled)
		fprintf(stderr, "import: '%s' cannot be read: %s\n", name, strerror(errno));
	return spooled;
}

/* A dry run beside nothing: an empty database that is forgotten again. */
static enum hal_status open_nothing(struct store **ret_store)
{
	char folder[] = "/tmp/stationctl-XXXXXX", path[sizeof(folder) + 32];
	static const char *const names[] = { "db", "db-wal", "db-shm", "db.lock" };
	struct hal_fault fault = { 0 };
	enum hal_status status = HAL_E_SYSTEM;

	if (!mkdtemp(folder))
		return HAL_E_SYSTEM;
	snprintf(path, sizeof(path), "%s/db", folder);
	status = store_open(path, ret_store, &fault);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
	return status;
}

static enum hal_status open_store(const struct request *request, struct store **ret_store)
{
	const char *path = ctl_store_path(request->db);

	if (!request->dry_run)
		return ctl_store_open(request->db, ret_store);
	if (path && access(path, F_OK) != 0)
		return open_nothing(ret_store);
	return ctl_store_open_reading(request->db, ret_store);
}

static int import_file(const struct request *request, struct import *import)
{
	static enum hal_status (*const verbs[])(const struct import *import,
	                                        struct import_totals *ret_totals,
	                                        struct hal_fault *reterr_fault) = {
		[NOTICES] = import_notices,
		[CATALOGUE] = import_catalogue,
		[CARRIER_WEIGHTS] = import_carrier_weights,
	};
	struct import_totals totals = { 0 };
	struct hal_fault fault = { 0 };
	enum hal_status status = verbs[request->what](import, &totals, &fault);

	if (status != HAL_OK)
		fprintf(stderr, "import: '%s': %s\n", import->name, fault.text);
	print_summary(request, &totals);
	if (fflush(stdout) != 0 || ferror(stdout))
		return CTL_OUTSIDE;
	if (status != HAL_OK && status != HAL_E_ARG)
		return CTL_OUTSIDE;
	return status == HAL_OK && totals.refused_rows == 0 ? CTL_DONE : CTL_NO;
}

static int run(const struct request *request, struct customs_rules *rules)
{
	struct import_lint lint = { .look = look, .context = rules };
	struct import import = {
		.name = request->file,
		.format = request->format,
		.charset = request->charset,
		.delimiter = request->delimiter,
		.dry_run = request->dry_run,
		.lint = rules ? &lint : NULL,
		.sink = { .refused = print_refusal, .arrived = print_arrival },
		.at = ctl_now(),
	};
	struct import_headings *headings = NULL;
	const struct config *config = ctl_config();
	int code = CTL_OUTSIDE;

	snprintf(import.bench, sizeof(import.bench), "%s", config ? config->bench.name : "");
	import.file = open_file(request->file);
	if (import.file && load_headings(request, &headings) &&
	    open_store(request, &import.store) == HAL_OK) {
		import.headings = headings;
		code = import_file(request, &import);
	}
	store_close(import.store);
	import_headings_destroy(headings);
	if (import.file)
		fclose(import.file);
	return code;
}

int ctl_import(int argc, char **argv)
{
	struct request request = { 0 };
	struct customs_rules *rules = NULL;
	int code;

	if (!parse_arguments(argc, argv, &request) || request.help) {
		fputs(usage, request.help ? stdout : stderr);
		return request.help ? CTL_DONE : CTL_USAGE;
	}
	if (request.what == NOTICES && !request.no_lint) {
		rules = load_rules(&request);
		if (!rules)
			return CTL_OUTSIDE;
	}
	code = run(&request, rules);
	free(rules);
	return code;
}
