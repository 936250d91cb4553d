/* SPDX-License-Identifier: MIT */
#include "content.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "codepoint.h"
#include "countries.h"
#include "s10.h"

#define MG_PER_GRAM 1000

/* A thousand pieces of two tonnes are the most a notice can say: it fits 16 bytes. */
static void print_grams(int64_t grams, char *text, size_t size)
{
	unsigned whole = (unsigned)(grams / 1000), rest = (unsigned)(grams % 1000);

	snprintf(text, size, "%u.%03u", whole, rest);
}

int content_kilograms(int64_t mg, char *text, size_t size)
{
	int64_t grams = (mg + MG_PER_GRAM / 2) / MG_PER_GRAM;

	if (mg > 0 && grams == 0)
		return snprintf(text, size, "<0.001");
	print_grams(grams, text, size);
	return (int)strlen(text);
}

/* The catalogue has filled in what one piece weighs where the notice leaves it open. */
static int64_t net_of(const struct notice_item *item, uint32_t quantity)
{
	int32_t unit = item->unit_net_mg >= 0 ? item->unit_net_mg : item->unit_weight_mg;

	return unit < 0 ? -1 : (int64_t)unit * quantity;
}

/*
 * Every line gets its whole grams; the grams that are still missing to the rounded
 * sum go to the lines with the largest remainders.
 */
static void share_grams(const int64_t *mg, unsigned count, int64_t *ret_grams)
{
	int64_t sum = 0, given = 0;

	for (unsigned i = 0; i < count; i++) {
		ret_grams[i] = mg[i] < 0 ? 0 : mg[i] / MG_PER_GRAM;
		sum += mg[i] < 0 ? 0 : mg[i];
		given += ret_grams[i];
	}
	for (int64_t left = (sum + MG_PER_GRAM / 2) / MG_PER_GRAM - given; left > 0; left--) {
		unsigned best = 0;
		int64_t most = -1;

		for (unsigned i = 0; i < count; i++) {
			int64_t rest = mg[i] < 0 ? -1 : mg[i] - ret_grams[i] * MG_PER_GRAM;

			if (rest > most) {
				most = rest;
				best = i;
			}
		}
		ret_grams[best]++;
	}
}

static void print_nets(struct content *content, const int64_t *mg)
{
	int64_t grams[NOTICE_MAX_ITEMS];

	share_grams(mg, content->row_count, grams);
	for (unsigned i = 0; i < content->row_count; i++) {
		struct content_row *row = &content->rows[i];

		if (mg[i] < 0)
			snprintf(row->net, sizeof(row->net), CONTENT_DASH);
		else if (mg[i] > 0 && grams[i] == 0)
			snprintf(row->net, sizeof(row->net), "<0.001");
		else
			print_grams(grams[i], row->net, sizeof(row->net));
	}
}

static void print_money(const struct money *money, char *text, size_t size)
{
	int len = money_format(money, text, size);

	snprintf(text + len, size - (size_t)len, " %s", money->currency);
}

struct sums {
	struct money sums[8];
	unsigned count;
	bool unknown;
};

static void add_value(struct sums *sums, const struct money *value)
{
	for (unsigned i = 0; i < sums->count; i++) {
		if (strcmp(sums->sums[i].currency, value->currency) != 0)
			continue;
		sums->unknown |= !money_add(&sums->sums[i], value);
		return;
	}
	if (sums->count == sizeof(sums->sums) / sizeof(sums->sums[0]))
		sums->unknown = true;
	else
		sums->sums[sums->count++] = *value;
}

static void print_total(const struct sums *sums, char *text, size_t size)
{
	size_t used = 0;

	if (sums->unknown || sums->count == 0) {
		snprintf(text, size, CONTENT_DASH);
		return;
	}
	for (unsigned i = 0; i < sums->count; i++) {
		if (i > 0)
			used += (size_t)snprintf(text + used, size - used, " + ");
		print_money(&sums->sums[i], text + used, size - used);
		used += strlen(text + used);
	}
}

static void fill_value(struct content_row *row, const struct notice_item *item, uint32_t quantity,
                       struct sums *sums)
{
	struct money value;

	if (money_known(&item->unit_value) && money_times(&item->unit_value, quantity, &value)) {
		print_money(&value, row->value, sizeof(row->value));
		add_value(sums, &value);
		return;
	}
	snprintf(row->value, sizeof(row->value), CONTENT_DASH);
	sums->unknown = true;
}

static enum hal_status fill_rows(struct content *content, const struct label_request *request,
                                 struct hal_fault *reterr_fault)
{
	const struct notice *notice = request->notice;
	struct notice_parcel parcel;
	int64_t mg[NOTICE_MAX_ITEMS];
	struct sums sums = { 0 };

	notice_portions(notice, request->parcel, &parcel);
	for (unsigned i = 0; i < parcel.portion_count; i++) {
		const struct notice_item *item = &notice->items[parcel.portions[i].item];
		struct content_row *row = &content->rows[i];
		uint32_t quantity = parcel.portions[i].quantity;

		if (!codepoint_any_seen(item->description)) {
			hal_fault_set(reterr_fault, "item '%s' has no description", item->sku);
			return HAL_E_ARG;
		}
		snprintf(row->quantity, sizeof(row->quantity), "%" PRIu32, quantity);
		row->description = item->description;
		row->hs = item->hs[0] ? item->hs : CONTENT_DASH;
		row->origin = item->origin[0] ? item->origin : CONTENT_DASH;
		mg[i] = net_of(item, quantity);
		fill_value(row, item, quantity, &sums);
	}
	content->row_count = parcel.portion_count;
	print_nets(content, mg);
	print_total(&sums, content->total_value, sizeof(content->total_value));
	return HAL_OK;
}

static void add_line(struct content_party *party, const char *text)
{
	if (text[0])
		snprintf(party->lines[party->count++], CONTENT_LINE, "%s", text);
}

static void add_town(struct content_party *party, const struct notice_party *from)
{
	const char *region = from->region, *comma = region[0] ? ", " : "";
	char line[CONTENT_LINE];

	if (!from->postcode[0])
		snprintf(line, sizeof(line), "%s%s%s", from->city, comma, region);
	else if (country_puts_postcode_first(from->country))
		snprintf(line, sizeof(line), "%s %s%s%s", from->postcode, from->city, comma,
		         region);
	else
		snprintf(line, sizeof(line), "%s%s%s %s", from->city, comma, region,
		         from->postcode);
	add_line(party, line);
}

static enum hal_status fill_party(struct content_party *party, const struct notice_party *from,
                                  bool french, struct hal_fault *reterr_fault)
{
	if (!country_name(from->country)) {
		hal_fault_set(reterr_fault, "'%s' is no country", from->country);
		return HAL_E_ARG;
	}
	add_line(party, from->name);
	add_line(party, from->company);
	for (unsigned i = 0; i < from->line_count; i++)
		add_line(party, from->lines[i]);
	add_town(party, from);
	add_line(party, country_name(from->country));
	party->country_fr = french ? country_name_fr(from->country) : "";
	if (strcmp(party->country_fr, country_name(from->country)) == 0)
		party->country_fr = "";
	if (from->phone[0])
		snprintf(party->phone, sizeof(party->phone), "Tel. %s", from->phone);
	party->tax_id = from->tax_id;
	if (from->native_name[0])
		party->native[party->native_count++] = from->native_name;
	for (unsigned i = 0; i < from->native_line_count; i++)
		party->native[party->native_count++] = from->native_lines[i];
	return HAL_OK;
}

void content_method(const char *method, char *text, size_t size)
{
	snprintf(text, size, "%s", method);
	for (char *c = text; *c; c++) {
		if (*c == '-' || *c == '_')
			*c = ' ';
		else if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	}
}

/* Only a true S10 identifier is grouped like one: a house number claims nothing. */
static enum hal_status fill_tracking(struct content *content, const struct label_request *request,
                                     struct hal_fault *reterr_fault)
{
	struct s10 id;

	s10_parse(request->tracking, &id);
	if (id.shape && id.country_ok && !id.digit_ok && !request->tracking_accepted) {
		hal_fault_set(reterr_fault, "tracking number '%s' has a wrong check digit",
		              request->tracking);
		return HAL_E_ARG;
	}
	if (s10_valid(&id))
		s10_group(&id, content->tracking, sizeof(content->tracking));
	else
		snprintf(content->tracking, sizeof(content->tracking), "%s", request->tracking);
	return HAL_OK;
}

static void fill_footer(struct content *content, const struct label_request *request)
{
	size_t used = (size_t)snprintf(content->footer, sizeof(content->footer), "%s",
	                               request->notice->number);
	unsigned parcels = notice_parcels(request->notice);
	char *end = content->footer;
	size_t size = sizeof(content->footer);

	if (parcels > 1)
		used += (size_t)snprintf(end + used, size - used, "   parcel %u/%u",
		                         request->parcel + 1, parcels);
	if (request->copy > 1)
		used += (size_t)snprintf(end + used, size - used, "   copy %u", request->copy);
	if (request->bench && request->bench[0])
		used += (size_t)snprintf(end + used, size - used, "   %s", request->bench);
	if (request->packer && request->packer[0])
		snprintf(end + used, size - used, "   %s", request->packer);
}

enum hal_status content_fill(struct content *content, const struct label_request *request,
                             struct hal_fault *reterr_fault)
{
	const struct notice *notice = request->notice;
	const char *captions = request->captions ? request->captions : "en+fr";
	enum hal_status status;

	memset(content, 0, sizeof(*content));
	content->french = strstr(captions, "fr") != NULL;
	content->chinese = strstr(captions, "zh") != NULL;
	content->country = notice->recipient.country;
	if (request->parcel >= notice_parcels(notice)) {
		hal_fault_set(reterr_fault, "notice '%s' has no parcel %u", notice->number,
		              request->parcel + 1);
		return HAL_E_ARG;
	}
	content_method(notice->method, content->method, sizeof(content->method));
	fill_footer(content, request);
	status = fill_tracking(content, request, reterr_fault);
	if (status == HAL_OK && request->sender)
		status = fill_party(&content->sender, request->sender, content->french,
		                    reterr_fault);
	if (status == HAL_OK)
		status = fill_party(&content->recipient, &notice->recipient, content->french,
		                    reterr_fault);
	if (status == HAL_OK)
		status = fill_rows(content, request, reterr_fault);
	return status;
}
