/* SPDX-License-Identifier: MIT */
/* stationctl label render: a notice's label as a picture, a page, or a printer's bytes. */
#include "ctl_label.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "config.h"
#include "ctl.h"
#include "customs.h"
#include "grams.h"
#include "label.h"
#include "notice_json.h"
#include "driver.h"
#include "printer/language.h"

#define NOTICE_BYTES (4u << 20)

static const char usage[] =
	"usage: stationctl label render --notice FILE --weight-g GRAMS --format FORMAT\n"
	"         [--dpi 203|300] [--size 100x150|100x100|74x105] [--form cn22|cn23]\n"
	"         [--parcel N] [--copy N] [--date YYYY-MM-DD] [--captions en+fr+zh]\n"
	"         [--rules FOLDER]\n"
	"\n"
	"FORMAT: zpl tspl epl2 escpos (a printer's bytes), png (the dots), pdf.  To stdout;\n"
	"more sheets follow one another, in a png one below the other.\n"
	"FILE is a notice as JSON, - for stdin.  The sender is the notice's own, else that\n"
	"of --config before the verb.  Without --form the customs rules choose it by method,\n"
	"value and number of lines.  --copy: 0, the default, is a copy the station never\n"
	"takes for its own.  Exit 1 when this notice cannot be made a label.\n";

struct render {
	const char *notice, *date, *captions, *rules;
	const char *format;
	int32_t weight_mg;
	unsigned dpi, parcel, copy;
	enum label_size size;
	enum customs_form form; /* 0: by the customs rules */
};

static struct notice notice;
static struct config config;

static bool put(void *owner, const uint8_t *bytes, size_t len)
{
	return fwrite(bytes, 1, len, owner) == len;
}

static int write_png(struct label_engine *engine, unsigned sheets, struct hal_fault *fault)
{
	return label_write_png(engine, 0, sheets, put, stdout, fault) == HAL_OK ? CTL_DONE
	                                                                        : CTL_OUTSIDE;
}

static int write_pdf(struct label_engine *engine, struct hal_fault *fault)
{
	return label_write_pdf(engine, put, stdout, fault) == HAL_OK ? CTL_DONE : CTL_OUTSIDE;
}

static int write_jobs(struct label_engine *engine, unsigned sheets,
                      const struct printer_language *language, struct hal_fault *fault)
{
	const struct hal_page *page = label_page(engine, 0);
	size_t cap = (size_t)page->stride * page->height_dots * 3 + 4096, len;
	struct printer_setup setup = { .raster = raster_create() };
	uint8_t *bytes = malloc(cap);
	int code = bytes && setup.raster ? CTL_DONE : CTL_OUTSIDE;

	for (unsigned i = 0; i < sheets && code == CTL_DONE; i++) {
		struct sink sink;

		sink_init(&sink, bytes, cap);
		language->encode(&setup, label_page(engine, i), label_paper(engine), &sink);
		if (sink_finish(&sink, &len) != HAL_OK || !put(stdout, bytes, len)) {
			hal_fault_set(fault, "cannot write sheet %u", i + 1);
			code = CTL_OUTSIDE;
		}
	}
	free(bytes);
	raster_destroy(setup.raster);
	return code;
}

static bool is_picture(const char *format)
{
	return strcmp(format, "png") == 0 || strcmp(format, "pdf") == 0;
}

static int write_format(const char *format, struct label_engine *engine, unsigned sheets,
                        struct hal_fault *fault)
{
	if (strcmp(format, "png") == 0)
		return write_png(engine, sheets, fault);
	if (strcmp(format, "pdf") == 0)
		return write_pdf(engine, fault);
	return write_jobs(engine, sheets, find_printer_driver(format)->language, fault);
}

static int refuse(const char *words, const char *what)
{
	fprintf(stderr, "stationctl label render: %s '%s'\n%s", words, what, usage);
	return CTL_USAGE;
}

static bool read_number(const char *text, unsigned long least, unsigned long most, unsigned *ret)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || number < least || number > most)
		return false;
	*ret = (unsigned)number;
	return true;
}

static bool is_date(const char *text)
{
	return strlen(text) == 10 && strspn(text, "0123456789-") == 10 && text[4] == '-' &&
	       text[7] == '-';
}

static bool take_option(struct render *render, int option, const char *value)
{
	switch (option) {
	case 'n':
		render->notice = value;
		return true;
	case 'w':
		return grams_parse(value, &render->weight_mg) && render->weight_mg > 0;
	case 'f':
		render->format = value;
		return is_picture(value) || find_printer_driver(value);
	case 'd':
		return read_number(value, 203, 300, &render->dpi) &&
		       (render->dpi == 203 || render->dpi == 300);
	case 's':
		render->size = label_find_size(value);
		return render->size != 0;
	case 'o':
		render->form = strcmp(value, "cn22") == 0   ? FORM_CN22
		               : strcmp(value, "cn23") == 0 ? FORM_CN23
		                                            : 0;
		return render->form != 0;
	case 'p':
		return read_number(value, 1, NOTICE_MAX_PARCELS, &render->parcel);
	case 'c':
		return read_number(value, 0, 999, &render->copy);
	case 't':
		render->date = value;
		return is_date(value);
	case 'r':
		render->rules = value;
		return true;
	case 'l':
		render->captions = value;
		return strncmp(value, "en", 2) == 0;
	default: /* open: what getopt refused */
		return false;
	}
}

static int read_options(int argc, char **argv, struct render *render)
{
	/* clang-format off */
	static const struct option options[] = {
		{ "notice",   required_argument, NULL, 'n' },
		{ "weight-g", required_argument, NULL, 'w' },
		{ "format",   required_argument, NULL, 'f' },
		{ "dpi",      required_argument, NULL, 'd' },
		{ "size",     required_argument, NULL, 's' },
		{ "form",     required_argument, NULL, 'o' },
		{ "parcel",   required_argument, NULL, 'p' },
		{ "copy",     required_argument, NULL, 'c' },
		{ "date",     required_argument, NULL, 't' },
		{ "captions", required_argument, NULL, 'l' },
		{ "rules",    required_argument, NULL, 'r' },
		{ "help",     no_argument,       NULL, 'h' },
		{ NULL,       0,                 NULL, 0 },
	};
	/* clang-format on */
	int option;

	optind = 1;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'h') {
			fputs(usage, stdout);
			return -1;
		}
		if (!take_option(render, option, optarg ? optarg : ""))
			return refuse("cannot use", optarg ? optarg : argv[optind - 1]);
	}
	if (optind < argc)
		return refuse("what is", argv[optind]);
	if (!render->notice || !render->format || render->weight_mg == 0)
		return refuse("missing", "--notice, --weight-g or --format");
	return CTL_DONE;
}

static int read_notice(const char *path)
{
	struct notice_faults faults = { 0 };
	FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	char *text = in ? malloc(NOTICE_BYTES) : NULL;
	size_t len = text ? fread(text, 1, NOTICE_BYTES, in) : 0;
	enum hal_status status = HAL_E_SYSTEM;

	if (!text || ferror(in) || len == NOTICE_BYTES)
		fprintf(stderr, "stationctl label: '%s': %s\n", path,
		        len == NOTICE_BYTES ? "too long for a notice" : strerror(errno));
	else
		status = notice_json_parse(text, len, &notice, &faults);
	for (unsigned i = 0; i < faults.count; i++)
		fprintf(stderr, "stationctl label: %s: %s %s\n", path, faults.faults[i].path,
		        faults.faults[i].reason);
	free(text);
	if (in && in != stdin)
		fclose(in);
	return status == HAL_OK ? CTL_DONE : status == HAL_E_ARG ? CTL_NO : CTL_OUTSIDE;
}

/* NULL when nobody says who sends it: the place stays empty, and that is told. */
static const struct notice_party *find_sender(void)
{
	struct hal_fault fault = { "" };

	if (notice.sender.name[0])
		return &notice.sender;
	if (ctl_config_path && config_read(ctl_config_path, &config, &fault) == HAL_OK &&
	    config.sender.name[0])
		return &config.sender;
	fprintf(stderr, "stationctl label: no sender in the notice%s%s; left open\n",
	        fault.text[0] ? ", nor: " : "", fault.text);
	return NULL;
}

/* The form, where none was asked for, and whose number it is; false without a form. */
static bool ask_rules(const struct render *render, struct label_request *request)
{
	struct customs_rules *rules = malloc(sizeof(*rules));
	bool readable = rules && ctl_label_rules(render->rules, rules) == HAL_OK;

	if (readable && !request->form)
		request->form = customs_choose_form(rules, &notice);
	if (readable)
		request->tracking_accepted =
			customs_house_number(rules, &notice, request->tracking);
	free(rules);
	return request->form != 0;
}

static const char *today(void)
{
	static char text[16];
	time_t now = time(NULL);
	struct tm local;

	if (!localtime_r(&now, &local) || !strftime(text, sizeof(text), "%Y-%m-%d", &local))
		return "";
	return text;
}

static int render_label(const struct render *render, struct label_engine *engine,
                        struct hal_fault *fault)
{
	char mark[NOTICE_KEY + 40];
	struct label_request request = {
		.notice = &notice,
		.sender = find_sender(),
		.parcel = render->parcel - 1,
		.tracking = notice.tracking,
		.copy_mark = mark,
		.copy = render->copy,
		.form = render->form,
		.date = render->date ? render->date : today(),
		.captions = render->captions,
		.size = render->size,
		.dpi = render->dpi,
	};
	unsigned sheets;

	if (!ask_rules(render, &request))
		return CTL_OUTSIDE;
	snprintf(mark, sizeof(mark), "PS-LBL-%s-%u-%u", notice.number, render->parcel,
	         render->copy);
	if (label_prepare(engine, &request, &sheets, fault) != HAL_OK ||
	    label_finish(engine, (struct hal_mass){ .mg = render->weight_mg }, fault) != HAL_OK)
		return CTL_NO;
	return write_format(render->format, engine, sheets, fault);
}

int ctl_label_render(int argc, char **argv)
{
	struct render render = { .dpi = 203, .size = LABEL_100X150, .parcel = 1 };
	struct hal_fault fault = { "" };
	struct label_engine *engine;
	int code = read_options(argc, argv, &render);

	if (code != CTL_DONE)
		return code < 0 ? CTL_DONE : code;
	code = read_notice(render.notice);
	if (code != CTL_DONE)
		return code;
	if (label_engine_create(&engine, &fault) != HAL_OK) {
		code = CTL_OUTSIDE;
	} else {
		code = render_label(&render, engine, &fault);
		label_engine_destroy(engine);
	}
	if (code == CTL_DONE && fflush(stdout) != 0)
		code = CTL_OUTSIDE;
	if (code != CTL_DONE && fault.text[0])
		fprintf(stderr, "stationctl label: %s\n", fault.text);
	return code;
}
