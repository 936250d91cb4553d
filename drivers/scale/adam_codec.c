/* SPDX-License-Identifier: MIT */
#include "scale/adam_codec.h"

#include <string.h>

#include "scale/fields.h"
#include "scale/nci_codec.h"
#include "scale/stgs_codec.h"

/* clang-format off */
static const struct {
	const char *word;
	enum hal_mass_kind kind;
} heads[] = {
	{ "GROSS", HAL_MASS_GROSS },
	{ "GS",    HAL_MASS_GROSS },
	{ "NET",   HAL_MASS_NET },
	{ "NT",    HAL_MASS_NET },
	{ "G/W",   HAL_MASS_GROSS },
	{ "N/W",   HAL_MASS_NET },
	{ "",      HAL_MASS_UNKNOWN },
};
/* clang-format on */

static bool starts_with(const char *text, size_t len, const char *word)
{
	return len >= strlen(word) && memcmp(text, word, strlen(word)) == 0;
}

static size_t take_head(const struct scale_line *line, struct scale_frame *frame)
{
	size_t i = 0;

	while (!starts_with(line->text, line->len, heads[i].word))
		i++;
	frame->kind = heads[i].kind;
	return strlen(heads[i].word);
}

static bool weigh(const struct scale_decoder *decoder, const char *text, size_t len,
                  struct scale_frame *frame)
{
	struct scale_number number;
	size_t unit;

	if (!scale_figure_split(text, len, &unit) || unit == len ||
	    !scale_number_parse(text, unit, &number))
		return false;
	scale_frame_weigh(frame, decoder, &number, text + unit, len - unit);
	return true;
}

#define FORMAT1_LEN 17
#define FORMAT2_LEN 16
#define FIGURE2_LEN 13

/* Sign or blank, twelve characters of figure, three of unit. */
static bool is_format2(const struct scale_decoder *decoder, const struct scale_line *line,
                       struct scale_frame *frame)
{
	struct scale_fields fields;

	return scale_layout_fits("snnnnnnnnnnnnuuu", line->text, line->len, &fields) &&
	       weigh(decoder, line->text, line->len, frame);
}

/* A word before the figure, or a sign: either marks the head of the line. */
static bool is_headed(const struct scale_decoder *decoder, const struct scale_line *line,
                      struct scale_frame *frame)
{
	size_t head = take_head(line, frame);
	const char *rest = line->text + head;
	size_t len = line->len - head;

	if (head == 0 && rest[0] != '+' && rest[0] != '-')
		return false;
	if ((starts_with(line->text, head, "G") || starts_with(line->text, head, "N")) &&
	    (head < 3 || line->text[1] != '/') && line->len != FORMAT1_LEN)
		return false;
	return weigh(decoder, rest, len, frame);
}

/* AZextra: blanks, a figure with three decimals, kg right behind it. */
static bool is_azextra(const struct scale_decoder *decoder, const struct scale_line *line,
                       struct scale_frame *frame)
{
	size_t len = line->len;

	return len > 7 && line->text[0] == ' ' && memcmp(line->text + len - 2, "kg", 2) == 0 &&
	       line->text[len - 6] == '.' && line->text[len - 3] != ' ' &&
	       weigh(decoder, line->text, len, frame);
}

static bool is_refusal(const struct scale_line *line, struct scale_frame *frame)
{
	frame->status = SCALE_FAULT;
	return line->len == 3 &&
	       (scale_text_is(line->text, 3, "!EU") || scale_text_is(line->text, 3, "!EK") ||
	        scale_text_is(line->text, 3, "!EF"));
}

static bool (*const shapes[])(const struct scale_decoder *decoder, const struct scale_line *line,
                              struct scale_frame *frame) = { is_format2, is_headed, is_azextra };

static size_t adam_match(struct scale_decoder *decoder, struct scale_frame *ret_frame)
{
	size_t len = nci_match(decoder, ret_frame);
	struct scale_line line;

	if (len == 0) {
		scale_frame_clear(ret_frame);
		len = stgs_match(decoder, ret_frame);
	}
	if (len > 0 || !scale_line_at_end(decoder, &line))
		return len;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		scale_frame_clear(ret_frame);
		if (shapes[i](decoder, &line, ret_frame))
			return line.len + line.end;
	}
	scale_frame_clear(ret_frame);
	return is_refusal(&line, ret_frame) ? line.len + line.end : 0;
}

const struct scale_codec adam_codec = {
	.match = adam_match,
};
