/* SPDX-License-Identifier: MIT */
/*
 * POST /api/decide: a supervisor's word on the parcel that waits at this bench.
 *
 * {"notice", "parcel", "seen_mg", "why": "allow.counted", "note"} as JSON, with the form's
 * token in X-Form-Token, or the same fields as a form.  The decision belongs to the parcel
 * and to the weight that was looked at: anything else that lies there meanwhile is another
 * question.  It is answered when the bench has moved on, which is after its record is on
 * disk.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "web_desk.h"

#define JSON "application/json"

struct decide {
	struct web_task task;
	struct store *store;
	char person[NOTICE_KEY];
	char notice[NOTICE_KEY];
	uint32_t parcel;
	int64_t seen_mg;
	char what[16];
	const struct web_reason *reason;
	char note[NOTICE_LONG];
	bool json, packed_it;
	enum hal_status status;
	enum machine_state was; /* the bench's state when it was told */
};

static const struct {
	const char *what;
	enum machine_decision decision;
} decisions[] = {
	{ "allow", DECISION_ALLOW },
	{ "again", DECISION_AGAIN },
	{ "refuse", DECISION_REFUSE },
};

static enum MHD_Result answer(const struct web_request *request, bool json, unsigned status,
                              const char *why)
{
	char text[128];

	if (!json && status == MHD_HTTP_OK)
		return web_go_back(request, "/queue", why);
	if (!json) {
		snprintf(text, sizeof(text), "refuse.%s", why);
		return web_refuse(request, status, text, "", "/queue");
	}
	snprintf(text, sizeof(text), "{\"done\":%s,\"why\":\"%s\"}\n",
	         status == MHD_HTTP_OK ? "true" : "false", why);
	return web_answer(request, status, JSON, text);
}

/* ---- Taking it in --------------------------------------------------------------------------- */

static bool take_why(struct decide *decide, const char *why)
{
	const char *dot = strchr(why, '.');

	if (!dot || (size_t)(dot - why) >= sizeof(decide->what))
		return false;
	memcpy(decide->what, why, (size_t)(dot - why));
	decide->reason = web_reason_find(decide->what, dot + 1);
	return decide->reason != NULL;
}

static bool copy(char *to, size_t size, const char *text)
{
	size_t len = strlen(text);

	if (len >= size)
		return false;
	memcpy(to, text, len + 1);
	return true;
}

static bool take_form(struct decide *decide, const struct web_form *form)
{
	decide->parcel = (uint32_t)strtoul(web_field(form, "parcel"), NULL, 10);
	decide->seen_mg = strtoll(web_field(form, "seen_mg"), NULL, 10);
	return copy(decide->notice, sizeof(decide->notice), web_field(form, "notice")) &&
	       copy(decide->note, sizeof(decide->note), web_field(form, "note")) &&
	       take_why(decide, web_field(form, "why"));
}

static const char *text_of(const json_t *json, const char *key)
{
	const char *text = json_string_value(json_object_get(json, key));

	return text ? text : "";
}

static bool take_json(struct decide *decide, const struct web_request *request)
{
	json_t *json = json_loadb(request->body, request->len, JSON_REJECT_DUPLICATES, NULL);
	const json_t *seen = json_object_get(json, "seen_mg");
	bool good;

	decide->parcel = (uint32_t)json_integer_value(json_object_get(json, "parcel"));
	decide->seen_mg = json_integer_value(seen);
	good = json_is_integer(seen) &&
	       copy(decide->notice, sizeof(decide->notice), text_of(json, "notice")) &&
	       copy(decide->note, sizeof(decide->note), text_of(json, "note")) &&
	       take_why(decide, text_of(json, "why"));
	json_decref(json);
	return good;
}

/* ---- Telling the bench ---------------------------------------------------------------------- */

static void drop(struct web_task *task)
{
	free(hal_container_of(task, struct decide, task));
}

static void run_look(struct web_task *task)
{
	struct decide *decide = hal_container_of(task, struct decide, task);

	decide->status = desk_find_packed_by(decide->store, decide->person, decide->notice,
	                                     decide->parcel, &decide->packed_it);
}

static bool is_the_same(const struct decide *decide, const struct station_view *view)
{
	return web_desk_waits(view) && strcmp(view->number, decide->notice) == 0 &&
	       view->parcel + 1u == decide->parcel && web_desk_seen_mg(view) == decide->seen_mg;
}

static bool tell_bench(struct web_request *request, const struct decide *decide)
{
	struct station_decision decision = {
		.supervisor = decide->person,
		.reason = decide->reason->name,
		.note = decide->note,
	};

	for (size_t i = 0; i < sizeof(decisions) / sizeof(decisions[0]); i++)
		if (strcmp(decisions[i].what, decide->what) == 0)
			decision.decision = decisions[i].decision;
	return decision.decision != DECISION_NONE &&
	       station_decide(request->web->env.station, &decision);
}

static enum MHD_Result decided(struct web_request *request, struct web_task *task)
{
	const struct decide *decide = hal_container_of(task, struct decide, task);
	const struct station_view *view = station_view(request->web->env.station);

	if (view->state == ST_STOPPED)
		return answer(request, decide->json, MHD_HTTP_SERVICE_UNAVAILABLE, "storage");
	return answer(request, decide->json, MHD_HTTP_OK, decide->what);
}

static enum MHD_Result looked(struct web_request *request, struct web_task *task)
{
	struct decide *decide = hal_container_of(task, struct decide, task);
	const struct station_view *view = station_view(request->web->env.station);

	if (decide->status != HAL_OK)
		return answer(request, decide->json, MHD_HTTP_SERVICE_UNAVAILABLE, "storage");
	if (request->web->deciding || !is_the_same(decide, view))
		return answer(request, decide->json, MHD_HTTP_CONFLICT, "moved-on");
	/* Another event may take the parcel elsewhere before ours is looked at. */
	if (!station_is_quiet(request->web->env.station))
		return answer(request, decide->json, MHD_HTTP_SERVICE_UNAVAILABLE, "busy");
	decide->was = view->state;
	if (decide->packed_it || !tell_bench(request, decide))
		return answer(request, decide->json, MHD_HTTP_FORBIDDEN, "own-parcel");
	task->answer = decided;
	if (view->state != decide->was)
		return decided(request, task);
	request->web->deciding = task;
	return web_sleep(request, task);
}

void web_decide_look(struct web *web)
{
	struct web_task *task = web->deciding;
	const struct decide *decide = task ? hal_container_of(task, struct decide, task) : NULL;

	if (!decide || station_view(web->env.station)->state == decide->was)
		return;
	web->deciding = NULL;
	web_ready(task);
}

void web_decide_end(struct web *web)
{
	struct web_task *task = web->deciding;

	web->deciding = NULL;
	if (task)
		web_ready(task);
}

static bool is_json(const struct web_request *request)
{
	const char *type =
		MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "Content-Type");

	return type && strncmp(type, JSON, strlen(JSON)) == 0;
}

enum MHD_Result web_post_decide(struct web_request *request)
{
	struct decide *decide = calloc(1, sizeof(*decide));
	bool json = is_json(request), good;
	const char *wrong = NULL;

	if (!decide)
		return MHD_NO;
	good = json ? take_json(decide, request) : take_form(decide, &request->form);
	if (!good)
		wrong = "no-reason";
	else if (!web_reason_has_note(decide->reason, decide->note))
		wrong = "no-note";
	if (wrong) {
		free(decide);
		return answer(request, json, MHD_HTTP_BAD_REQUEST, wrong);
	}
	decide->json = json;
	decide->store = request->web->env.store;
	memcpy(decide->person, request->session->person, sizeof(decide->person));
	decide->task.run = run_look;
	decide->task.answer = looked;
	decide->task.drop = drop;
	return web_begin(request, &decide->task, HAL_QUEUE_CLERK);
}
