/* SPDX-License-Identifier: MIT */
/*
 * nearest.h - how far a misspelt word is from one that is known
 *
 * Threads:    pure.
 */
#ifndef FIRMWARE_TEXT_NEAREST_H
#define FIRMWARE_TEXT_NEAREST_H

/* Letters to add, drop or change to make one word of the other; UINT_MAX beyond 62 letters. */
unsigned nearest_distance(const char *a, const char *b);

#endif /* FIRMWARE_TEXT_NEAREST_H */
