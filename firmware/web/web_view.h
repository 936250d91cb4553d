/* SPDX-License-Identifier: MIT */
/*
 * web_view.h - the bench's view as JSON, for pages and for whoever watches a bench
 *
 * Ownership:  the text is the caller's to free().
 * Threads:    the loop's.
 */
#ifndef FIRMWARE_WEB_WEB_VIEW_H
#define FIRMWARE_WEB_WEB_VIEW_H

#include "view.h"

/* The whole view; NULL when there is no memory. */
char *web_view_json(const struct station_view *view);

/* The weight alone: {"mg":312400,"pan":"stable"}; mg is null when there is none. */
char *web_weight_json(const struct station_view *view);

#endif /* FIRMWARE_WEB_WEB_VIEW_H */
