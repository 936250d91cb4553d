/* SPDX-License-Identifier: MIT */
#include "scale/sics_codec.h"

#include <string.h>

#include "scale/fields.h"

/* clang-format off */
static const struct {
	const char *word;
	enum scale_status status;
} conditions[] = {
	{ "+", SCALE_OVER },
	{ "-", SCALE_UNDER },
	{ "I", SCALE_NONE },
	{ "L", SCALE_FAULT },
};

static const char *const refusals[] = { "ES", "ET", "EL", "EI" };
/* clang-format on */

static bool is_refusal(const struct scale_line *word)
{
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++)
		if (scale_word_is(word, refusals[i]))
			return true;
	return false;
}

static bool is_condition(const struct scale_line *word, struct scale_frame *ret_frame)
{
	for (size_t i = 0; i < sizeof(conditions) / sizeof(conditions[0]); i++)
		if (scale_word_is(word, conditions[i].word)) {
			ret_frame->status = conditions[i].status;
			return true;
		}
	return false;
}

static bool is_weight(const struct scale_decoder *decoder, const char *text, size_t len,
                      struct scale_frame *ret_frame)
{
	static const char pounds[] = " lb:oz"; /* BC60: "S D 12:07.50 lb:oz" */
	struct scale_number number;
	size_t unit;

	if (len > sizeof(pounds) - 1 && memcmp(text + len - 6, pounds, 6) == 0)
		return scale_frame_weigh_pounds(ret_frame, decoder, text, len - 6);
	if (!scale_figure_split(text, len, &unit) || unit == len || text[unit - 1] != ' ' ||
	    !scale_number_parse(text, unit, &number))
		return false;
	scale_frame_weigh(ret_frame, decoder, &number, text + unit, len - unit);
	return true;
}

static bool is_reply(const struct scale_decoder *decoder, const char *text, size_t len,
                     struct scale_frame *ret_frame)
{
	struct scale_line word;

	if (!scale_word_take(&text, &len, &word))
		return false;
	if (is_refusal(&word) && len == 0) {
		ret_frame->status = SCALE_FAULT;
		return true;
	}
	if (!scale_word_is(&word, "S") || !scale_word_take(&text, &len, &word))
		return false;
	if (len == 0)
		return is_condition(&word, ret_frame);
	if (!scale_word_is(&word, "S") && !scale_word_is(&word, "D"))
		return false;
	ret_frame->stable = hal_tri_of(word.text[0] == 'S');
	return is_weight(decoder, text, len, ret_frame);
}

size_t sics_match(struct scale_decoder *decoder, struct scale_frame *ret_frame)
{
	struct scale_line line;

	if (!scale_line_at_end(decoder, &line) || line.text[0] == ' ' ||
	    !is_reply(decoder, line.text, line.len, ret_frame))
		return 0;
	return line.len + line.end;
}

const struct scale_codec sics_codec = {
	.match = sics_match,
};
