/* SPDX-License-Identifier: MIT */
#include "csv_survey.h"

#include <string.h>

#include "utf8.h"

static const struct {
	const char *name;
	enum csv_charset charset;
} charsets[] = {
	{ "utf-8", CSV_UTF8 },  { "utf8", CSV_UTF8 },      { "gb18030", CSV_GB18030 },
	{ "gbk", CSV_GB18030 }, { "gb2312", CSV_GB18030 },
};

enum csv_charset csv_find_charset(const char *name)
{
	for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++)
		if (strcasecmp(charsets[i].name, name) == 0)
			return charsets[i].charset;
	return CSV_FIND_OUT;
}

enum hal_status csv_survey_mark(FILE *file, off_t *ret_start, struct hal_fault *reterr_fault)
{
	char mark[3] = "";
	size_t got;

	rewind(file);
	got = fread(mark, 1, sizeof(mark), file);
	if (got >= 2 && (memcmp(mark, "\xff\xfe", 2) == 0 || memcmp(mark, "\xfe\xff", 2) == 0)) {
		hal_fault_set(reterr_fault, "is UTF-16: save it as UTF-8 or GB18030");
		return HAL_E_ARG;
	}
	*ret_start = got == 3 && memcmp(mark, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	return HAL_OK;
}

/* How many of the bytes are whole characters of UTF-8. */
static size_t measure(const char *bytes, size_t have)
{
	size_t at = 0, step;

	while (at < have && (step = utf8_length(bytes + at, have - at)) > 0)
		at += step;
	return at;
}

enum csv_charset csv_survey_charset(FILE *file)
{
	char bytes[16 * 1024];
	size_t kept = 0, got;

	rewind(file);
	do {
		size_t good;

		got = fread(bytes + kept, 1, sizeof(bytes) - kept, file);
		good = measure(bytes, kept + got);
		kept += got - good;
		if (kept >= 4) /* more than a character cut off by the end of the piece */
			return CSV_GB18030;
		memmove(bytes, bytes + good, kept);
	} while (got > 0);
	return kept ? CSV_GB18030 : CSV_UTF8;
}

char csv_survey_delimiter(FILE *file, off_t start)
{
	static const char candidates[] = ",;\t";
	size_t seen[sizeof(candidates)] = { 0 };
	size_t best = 0;
	bool quoted = false;
	int c;

	fseeko(file, start, SEEK_SET);
	while ((c = getc_unlocked(file)) != EOF && (quoted || (c != '\n' && c != '\r'))) {
		const char *at = c ? strchr(candidates, c) : NULL;

		quoted ^= c == '"';
		if (at && !quoted)
			seen[at - candidates]++;
	}
	for (size_t i = 1; i < 3; i++)
		if (seen[i] > seen[best])
			best = i;
	return candidates[best];
}
