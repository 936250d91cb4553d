/* SPDX-License-Identifier: MIT */
#include "money.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define MOST_DIGITS   15
#define CODE_STEP     4 /* a code and the blank behind it */
#define KEPT_DECIMALS 2 /* of an amount whose currency is not in force */

/* clang-format off */

/* In force: the codes of a number of minor digits, each followed by a blank. */
static const struct {
	int digits;
	const char *codes;
} in_force[] = {
	{ 0,
		"BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF "
		"XPF "
	},
	{ 2,
		"AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV "
		"BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP "
		"CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
		"GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD "
		"KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR "
		"MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR "
		"PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP "
		"STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU "
		"UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG "
	},
	{ 3,
		"BHD IQD JOD KWD LYD OMR TND "
	},
	{ 4,
		"CLF UYW "
	},
};

/*
 * Table A.3 and the codes withdrawn since its last printing: somebody's old
 * price list still says "HRK", and the remedy differs from that for a typing error.
 * Metals, drawing rights and test codes (XAU, XDR, XTS) are in neither table:
 * nobody sells goods in them, and they have no minor unit.
 */
static const char withdrawn[] =
	"ADP AFA ALK ANG AOK AON AOR ARA ARP ARY ATS AYM AZM BAD BEC BEF "
	"BEL BGJ BGK BGL BGN BOP BRB BRC BRE BRN BRR BUK BYB BYR CHC CNX "
	"CSD CSJ CSK CUC CYP DDM DEM ECS ECV EEK EQE ESA ESB ESP FIM FRF "
	"GEK GHC GHP GNE GNS GQE GRD GWE GWP HRD HRK IEP ILP ILR ISJ ITL "
	"LAJ LSM LTL LTT LUC LUF LUL LVL LVR MAF MGF MLF MRO MTL MTP MVQ "
	"MXP MZE MZM NIC NLG PEH PEI PES PLZ PTE RHD ROK ROL RUR SDD SDP "
	"SIT SKK SLL SRG STD SUR TJR TMM TPE TRL UAK UGS UGW USS UYN UYP "
	"VEB VEF VNC XEU XFO XRE YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWC ZWD "
	"ZWL ZWN ZWR ";
/* clang-format on */

static bool is_code(const char *currency)
{
	return strlen(currency) == 3 && strspn(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

static bool lists(const char *codes, const char *currency)
{
	for (; *codes; codes += CODE_STEP)
		if (memcmp(codes, currency, 3) == 0)
			return true;
	return false;
}

int money_minor_digits(const char *currency)
{
	if (!is_code(currency))
		return -1;
	for (size_t i = 0; i < sizeof(in_force) / sizeof(in_force[0]); i++)
		if (lists(in_force[i].codes, currency))
			return in_force[i].digits;
	return -1;
}

bool money_withdrawn(const char *currency)
{
	return is_code(currency) && lists(withdrawn, currency);
}

static enum money_fault currency_fault(const char *currency)
{
	if (money_minor_digits(currency) >= 0)
		return MONEY_OK;
	return money_withdrawn(currency) ? MONEY_WITHDRAWN_CURRENCY : MONEY_UNKNOWN_CURRENCY;
}

static int decimals_of(const char *currency)
{
	int digits = money_minor_digits(currency);

	return digits < 0 ? KEPT_DECIMALS : digits;
}

static const char *skip_blanks(const char *text)
{
	return text + strspn(text, " \t");
}

/* Appends a run of digits to *minor; returns how many, or -1 when it no longer fits. */
static int take_digits(const char **text, int64_t *minor, int64_t limit)
{
	int count = 0;

	for (; **text >= '0' && **text <= '9'; (*text)++, count++) {
		if (*minor >= limit)
			return -1;
		*minor = *minor * 10 + (**text - '0');
	}
	return count;
}

static int64_t power_of_ten(int digits)
{
	int64_t power = 1;

	while (digits-- > 0)
		power *= 10;
	return power;
}

static enum money_fault parse_decimal(const char *text, int decimals, int64_t *ret_minor)
{
	const int64_t limit = power_of_ten(MOST_DIGITS - 1);
	int64_t minor = 0;
	int whole, fraction = 0;

	text = skip_blanks(text);
	whole = take_digits(&text, &minor, limit);
	if (whole > 0 && *text == '.') {
		text++;
		fraction = take_digits(&text, &minor, limit);
		if (fraction == 0)
			return MONEY_NO_NUMBER;
	}
	if (whole < 0 || fraction < 0)
		return MONEY_TOO_LARGE;
	if (whole == 0 || *skip_blanks(text) != '\0')
		return MONEY_NO_NUMBER;
	if (fraction > decimals)
		return MONEY_TOO_FINE;
	if (minor >= power_of_ten(MOST_DIGITS - (decimals - fraction)))
		return MONEY_TOO_LARGE;
	*ret_minor = minor * power_of_ten(decimals - fraction);
	return MONEY_OK;
}

enum money_fault money_parse(const char *amount, const char *currency, struct money *ret_money)
{
	enum money_fault fault = currency_fault(currency);

	return fault ? fault : money_keep(amount, currency, ret_money);
}

enum money_fault money_keep(const char *amount, const char *currency, struct money *ret_money)
{
	struct money money = { 0 };
	enum money_fault fault;

	if (strlen(currency) != 3)
		return MONEY_UNKNOWN_CURRENCY;
	fault = parse_decimal(amount, decimals_of(currency), &money.minor);
	if (fault)
		return fault;
	memcpy(money.currency, currency, 3);
	*ret_money = money;
	return currency_fault(currency);
}

int money_format(const struct money *money, char *text, size_t size)
{
	int decimals = decimals_of(money->currency);
	int64_t unit = power_of_ten(decimals);

	if (decimals == 0)
		return snprintf(text, size, "%" PRId64, money->minor);
	return snprintf(text, size, "%" PRId64 ".%0*" PRId64, money->minor / unit, decimals,
	                money->minor % unit);
}

bool money_add(struct money *sum, const struct money *more)
{
	if (memcmp(sum->currency, more->currency, sizeof(sum->currency)) != 0)
		return false;
	if (more->minor > INT64_MAX - sum->minor)
		return false;
	sum->minor += more->minor;
	return true;
}

bool money_times(const struct money *unit, uint32_t count, struct money *ret_money)
{
	if (count > 0 && unit->minor > INT64_MAX / count)
		return false;
	*ret_money = *unit;
	ret_money->minor = unit->minor * count;
	return true;
}
