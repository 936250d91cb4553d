/* SPDX-License-Identifier: MIT */
/*
 * What leaves without anybody at the bench: a closed bag that the courier took, and tracking
 * numbers that the shop was given.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk.h"
#include "web_sheet.h"

/* ---- The page ------------------------------------------------------------------------------- */

struct leaving {
	struct web_sheet sheet;
	int64_t now_us;
	unsigned bags;
};

static void put_bag(void *context, const struct desk_bag *bag)
{
	struct leaving *leaving = context;
	struct web_page *page = &leaving->sheet.page;

	if (leaving->bags++ == 0)
		web_put(page,
		        "<div class=\"sheet stack\"><table><thead><tr><th>%s</th><th>%s</th>"
		        "<th class=\"num\">%s</th><th>%s</th><th></th></tr></thead><tbody>",
		        web_say(page, "handover.bag"), web_say(page, "handover.method"),
		        web_say(page, "handover.parcels"), web_say(page, "handover.closed"));
	web_put(page, "<tr><td data-name=\"%s\"><b>%s</b></td><td data-name=\"%s\">",
	        web_say(page, "handover.bag"), bag->code, web_say(page, "handover.method"));
	web_put_word(page, "method", bag->method);
	web_put(page, "</td><td class=\"num\" data-name=\"%s\">%u</td><td data-name=\"%s\">",
	        web_say(page, "handover.parcels"), bag->parcels, web_say(page, "handover.closed"));
	web_put_time(page, bag->closed_us);
	web_put_raw(page, "</td><td>");
	web_put_form(page, "/handover", "cell-acts");
	web_put(page,
	        "<input type=\"hidden\" name=\"bag\" value=\"%s\">"
	        "<button name=\"do\" value=\"leave\">%s</button></form></td></tr>",
	        bag->code, web_say(page, "handover.leave"));
}

static void put_untold(struct web_page *page, int64_t count, int64_t now_us)
{
	char figure[24];

	snprintf(figure, sizeof(figure), "%lld", (long long)count);
	web_put(page, "<section class=\"panel\"><h2>%s</h2><p>", web_say(page, "handover.shop"));
	web_put_say(page, count ? "handover.untold" : "handover.all-told",
	            (const char *const[]){ figure }, 1);
	web_put_raw(page, "</p>");
	if (count > 0) {
		web_put_form(page, "/handover", "choose");
		web_put(page,
		        "<input type=\"hidden\" name=\"until\" value=\"%lld\">"
		        "<a class=\"act\" href=\"/shipped\">%s</a>"
		        "<button name=\"do\" value=\"told\">%s</button></form>",
		        (long long)now_us, web_say(page, "handover.list"),
		        web_say(page, "handover.tell"));
	}
	web_put_raw(page, "</section>");
}

static enum hal_status write_leaving(struct web_sheet *sheet)
{
	struct leaving *leaving = hal_container_of(sheet, struct leaving, sheet);
	struct web_page *page = &sheet->page;
	enum hal_status status;
	int64_t untold = 0;

	web_put(page, "<h1>%s</h1><p>%s</p><section><h2>%s</h2>", web_say(page, "nav.handover"),
	        web_say(page, "handover.lead"), web_say(page, "handover.bags"));
	status = desk_each_closed_bag(sheet->store, put_bag, leaving);
	if (leaving->bags > 0)
		web_put_raw(page, "</tbody></table></div>");
	else
		web_put(page, "<p class=\"empty\">%s</p>", web_say(page, "handover.no-bags"));
	web_put_raw(page, "</section>");
	if (status == HAL_OK)
		status = desk_count_untold(sheet->store, &untold);
	put_untold(page, untold, leaving->now_us);
	return status;
}

enum MHD_Result web_get_handover(struct web_request *request)
{
	struct leaving *leaving = web_sheet_create(request, sizeof(*leaving));

	if (!leaving)
		return MHD_NO;
	leaving->now_us = hal_wall_now(request->web->env.clock).us;
	leaving->sheet.write = write_leaving;
	leaving->sheet.title = "nav.handover";
	return web_sheet_begin(request, &leaving->sheet);
}

/* ---- Changing ------------------------------------------------------------------------------- */

struct handover_act {
	struct web_act act;
	struct journal_bag bag;
	int64_t until_us;
};

static enum hal_status run_leave(struct web_act *base)
{
	struct handover_act *act = hal_container_of(base, struct handover_act, act);
	struct journal_receipt receipt;
	struct desk_bag bag;
	enum hal_status status = desk_find_closed_bag(base->store, act->bag.code, &bag);

	if (status != HAL_OK)
		return status;
	snprintf(act->bag.state, sizeof(act->bag.state), "handed-over");
	memcpy(act->bag.method, bag.method, sizeof(act->bag.method));
	memcpy(act->bag.carrier, bag.carrier, sizeof(act->bag.carrier));
	base->step.kind = JOURNAL_BAG;
	base->step.bag = &act->bag;
	memcpy(base->step.subject, bag.code, sizeof(base->step.subject));
	return journal_commit(base->store, &base->step, &receipt, &base->fault);
}

/* Only what stood on the page: what was packed since was not given to anybody. */
static enum hal_status run_told(struct web_act *base)
{
	const struct handover_act *act = hal_container_of(base, struct handover_act, act);

	return inbox_mark_given(base->store, base->step.at, 0, act->until_us, &base->fault);
}

enum MHD_Result web_post_handover(struct web_request *request)
{
	const struct web_form *form = &request->form;
	bool leaves = strcmp(web_field(form, "do"), "leave") == 0;
	bool tells = strcmp(web_field(form, "do"), "told") == 0;
	struct handover_act *act;

	if (!leaves && !tells)
		return web_refuse(request, MHD_HTTP_BAD_REQUEST, "refuse.no-reason", "",
		                  "/handover");
	act = web_act_create(request, sizeof(*act), "/handover", leaves ? "left" : "told");
	if (!act)
		return MHD_NO;
	act->act.act = leaves ? run_leave : run_told;
	snprintf(act->act.step.packer, sizeof(act->act.step.packer), "%s",
	         request->session->person);
	snprintf(act->bag.code, sizeof(act->bag.code), "%s", web_field(form, "bag"));
	act->until_us = strtoll(web_field(form, "until"), NULL, 10);
	if (tells && act->until_us <= 0)
		act->until_us = 1;
	return web_act_begin(request, &act->act);
}
