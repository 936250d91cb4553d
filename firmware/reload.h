/* SPDX-License-Identifier: MIT */
/*
 * reload.h - the configuration read again while the bench works
 *
 * A wrong file changes nothing.  Of a good one the devices that differ are opened
 * anew, between two steps of the station and never amid one; what else it says
 * waits for the next start.
 *
 * Ownership:  storage is the caller's, kept while the loop runs; everything it
 *             points to is borrowed.
 * Threads:    the loop's.
 */
#ifndef FIRMWARE_RELOAD_H
#define FIRMWARE_RELOAD_H

#include "config.h"
#include "hal_log.h"
#include "hal_loop.h"
#include "station.h"
#include "wiring.h"

struct reload {
	struct hal_loop *loop;
	struct hal_log *log;
	const char *path;
	struct config *running;
	const struct config *settings; /* with what was set on a page, which goes before the file */
	struct station *station;
	struct wiring *wiring;
	/* Its own. */
	struct config fresh;
	struct hal_timer quiet;
};

/* Reads the file; says in the log what became of it. */
void reload_begin(struct reload *reload);

#endif /* FIRMWARE_RELOAD_H */
