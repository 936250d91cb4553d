/* SPDX-License-Identifier: MIT */
#include "s10.h"

#include <stdio.h>
#include <string.h>

#define LENGTH     13
#define SERIAL_AT  2
#define SERIAL_LEN 8
#define DIGIT_AT   (SERIAL_AT + SERIAL_LEN)
#define COUNTRY_AT (DIGIT_AT + 1)
#define CODE_STEP  3 /* a country and the blank behind it */

/* ISO 3166-1, alpha-2 codes officially assigned; XK, UK and EL are not among them. */
/* clang-format off */
static const char countries[] =
	"AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL "
	"BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV "
	"CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD "
	"GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM "
	"IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK "
	"LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW "
	"MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR "
	"PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS "
	"ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY "
	"UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW ";
/* clang-format on */

static bool is_letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool s10_is_country(const char *alpha2)
{
	if (strlen(alpha2) != 2)
		return false;
	for (const char *code = countries; *code; code += CODE_STEP)
		if (code[0] == alpha2[0] && code[1] == alpha2[1])
			return true;
	return false;
}

char s10_check_digit(const char *eight_digits)
{
	static const int weights[SERIAL_LEN] = { 8, 6, 4, 2, 3, 5, 9, 7 };
	int sum = 0, check;

	for (int i = 0; i < SERIAL_LEN; i++)
		sum += weights[i] * (eight_digits[i] - '0');
	check = 11 - sum % 11;
	if (check == 10)
		check = 0;
	else if (check == 11)
		check = 5;
	return (char)('0' + check);
}

/* Copies the text without blanks, in capitals; false when it is not exactly 13 characters. */
static bool squeeze(const char *text, char *ret_id)
{
	size_t len = 0;

	for (; *text; text++) {
		if (*text == ' ')
			continue;
		if (len == LENGTH)
			return false;
		ret_id[len++] = upper(*text);
	}
	ret_id[len] = '\0';
	return len == LENGTH;
}

static bool has_shape(const char *id)
{
	for (int i = 0; i < LENGTH; i++) {
		bool letter = i < SERIAL_AT || i >= COUNTRY_AT;

		if (letter ? !is_letter(id[i]) : !is_digit(id[i]))
			return false;
	}
	return true;
}

void s10_parse(const char *text, struct s10 *ret_id)
{
	char id[LENGTH + 1];

	*ret_id = (struct s10){ 0 };
	if (!squeeze(text, id) || !has_shape(id))
		return;
	ret_id->shape = true;
	memcpy(ret_id->normalised, id, sizeof(id));
	memcpy(ret_id->service, id, 2);
	memcpy(ret_id->country, id + COUNTRY_AT, 2);
	ret_id->digit_ok = s10_check_digit(id + SERIAL_AT) == id[DIGIT_AT];
	ret_id->country_ok = s10_is_country(ret_id->country);
}

void s10_group(const struct s10 *id, char *text, size_t size)
{
	const char *n = id->normalised;

	snprintf(text, size, "%.2s %.3s %.3s %.3s %.2s", n, n + 2, n + 5, n + 8, n + 11);
}
