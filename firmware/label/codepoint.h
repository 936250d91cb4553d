/* SPDX-License-Identifier: MIT */
/*
 * codepoint.h - one character after the other
 *
 * Errors:     what is not well-formed UTF-8 (overlong forms, surrogates, beyond
 *             U+10FFFF included) has length 0.
 * Threads:    pure.
 * Source:     RFC 3629, section 4.
 */
#ifndef FIRMWARE_LABEL_CODEPOINT_H
#define FIRMWARE_LABEL_CODEPOINT_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of the character at text, which has len bytes left; 0 when it is none. */
size_t codepoint_next(const char *text, size_t len, uint32_t *ret_character);

#endif /* FIRMWARE_LABEL_CODEPOINT_H */
