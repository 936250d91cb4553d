/* SPDX-License-Identifier: MIT */
/* stationctl export: what stands in the tables, as CSV or JSON Lines. */
#include "ctl.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ctl_store.h"
#include "export.h"
#include "inbox.h"
#include "itmatt.h"

struct request {
	const struct export_report *report;
	struct export_filter filter;
	enum export_format format;
	const char *db;
	bool give, help;
};

static void show_usage(FILE *out)
{
	const struct export_report *report;

	fputs("usage: stationctl export REPORT [OPTION...]\n\n", out);
	for (unsigned i = 0; (report = export_report_at(i)); i++)
		fprintf(out, "  %-11s %s\n", report->name, report->summary);
	fputs("\n"
	      "  --from D          from this day, or time (2026-11-21T10:00:00Z), on\n"
	      "  --to D            up to the end of this day, or before this time\n"
	      "  --format csv|jsonl\n"
	      "  --notice, --packer, --sku, --country, --cause, --bag WHICH   only these\n"
	      "  --limits CARRIER  of itmatt: texts as long as deutsche-post, la-poste take\n"
	      "  --new             of shipped: what the shop does not have yet\n"
	      "  --give            and from now on it has; not while the station works\n"
	      "  --db FILE         the database, instead of the configuration's\n\n"
	      "Weights are grams, times ISO 8601 in UTC.\n",
	      out);
}

static bool set_text(char *field, size_t size, const char *text)
{
	int len = snprintf(field, size, "%s", text);

	if (len >= 0 && (size_t)len < size)
		return true;
	fprintf(stderr, "export: '%s' is too long\n", text);
	return false;
}

static bool set_time(const char *text, enum export_edge edge, int64_t *ret_us)
{
	if (export_parse_time(text, edge, ret_us))
		return true;
	fprintf(stderr, "export: '%s' is no day like 2026-11-21\n", text);
	return false;
}

static bool set_format(const char *text, struct request *request)
{
	request->format = strcmp(text, "jsonl") == 0 ? EXPORT_JSONL : EXPORT_CSV;
	if (request->format == EXPORT_JSONL || strcmp(text, "csv") == 0)
		return true;
	fprintf(stderr, "export: no format '%s'\n", text);
	return false;
}

static bool set_limits(const char *text, struct export_filter *filter)
{
	if (itmatt_find_limits(text))
		return set_text(filter->limits, sizeof(filter->limits), text);
	fprintf(stderr, "export: no carrier '%s' with limits of its own\n", text);
	return false;
}

static bool set_option(int option, const char *text, struct request *request)
{
	struct export_filter *filter = &request->filter;

	switch (option) {
	case 'f':
		return set_time(text, EXPORT_FROM, &filter->from_us);
	case 't':
		return set_time(text, EXPORT_UNTIL, &filter->to_us);
	case 'o':
		return set_format(text, request);
	case 'n':
		return set_text(filter->notice, sizeof(filter->notice), text);
	case 'p':
		return set_text(filter->packer, sizeof(filter->packer), text);
	case 's':
		return set_text(filter->sku, sizeof(filter->sku), text);
	case 'c':
		return set_text(filter->country, sizeof(filter->country), text);
	case 'a':
		return set_text(filter->cause, sizeof(filter->cause), text);
	case 'g':
		return set_text(filter->bag, sizeof(filter->bag), text);
	case 'l':
		return set_limits(text, filter);
	case 'w':
		filter->ungiven = true;
		return true;
	case 'i':
		request->give = true;
		return true;
	case 'd':
		request->db = text;
		return true;
	case 'h':
		request->help = true;
		return true;
	default: /* open: getopt's characters */
		return false;
	}
}

/* Given is what was printed: nothing but days may choose among the new ones. */
static bool may_give(const struct request *request)
{
	const struct export_filter *filter = &request->filter;
	bool chosen = filter->notice[0] || filter->packer[0] || filter->sku[0] ||
	              filter->country[0] || filter->cause[0] || filter->bag[0];

	if (!request->give ||
	    (filter->ungiven && !chosen && strcmp(request->report->name, "shipped") == 0))
		return true;
	fputs("export: --give goes with 'shipped --new' and days alone\n", stderr);
	return false;
}

static bool parse_arguments(int argc, char **argv, struct request *ret_request)
{
	static const struct option options[] = {
		{ "from", required_argument, NULL, 'f' },
		{ "to", required_argument, NULL, 't' },
		{ "format", required_argument, NULL, 'o' },
		{ "notice", required_argument, NULL, 'n' },
		{ "packer", required_argument, NULL, 'p' },
		{ "sku", required_argument, NULL, 's' },
		{ "country", required_argument, NULL, 'c' },
		{ "cause", required_argument, NULL, 'a' },
		{ "bag", required_argument, NULL, 'g' },
		{ "limits", required_argument, NULL, 'l' },
		{ "new", no_argument, NULL, 'w' },
		{ "give", no_argument, NULL, 'i' },
		{ "db", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	optind = 1;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
		if (!set_option(option, optarg, ret_request))
			return false;
	if (ret_request->help)
		return true;
	if (optind + 1 != argc)
		return false;
	ret_request->report = export_find(argv[optind]);
	if (!ret_request->report)
		fprintf(stderr, "export: no report '%s'\n", argv[optind]);
	return ret_request->report != NULL && may_give(ret_request);
}

/* Writers alone may give: then nothing is shipped between printing and marking. */
static enum hal_status run(const struct request *request, struct hal_fault *fault)
{
	const struct export_filter *filter = &request->filter;
	struct export_file file = { .format = request->format, .out = stdout };
	struct store *store = NULL;
	enum hal_status status = request->give ? ctl_store_open(request->db, &store)
	                                       : ctl_store_open_reading(request->db, &store);

	if (status != HAL_OK)
		return status;
	status = export_write(store, request->report, filter, &file, fault);
	if (file.cut > 0)
		fprintf(stderr, "export: %" PRId64 " texts end in '..', too long for %s\n",
		        file.cut, filter->limits);
	if (status == HAL_OK && request->give)
		status = inbox_mark_given(store, ctl_now(), filter->from_us, filter->to_us, fault);
	store_close(store);
	if (status != HAL_OK)
		fprintf(stderr, "export: %s\n", fault->text);
	return status;
}

int ctl_export(int argc, char **argv)
{
	struct request request = { 0 };
	struct hal_fault fault = { 0 };
	const struct config *config;

	if (!parse_arguments(argc, argv, &request) || request.help) {
		show_usage(request.help ? stdout : stderr);
		return request.help ? CTL_DONE : CTL_USAGE;
	}
	config = ctl_config();
	request.filter.sender = config ? &config->sender : NULL;
	return run(&request, &fault) == HAL_OK ? CTL_DONE : CTL_OUTSIDE;
}
