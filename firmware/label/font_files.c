/* SPDX-License-Identifier: MIT */
#include "font_files.h"

#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fontconfig/fontconfig.h>

const void *font_file_map(const char *path, size_t *ret_len)
{
	struct stat about;
	void *map = MAP_FAILED;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return NULL;
	if (fstat(fd, &about) == 0 && about.st_size > 0)
		map = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return NULL;
	*ret_len = (size_t)about.st_size;
	return map;
}

void font_file_unmap(const void *map, size_t len)
{
	if (map)
		munmap((void *)(uintptr_t)map, len);
}

static bool take_file(const FcPattern *font, char *path, size_t size, int *ret_index)
{
	FcChar8 *file;

	if (FcPatternGetString(font, FC_FILE, 0, &file) != FcResultMatch ||
	    FcPatternGetInteger(font, FC_INDEX, 0, ret_index) != FcResultMatch)
		return false;
	if (strlen((const char *)file) >= size)
		return false;
	memcpy(path, file, strlen((const char *)file) + 1);
	return true;
}

static bool same_family(const FcPattern *wanted, const FcPattern *found)
{
	FcChar8 *name, *got;

	if (FcPatternGetString(wanted, FC_FAMILY, 0, &name) != FcResultMatch)
		return false;
	for (int i = 0; FcPatternGetString(found, FC_FAMILY, i, &got) == FcResultMatch; i++)
		if (strcasecmp((const char *)name, (const char *)got) == 0)
			return true;
	return false;
}

bool font_file_by_name(const char *pattern, char *path, size_t size, int *ret_index)
{
	FcPattern *wanted = FcNameParse((const FcChar8 *)pattern);
	FcPattern *query, *found;
	FcResult result;
	bool ok;

	if (!wanted)
		return false;
	query = FcPatternDuplicate(wanted);
	FcConfigSubstitute(NULL, query, FcMatchPattern);
	FcDefaultSubstitute(query);
	found = FcFontMatch(NULL, query, &result);
	ok = found && same_family(wanted, found) && take_file(found, path, size, ret_index);
	if (found)
		FcPatternDestroy(found);
	FcPatternDestroy(query);
	FcPatternDestroy(wanted);
	return ok;
}

static FcPattern *query_of(uint32_t character, bool bold)
{
	FcCharSet *set = FcCharSetCreate();
	FcPattern *query = FcPatternCreate();

	FcCharSetAddChar(set, character);
	FcPatternAddCharSet(query, FC_CHARSET, set);
	FcCharSetDestroy(set);
	FcPatternAddBool(query, FC_SCALABLE, FcTrue);
	FcPatternAddBool(query, FC_COLOR, FcFalse);
	FcPatternAddInteger(query, FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
	FcPatternAddString(query, FC_FAMILY, (const FcChar8 *)"Noto Sans");
	FcConfigSubstitute(NULL, query, FcMatchPattern);
	FcDefaultSubstitute(query);
	return query;
}

static bool fits(const FcPattern *font, uint32_t character)
{
	FcCharSet *set;
	FcBool outline;

	return FcPatternGetBool(font, FC_OUTLINE, 0, &outline) == FcResultMatch && outline &&
	       FcPatternGetCharSet(font, FC_CHARSET, 0, &set) == FcResultMatch &&
	       FcCharSetHasChar(set, character);
}

bool font_file_by_character(uint32_t character, bool bold, char *path, size_t size, int *ret_index)
{
	FcPattern *query = query_of(character, bold);
	FcResult result;
	FcFontSet *set = FcFontSort(NULL, query, FcFalse, NULL, &result);
	bool found = false;

	for (int i = 0; set && i < set->nfont && !found; i++)
		found = fits(set->fonts[i], character) &&
		        take_file(set->fonts[i], path, size, ret_index);
	if (set)
		FcFontSetDestroy(set);
	FcPatternDestroy(query);
	return found;
}

FcPattern *font_file_pattern(const char *path, int index)
{
	FcPattern *pattern = FcPatternCreate();

	if (pattern) {
		FcPatternAddString(pattern, FC_FILE, (const FcChar8 *)path);
		FcPatternAddInteger(pattern, FC_INDEX, index);
		FcPatternAddBool(pattern, FC_HINTING, FcFalse);
	}
	return pattern;
}
