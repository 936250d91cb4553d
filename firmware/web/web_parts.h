/* SPDX-License-Identifier: MIT */
/*
 * web_parts.h - the inside of the web, for the web_*.c files alone
 *
 * web.c keeps libmicrohttpd turning in our loop; web_route.c says who answers
 * which path; the others answer.
 *
 * Threads:    the loop's.
 */
#ifndef FIRMWARE_WEB_WEB_PARTS_H
#define FIRMWARE_WEB_WEB_PARTS_H

#include <microhttpd.h>

#include "web.h"
#include "web_events.h"

#define WEB_BODY_MAX 4096

struct web {
	struct web_env env;
	struct MHD_Daemon *daemon;
	struct hal_watch watch;
	struct hal_timer due, soon, beat, weight;
	struct web_streams streams;
	bool inside, beating, weighing;
	int64_t weighed_us; /* when the pages were last told a weight */
	uint64_t requests;
};

/* One request while it is being taken in. */
struct web_request {
	struct web *web;
	struct MHD_Connection *connection;
	const char *method, *path;
	char body[WEB_BODY_MAX + 1];
	size_t len;
	bool too_long;
};

/* The two faces of web_route.c to libmicrohttpd. */
enum MHD_Result web_handle(void *owner, struct MHD_Connection *connection, const char *path,
                           const char *method, const char *version, const char *data,
                           size_t *data_len, void **request);
void web_completed(void *owner, struct MHD_Connection *connection, void **request,
                   enum MHD_RequestTerminationCode why);

/* Sends text (copied) with the headers that every answer carries. */
enum MHD_Result web_answer(const struct web_request *request, unsigned status, const char *type,
                           const char *text);
/* Queues a response with those headers, and lets go of it. */
enum MHD_Result web_queue(const struct web_request *request, unsigned status,
                          struct MHD_Response *response);

/* web_api.c */
enum MHD_Result web_get_view(struct web_request *request);
enum MHD_Result web_get_events(struct web_request *request);
enum MHD_Result web_get_health(struct web_request *request);
enum MHD_Result web_get_metrics(struct web_request *request);
enum MHD_Result web_get_label(struct web_request *request);
enum MHD_Result web_post_command(struct web_request *request);

#endif /* FIRMWARE_WEB_WEB_PARTS_H */
