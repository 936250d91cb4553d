/* SPDX-License-Identifier: MIT */
/*
 * font_files.h - finding font files and mapping them into memory
 *
 * Ownership:  a mapping is given back with font_file_unmap().
 * Errors:     false or NULL: no such file, no such font; the caller has a next choice.
 * Threads:    one at a time.
 */
#ifndef FIRMWARE_LABEL_FONT_FILES_H
#define FIRMWARE_LABEL_FONT_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct font_file {
	const char *family; /* as fontconfig writes patterns: "Noto Sans:style=Bold" */
	const char *path;   /* where Debian keeps it */
	int index;          /* of the face in a collection */
};

const void *font_file_map(const char *path, size_t *ret_len);
void font_file_unmap(const void *map, size_t len);

/* A font of exactly that family; what is merely alike is refused. */
bool font_file_by_name(const char *pattern, char *path, size_t size, int *ret_index);

/* Any outline font that has the character, the first in fontconfig's order. */
bool font_file_by_character(uint32_t character, bool bold, char *path, size_t size, int *ret_index);

/* The same file for whoever draws outlines: a pattern to pass to FcPatternDestroy(). */
struct _FcPattern *font_file_pattern(const char *path, int index);

#endif /* FIRMWARE_LABEL_FONT_FILES_H */
