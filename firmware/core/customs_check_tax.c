/* SPDX-License-Identifier: MIT */
/* Tax and identity numbers of recipients: the kinds whose form is known everywhere. */
#include "customs_lint.h"

#include <string.h>

#define NUMBER_SIZE 16

static int digit(const char *number, int at)
{
	return number[at] - '0';
}

/* Weights run from 2 upwards from the right and start again after 'highest'. */
static int weighted_sum(const char *number, int len, int highest)
{
	int sum = 0;

	for (int i = len - 1, weight = 2; i >= 0; i--, weight++) {
		if (weight > highest)
			weight = 2;
		sum += digit(number, i) * weight;
	}
	return sum;
}

static int brazilian_digit(const char *number, int len, int highest)
{
	int rest = weighted_sum(number, len, highest) % 11;

	return rest < 2 ? 0 : 11 - rest;
}

/* "111.111.111-11" fits by arithmetic and is nobody's. */
static bool is_one_digit(const char *number)
{
	return number[strspn(number, (const char[]){ number[0], '\0' })] == '\0';
}

/* Brazil's CPF (11) and CNPJ (14, with letters since 2026). */
static bool is_cpf(const char *number)
{
	bool cpf = customs_matches("###########", number);
	int len = (int)strlen(number), highest = cpf ? 12 : 9;

	return (cpf || customs_matches("????????????##", number)) && !is_one_digit(number) &&
	       brazilian_digit(number, len - 2, highest) == digit(number, len - 2) &&
	       brazilian_digit(number, len - 1, highest) == digit(number, len - 1);
}

/* Chile: seven or eight digits and a check digit, K for ten. */
static bool is_rut(const char *number)
{
	static const char checks[] = "0K987654321";
	int len = (int)strlen(number);

	return (customs_matches("#######?", number) || customs_matches("########?", number)) &&
	       checks[weighted_sum(number, len - 1, 7) % 11] == number[len - 1];
}

/* Argentina: CUIT, CUIL and CDI alike. */
static bool is_cuit(const char *number)
{
	return customs_matches("###########", number) &&
	       (11 - weighted_sum(number, 10, 7) % 11) % 11 == digit(number, 10);
}

/* Korea: the personal clearance code, or a company's registration number. */
static bool is_pccc(const char *number)
{
	return customs_matches("P############", number) || customs_matches("##########", number);
}

/* clang-format off */
static const struct {
	const char *name;
	bool (*fits)(const char *number);
	const char *says;
} kinds[] = {
	{ "cpf",  is_cpf,  "the tax number is neither a CPF nor a CNPJ (its check digits do not fit)" },
	{ "rut",  is_rut,  "the tax number is no RUT (its check digit does not fit)" },
	{ "cuit", is_cuit, "the tax number is no CUIT or CUIL (its check digit does not fit)" },
	{ "pccc", is_pccc, "the tax number is no customs code of a person: P and twelve digits" },
};
/* clang-format on */

unsigned customs_find_tax(const char *name)
{
	for (unsigned i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return i + 1;
	return 0;
}

/* In capitals, without what people put between the digits. */
static void squeeze(const char *text, char ret_number[NUMBER_SIZE])
{
	size_t len = 0;

	for (; *text && len + 1 < NUMBER_SIZE; text++)
		if (!strchr(" .-/", *text))
			ret_number[len++] =
				*text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
	ret_number[len] = '\0';
}

void customs_check_tax_id(struct customs_lint *lint, const struct notice_party *to)
{
	char number[NUMBER_SIZE];

	if (!lint->tax || customs_blank(to->tax_id))
		return;
	squeeze(to->tax_id, number);
	if (!kinds[lint->tax - 1].fits(number))
		customs_say(lint, RULE_TAX_ID_DIGIT, CUSTOMS_NO_ITEM, "%s",
		            customs_in(lint, kinds[lint->tax - 1].says));
}
