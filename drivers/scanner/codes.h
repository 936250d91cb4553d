/* SPDX-License-Identifier: MIT */
/*
 * codes.h - bytes in, whole codes out
 *
 * What all scanners share above their wires: where a code ends, what is cut off
 * it, and what is refused.  A code is told whole or not at all.  When something
 * of it was lost or makes no sense, that is told once, and the rest of it is
 * swallowed up to its end or to a silence as long as no code contains.
 *
 * Units:      times are loop time, _us.
 * Ownership:  embedded in the driver, which is its scanner's owner; codes_finish
 *             before that is freed.
 * Threads:    the loop's.
 */
#ifndef DRIVERS_SCANNER_CODES_H
#define DRIVERS_SCANNER_CODES_H

#include "driver.h"
#include "scanner/aim.h"

#define CODES_PREFIX_MAX 16
#define CODES_TEXT_MAX   (CODES_PREFIX_MAX + AIM_LEN + HAL_SCAN_MAX + 4)
#define CODES_SEEN       4 /* codes in view at once whose second reading is noticed */

enum codes_state {
	CODES_EMPTY,   /* between two codes */
	CODES_READING, /* in a code */
	CODES_SPOILT,  /* in a code that was refused: the rest of it is swallowed */
};

struct codes_seen {
	char text[HAL_SCAN_MAX + 1];
	int64_t at_us;
};

struct codes_suffix {
	const char *name; /* the word in the configuration */
	const char *ends; /* any of these bytes ends a code; "": only silence does */
};

struct codes {
	struct hal_loop *loop;
	struct hal_scanner *scanner; /* whose listener is told */
	const struct codes_suffix *suffix;
	char prefix[CODES_PREFIX_MAX + 1];
	bool aim;
	int64_t quiet_us; /* a silence that no code contains */
	int64_t double_us;
	bool up;
	enum codes_state state;
	struct hal_timer quiet;
	int64_t quiet_due_us;
	int64_t last_us; /* when the last byte was taken */
	char text[CODES_TEXT_MAX];
	size_t len;
	struct codes_seen seen[CODES_SEEN];
	unsigned seen_next;
};

/* HAL_E_ARG with reterr_fault when an option makes no sense. */
enum hal_status codes_init(struct codes *codes, struct hal_loop *loop, struct hal_scanner *scanner,
                           const struct scanner_options *options, struct hal_fault *reterr_fault);
void codes_finish(struct codes *codes);

/* The link changed; what was read so far is forgotten.  Told when it is news. */
void codes_link(struct codes *codes, bool up, enum hal_status why);

/* One byte of UTF-8, taken at that time; where it is an ending, the code is told. */
void codes_byte(struct codes *codes, char byte, int64_t taken_us);

/* The same for wires that mark the end in another way: no byte ends the code but codes_end(). */
void codes_add(struct codes *codes, char byte, int64_t taken_us);
void codes_end(struct codes *codes, const char *symbology);

/* The scanner is busy with the present code, though no byte came of it. */
void codes_touch(struct codes *codes, int64_t taken_us);

/* The code being read, or about to be, cannot be trusted. */
void codes_spoil(struct codes *codes, enum hal_scan_refusal why, int64_t taken_us);

#endif /* DRIVERS_SCANNER_CODES_H */
