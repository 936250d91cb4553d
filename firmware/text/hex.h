/* SPDX-License-Identifier: MIT */
/*
 * hex.h - bytes as hexadecimal digits and back
 *
 * Threads:    pure.
 */
#ifndef FIRMWARE_TEXT_HEX_H
#define FIRMWARE_TEXT_HEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* text: two digits a byte and a NUL. */
void hex_format(const uint8_t *bytes, size_t count, char *text);

/* False when text is not exactly count bytes of lower-case digits. */
bool hex_parse(const char *text, uint8_t *bytes, size_t count);

#endif /* FIRMWARE_TEXT_HEX_H */
