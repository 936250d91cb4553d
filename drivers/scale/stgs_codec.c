/* SPDX-License-Identifier: MIT */
#include "scale/stgs_codec.h"

#include <string.h>

#include "scale/fields.h"

/* clang-format off */
static const struct {
	char word[3];
	enum hal_tri stable;
	bool out;
} headers[] = {
	{ "ST", HAL_YES,     false },
	{ "US", HAL_NO,      false },
	{ "QT", HAL_YES,     false }, /* A&D: stable, counting pieces */
	{ "OL", HAL_UNKNOWN, true },
};

/* Longer words first: G is the beginning of GS. */
static const struct {
	const char *word;
	enum hal_mass_kind kind;
} kinds[] = {
	{ "GS", HAL_MASS_GROSS },
	{ "NT", HAL_MASS_NET },
	{ "OK", HAL_MASS_UNKNOWN }, /* what an A&D comparator says */
	{ "HI", HAL_MASS_UNKNOWN },
	{ "LO", HAL_MASS_UNKNOWN },
	{ "--", HAL_MASS_UNKNOWN },
	{ "G",  HAL_MASS_GROSS },
	{ "N",  HAL_MASS_NET },
};
/* clang-format on */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* The unread rest of a line. */
struct rest {
	const char *text;
	size_t len;
};

static void skip(struct rest *rest, size_t count)
{
	rest->text += count;
	rest->len -= count;
}

static size_t skip_separators(struct rest *rest)
{
	size_t count = 0;

	while (count < rest->len && (rest->text[count] == ',' || rest->text[count] == ' '))
		count++;
	skip(rest, count);
	return count;
}

static bool starts_with(const struct rest *rest, const char *word)
{
	return rest->len >= strlen(word) && memcmp(rest->text, word, strlen(word)) == 0;
}

/* A word counts when a separator, a sign or a figure follows it. */
static bool word_ends(const struct rest *rest, size_t len)
{
	return len < rest->len && strchr(", +-.0123456789", rest->text[len]) != NULL;
}

static bool take_header(struct rest *rest, struct scale_frame *frame, bool *ret_out)
{
	for (size_t i = 0; i < COUNT(headers); i++)
		if (starts_with(rest, headers[i].word)) {
			frame->stable = headers[i].stable;
			*ret_out = headers[i].out;
			skip(rest, strlen(headers[i].word));
			return skip_separators(rest) > 0;
		}
	return false;
}

static void take_kind(struct rest *rest, struct scale_frame *frame)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (starts_with(rest, kinds[i].word) && word_ends(rest, strlen(kinds[i].word))) {
			frame->kind = kinds[i].kind;
			skip(rest, strlen(kinds[i].word));
			skip_separators(rest);
			return;
		}
}

/* Under only where a minus stands before digits: models fill with rows of it when over. */
static enum scale_status out_of_range(const struct rest *rest)
{
	const char *minus = memchr(rest->text, '-', rest->len);
	size_t at = minus ? (size_t)(minus - rest->text) + 1 : rest->len;

	while (at < rest->len && rest->text[at] == ' ')
		at++;
	return at < rest->len && strchr("0123456789", rest->text[at]) ? SCALE_UNDER : SCALE_OVER;
}

static bool take_weight(const struct scale_decoder *decoder, const struct rest *rest,
                        struct scale_frame *frame)
{
	struct scale_number number;
	size_t unit;

	if (!scale_figure_split(rest->text, rest->len, &unit) ||
	    !scale_number_parse(rest->text, unit, &number))
		return false;
	if (unit == rest->len && !decoder->unit)
		return false; /* a line that lost its end looks like this */
	scale_frame_weigh(frame, decoder, &number, rest->text + unit, rest->len - unit);
	return true;
}

static bool is_line(const struct scale_decoder *decoder, const struct scale_line *line,
                    struct scale_frame *frame)
{
	struct rest rest = { line->text, line->len };
	bool out;

	if (!take_header(&rest, frame, &out))
		return false;
	take_kind(&rest, frame);
	if (out) {
		frame->status = out_of_range(&rest);
		return true;
	}
	return take_weight(decoder, &rest, frame);
}

#define CAS_LEN       22
#define CAS_LAMP      7
#define LAMPS_PRESENT 0x80u
#define LAMP_STABLE   0x40u

/* CAS: the lamp byte is no text, so it is checked and taken out before the rest is read. */
static bool is_cas(const struct scale_decoder *decoder, struct scale_frame *frame)
{
	static const char layout[] = "ff,ff,f.,nnnnnnnnfuu";
	const char *text = (const char *)decoder->window + decoder->len - CAS_LEN;
	struct scale_fields fields;
	struct scale_line line;
	char plain[CAS_LEN - 2];
	unsigned lamps;

	if (decoder->len < CAS_LEN || memcmp(text + CAS_LEN - 2, "\r\n", 2) != 0)
		return false;
	memcpy(plain, text, sizeof(plain));
	lamps = (uint8_t)plain[CAS_LAMP];
	plain[CAS_LAMP] = '.';
	if (!scale_layout_fits(layout, plain, sizeof(plain), &fields))
		return false;
	memmove(plain + 5, plain + 8, sizeof(plain) - 8);
	plain[sizeof(plain) - 3 - 3] = ' ';
	line = (struct scale_line){ .text = plain, .len = sizeof(plain) - 3 };
	if (!is_line(decoder, &line, frame))
		return false;
	if ((lamps & LAMPS_PRESENT) && !(lamps & LAMP_STABLE) && frame->stable == HAL_YES)
		frame->stable = HAL_NO; /* word and lamp disagree: not to be trusted */
	return true;
}

static size_t stgs_match(struct scale_decoder *decoder, struct scale_frame *ret_frame)
{
	struct scale_line line;

	if (decoder->window[decoder->len - 1] != '\n')
		return 0;
	if (is_cas(decoder, ret_frame))
		return CAS_LEN;
	if (!scale_line_at_end(decoder, &line) || !is_line(decoder, &line, ret_frame))
		return 0;
	return line.len + line.end;
}

const struct scale_codec stgs_codec = {
	.match = stgs_match,
};
