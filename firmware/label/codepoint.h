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

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the character at text, which has len bytes left; 0 when it is none. */
size_t codepoint_next(const char *text, size_t len, uint32_t *ret_character);

/* Joiners, marks of direction and the like: nothing of their own is seen. */
bool codepoint_is_silent(uint32_t character);

/* Whether any of it leaves ink: more than blanks and silent characters. */
bool codepoint_any_seen(const char *text);

#endif /* FIRMWARE_LABEL_CODEPOINT_H */
