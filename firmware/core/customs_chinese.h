/* SPDX-License-Identifier: MIT */
/*
 * customs_chinese.h - what the lint says, in English and in Chinese
 *
 * The checks speak English; customs_in() puts the Chinese format in its place.
 *
 * Ownership:  constants.
 * Threads:    pure.
 */
#ifndef FIRMWARE_CORE_CUSTOMS_CHINESE_H
#define FIRMWARE_CORE_CUSTOMS_CHINESE_H

struct customs_pair {
	const char *english, *chinese;
};

/* Ends with a pair of NULLs. */
extern const struct customs_pair customs_chinese[];

#endif /* FIRMWARE_CORE_CUSTOMS_CHINESE_H */
