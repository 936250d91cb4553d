/* SPDX-License-Identifier: MIT */
/*
 * web_child.h - an answer that a child process writes: long files, PDF, pictures
 *
 * The child's memory leaves with it, and a slow reader slows the child, not the
 * station.  Nothing is answered before its first byte, so that a child that says no
 * becomes a proper refusal.
 *
 * Ownership:  the order is copied.
 * Errors:     the child's exit code 1 (the answer is no) is 404, any other 500.
 * Threads:    the loop's.
 */
#ifndef FIRMWARE_WEB_WEB_CHILD_H
#define FIRMWARE_WEB_WEB_CHILD_H

#include "web_parts.h"

#define WEB_CHILD_ARGS 14

struct web_child_order {
	const char *argv[WEB_CHILD_ARGS]; /* NULL at the end */
	const char *input;                /* its stdin */
	const char *type;                 /* of the content */
	char name[64];                    /* to be kept under; "" : to be looked at */
};

enum MHD_Result web_child_begin(struct web_request *request, const struct web_child_order *order);

#endif /* FIRMWARE_WEB_WEB_CHILD_H */
