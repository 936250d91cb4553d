/* SPDX-License-Identifier: MIT */
/*
 * What one unit of a SKU weighs: what the catalogue says, what the parcels taught, and a
 * supervisor's word on it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk.h"
#include "grams.h"
#include "web_reason.h"
#include "web_sheet.h"

/* ---- The page ------------------------------------------------------------------------------- */

struct weight_sheet {
	struct web_sheet sheet;
	char sku[NOTICE_KEY];
};

static void put_mass(struct web_page *page, const char *key, int64_t mg)
{
	char grams[GRAMS_TEXT];

	grams_format(mg, grams, sizeof(grams));
	web_put(page, "<div><dt>%s</dt><dd>%s%s<small>%s</small></dd></div>", web_say(page, key),
	        mg > 0 ? grams : "—", mg > 0 ? " " : "", mg > 0 ? web_say(page, "unit.g") : "");
}

static void put_reasons(struct web_page *page)
{
	web_put(page, "<label><span>%s</span><select name=\"why\" required><option value=\"\">—",
	        web_say(page, "unit-weight.why"));
	for (size_t i = 0; i < web_reason_count; i++) {
		if (strcmp(web_reasons[i].what, "weight") != 0)
			continue;
		web_put(page, "</option><option value=\"%s\">", web_reasons[i].name);
		web_put_word(page, "reason", web_reasons[i].name);
		web_put_raw(page, web_reasons[i].note ? "\u00a0*" : "");
	}
	web_put_raw(page, "</option></select></label>");
	web_put(page,
	        "<label><span>%s</span><textarea name=\"note\" maxlength=\"300\"></textarea>"
	        "<small>%s</small></label>",
	        web_say(page, "decide.note"), web_say(page, "decide.note-hint"));
}

static void put_button(struct web_page *page, const char *what, const char *css_class)
{
	char key[NOTICE_KEY];

	snprintf(key, sizeof(key), "unit-weight.%s", what);
	web_put(page, "<button class=\"%s\" name=\"do\" value=\"%s\">%s</button>", css_class, what,
	        web_say(page, key));
}

static void put_form(struct web_page *page, const struct desk_weight *weight)
{
	char learnt[GRAMS_TEXT] = "";

	/* To a hundredth: what was learnt is no surer than that. */
	if (weight->learnt.mg > 0)                                      /* raw: proposed */
		grams_format((weight->learnt.mg + 5) / 10 * 10, learnt, /* raw: likewise */
		             sizeof(learnt));
	web_put_form(page, "/weight", "panel fields");
	web_put(page,
	        "<h2>%s</h2><input type=\"hidden\" name=\"sku\" value=\"%s\"><label><span>%s</span>"
	        "<input name=\"grams\" inputmode=\"decimal\" "
	        "value=\"%s\"><small>%s</small></label>",
	        web_say(page, "unit-weight.word"), weight->sku, web_say(page, "unit-weight.grams"),
	        learnt, web_say(page, "unit-weight.grams-hint"));
	put_reasons(page);
	web_put_raw(page, "<p class=\"choose\">");
	put_button(page, "pin", "main");
	put_button(page, "new-lot", "");
	put_button(page, "reset", "");
	web_put_raw(page, "</p></form>");
}

static enum hal_status write_weight(struct web_sheet *sheet)
{
	const struct weight_sheet *own = hal_container_of(sheet, struct weight_sheet, sheet);
	struct web_page *page = &sheet->page;
	struct desk_weight weight;
	enum hal_status status = desk_find_weight(sheet->store, own->sku, &weight);

	if (status != HAL_OK)
		return status;
	web_put(page, "<h1><span class=\"sku\">%s</span> %s</h1>", weight.sku, weight.name);
	web_put_raw(page, "<dl class=\"kpis\">");
	put_mass(page, "unit-weight.catalogue", weight.catalogue.mg); /* raw: for the page */
	put_mass(page, "unit-weight.accepted", weight.accepted.mg);   /* raw: likewise */
	put_mass(page, "unit-weight.learnt", weight.learnt.mg);       /* raw: likewise */
	put_mass(page, "unit-weight.sure", weight.sure.mg);           /* raw: likewise */
	web_put(page, "<div><dt>%s</dt><dd>%lld</dd></div></dl>",
	        web_say(page, "unit-weight.parcels"), (long long)weight.parcels);
	put_form(page, &weight);
	return HAL_OK;
}

enum MHD_Result web_get_weight(struct web_request *request)
{
	struct weight_sheet *sheet = web_sheet_create(request, sizeof(*sheet));

	if (!sheet)
		return MHD_NO;
	snprintf(sheet->sku, sizeof(sheet->sku), "%s", web_query(request, "sku"));
	sheet->sheet.write = write_weight;
	sheet->sheet.title = "nav.weight";
	return web_sheet_begin(request, &sheet->sheet);
}

/* ---- The word ------------------------------------------------------------------------------- */

struct weight_task {
	struct web_task task;
	struct weight_word word;
	enum hal_status status;
};

static void drop(struct web_task *task)
{
	free(hal_container_of(task, struct weight_task, task));
}

static void word_done(struct weight_word *word, enum hal_status status)
{
	struct weight_task *own = hal_container_of(word, struct weight_task, word);

	own->status = status;
	web_ready(&own->task);
}

static enum MHD_Result refuse(const struct web_request *request, enum hal_status status)
{
	static const struct {
		enum hal_status status;
		unsigned code;
		const char *key;
	} answers[] = {
		{ HAL_E_ARG, MHD_HTTP_BAD_REQUEST, "refuse.weight" },
		{ HAL_E_BUSY, MHD_HTTP_SERVICE_UNAVAILABLE, "refuse.busy" },
		{ HAL_E_SYSTEM, MHD_HTTP_SERVICE_UNAVAILABLE, "refuse.storage" },
	};
	size_t i = 0;

	while (i + 1 < sizeof(answers) / sizeof(answers[0]) && answers[i].status != status)
		i++;
	return web_refuse(request, answers[i].code, answers[i].key, "", "/catalogue");
}

static enum MHD_Result answer(struct web_request *request, struct web_task *task)
{
	const struct weight_task *own = hal_container_of(task, struct weight_task, task);

	return own->status == HAL_OK ? web_go_back(request, "/catalogue", "weight")
	                             : refuse(request, own->status);
}

static bool take_what(struct weight_word *word, const struct web_form *form)
{
	static const char *const whats[] = {
		[WEIGHT_PIN] = "pin",
		[WEIGHT_RESET] = "reset",
		[WEIGHT_NEW_LOT] = "new-lot",
	};
	const char *what = web_field(form, "do");
	int i = WEIGHT_NEW_LOT;

	while (i >= 0 && strcmp(whats[i], what) != 0)
		i--;
	if (i < 0)
		return false;
	word->what = (enum weight_word_what)i;
	return word->what != WEIGHT_PIN ||
	       grams_parse(web_field(form, "grams"), &word->weight.mg); /* raw: as typed */
}

static bool take(struct weight_word *word, const struct web_form *form)
{
	const char *sku = web_field(form, "sku"), *note = web_field(form, "note");

	if (strlen(sku) >= sizeof(word->sku) || strlen(note) >= sizeof(word->note))
		return false;
	memcpy(word->sku, sku, strlen(sku) + 1);
	memcpy(word->note, note, strlen(note) + 1);
	snprintf(word->reason, sizeof(word->reason), "%s", web_field(form, "why"));
	return take_what(word, form);
}

enum MHD_Result web_post_weight(struct web_request *request)
{
	const struct web_form *form = &request->form;
	const struct web_reason *reason = web_reason_find("weight", web_field(form, "why"));
	struct weight_task *own;
	enum hal_status status;

	if (!reason)
		return web_refuse(request, MHD_HTTP_BAD_REQUEST, "refuse.no-reason", "",
		                  "/catalogue");
	if (!web_reason_has_note(reason, web_field(form, "note")))
		return web_refuse(request, MHD_HTTP_BAD_REQUEST, "refuse.no-note", "",
		                  "/catalogue");
	own = calloc(1, sizeof(*own));
	if (!own)
		return MHD_NO;
	memcpy(own->word.supervisor, request->session->person, sizeof(own->word.supervisor));
	own->word.done = word_done;
	own->task.answer = answer;
	own->task.drop = drop;
	status = take(&own->word, form) ? station_set_weight(request->web->env.station, &own->word)
	                                : HAL_E_ARG;
	if (status == HAL_OK)
		return web_sleep(request, &own->task);
	free(own);
	return refuse(request, status);
}
