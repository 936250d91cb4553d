/* SPDX-License-Identifier: MIT */
/* stationctl evidence: the sheet that answers a dispute. */
#include "ctl.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl_evidence_pdf.h"
#include "ctl_store.h"
#include "evidence.h"

static const char usage[] =
	"usage: stationctl evidence KEY [--format json|html|pdf] [--db FILE]\n"
	"KEY is a notice, order or tracking number.  One sheet: what was to be sent, what was\n"
	"weighed and what that says, labels, decisions, and the records it all comes from.\n"
	"Exit: 0 printed, 1 nothing is known of KEY, 2 wrong usage, 3 something failed.\n";

enum format {
	FORMAT_JSON,
	FORMAT_HTML,
	FORMAT_PDF,
};

struct request {
	const char *key, *db;
	enum format format;
	bool help;
};

static bool find_format(const char *name, enum format *ret_format)
{
	static const char *const names[] = { "json", "html", "pdf" };

	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0) {
			*ret_format = (enum format)i;
			return true;
		}
	return false;
}

static bool parse_arguments(int argc, char **argv, struct request *ret_request)
{
	static const struct option options[] = {
		{ "format", required_argument, NULL, 'f' },
		{ "db", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	optind = 1;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == '?')
			return false;
		if (option == 'd')
			ret_request->db = optarg;
		if (option == 'h')
			ret_request->help = true;
		if (option != 'f')
			continue;
		if (!find_format(optarg, &ret_request->format)) {
			fprintf(stderr, "evidence: no format '%s'\n", optarg);
			return false;
		}
	}
	ret_request->key = argv[optind];
	return ret_request->help || optind + 1 == argc;
}

static bool print_pdf(const json_t *sheet)
{
	struct hal_fault fault = { 0 };

	if (ctl_evidence_pdf(sheet, stdout, &fault) == HAL_OK)
		return fflush(stdout) == 0;
	fprintf(stderr, "evidence: %s\n", fault.text);
	return false;
}

static bool print_sheet(const json_t *sheet, enum format format)
{
	char *text;
	bool good;

	if (format == FORMAT_PDF)
		return print_pdf(sheet);
	text = format == FORMAT_HTML ? evidence_html(sheet)
	                             : json_dumps(sheet, JSON_COMPACT | JSON_REAL_PRECISION(15));
	good = text && puts(text) >= 0 && fflush(stdout) == 0;
	free(text);
	return good;
}

int ctl_evidence(int argc, char **argv)
{
	struct request request = { 0 };
	struct hal_fault fault = { 0 };
	struct store *store = NULL;
	enum hal_status status;
	json_t *sheet = NULL;
	int code = CTL_OUTSIDE;

	if (!parse_arguments(argc, argv, &request) || request.help) {
		fputs(usage, request.help ? stdout : stderr);
		return request.help ? CTL_DONE : CTL_USAGE;
	}
	if (ctl_store_open_reading(request.db, &store) != HAL_OK)
		return CTL_OUTSIDE;
	status = evidence_build(store, request.key, &sheet, &fault);
	store_close(store);
	if (status != HAL_OK)
		fprintf(stderr, "evidence: %s\n", fault.text);
	else if (!sheet)
		fprintf(stderr, "evidence: nothing is known of '%s'\n", request.key);
	if (status == HAL_OK)
		code = !sheet                               ? CTL_NO
		       : print_sheet(sheet, request.format) ? CTL_DONE
		                                            : CTL_OUTSIDE;
	json_decref(sheet);
	return code;
}
