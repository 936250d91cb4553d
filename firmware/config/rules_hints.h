/* SPDX-License-Identifier: MIT */
/*
 * rules_hints.h - sections of config/rules/ that say what a wrong word was meant to be
 *
 * Each takes one pair of its section; the Chinese sections follow those they translate.
 *
 * Errors:     false, with the reason, when the pair is refused.
 * Threads:    one load at a time.
 */
#ifndef FIRMWARE_CONFIG_RULES_HINTS_H
#define FIRMWARE_CONFIG_RULES_HINTS_H

#include "rules_values.h"

bool rules_hints_country(const struct rules_value *value, const char *key);
bool rules_hints_country_zh(const struct rules_value *value, const char *key);
bool rules_hints_currency(const struct rules_value *value, const char *key);
bool rules_hints_currency_zh(const struct rules_value *value, const char *key);
bool rules_hints_gone(const struct rules_value *value, const char *key);
bool rules_hints_gone_zh(const struct rules_value *value, const char *key);

#endif /* FIRMWARE_CONFIG_RULES_HINTS_H */
