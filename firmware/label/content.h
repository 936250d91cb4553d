/* SPDX-License-Identifier: MIT */
/*
 * content.h - the words of one parcel's label, before anything has a place
 *
 * Takes a notice apart into the texts of an address and a declaration.  Nothing
 * is converted or guessed: what the notice does not say stays a dash.
 *
 * Units:      net weights in kilograms with three decimals.  They are rounded
 *             together, so that the printed lines add up to the rounded sum and
 *             never to more than the gross; what would read 0.000 is "<0.001".
 * Ownership:  values, except pointers into the notice and request, which must
 *             outlive it.
 * Errors:     HAL_E_ARG for a line without description, an unknown country, a
 *             parcel that the notice does not have.
 * Threads:    pure.
 */
#ifndef FIRMWARE_LABEL_CONTENT_H
#define FIRMWARE_LABEL_CONTENT_H

#include "hal_status.h"
#include "label.h"
#include "notice.h"

#define CONTENT_LINES 14 /* of one address */
#define CONTENT_LINE  (2 * NOTICE_TEXT + NOTICE_KEY + 16)
#define CONTENT_DASH  "–"

struct content_row {
	char quantity[12];
	const char *description;
	char net[16];
	char value[40];
	const char *hs;
	const char *origin;
};

struct content_party {
	char lines[CONTENT_LINES][CONTENT_LINE]; /* the first is the name, the last the country */
	unsigned count;
	const char *country_fr; /* "" unless asked for and another word */
	const char *native[NOTICE_MAX_LINES + 1];
	unsigned native_count;
	char phone[NOTICE_KEY + 8];
	const char *tax_id;
};

struct content {
	struct content_row rows[NOTICE_MAX_ITEMS];
	unsigned row_count;
	char total_value[CONTENT_LINE]; /* one amount a currency; a dash when a line has none */
	struct content_party sender, recipient;
	const char *country; /* the recipient's code */
	char method[NOTICE_KEY];
	char tracking[64]; /* as printed below the bars */
	char footer[CONTENT_LINE];
	bool french, chinese; /* captions */
};

enum hal_status content_fill(struct content *content, const struct label_request *request,
                             struct hal_fault *reterr_fault);

/* "china-post-registered" as people write it: "CHINA POST REGISTERED". */
void content_method(const char *method, char *text, size_t size);

/* "0.312": whole milligrams, rounded half up to grams; "<0.001" for less than half of one. */
int content_kilograms(int64_t mg, char *text, size_t size);

#endif /* FIRMWARE_LABEL_CONTENT_H */
