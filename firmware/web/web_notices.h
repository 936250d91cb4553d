/* SPDX-License-Identifier: MIT */
/*
 * web_notices.h - notices from a program: POST /api/notices
 *
 * The shop's system posts JSON Lines or CSV as `stationctl import` reads them, with
 * "Authorization: Bearer TOKEN"; without the token not a byte of the body is kept.
 * Once the body is whole it goes in slice by slice (bulk.h) and the answer says, as
 * JSON Lines, which rows were refused and why, what the lint found, and the totals.
 * What does not come whole is forgotten.
 *
 *	200  every row went in, or was here already
 *	207  some rows were refused
 *	422  all were, or the body as a whole cannot be read
 *
 * Ownership:  of the request, until its body is whole; then it drops itself.
 * Threads:    the loop's.
 * Source:     RFC 6750 (Bearer), RFC 9110 (status codes).
 */
#ifndef FIRMWARE_WEB_WEB_NOTICES_H
#define FIRMWARE_WEB_WEB_NOTICES_H

#include "web_parts.h"

#define WEB_NOTICES_MAX (INT64_C(64) * 1024 * 1024)

struct web_notices;

/* The token out of the file that [web] token names; none named: "". */
HAL_MUST_USE enum hal_status web_notices_read_token(const struct config *config, char *token,
                                                    size_t size, struct hal_fault *reterr_fault);

/* Does the request carry the token? */
bool web_notices_may(const struct web_request *request);

/* Before the first byte.  NULL: no room; *ret_result is what was answered. */
struct web_notices *web_notices_open(struct web_request *request, enum MHD_Result *ret_result);
void web_notices_close(struct web_notices *notices);

/* False: more than may come, the connection is closed. */
bool web_notices_take(struct web_notices *notices, const char *data, size_t len);

enum MHD_Result web_post_notices(struct web_request *request);

#endif /* FIRMWARE_WEB_WEB_NOTICES_H */
