/* SPDX-License-Identifier: MIT */
#include "web_view.h"

#include <jansson.h>

/* clang-format off */
static const char *const healths[] = {
	[HEALTH_ABSENT] = "absent", [HEALTH_OK] = "ok", [HEALTH_LOOK] = "look", [HEALTH_UNKNOWN] = "unknown",
};

static const char *const devices[DEVICE_COUNT] = {
	[DEVICE_SCANNER] = "scanner", [DEVICE_SCALE] = "scale", [DEVICE_PRINTER] = "printer",
	[DEVICE_TOWER] = "tower", [DEVICE_STORAGE] = "storage",
};

static const char *const pans[] = {
	[HAL_PAN_MOVING] = "moving", [HAL_PAN_STABLE] = "stable", [HAL_PAN_UNTOLD] = "untold",
	[HAL_PAN_OVER] = "over", [HAL_PAN_UNDER] = "under", [HAL_PAN_NONE] = "none", [HAL_PAN_FAULT] = "fault",
};

static const char *const verdicts[] = {
	[VERDICT_NONE] = "none", [VERDICT_COMPLETE] = "complete", [VERDICT_SHORT] = "short",
	[VERDICT_OVER] = "over", [VERDICT_UNPROVABLE] = "unprovable",
};
/* clang-format on */

static json_t *say_json(const struct view_say *say)
{
	json_t *args = json_array();

	for (int i = 0; i < VIEW_ARGS; i++)
		json_array_append_new(args, json_string(say->args[i]));
	return json_pack("{s:s, s:o}", "key", say->key ? say->key : "", "args", args);
}

static json_t *items_json(const struct station_view *view)
{
	json_t *items = json_array();

	for (uint16_t i = 0; i < view->item_count; i++) {
		const struct view_item *item = &view->items[i];

		json_array_append_new(
			items, json_pack("{s:s, s:s, s:i, s:i, s:b}", "sku", item->sku, "name",
		                         item->name, "wanted", (int)item->wanted, "scanned",
		                         (int)item->scanned, "suspect", (int)item->suspect));
	}
	return items;
}

static json_t *inserts_json(const struct station_view *view)
{
	json_t *inserts = json_array();

	for (uint8_t i = 0; i < view->insert_count; i++)
		json_array_append_new(inserts,
		                      json_pack("{s:s, s:s, s:i}", "sku", view->inserts[i].sku,
		                                "name", view->inserts[i].name, "wanted",
		                                (int)view->inserts[i].wanted));
	return inserts;
}

static json_t *findings_json(const struct station_view *view)
{
	json_t *findings = json_array();

	for (uint8_t i = 0; i < view->finding_count; i++)
		json_array_append_new(findings, json_pack("{s:s, s:s}", "en",
		                                          view->findings[i][CUSTOMS_ENGLISH], "zh",
		                                          view->findings[i][CUSTOMS_CHINESE]));
	return findings;
}

static json_t *causes_json(const struct station_view *view)
{
	json_t *causes = json_array();

	for (uint8_t i = 0; i < view->cause_count; i++)
		json_array_append_new(causes,
		                      json_pack("{s:o, s:i}", "say", say_json(&view->causes[i].say),
		                                "ppm", (int)view->causes[i].ppm));
	return causes;
}

static json_t *devices_json(const struct station_view *view)
{
	json_t *all = json_object();

	for (int i = 0; i < DEVICE_COUNT; i++)
		json_object_set_new(all, devices[i],
		                    json_pack("{s:s, s:o}", "health",
		                              healths[view->devices[i].health], "remedy",
		                              say_json(&view->devices[i].remedy)));
	return all;
}

static json_t *actions_json(const struct station_view *view)
{
	json_t *actions = json_array();

	for (size_t i = 0; i < view_command_count; i++)
		if (view->actions & (1u << i))
			json_array_append_new(actions, json_string(view_commands[i].name));
	return actions;
}

static json_t *weight_json(const struct station_view *view)
{
	json_t *mg = view->has_weight ? json_integer(view->weight.mg) /* raw: as shown */
	                              : json_null();

	json_t *early = view->has_early ? json_integer(view->early.mg) /* raw: likewise */
	                                : json_null();

	return json_pack("{s:o, s:s, s:o}", "mg", mg, "pan", pans[view->pan], "early_mg", early);
}

static json_t *band_json(const struct station_view *view)
{
	if (!view->has_band)
		return json_null();
	return json_pack("{s:i, s:i, s:i, s:i}", "expected_mg",
	                 (int)view->expected.mg,            /* raw: as shown */
	                 "spread_mg", (int)view->spread.mg, /* raw: likewise */
	                 "low_mg", (int)view->low.mg,       /* raw: likewise */
	                 "high_mg", (int)view->high.mg);    /* raw: likewise */
}

static void put_notice(json_t *json, const struct station_view *view)
{
	json_t *notice = json_pack(
		"{s:s, s:i, s:i, s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:b, s:b, "
		"s:o, s:o, s:b, s:i}",
		"number", view->number, "parcel", (int)view->parcel, "parcels", (int)view->parcels,
		"orders", (int)view->orders, "replaces", view->replaces,
		"country", view->country, "method", view->method, "recipient", view->recipient,
		"wishes", view->wishes, "packaging", view->packaging, "packaging_sku",
		view->packaging_sku, "due", view->due, "due_today", (int)view->due_today, "fragile",
		(int)view->fragile, "provable", (int)view->provable, "item_scans",
		(int)view->item_scans, "items", items_json(view), "findings", findings_json(view),
		"label_ready", (int)view->label_ready, "label_serial", (int)view->label_serial);

	if (notice)
		json_object_update(json, notice);
	json_decref(notice);
}

static void put_stage(json_t *json, const struct station_view *view)
{
	json_object_set_new(json, "word", say_json(&view->word));
	json_object_set_new(json, "lead", say_json(&view->lead));
	json_object_set_new(json, "say", say_json(&view->say));
	json_object_set_new(json, "next", say_json(&view->next));
	json_object_set_new(json, "note", say_json(&view->note));
	json_object_set_new(json, "note_count", json_integer((json_int_t)view->note_count));
	json_object_set_new(json, "sound", json_string(view->sound ? view->sound : ""));
}

char *web_view_json(const struct station_view *view)
{
	json_t *json = json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:b}", "version",
	                         (json_int_t)view->version, "bench", view->bench, "language",
	                         view->language, "packer", view->packer, "state",
	                         view->state ? machine_facts(view->state)->name : "", "tone",
	                         view->tone ? view->tone : "", "sign", view->sign ? view->sign : "",
	                         "today", (int)view->today, "pace", (int)view->pace,
	                         "clock_doubtful", (int)view->clock_doubtful);
	char *text;

	if (!json)
		return NULL;
	put_stage(json, view);
	put_notice(json, view);
	json_object_set_new(json, "inserts", inserts_json(view));
	json_object_set_new(json, "weight", weight_json(view));
	json_object_set_new(json, "band", band_json(view));
	json_object_set_new(json, "verdict", json_string(verdicts[view->verdict]));
	json_object_set_new(json, "difference_mg",
	                    json_integer(view->difference.mg)); /* raw: as shown */
	json_object_set_new(json, "causes", causes_json(view));
	json_object_set_new(json, "devices", devices_json(view));
	json_object_set_new(json, "actions", actions_json(view));
	text = json_dumps(json, JSON_COMPACT);
	json_decref(json);
	return text;
}

char *web_weight_json(const struct station_view *view)
{
	json_t *weight = weight_json(view);
	char *text = json_dumps(weight, JSON_COMPACT | JSON_ENCODE_ANY);

	json_decref(weight);
	return text;
}
