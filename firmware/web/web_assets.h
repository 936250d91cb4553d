/* SPDX-License-Identifier: MIT */
/*
 * web_assets.h - the files of firmware/web/, inside the program
 *
 * The table is written at build time by tools/embed.sh; a page asks for a file by
 * its path and is told by its etag when it has it already.
 *
 * Ownership:  static storage.
 */
#ifndef FIRMWARE_WEB_WEB_ASSETS_H
#define FIRMWARE_WEB_WEB_ASSETS_H

#include <stddef.h>
#include <stdint.h>

struct web_asset {
	const char *path; /* "/bench.js" */
	const char *type; /* "text/javascript; charset=utf-8" */
	const char *etag; /* quoted digest of the content */
	const uint8_t *data;
	size_t len;
};

extern const struct web_asset web_assets[];
extern const size_t web_asset_count;

#endif /* FIRMWARE_WEB_WEB_ASSETS_H */
