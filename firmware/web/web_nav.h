/* SPDX-License-Identifier: MIT */
/*
 * web_nav.h - the supervisors' pages as they stand in the navigation
 *
 * Rows of one group stand together; a group's first row is where its word in the
 * header leads.
 *
 * Ownership:  static storage.
 */
#ifndef FIRMWARE_WEB_WEB_NAV_H
#define FIRMWARE_WEB_WEB_NAV_H

#include <stddef.h>

struct web_nav {
	const char *group; /* its word is "group." + this */
	const char *path;
	const char *word; /* key of the message catalogues */
};

extern const struct web_nav web_nav[];
extern const size_t web_nav_count;

#endif /* FIRMWARE_WEB_WEB_NAV_H */
