/* SPDX-License-Identifier: MIT */
#include "scale/ohaus_codec.h"

#include <string.h>

#include "scale/fields.h"

/* clang-format off */
static const struct {
	const char *legend;
	enum hal_mass_kind kind;
	bool live;
} legends[] = {
	{ "",      HAL_MASS_UNKNOWN, true },
	{ "G",     HAL_MASS_GROSS,   true },
	{ "B/G",   HAL_MASS_GROSS,   true },
	{ "B",     HAL_MASS_GROSS,   true },
	{ "N",     HAL_MASS_NET,     true },
	{ "NET",   HAL_MASS_NET,     true },
	{ "Net",   HAL_MASS_NET,     true },
	{ "T",     HAL_MASS_UNKNOWN, false },
	{ "Tare",  HAL_MASS_UNKNOWN, false },
	{ "TOTAL", HAL_MASS_UNKNOWN, false },
};
/* clang-format on */

/* False when nobody knows that legend. */
static bool read_legend(const char *text, size_t len, struct scale_frame *frame, bool *ret_live)
{
	for (size_t i = 0; i < sizeof(legends) / sizeof(legends[0]); i++)
		if (scale_text_is(text, len, legends[i].legend)) {
			frame->kind = legends[i].kind;
			*ret_live = legends[i].live;
			return true;
		}
	return false;
}

static bool is_figure(const struct scale_decoder *decoder, const char *text, size_t len,
                      const char *unit, size_t unit_len, struct scale_frame *frame)
{
	struct scale_number number;

	if (!scale_number_parse(text, len, &number) || scale_text_is(unit, unit_len, ""))
		return false;
	scale_frame_weigh(frame, decoder, &number, unit, unit_len);
	return true;
}

/* It stays a frame, with its unit, but has no weight to give. */
static void make_lifeless(struct scale_frame *frame)
{
	frame->status = SCALE_NONE;
	frame->weight_mg = 0;
}

struct layout {
	const char *layout;
	/* Columns of the mark of instability and of the legend's beginning. */
	size_t mark, legend;
};

static bool read_mark(char mark, struct scale_frame *frame)
{
	frame->stable = hal_tri_of(mark == ' ');
	if (mark == '*')
		frame->stable =
			HAL_UNKNOWN; /* Navigator's table prints it and does not explain it */
	else if (mark != ' ' && mark != '?')
		return false;
	return true;
}

static bool fits(const struct scale_decoder *decoder, const struct scale_line *line,
                 const struct layout *layout, struct scale_frame *frame)
{
	struct scale_fields fields;
	bool live;

	scale_frame_clear(frame);
	if (!scale_layout_fits(layout->layout, line->text, line->len, &fields) ||
	    !read_mark(line->text[layout->mark], frame) ||
	    !read_legend(line->text + layout->legend, line->len - layout->legend, frame, &live) ||
	    !is_figure(decoder, line->text, (size_t)(fields.unit - line->text), fields.unit,
	               fields.unit_len, frame))
		return false;
	if (!live)
		make_lifeless(frame);
	return true;
}

static bool fits_any(const struct scale_decoder *decoder, const struct scale_line *line,
                     const struct layout *layouts, size_t count, struct scale_frame *frame)
{
	for (size_t i = 0; i < count; i++)
		if (fits(decoder, line, &layouts[i], frame))
			return true;
	return false;
}

static const char ranger_layout[] = "s  nnnnnnn uu ~ ~~~";

#define FIGURE_LEAST 10
#define FIGURE_MOST  12
#define UNIT_MOST    5

/* Behind the unit: blanks, a "?", blanks, a legend or a time of day. */
static bool read_rest(const char *text, size_t len, struct scale_frame *frame, bool *ret_live)
{
	size_t at = 0;

	while (at < len && text[at] == ' ')
		at++;
	frame->stable = hal_tri_of(at == len || text[at] != '?');
	at += at < len && text[at] == '?';
	*ret_live = true;
	if (len - at >= 8 && text[len - 3] == ':' && text[len - 6] == ':')
		return true; /* interval printing: hh:mm:ss */
	return read_legend(text + at, len - at, frame, ret_live);
}

/*
 * What comes first in a stream may lack its beginning.  Blanks at its head say
 * that no digit is missing, but a Ranger's minus, which stands before them, may be.
 */
static bool may_lack_its_head(const struct scale_line *line)
{
	struct scale_fields fields;

	return !line->anchored &&
	       (line->text[0] != ' ' ||
	        scale_layout_fits(&ranger_layout[1], line->text, line->len, &fields));
}

static bool is_print_string(const struct scale_decoder *decoder, const struct scale_line *line,
                            struct scale_frame *frame)
{
	size_t figure = 0, unit, end;
	bool live;

	scale_frame_clear(frame);
	while (figure < line->len && strchr(" +-.0123456789", line->text[figure]))
		figure++;
	unit = figure;
	if (figure < FIGURE_LEAST + 1 || figure > FIGURE_MOST + 1 || line->text[--figure] != ' ' ||
	    line->text[figure - 1] == ' ' || may_lack_its_head(line))
		return false;
	for (end = unit; end < line->len && line->text[end] != ' ' && line->text[end] != '?';)
		end++;
	if (end - unit > UNIT_MOST ||
	    !is_figure(decoder, line->text, figure, line->text + unit, end - unit, frame) ||
	    !read_rest(line->text + end, line->len - end, frame, &live))
		return false;
	if (!live)
		make_lifeless(frame);
	return true;
}

/* clang-format off */
static const struct layout print_layouts[] = {
	/* Ranger RC */
	{ ranger_layout,               14, 16 },
	/* Ranger 7000: nine columns, then unit, mark, G or N, a remark */
	{ "nnnnnnnnn uuu ~ ~ ~~~~~",   14, 16 },
	/* Scout's print format 3: the unit at the right of its field */
	{ "nnnnnnnnnnn uuuuu~",        17, 18 },
	/* Navigator NBF1A2: behind the unit the mark, A/O/U, centre of zero, a word */
	{ "snnnnnnnnuuuuu~~~~~~~",     14, 17 },
};

static const struct layout continuous_layouts[] = {
	/* Defender 3000, captured */
	{ "snnnnnnn uuuuu~~",          14, 15 },
	/* Defender 3000, as its manual counts */
	{ "s nnnnnnn uuuuu~~~~",       15, 16 },
};
/* clang-format on */

/* A command they do not know, or no rest within forty seconds. */
static bool is_refusal(const struct scale_line *line, struct scale_frame *frame)
{
	scale_frame_clear(frame);
	return scale_word_is(line, "ES");
}

static size_t ohaus_match(struct scale_decoder *decoder, struct scale_frame *ret_frame)
{
	struct scale_line line;

	if (!scale_line_at_end(decoder, &line))
		return 0;
	if (is_refusal(&line, ret_frame) ||
	    fits_any(decoder, &line, print_layouts,
	             sizeof(print_layouts) / sizeof(print_layouts[0]), ret_frame) ||
	    is_print_string(decoder, &line, ret_frame))
		return line.len + line.end;
	return 0;
}

static size_t ohaus_continuous_match(struct scale_decoder *decoder, struct scale_frame *ret_frame)
{
	struct scale_line line;

	if (!scale_line_at_end(decoder, &line) ||
	    (!is_refusal(&line, ret_frame) &&
	     !fits_any(decoder, &line, continuous_layouts,
	               sizeof(continuous_layouts) / sizeof(continuous_layouts[0]), ret_frame)))
		return 0;
	return line.len + line.end;
}

const struct scale_codec ohaus_codec = {
	.match = ohaus_match,
};

const struct scale_codec ohaus_continuous_codec = {
	.match = ohaus_continuous_match,
};
