/* SPDX-License-Identifier: MIT */
/*
 * notice_lenient.h - reads a notice for the lint
 *
 * The strict reader (notice_json.h) refuses a notice at its first impossible
 * word, and then nobody learns what else is wrong with it.  For the lint,
 * currencies and countries that do not exist are kept as they are written, and
 * of the reader's other faults each gets the name of the rule it breaks.
 *
 * Ownership:  values only.
 * Threads:    none of its own.
 */
#ifndef FIRMWARE_STORE_NOTICE_LENIENT_H
#define FIRMWARE_STORE_NOTICE_LENIENT_H

#include <stddef.h>

#include "customs.h"
#include "notice.h"

/*
 * Fills *ret_notice as far as the text goes.  *ret_refused holds what cannot be
 * kept at all, as findings to be held; those the lint itself will make of what is
 * missing are left to it.  False when the text is no notice and there is nothing to lint.
 */
bool notice_lenient_parse(const char *text, size_t len, struct notice *ret_notice,
                          struct customs_report *ret_refused);

#endif /* FIRMWARE_STORE_NOTICE_LENIENT_H */
