/* SPDX-License-Identifier: MIT */
/* Who answers which path, and what every answer carries. */
#include <stdlib.h>
#include <string.h>

#include "web_assets.h"
#include "web_parts.h"

struct route {
	const char *method;
	const char *path;
	enum MHD_Result (*answer)(struct web_request *request);
};

/* clang-format off */
static const struct route routes[] = {
	{ "GET",  "/api/view",    web_get_view },
	{ "GET",  "/events",      web_get_events },
	{ "GET",  "/healthz",     web_get_health },
	{ "GET",  "/metrics",     web_get_metrics },
	{ "GET",  "/label.png",   web_get_label },
	{ "POST", "/api/command", web_post_command },
};

static const char *const headers[][2] = {
	{ "Content-Security-Policy", "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options",  "nosniff" },
	{ "Referrer-Policy",         "no-referrer" },
};
/* clang-format on */

enum MHD_Result web_queue(const struct web_request *request, unsigned status,
                          struct MHD_Response *response)
{
	enum MHD_Result result;

	if (!response)
		return MHD_NO;
	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
		MHD_add_response_header(response, headers[i][0], headers[i][1]);
	result = MHD_queue_response(request->connection, status, response);
	MHD_destroy_response(response);
	return result;
}

enum MHD_Result web_answer(const struct web_request *request, unsigned status, const char *type,
                           const char *text)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_MUST_COPY);

	if (response) {
		MHD_add_response_header(response, "Content-Type", type);
		MHD_add_response_header(response, "Cache-Control", "no-store");
	}
	return web_queue(request, status, response);
}

/* Another site's page must not talk to the bench under a name of its own. */
static bool host_is_ours(const struct web_request *request)
{
	const char *host =
		MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "Host");
	const char *own = request->web->env.config->web.listen;
	size_t len = host ? strcspn(host, ":") : 0;

	if (!host)
		return false;
	return (len == 9 && strncmp(host, "localhost", len) == 0) ||
	       (len == 9 && strncmp(host, "127.0.0.1", len) == 0) ||
	       (len == strlen(own) && strncmp(host, own, len) == 0);
}

static const struct web_asset *find_asset(const char *path)
{
	if (strcmp(path, "/") == 0)
		path = "/bench.html";
	for (size_t i = 0; i < web_asset_count; i++)
		if (strcmp(web_assets[i].path, path) == 0)
			return &web_assets[i];
	return NULL;
}

static enum MHD_Result send_asset(struct web_request *request, const struct web_asset *asset)
{
	const char *has =
		MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "If-None-Match");
	bool same = has && strcmp(has, asset->etag) == 0;
	struct MHD_Response *response = MHD_create_response_from_buffer(
		same ? 0 : asset->len, (void *)(uintptr_t)asset->data, MHD_RESPMEM_PERSISTENT);

	if (response) {
		MHD_add_response_header(response, "Content-Type", asset->type);
		MHD_add_response_header(response, "Cache-Control", "no-cache");
		MHD_add_response_header(response, "ETag", asset->etag);
	}
	return web_queue(request, same ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK, response);
}

static enum MHD_Result dispatch(struct web_request *request)
{
	const struct web_asset *asset;
	bool known = false;

	if (!host_is_ours(request))
		return web_answer(request, MHD_HTTP_FORBIDDEN, "text/plain",
		                  "This bench answers under its own address only.\n");
	if (request->too_long)
		return web_answer(request, MHD_HTTP_CONTENT_TOO_LARGE, "text/plain", "Too long.\n");
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		if (strcmp(routes[i].path, request->path) != 0)
			continue;
		known = true;
		if (strcmp(routes[i].method, request->method) == 0)
			return routes[i].answer(request);
	}
	asset = strcmp(request->method, "GET") == 0 ? find_asset(request->path) : NULL;
	if (asset)
		return send_asset(request, asset);
	return web_answer(request, known ? MHD_HTTP_METHOD_NOT_ALLOWED : MHD_HTTP_NOT_FOUND,
	                  "text/plain", "There is nothing here.\n");
}

static void take_body(struct web_request *request, const char *data, size_t *len)
{
	if (*len > WEB_BODY_MAX - request->len)
		request->too_long = true;
	else
		memcpy(request->body + request->len, data, *len);
	request->len += request->too_long ? 0 : *len;
	*len = 0;
}

enum MHD_Result web_handle(void *owner, struct MHD_Connection *connection, const char *path,
                           const char *method, const char *version, const char *data,
                           size_t *data_len, void **state)
{
	struct web_request *request = *state;

	(void)version;
	if (!request) {
		request = calloc(1, sizeof(*request));
		if (!request)
			return MHD_NO;
		request->web = owner;
		request->connection = connection;
		*state = request;
		return MHD_YES;
	}
	if (*data_len > 0) {
		take_body(request, data, data_len);
		return MHD_YES;
	}
	request->method = method;
	request->path = path;
	request->web->requests++;
	return dispatch(request);
}

void web_completed(void *owner, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode why)
{
	(void)owner;
	(void)connection;
	(void)why;
	free(*state);
	*state = NULL;
}
