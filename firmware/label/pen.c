/* SPDX-License-Identifier: MIT */
#include "pen.h"

#include <string.h>

#include "codepoint.h"

/* Of the em, in hundredths: the first baseline below the top, the lines apart, the end. */
#define ASCENT  80
#define LEADING 117
#define DESCENT 24

/* Steps in which a text is set smaller to fit its line. */
#define SHRINK 94

static int divide(int value, int by)
{
	return (value + by / 2) / by;
}

/* What is sold as 203 dpi has eight dots to the millimetre. */
static int dots_per_metre(unsigned dpi)
{
	return dpi == 203 ? 8000 : divide((int)dpi * 10000, 254);
}

int pen_mm10(const struct pen *pen, int mm10)
{
	return divide(mm10 * dots_per_metre(pen->dpi), 10000);
}

int pen_mm100(const struct pen *pen, int mm100)
{
	return divide(mm100 * dots_per_metre(pen->dpi), 100000);
}

int pen_rule(const struct pen *pen)
{
	return pen_mm100(pen, 15);
}

int pen_frame(const struct pen *pen)
{
	return pen_mm100(pen, 36);
}

int pen_line_height(const struct pen *pen, uint16_t mm100)
{
	return divide(pen_mm100(pen, mm100) * LEADING, 100);
}

int pen_drop(const struct pen *pen, uint16_t large_mm100, uint16_t small_mm100)
{
	return divide(pen_mm100(pen, large_mm100) * ASCENT, 100) -
	       divide(pen_mm100(pen, small_mm100) * ASCENT, 100);
}

int pen_leading(const struct pen *pen, uint16_t mm100)
{
	return divide(pen_mm100(pen, mm100) * (LEADING - ASCENT - DESCENT), 100);
}

static bool has_ideographs(const char *utf8)
{
	size_t len = strlen(utf8), n;
	uint32_t character;

	for (size_t at = 0; at < len; at += n) {
		n = codepoint_next(utf8 + at, len - at, &character);
		if (n == 0 || (character >= 0x2E80 && character <= 0x9FFF) ||
		    (character >= 0xAC00 && character <= 0xD7AF) || character >= 0xF900)
			return n != 0;
	}
	return false;
}

static struct text_style style_of(const struct pen *pen, struct pen_type type, const char *utf8)
{
	if (type.mm100 < PEN_LEAST_HAN && has_ideographs(utf8))
		type.mm100 = PEN_LEAST_HAN;
	return (struct text_style){
		.px = (uint16_t)pen_mm100(pen, type.mm100),
		.bold = type.bold,
		.han = pen->han,
		.base = pen->base,
	};
}

static int x_of(const struct text_line *line, int x, int width, enum pen_side side)
{
	int room = width - line->width;

	if (side == PEN_CENTRE)
		return x + room / 2;
	return (side == PEN_RIGHT) != line->rtl ? x + room : x;
}

/* Lines stand an em and a bit apart, farther where their ink would touch. */
static int place_lines(struct pen *pen, const struct text_line *const *lines, unsigned count,
                       const int box[3], enum pen_side side)
{
	int px = lines[0]->style.px;
	int y = box[1], fall = 0;

	for (unsigned i = 0; i < count; i++) {
		int step =
			i == 0 ? pen_larger(divide(px * ASCENT, 100), lines[i]->rise)
			       : pen_larger(divide(px * LEADING, 100), fall + 1 + lines[i]->rise);

		y += step;
		fall = lines[i]->fall;
		marks_text(pen->marks, pen->sheet, x_of(lines[i], box[0], box[2], side), y,
		           lines[i]);
	}
	return y + pen_larger(divide(px * DESCENT, 100), fall) - box[1];
}

int pen_paragraph(struct pen *pen, int x, int y, int width, struct pen_type type, const char *utf8)
{
	const struct text_line *lines[TEXT_WRAP_LINES];
	const struct text_style style = style_of(pen, type, utf8);
	const int box[3] = { x, y, width };
	unsigned count;

	if (pen->status != HAL_OK || !utf8[0])
		return 0;
	pen->status = text_wrap(pen->text, utf8, &style, width, lines, &count, pen->fault);
	if (pen->status != HAL_OK)
		return 0;
	return place_lines(pen, lines, count, box, type.side);
}

/* NULL when it cannot be set at all. */
static const struct text_line *shape(struct pen *pen, struct pen_type type, const char *utf8)
{
	const struct text_style style = style_of(pen, type, utf8);
	const struct text_line *line = NULL;

	if (pen->status == HAL_OK)
		pen->status = text_shape(pen->text, utf8, strlen(utf8), &style, &line, pen->fault);
	return pen->status == HAL_OK ? line : NULL;
}

int pen_width(struct pen *pen, struct pen_type type, const char *utf8)
{
	const struct text_line *line = shape(pen, type, utf8);

	return line ? line->width : 0;
}

bool pen_is_rtl(struct pen *pen, struct pen_type type, const char *utf8)
{
	const struct text_line *line = shape(pen, type, utf8);

	return line && line->rtl;
}

int pen_fitted(struct pen *pen, int x, int y, int width, struct pen_type type, uint16_t least_mm100,
               const char *utf8)
{
	while (type.mm100 > least_mm100 && pen_width(pen, type, utf8) > width) {
		uint16_t less = (uint16_t)(type.mm100 * SHRINK / 100);

		type.mm100 = less > least_mm100 ? less : least_mm100;
	}
	return pen_paragraph(pen, x, y, width, type, utf8);
}

void pen_box(struct pen *pen, int x, int y, int width, int height)
{
	marks_box(pen->marks, pen->sheet, x, y, width, height);
}
