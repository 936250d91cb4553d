/* SPDX-License-Identifier: MIT */
/*
 * rules_keys.h - the sections and keys of config/rules/
 *
 * One pair at a time goes into the tables.  Lists may be said again and grow; a
 * figure may not be said twice.
 *
 * Ownership:  borrows the rules being filled.
 * Threads:    one load at a time.
 */
#ifndef FIRMWARE_CONFIG_RULES_KEYS_H
#define FIRMWARE_CONFIG_RULES_KEYS_H

#include <stdbool.h>

#include "customs_rules.h"
#include "hal_status.h"

/* False, with the reason, when section, key or value is refused. */
bool rules_keys_take(struct customs_rules *rules, const char *section, const char *key,
                     const char *value, struct hal_fault *reterr_fault);

#endif /* FIRMWARE_CONFIG_RULES_KEYS_H */
