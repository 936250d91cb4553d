/* SPDX-License-Identifier: MIT */
/*
 * rules_codes.h - tariff codes as config/rules/ writes them
 *
 * Ownership:  borrows the rules being filled.
 * Threads:    one load at a time.
 */
#ifndef FIRMWARE_CONFIG_RULES_CODES_H
#define FIRMWARE_CONFIG_RULES_CODES_H

#include "rules_values.h"

/* "7117 11 19 90": a heading and its subheadings; false unless the list goes on ascending. */
bool rules_codes_heading(struct customs_rules *rules, char *line);

/* "4414-4421, 4602, 9601.10" into a row's ranges. */
rules_reader rules_codes_ranges;

#endif /* FIRMWARE_CONFIG_RULES_CODES_H */
