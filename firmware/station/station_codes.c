/* SPDX-License-Identifier: MIT */
/* What a scanned code means: the name spaces first, then the open notice, then a number. */
#include <stdlib.h>
#include <string.h>

#include "station_parts.h"

static void post_text(struct station *station, enum machine_event_kind kind, const char *text,
                      int index)
{
	struct machine_event event = { .kind = kind, .index = index };

	snprintf(event.who, sizeof(event.who), "%s", text);
	station_post(station, &event);
}

static void take_command(struct station *station, const char *name)
{
	static const char reason[] = "reason-";

	if (strncmp(name, reason, sizeof(reason) - 1) == 0)
		station_reason(station, name[sizeof(reason) - 1] - '0');
	else if (!station_command(station, name))
		station_post_kind(station, EV_GARBLED);
}

static void take_badge(struct station *station, const char *badge)
{
	const struct person *person = station_find_person(station, badge);
	struct machine_event event = { .kind = EV_BADGE };

	if (!person) {
		station_post_kind(station, EV_GARBLED);
		return;
	}
	event.supervisor = person->supervisor;
	snprintf(event.who, sizeof(event.who), "%s", person->id);
	station_post(station, &event);
}

/* Another box is another expectation, and weight may prove less with it, or more. */
static void take_packaging(struct station *station, const char *sku)
{
	struct machine_event event = { .kind = EV_PACKAGING };

	event.index = station_find_packing(station, sku);
	if (event.index >= 0 && machine_has_parcel(&station->machine))
		event.provable = station_would_prove(station, &station->packings[event.index],
		                                     (struct hal_mass){ 0 });
	snprintf(event.who, sizeof(event.who), "%s", sku);
	station_post(station, &event);
}

static void take_bag(struct station *station, const char *bag)
{
	station_bag_scanned(station, bag);
}

/* NUMBER-PARCEL-COPY from the end, for a number may hold dashes itself; false: no mark.
 * Parcel 0 is a bag's mark, and its index before the first. */
static bool split_mark(const char *text, struct machine_event *event)
{
	unsigned long parcel, copy;
	const char *at = text + strlen(text), *end[2];

	for (int i = 0; i < 2; i++) {
		while (at > text && at[-1] >= '0' && at[-1] <= '9')
			at--;
		end[i] = at;
		if (at == text || *--at != '-')
			return false;
	}
	copy = strtoul(end[0], NULL, 10);
	parcel = strtoul(end[1], NULL, 10);
	if (at == text || at - text >= NOTICE_KEY || parcel > NOTICE_MAX_PARCELS || copy == 0 ||
	    copy > UINT16_MAX)
		return false;
	snprintf(event->who, sizeof(event->who), "%.*s", (int)(at - text), text);
	event->parcel = (uint16_t)(parcel - 1);
	event->copies = (uint32_t)copy;
	return true;
}

static void take_mark(struct station *station, const char *text)
{
	struct machine_event event = { .kind = EV_MARK };

	if (!split_mark(text, &event))
		event.kind = EV_GARBLED;
	station_post(station, &event);
}

static void take_scale_tag(struct station *station, const char *tag)
{
	post_text(station, EV_SCALE_TAG, tag, 0);
}

/* clang-format off */
static const struct {
	const char *prefix;
	void (*take)(struct station *station, const char *rest);
} spaces[] = {
	{ "PS-CMD-",   take_command },
	{ "PS-BADGE-", take_badge },
	{ "PS-PACK-",  take_packaging },
	{ "PS-BAG-",   take_bag },
	{ "PS-LBL-",   take_mark },
	{ "PS-SCALE-", take_scale_tag },
};
/* clang-format on */

static bool is_item(const struct notice_item *item, const char *text)
{
	return strcmp(item->sku, text) == 0 || (item->barcode[0] && !strcmp(item->barcode, text));
}

/* The line the code counts for: one that still wants a piece, else any of that SKU; -1: none. */
static int find_item(const struct station *station, const char *text)
{
	const struct machine *machine = &station->machine;
	int any = -1;

	for (uint16_t i = 0; i < machine->item_count; i++) {
		if (!is_item(&station_notice(station)->items[i], text) || machine->wanted[i] == 0)
			continue;
		if (machine->scanned[i] < machine->wanted[i])
			return i;
		any = i;
	}
	return any;
}

static bool counts_items(enum machine_state state)
{
	return state == ST_SCANNING || state == ST_WEIGHING || state == ST_READING ||
	       state == ST_SPLITTING;
}

void station_take_code(struct station *station, const char *text)
{
	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
		if (strncmp(text, spaces[i].prefix, strlen(spaces[i].prefix)) == 0) {
			spaces[i].take(station, text + strlen(spaces[i].prefix));
			return;
		}
	if (!notice_key_ok(text))
		station_post_kind(station, EV_GARBLED);
	else if (counts_items(station->machine.state))
		post_text(station, EV_ITEM, text, find_item(station, text));
	else
		post_text(station, EV_CODE, text, 0);
}
