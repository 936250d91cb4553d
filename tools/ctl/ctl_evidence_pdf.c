/* SPDX-License-Identifier: MIT */
#include "ctl_evidence_pdf.h"

#include <stdlib.h>
#include <string.h>

#include "leaf.h"

#define CELL 1200 /* bytes of one cell, what a paragraph may have */

static bool write_out(void *owner, const uint8_t *bytes, size_t len)
{
	return fwrite(bytes, 1, len, owner) == len;
}

/* A value as a reader wants it: lists with commas, nothing for null. */
static void say(const json_t *value, char *text, size_t size)
{
	const json_t *element;
	size_t i, used = 0;
	char *dump;

	text[0] = '\0';
	if (!value || json_is_null(value))
		return;
	if (json_is_string(value)) {
		snprintf(text, size, "%s", json_string_value(value));
	} else if (json_is_array(value)) {
		json_array_foreach(value, i, element)
		{
			used += (size_t)snprintf(text + used, size - used, "%s", i ? ", " : "");
			if (used + 200 > size)
				return;
			say(element, text + used, size - used);
			used = strlen(text);
		}
	} else {
		dump = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
		snprintf(text, size, "%s", dump ? dump : "");
		free(dump);
	}
}

struct column {
	const char *heading, *member;
	uint16_t width;
};

static void add_table(struct leaf *leaf, const char *title, const json_t *rows,
                      const struct column *columns)
{
	static char cells[LEAF_COLUMNS][CELL];
	const char *pointers[LEAF_COLUMNS], *headings[LEAF_COLUMNS];
	uint16_t widths[LEAF_COLUMNS];
	unsigned count = 0;
	const json_t *row;
	size_t i;

	if (json_array_size(rows) == 0)
		return;
	for (; columns[count].heading; count++) {
		headings[count] = columns[count].heading;
		widths[count] = columns[count].width;
		pointers[count] = cells[count];
	}
	leaf_paragraph(leaf, LEAF_STRONG, title);
	leaf_table(leaf, count, widths, headings);
	json_array_foreach(rows, i, row)
	{
		for (unsigned c = 0; c < count; c++)
			say(json_object_get(row, columns[c].member), cells[c], CELL);
		leaf_row(leaf, pointers);
	}
}

/* clang-format off */
static const struct column item_columns[] = {
	{ "parcel", "parcel", 90 }, { "SKU", "sku", 250 }, { "quantity", "quantity", 110 },
	{ "name", "name", 550 }, { NULL, NULL, 0 },
};
static const struct column parcel_columns[] = {
	{ "parcel", "parcel", 70 }, { "status", "status", 110 }, { "tracking number", "tracking", 190 },
	{ "weight, g", "gross_g", 100 }, { "packer", "packer", 110 }, { "packed", "packed", 210 },
	{ "handed over", "handed_over", 210 }, { NULL, NULL, 0 },
};
static const struct column weighing_columns[] = {
	{ "time", "time", 185 }, { "parcel", "parcel", 65 }, { "weighed, g", "measured_g", 95 },
	{ "complete, g", "expected_g", 95 }, { "\xc2\xb1 g", "spread_g", 70 },
	{ "verdict", "verdict", 105 }, { "p(complete), ppm", "complete_ppm", 100 },
	{ "scale", "scale", 90 }, { "scale checked", "scale_checked", 185 }, { NULL, NULL, 0 },
};
static const struct column cause_columns[] = {
	{ "fault", "fault", 180 }, { "SKU", "sku", 280 }, { "other", "other", 140 },
	{ "probability, ppm", "probability_ppm", 160 }, { "would weigh, g", "would_weigh_g", 140 },
	{ "\xc2\xb1 g", "spread_g", 100 }, { NULL, NULL, 0 },
};
static const struct column carrier_columns[] = {
	{ "parcel", "parcel", 100 }, { "tracking number", "tracking", 300 }, { "date", "date", 200 },
	{ "carrier weighed, g", "weight_g", 200 }, { "against ours, g", "difference_g", 200 },
	{ NULL, NULL, 0 },
};
static const struct column decision_columns[] = {
	{ "time", "time", 180 }, { "supervisor", "supervisor", 130 }, { "decided", "what", 130 },
	{ "about", "subject", 130 }, { "reason", "reason", 130 }, { "note", "note", 300 },
	{ NULL, NULL, 0 },
};
static const struct column label_columns[] = {
	{ "parcel", "parcel", 65 }, { "copy", "copy", 55 }, { "state", "state", 85 },
	{ "form", "form", 60 }, { "asked", "asked", 180 }, { "out", "out", 180 },
	{ "void", "void", 180 }, { "SHA-256 of what was printed", "sha256", 195 }, { NULL, NULL, 0 },
};
static const struct column record_columns[] = {
	{ "record", "record", 75 }, { "time", "time", 180 }, { "kind", "kind", 90 },
	{ "event", "event", 125 }, { "packer", "packer", 90 }, { "reason", "reason", 150 },
	{ "unbroken", "unbroken", 90 }, { "SHA-256", "sha256", 200 }, { NULL, NULL, 0 },
};
static const struct column fact_columns[] = {
	{ "orders", "orders", 0 }, { "platform", "platform", 0 }, { "shipping method", "method", 0 },
	{ "revision", "revision", 0 }, { "status", "status", 0 }, { "re-ships", "replaces", 0 },
	{ "received", "received", 0 }, { "due", "due", 0 }, { "special wishes", "wishes", 0 },
};
/* clang-format on */

static void add_facts(struct leaf *leaf, const json_t *notice)
{
	static const uint16_t widths[] = { 250, 750 };
	const json_t *recipient = json_object_get(notice, "recipient"), *value;
	char text[CELL];
	const char *key, *cells[2] = { NULL, text };

	leaf_table(leaf, 2, widths, NULL);
	for (size_t i = 0; i < sizeof(fact_columns) / sizeof(fact_columns[0]); i++) {
		say(json_object_get(notice, fact_columns[i].member), text, sizeof(text));
		cells[0] = fact_columns[i].heading;
		if (text[0])
			leaf_row(leaf, cells);
	}
	json_object_foreach((json_t *)(uintptr_t)recipient, key, value)
	{
		char name[64];

		say(value, text, sizeof(text));
		snprintf(name, sizeof(name), "to: %s", key);
		cells[0] = name;
		if (text[0] && !json_is_object(value))
			leaf_row(leaf, cells);
	}
	if (json_is_true(json_object_get(notice, "personal_data_erased")))
		leaf_paragraph(leaf, LEAF_SMALL, "Personal data were erased on request.");
}

/* The last sentence of each parcel is the one it left with; all are printed in order. */
static void add_sentences(struct leaf *leaf, const json_t *notice)
{
	const json_t *weighing;
	size_t i;

	json_array_foreach(json_object_get(notice, "weighings"), i, weighing)
	{
		const char *sentence = json_string_value(json_object_get(weighing, "sentence"));
		char text[CELL];

		if (!sentence || !sentence[0])
			continue;
		snprintf(text, sizeof(text), "Parcel %" JSON_INTEGER_FORMAT ": %s.",
		         json_integer_value(json_object_get(weighing, "parcel")), sentence);
		leaf_paragraph(leaf, LEAF_STRONG, text);
	}
}

static void add_weighings(struct leaf *leaf, const json_t *notice)
{
	const json_t *weighings = json_object_get(notice, "weighings"), *weighing;
	char text[CELL];
	size_t i;

	add_table(leaf, "Weighings", weighings, weighing_columns);
	json_array_foreach(weighings, i, weighing)
	{
		json_int_t record = json_integer_value(json_object_get(weighing, "record"));
		const char *frames = json_string_value(json_object_get(weighing, "frames"));

		snprintf(text, sizeof(text),
		         "What else the weighing of record %" JSON_INTEGER_FORMAT " could mean",
		         record);
		add_table(leaf, text, json_object_get(weighing, "causes"), cause_columns);
		snprintf(text, sizeof(text),
		         "What the scale sent (record %" JSON_INTEGER_FORMAT ", hex): %s", record,
		         frames ? frames : "");
		if (frames)
			leaf_paragraph(leaf, LEAF_SMALL, text);
	}
}

static void add_notice(struct leaf *leaf, const json_t *notice)
{
	char text[CELL];

	snprintf(text, sizeof(text), "Notice %s",
	         json_string_value(json_object_get(notice, "notice")));
	leaf_paragraph(leaf, LEAF_HEADING, text);
	add_sentences(leaf, notice);
	add_facts(leaf, notice);
	add_table(leaf, "Contents", json_object_get(notice, "items"), item_columns);
	add_table(leaf, "Parcels", json_object_get(notice, "parcels"), parcel_columns);
	add_weighings(leaf, notice);
	add_table(leaf, "The carrier's own weight", json_object_get(notice, "carrier_weights"),
	          carrier_columns);
	add_table(leaf, "Decisions", json_object_get(notice, "decisions"), decision_columns);
	add_table(leaf, "Labels", json_object_get(notice, "labels"), label_columns);
	add_table(leaf, "Records of the journal", json_object_get(notice, "records"),
	          record_columns);
}

static void add_foot(struct leaf *leaf, const json_t *sheet)
{
	const json_t *each;
	char text[CELL];
	size_t i;

	leaf_paragraph(leaf, LEAF_HEADING, "What this takes for granted");
	json_array_foreach(json_object_get(sheet, "assumptions"), i, each)
	{
		say(each, text, sizeof(text));
		leaf_paragraph(leaf, LEAF_BODY, text);
	}
	leaf_paragraph(
		leaf, LEAF_SMALL,
		"Ratios above 10,000 are not claimed. Times are UTC. Every record is chained "
		"to the one before it by SHA-256. When this sheet was made the journal ended "
		"with:");
	say(json_object_get(sheet, "journal_head"), text, sizeof(text));
	leaf_paragraph(leaf, LEAF_SMALL, text);
}

enum hal_status ctl_evidence_pdf(const json_t *sheet, FILE *out, struct hal_fault *reterr_fault)
{
	const json_t *notice;
	struct leaf *leaf = NULL;
	char title[128];
	enum hal_status status;
	size_t i;

	snprintf(title, sizeof(title), "Evidence sheet: %s",
	         json_string_value(json_object_get(sheet, "key")));
	status = leaf_create(write_out, out, title, &leaf, reterr_fault);
	if (status != HAL_OK)
		return status;
	leaf_paragraph(leaf, LEAF_TITLE, title);
	json_array_foreach(json_object_get(sheet, "notices"), i, notice) add_notice(leaf, notice);
	add_foot(leaf, sheet);
	return leaf_finish(leaf, reterr_fault);
}
