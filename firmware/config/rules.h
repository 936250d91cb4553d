/* SPDX-License-Identifier: MIT */
/*
 * rules.h - reads config/rules/ into the lint's tables
 *
 * Every *.conf of the folder in the order of the names, then hs2022.txt.  Reading
 * is strict: a key nobody knows, a value that makes no sense, a line too long and a
 * row too many are refused with file and line, and then nothing is taken.
 *
 * Ownership:  the caller's storage; written whole or not at all.
 * Errors:     HAL_E_ARG for what is written wrongly, HAL_E_SYSTEM for what cannot
 *             be read; reterr_fault says "60-goods.conf:12: ...".
 * Threads:    any, one call at a time on one set of rules.
 */
#ifndef FIRMWARE_CONFIG_RULES_H
#define FIRMWARE_CONFIG_RULES_H

#include "customs_rules.h"
#include "hal_status.h"

enum hal_status rules_load(const char *folder, struct customs_rules *ret_rules,
                           struct hal_fault *reterr_fault);

#endif /* FIRMWARE_CONFIG_RULES_H */
