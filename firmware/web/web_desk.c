/* SPDX-License-Identifier: MIT */
/* The supervisor's desk: what waits for a decision at this bench now. */
#include <stdio.h>
#include <string.h>

#include "web_page.h"
#include "web_parts.h"

static bool waits(const struct station_view *view)
{
	return view->state == ST_HELD || view->state == ST_MISMATCH;
}

static void put_nothing(struct web_page *page)
{
	web_put(page, "<h1>%s</h1><p class=\"empty\">%s</p>", web_say(page, "queue.none"),
	        web_say(page, "queue.none-hint"));
}

static void put_case(struct web_page *page, const struct station_view *view)
{
	web_put(page, "<h1>%s</h1>", web_say(page, "queue.one"));
	web_put(page, "<section class=\"panel\"><h2>%s</h2><dl class=\"facts\">", view->number);
	web_put(page, "<dt>%s</dt><dd>", web_say(page, "queue.difference"));
	web_put_difference(page, view->difference.mg); /* raw: for the page */
	web_put_raw(page, "</dd></dl></section>");
}

enum MHD_Result web_get_queue(struct web_request *request)
{
	const struct station_view *view = station_view(request->web->env.station);
	struct web_page page;

	web_page_init(&page, request);
	web_page_begin(&page, web_say(&page, "nav.queue"));
	if (waits(view))
		put_case(&page, view);
	else
		put_nothing(&page);
	web_page_end(&page);
	return web_page_send(&page, request, MHD_HTTP_OK);
}
