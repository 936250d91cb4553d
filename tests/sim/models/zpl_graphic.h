/* SPDX-License-Identifier: MIT */
/*
 * zpl_graphic.h - the data of a ^GF field, as the ZPL guide describes it
 *
 * Plain hexadecimal, the alternative compression (letters as counts), :B64: and
 * :Z64: with their check sums.
 */
#ifndef TESTS_SIM_MODELS_ZPL_GRAPHIC_H
#define TESTS_SIM_MODELS_ZPL_GRAPHIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Decodes text into exactly len bytes of rows of row_len.  False when it is
 * damaged: wrong digit, wrong check sum, too short, too long.
 */
bool zpl_graphic_decode(const char *text, size_t text_len, uint8_t *bytes, size_t len,
                        size_t row_len);

#endif /* TESTS_SIM_MODELS_ZPL_GRAPHIC_H */
