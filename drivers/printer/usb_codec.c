/* SPDX-License-Identifier: MIT */
#include "printer/usb_codec.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define NOT_ERROR   0x08
#define SELECTED    0x10
#define PAPER_EMPTY 0x20
#define COVER_OPEN  0x80 /* a vendor's own, as is the jam */

/* Clear is bad for the first two, set for the last. */
static const struct answer_bit faults[] = {
	{ NOT_ERROR, "printer error" },
	{ SELECTED, "not on line" },
	{ 0x40, "paper jam" },
	{ 0, NULL },
};

enum answer_cut usb_parse(unsigned query, const uint8_t *bytes, size_t len, size_t *ret_used,
                          struct printer_answer *ret_answer)
{
	struct printer_answer answer = answer_nothing();

	(void)query;
	if (len == 0)
		return ANSWER_MORE;
	answer.condition.paper_out = bytes[0] & PAPER_EMPTY ? HAL_YES : HAL_UNKNOWN;
	answer.condition.head_open = bytes[0] & COVER_OPEN ? HAL_YES : HAL_UNKNOWN;
	answer_name_bits(&answer, faults, bytes[0] ^ (NOT_ERROR | SELECTED));
	answer_conclude(&answer, false);
	*ret_used = 1;
	*ret_answer = answer;
	return ANSWER_WHOLE;
}

/* A piece of the id, not ended by NUL. */
struct span {
	const char *at;
	size_t len;
};

static struct span trim(struct span span)
{
	while (span.len > 0 && isspace((unsigned char)span.at[0])) {
		span.at++;
		span.len--;
	}
	while (span.len > 0 &&
	       (isspace((unsigned char)span.at[span.len - 1]) || span.at[span.len - 1] == '\0'))
		span.len--;
	return span;
}

/* Cuts off what stands before the separator; false when nothing is left. */
static bool next_piece(struct span *rest, char separator, struct span *ret_piece)
{
	const char *end;
	size_t len;

	if (rest->len == 0)
		return false;
	end = memchr(rest->at, separator, rest->len);
	len = end ? (size_t)(end - rest->at) : rest->len;
	*ret_piece = (struct span){ rest->at, len };
	if (end)
		len++;
	*rest = (struct span){ rest->at + len, rest->len - len };
	return true;
}

static bool is_word(struct span span, const char *word)
{
	return span.len == strlen(word) && strncasecmp(span.at, word, span.len) == 0;
}

static bool begins_with(struct span span, const char *word)
{
	return span.len >= strlen(word) && strncasecmp(span.at, word, strlen(word)) == 0;
}

static bool contains(const char *text, const char *word)
{
	for (; *text; text++)
		if (strncasecmp(text, word, strlen(word)) == 0)
			return true;
	return false;
}

/* What is too long is cut; what cannot be shown becomes '?'. */
static void copy_name(char *to, struct span from)
{
	size_t len = from.len < USB_NAME_MAX - 1 ? from.len : USB_NAME_MAX - 1;

	for (size_t i = 0; i < len; i++)
		to[i] = isprint((unsigned char)from.at[i]) ? from.at[i] : '?';
	to[len] = '\0';
}

/* clang-format off */
/* How ids spell the languages; the first row that begins the word names it. */
static const struct {
	const char *spelling;
	const char *name;
} spellings[] = {
	{ "ZPL",     "zpl" },
	{ "TSPL",    "tspl" },
	{ "TSC",     "tspl" },
	{ "XPP",     "tspl" }, /* Rollo, Munbyn and their kin: "XPP,XL" */
	{ "EPL",     "epl2" },
	{ "ESC/POS", "escpos" },
	{ "ESCPOS",  "escpos" },
	{ "ESC-POS", "escpos" },
	{ "ESC POS", "escpos" },
	{ "ESC_POS", "escpos" },
	{ "EPOS",    "escpos" },
	{ "CPCL",    "cpcl" },
};

/* Makers that leave the command set out, or blank, and speak one language only. */
static const struct {
	const char *manufacturer;
	const char *model; /* a part of its name; "": any */
	const char *language;
} makers[] = {
	{ "TSC",    "",       "tspl" },
	{ "Zebra",  "EPL",    "epl2" },
	{ "Zebra",  "LP2844-Z", "zpl" },
	{ "Zebra",  "LP2844", "epl2" },
	{ "Zebra",  "LP 2844-Z", "zpl" },
	{ "Zebra",  "LP 2844", "epl2" },
	{ "Zebra",  "ZPL",    "zpl" },
	{ "Zebra",  "ZD",     "zpl" },
	{ "Zebra",  "ZT",     "zpl" },
	{ "Zebra",  "GK4",    "zpl" },
	{ "Zebra",  "GX4",    "zpl" },
	{ "Zebra",  "GC4",    "zpl" },
	{ "Munbyn", "",       "tspl" },
	{ "Rollo",  "",       "tspl" },
};
/* clang-format on */

/* The languages this station prints in, the best first. */
static const char *const preferred[] = { "zpl", "tspl", "epl2", "escpos" };

static void add_language(struct usb_device_id *id, struct span word)
{
	char name[USB_NAME_MAX];

	copy_name(name, word);
	for (char *c = name; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
		if (begins_with(word, spellings[i].spelling)) {
			snprintf(name, sizeof(name), "%s", spellings[i].name);
			break;
		}
	for (unsigned i = 0; i < id->language_count; i++)
		if (strcmp(id->languages[i], name) == 0)
			return;
	if (id->language_count < USB_LANGUAGES_MAX)
		memcpy(id->languages[id->language_count++], name, sizeof(name));
}

static void take_commands(struct usb_device_id *id, struct span value)
{
	struct span word;

	while (next_piece(&value, ',', &word)) {
		word = trim(word);
		if (word.len > 0 && !is_word(word, "None")) /* so says an LP2844 */
			add_language(id, word);
	}
}

static void take_manufacturer(struct usb_device_id *id, struct span value)
{
	copy_name(id->manufacturer, value);
}

static void take_model(struct usb_device_id *id, struct span value)
{
	copy_name(id->model, value);
}

static void take_serial(struct usb_device_id *id, struct span value)
{
	copy_name(id->serial, value);
}

/* clang-format off */
static const struct {
	const char *key;
	void (*take)(struct usb_device_id *id, struct span value);
} keys[] = {
	{ "MFG",           take_manufacturer },
	{ "MANUFACTURER",  take_manufacturer },
	{ "MDL",           take_model },
	{ "MODEL",         take_model },
	{ "SN",            take_serial },
	{ "SER",           take_serial },
	{ "SERN",          take_serial },
	{ "SERIAL",        take_serial },
	{ "SERIALNUMBER",  take_serial },
	{ "SERIAL NUMBER", take_serial },
	{ "CMD",           take_commands },
	{ "COMMAND SET",   take_commands },
	{ "COMMANDSET",    take_commands },
	{ "COMMAND_SET",   take_commands },
};
/* clang-format on */

/* True when there is a key at all, ours or not. */
static bool take_pair(struct usb_device_id *id, struct span pair)
{
	struct span key;

	if (!memchr(pair.at, ':', pair.len) || !next_piece(&pair, ':', &key))
		return false;
	key = trim(key);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (is_word(key, keys[i].key))
			keys[i].take(id, trim(pair));
	return key.len > 0;
}

static void choose_language(struct usb_device_id *id)
{
	for (size_t i = 0; i < sizeof(preferred) / sizeof(preferred[0]); i++)
		for (unsigned j = 0; j < id->language_count; j++)
			if (strcmp(preferred[i], id->languages[j]) == 0) {
				id->language = preferred[i];
				return;
			}
	for (size_t i = 0; i < sizeof(makers) / sizeof(makers[0]); i++)
		if (id->language_count == 0 && contains(id->manufacturer, makers[i].manufacturer) &&
		    (!makers[i].model[0] || contains(id->model, makers[i].model))) {
			id->language = makers[i].language;
			return;
		}
}

/*
 * The length counts itself and stands high byte first; some firmware swaps the
 * bytes, some does not count the two, some says nonsense.  What is plausible
 * cuts off what the buffer held behind the id.
 */
static struct span strip_length(struct span id)
{
	size_t high_first, low_first;

	if (id.len < 2 || (isprint((unsigned char)id.at[0]) && isprint((unsigned char)id.at[1])))
		return id;
	high_first = (size_t)((unsigned char)id.at[0] << 8 | (unsigned char)id.at[1]);
	low_first = (size_t)((unsigned char)id.at[1] << 8 | (unsigned char)id.at[0]);
	if (high_first >= 14 && high_first < id.len - 2)
		id.len = high_first;
	else if (low_first >= 14 && low_first < id.len - 2)
		id.len = low_first;
	return (struct span){ id.at + 2, id.len - 2 };
}

bool usb_parse_device_id(const uint8_t *bytes, size_t len, struct usb_device_id *ret_id)
{
	struct span rest = strip_length((struct span){ (const char *)bytes, len });
	struct usb_device_id id = { 0 };
	struct span pair;
	bool any = false;

	while (next_piece(&rest, ';', &pair))
		any |= take_pair(&id, pair);
	if (!any)
		return false;
	choose_language(&id);
	*ret_id = id;
	return true;
}
