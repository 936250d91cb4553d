/* SPDX-License-Identifier: MIT */
/*
 * web_receive.h - a form with a file in it, as it comes in
 *
 * The fields stand before the file, the session's token among them: not a byte of
 * the file is kept before that token was seen.
 *
 * Ownership:  of the request that it comes with.
 * Threads:    the loop's.
 * Source:     RFC 7578 (multipart/form-data), read by libmicrohttpd's post processor.
 */
#ifndef FIRMWARE_WEB_WEB_RECEIVE_H
#define FIRMWARE_WEB_WEB_RECEIVE_H

#include "web_parts.h"

struct web_receive;

/* NULL: no multipart form, or no memory. */
struct web_receive *web_receive_open(struct web_request *request);
void web_receive_close(struct web_receive *receive);

/* False: enough of this, the connection is closed. */
bool web_receive_take(struct web_receive *receive, const char *data, size_t len);

/* After the last byte: "" when a whole file came with its token, or why not, a key of words. */
const char *web_receive_why(const struct web_receive *receive);

#endif /* FIRMWARE_WEB_WEB_RECEIVE_H */
