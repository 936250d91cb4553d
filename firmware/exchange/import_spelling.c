/* SPDX-License-Identifier: MIT */
#include "import_spelling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "customs_rules.h"

#define DIGITS "0123456789"

/* 8123456789015432 shown as 8.12346E+15: the digits are gone for good. */
static bool is_rounded(const char *text)
{
	size_t whole = strspn(text, DIGITS), part = 0, exponent;

	if (text[whole] == '.')
		part = 1 + strspn(text + whole + 1, DIGITS);
	if (whole != 1 || text[whole + part] != 'E' || text[whole + part + 1] != '+')
		return false;
	exponent = strspn(text + whole + part + 2, DIGITS);
	return exponent > 0 && text[whole + part + 2 + exponent] == '\0';
}

const char *import_spelling_fault(const char *text)
{
	static const char *const errors[] = {
		"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!",
	};

	if (is_rounded(text))
		return "was rounded by a spreadsheet: format the column as text and export again";
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (strcmp(text, errors[i]) == 0)
			return "is a spreadsheet's error: mend the formula and export again";
	if (strlen(text) > 3 && strspn(text, "#") == strlen(text))
		return "was too wide for its column in a spreadsheet: widen it and export again";
	return NULL;
}

/* The year first, or nobody knows which of the others is the month; perhaps midnight behind. */
static bool read_date(const char *text, const char *const behind[3], unsigned parts[3])
{
	static const size_t least[3] = { 4, 1, 1 }, most[3] = { 4, 2, 2 };

	for (int i = 0; i < 3; i++) {
		size_t digits = strspn(text, DIGITS);

		if (digits < least[i] || digits > most[i] ||
		    strncmp(text + digits, behind[i], strlen(behind[i])) != 0)
			return false;
		parts[i] = (unsigned)strtoul(text, NULL, 10);
		text += digits + strlen(behind[i]);
	}
	return text[strspn(text, " 0:")] == '\0';
}

const char *import_spelling_date(const char *text, char ret_date[IMPORT_SPELLING])
{
	static const char *const behind[][3] = {
		{ "/", "/", "" }, { "-", "-", "" }, { ".", ".", "" }, { "年", "月", "日" }
	};
	unsigned parts[3];
	bool fits = false;

	for (size_t i = 0; !fits && i < sizeof(behind) / sizeof(behind[0]); i++)
		fits = read_date(text, behind[i], parts);
	if (!fits)
		return text;
	snprintf(ret_date, IMPORT_SPELLING, "%04u-%02u-%02u", parts[0], parts[1], parts[2]);
	return ret_date;
}

const char *import_spelling_hs(const char *text, char ret_code[IMPORT_SPELLING])
{
	static const char *const forms[] = {
		"####.##",       "####.##.##", "####.####",   "####.##.####",
		"####.##.##.##", "######.##",  "######.####", "####.####.##",
	};
	char plain[IMPORT_SPELLING];
	size_t len = 0;
	bool known = false;

	for (; text[len] && len + 1 < sizeof(plain); len++)
		plain[len] = text[len] == ' ' ? '.' : text[len];
	plain[len] = '\0';
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		known |= !text[len] && customs_matches(forms[i], plain);
	if (!known)
		return text;
	len = 0;
	for (const char *c = plain; *c; c++)
		if (*c != '.')
			ret_code[len++] = *c;
	ret_code[len] = '\0';
	return ret_code;
}

bool import_spelling_whole(const char *text, long long *ret_number)
{
	size_t digits = strspn(text, DIGITS);
	const char *rest = text + digits;

	if (digits == 0 || digits > 12)
		return false;
	if (rest[0] == '.' && rest[1] && strspn(rest + 1, "0") == strlen(rest + 1))
		rest += strlen(rest);
	*ret_number = strtoll(text, NULL, 10);
	return *rest == '\0';
}
