/* SPDX-License-Identifier: MIT */
/*
 * inbox_diff.h - what is different between two revisions of a notice
 *
 * Threads:    pure.
 */
#ifndef FIRMWARE_STORE_INBOX_DIFF_H
#define FIRMWARE_STORE_INBOX_DIFF_H

#include "notice.h"

enum inbox_diff_words {
	INBOX_DIFF_VALUES, /* "items[0].quantity: 2 -> 1; recipient.city: Koeln -> Bonn" */
	INBOX_DIFF_PATHS,  /* "items[0].quantity, recipient.city" */
};

/* Text that does not fit ends in "...".  The revision number itself is no difference. */
void inbox_diff(const struct notice *was, const struct notice *is, enum inbox_diff_words words,
                char *text, size_t size);

#endif /* FIRMWARE_STORE_INBOX_DIFF_H */
