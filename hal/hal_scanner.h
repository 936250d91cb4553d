/* SPDX-License-Identifier: MIT */
/*
 * hal_scanner.h - contract of a barcode scanner
 *
 * One call a code read, whole or not at all: half a code never leaves a driver.
 *
 * Ownership:  open() hands the caller a scanner to pass to hal_scanner_close()
 *             exactly once.  The text of a scan is borrowed until the call returns.
 * Errors:     a link lost arrives as link(), once for each change.
 * Threads:    the loop's.  A callback may call anything here but close.
 * Implementers: drivers/scanner/.
 */
#ifndef HAL_SCANNER_H
#define HAL_SCANNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal_status.h"

#define HAL_SCAN_MAX 128

struct hal_scan {
	const char *text; /* NUL-ended UTF-8; prefixes, suffixes and AIM identifier cut off */
	size_t len;
	char symbology[4]; /* AIM identifier as read, "]C0"; empty when the scanner does not say */
	int64_t taken_us;  /* loop time of its last character */
};

enum hal_scan_refusal {
	HAL_SCAN_DROPPED,  /* key events were lost on the way */
	HAL_SCAN_TOO_LONG, /* longer than HAL_SCAN_MAX */
	HAL_SCAN_GARBLED,  /* not text: control characters, bad UTF-8, an unfinished continuation */
	HAL_SCAN_DOUBLE,   /* the same code again within the double-read time; quiet */
};

struct hal_scanner_listener {
	/* Mandatory. */
	void (*scan)(void *owner, const struct hal_scan *scan);
	/* Mandatory.  Something was read that cannot be trusted: say so, scan again. */
	void (*refused)(void *owner, enum hal_scan_refusal why);
	/* Mandatory. */
	void (*link)(void *owner, bool up, enum hal_status why);
};

struct hal_scanner;

struct hal_scanner_ops {
	void (*close)(struct hal_scanner *scanner);
};

struct hal_scanner {
	const struct hal_scanner_ops *ops;
	const struct hal_scanner_listener *listener;
	void *owner;
};

static inline void hal_scanner_close(struct hal_scanner *scanner)
{
	if (scanner)
		scanner->ops->close(scanner);
}

#endif /* HAL_SCANNER_H */
