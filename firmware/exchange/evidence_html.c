/* SPDX-License-Identifier: MIT */
/* The sheet as a page of its own: no script, nothing fetched, fit for printing. */
#include "evidence.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char head[] =
	"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
	"<title>Evidence sheet</title>\n<style>\n"
	"body{font:14px/1.45 system-ui,\"Noto Sans\",\"Noto Sans CJK SC\",sans-serif;margin:2em "
	"auto;"
	"max-width:60em;padding:0 1em;color:#111;background:#fff}\n"
	"h1{font-size:1.4em}h2{font-size:1.15em;margin-top:1.6em;border-bottom:1px solid #999}\n"
	"h3{font-size:1em;margin:1.2em 0 .3em}\n"
	".says{font-size:1.15em;border-left:4px solid #0a6;padding:.4em .8em;background:#f3faf6}\n"
	".says.bad{border-color:#b20;background:#fdf3f1}\n"
	"table{border-collapse:collapse;margin:.3em 0 1em;width:100%}\n"
	"th,td{border:1px solid #bbb;padding:.15em "
	".45em;text-align:left;vertical-align:top;overflow-wrap:anywhere}\n"
	"th{background:#eee}td.n{text-align:right;white-space:nowrap}\n"
	"code{font-size:.8em;overflow-wrap:anywhere}small{color:#444}\n"
	"@media print{body{margin:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}\n"
	"</style></head><body>\n";

static void put_text(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '<')
			fputs("&lt;", out);
		else if (*text == '>')
			fputs("&gt;", out);
		else if (*text == '&')
			fputs("&amp;", out);
		else if (*text == '"')
			fputs("&quot;", out);
		else
			fputc(*text, out);
	}
}

static void put_value(FILE *out, const json_t *value)
{
	const json_t *element;
	char *text;
	size_t i;

	if (!value || json_is_null(value))
		return;
	if (json_is_string(value)) {
		put_text(out, json_string_value(value));
	} else if (json_is_array(value)) {
		json_array_foreach(value, i, element)
		{
			if (i > 0)
				fputs(", ", out);
			put_value(out, element);
		}
	} else {
		text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
		put_text(out, text ? text : "");
		free(text);
	}
}

/* One column of a table: its heading and the member it shows. */
struct column {
	const char *heading, *member;
};

static bool has_any(const json_t *rows, const char *member)
{
	const json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		const json_t *value = json_object_get(row, member);

		if (value && !json_is_null(value) &&
		    json_string_length(value) + !json_is_string(value))
			return true;
	}
	return false;
}

static void put_cell(FILE *out, const json_t *value)
{
	bool code = json_string_length(value) > 40 && !strchr(json_string_value(value), ' ');

	fputs(json_is_number(value) ? "<td class=\"n\">" : "<td>", out);
	fputs(code ? "<code>" : "", out);
	put_value(out, value);
	fputs(code ? "</code></td>" : "</td>", out);
}

/* Columns that nobody filled are left out. */
static void put_table(FILE *out, const char *title, const json_t *rows,
                      const struct column *columns)
{
	const json_t *row;
	size_t i;

	if (json_array_size(rows) == 0)
		return;
	fprintf(out, "<h3>%s</h3>\n<table><tr>", title);
	for (const struct column *c = columns; c->heading; c++)
		if (has_any(rows, c->member))
			fprintf(out, "<th>%s</th>", c->heading);
	fputs("</tr>\n", out);
	json_array_foreach(rows, i, row)
	{
		fputs("<tr>", out);
		for (const struct column *c = columns; c->heading; c++)
			if (has_any(rows, c->member))
				put_cell(out, json_object_get(row, c->member));
		fputs("</tr>\n", out);
	}
	fputs("</table>\n", out);
}

/* clang-format off */
static const struct column item_columns[] = {
	{ "parcel", "parcel" }, { "SKU", "sku" }, { "quantity", "quantity" }, { "name", "name" },
	{ NULL, NULL },
};
static const struct column parcel_columns[] = {
	{ "parcel", "parcel" },       { "status", "status" },   { "tracking number", "tracking" },
	{ "weight, g", "gross_g" },   { "packaging", "packaging" }, { "packer", "packer" },
	{ "packed", "packed" },       { "bag", "bag" },         { "handed over", "handed_over" },
	{ "returned", "returned" },   { "returned, g", "returned_g" }, { NULL, NULL },
};
static const struct column weighing_columns[] = {
	{ "time", "time" },           { "parcel", "parcel" },   { "weighed, g", "measured_g" },
	{ "complete, g", "expected_g" }, { "&plusmn; g", "spread_g" }, { "verdict", "verdict" },
	{ "p(complete), ppm", "complete_ppm" }, { "scale", "scale" }, { "zeroed", "scale_zeroed" },
	{ "checked", "scale_checked" }, { "packer", "packer" }, { "model", "model" },
	{ "record", "record" },       { "frames, hex", "frames" }, { NULL, NULL },
};
static const struct column cause_columns[] = {
	{ "fault", "fault" },         { "SKU", "sku" },         { "other", "other" },
	{ "probability, ppm", "probability_ppm" }, { "would weigh, g", "would_weigh_g" },
	{ "&plusmn; g", "spread_g" }, { NULL, NULL },
};
static const struct column label_columns[] = {
	{ "parcel", "parcel" },       { "copy", "copy" },       { "state", "state" },
	{ "form", "form" },           { "tracking number", "tracking" }, { "asked", "asked" },
	{ "out", "out" },             { "void", "void" },       { "reason", "reason" },
	{ "SHA-256 of what was printed", "sha256" }, { NULL, NULL },
};
static const struct column decision_columns[] = {
	{ "time", "time" },           { "parcel", "parcel" },   { "supervisor", "supervisor" },
	{ "decided", "what" },        { "about", "subject" },   { "reason", "reason" },
	{ "note", "note" },           { "before", "before" },   { "after", "after" },
	{ "record", "record" },       { NULL, NULL },
};
static const struct column carrier_columns[] = {
	{ "parcel", "parcel" },       { "tracking number", "tracking" }, { "date", "date" },
	{ "carrier weighed, g", "weight_g" }, { "against ours, g", "difference_g" }, { NULL, NULL },
};
static const struct column record_columns[] = {
	{ "record", "record" },       { "time", "time" },       { "kind", "kind" },
	{ "event", "event" },         { "from", "from" },       { "to", "to" },
	{ "parcel", "parcel" },       { "about", "subject" },   { "packer", "packer" },
	{ "reason", "reason" },       { "unbroken", "unbroken" }, { "SHA-256", "sha256" }, { NULL, NULL },
};
/* clang-format on */

/* The sentence of a parcel's last weighing, which is the one it left with. */
static void put_sentences(FILE *out, const json_t *notice)
{
	const json_t *parcel, *weighing, *last;
	size_t i, j;

	json_array_foreach(json_object_get(notice, "parcels"), i, parcel)
	{
		json_int_t number = json_integer_value(json_object_get(parcel, "parcel"));
		const char *verdict;

		last = NULL;
		json_array_foreach(
			json_object_get(notice, "weighings"), j,
			weighing) if (json_integer_value(json_object_get(weighing, "parcel")) ==
		                              number &&
		                      json_string_length(json_object_get(weighing, "sentence")) > 0)
			last = weighing;
		if (!last)
			continue;
		verdict = json_string_value(json_object_get(last, "verdict"));
		fprintf(out, "<p class=\"says%s\">Parcel %" JSON_INTEGER_FORMAT ": ",
		        verdict && strcmp(verdict, "complete") == 0 ? "" : " bad", number);
		put_value(out, json_object_get(last, "sentence"));
		fputs(".</p>\n", out);
	}
}

static void put_fact(FILE *out, const char *name, const json_t *value)
{
	if (!value || json_is_null(value))
		return;
	fprintf(out, "<tr><th>%s</th><td>", name);
	put_value(out, value);
	fputs("</td></tr>\n", out);
}

static void put_recipient(FILE *out, const json_t *notice)
{
	const json_t *recipient = json_object_get(notice, "recipient");
	static const char *const members[] = { "name",   "company",  "lines",  "city",
		                               "region", "postcode", "country" };

	fputs("<tr><th>to</th><td>", out);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		const json_t *value = json_object_get(recipient, members[i]);

		if (!value || (json_is_string(value) && json_string_length(value) == 0))
			continue;
		fputs(i > 0 ? ", " : "", out);
		put_value(out, value);
	}
	if (json_is_true(json_object_get(notice, "personal_data_erased")))
		fputs(" <small>(personal data were erased on request)</small>", out);
	fputs("</td></tr>\n", out);
}

static void put_causes(FILE *out, const json_t *notice)
{
	const json_t *weighing;
	char title[64];
	size_t i;

	json_array_foreach(json_object_get(notice, "weighings"), i, weighing)
	{
		snprintf(title, sizeof(title),
		         "What else record %" JSON_INTEGER_FORMAT " could mean",
		         json_integer_value(json_object_get(weighing, "record")));
		put_table(out, title, json_object_get(weighing, "causes"), cause_columns);
	}
}

static void put_notice(FILE *out, const json_t *notice)
{
	static const struct column facts[] = {
		{ "orders", "orders" },          { "platform", "platform" },
		{ "shipping method", "method" }, { "revision", "revision" },
		{ "status", "status" },          { "re-ships", "replaces" },
		{ "received", "received" },      { "due", "due" },
		{ "special wishes", "wishes" },
	};

	fputs("<h2>Notice ", out);
	put_value(out, json_object_get(notice, "notice"));
	fputs("</h2>\n", out);
	put_sentences(out, notice);
	fputs("<table>\n", out);
	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		put_fact(out, facts[i].heading, json_object_get(notice, facts[i].member));
	put_recipient(out, notice);
	fputs("</table>\n", out);
	put_table(out, "Contents", json_object_get(notice, "items"), item_columns);
	put_table(out, "Parcels", json_object_get(notice, "parcels"), parcel_columns);
	put_table(out, "Weighings", json_object_get(notice, "weighings"), weighing_columns);
	put_causes(out, notice);
	put_table(out, "The carrier's own weight", json_object_get(notice, "carrier_weights"),
	          carrier_columns);
	put_table(out, "Decisions", json_object_get(notice, "decisions"), decision_columns);
	put_table(out, "Labels", json_object_get(notice, "labels"), label_columns);
	put_table(out, "Records of the journal", json_object_get(notice, "records"),
	          record_columns);
}

static void put_sheet(FILE *out, const json_t *sheet)
{
	const json_t *each;
	size_t i;

	fputs(head, out);
	fputs("<h1>Evidence sheet: ", out);
	put_value(out, json_object_get(sheet, "key"));
	fputs("</h1>\n", out);
	json_array_foreach(json_object_get(sheet, "notices"), i, each) put_notice(out, each);
	fputs("<h2>What this takes for granted</h2>\n<ul>\n", out);
	json_array_foreach(json_object_get(sheet, "assumptions"), i, each)
	{
		fputs("<li>", out);
		put_value(out, each);
		fputs("</li>\n", out);
	}
	fputs("</ul>\n<p><small>Ratios above 10,000 are not claimed. Times are UTC. Every record "
	      "is "
	      "chained to the one before it by SHA-256; the journal ended with <code>",
	      out);
	put_value(out, json_object_get(sheet, "journal_head"));
	fputs("</code> when this sheet was made.</small></p>\n</body></html>\n", out);
}

char *evidence_html(const json_t *sheet)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	put_sheet(out, sheet);
	if (fclose(out) != 0) {
		free(text);
		return NULL;
	}
	return text;
}
