/* SPDX-License-Identifier: MIT */
/*
 * grams.h - weights as people and files write them: decimal grams, exactly
 *
 * Units:      text in grams with at most three decimals; numbers in milligrams.
 * Threads:    pure.
 */
#ifndef FIRMWARE_TEXT_GRAMS_H
#define FIRMWARE_TEXT_GRAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GRAMS_TEXT 16

/* "12.5" is 12500; blanks around are allowed.  False: no number, finer than a milligram, or
 * more than 2000 kg. */
bool grams_parse(const char *text, int32_t *ret_mg);

/* 12500 is "12.5": no more decimals than it needs. */
void grams_format(int64_t mg, char *text, size_t size);

#endif /* FIRMWARE_TEXT_GRAMS_H */
