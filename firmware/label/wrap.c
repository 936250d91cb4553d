/* SPDX-License-Identifier: MIT */
/* Where a paragraph may be broken, and the breaking. */
#include "text.h"

#include <string.h>

#include "codepoint.h"

static bool is_in(uint32_t c, const char *set)
{
	uint32_t one;

	for (size_t at = 0, len = strlen(set); at < len;
	     at += codepoint_next(set + at, len - at, &one))
		if (codepoint_next(set + at, len - at, &one) && one == c)
			return true;
	return false;
}

/* Ideographs and kana; Hangul keeps its words together. */
static bool is_ideograph(uint32_t c)
{
	return (c >= 0x2E80 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
	       (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFFEF) ||
	       (c >= 0x20000 && c <= 0x3FFFF);
}

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

/* Thai writes no blanks between words, but a syllable never ends before these vowels. */
static bool opens_thai_syllable(uint32_t c)
{
	return c >= 0x0E40 && c <= 0x0E44;
}

static bool is_thai(uint32_t c)
{
	return c >= 0x0E01 && c <= 0x0E5B;
}

/* What may not begin a line, and what may not end one. */
static const char closing[] = "、。，．：；！？）」』】〉》〕］｝"
			      "・ーゃゅょっャュョッ々%";
static const char opening[] = "（「『【〈《〔［｛";

enum break_kind {
	BREAK_NEVER,
	BREAK_GUESSED, /* when nothing better is on the line */
	BREAK_SURE,
};

static enum break_kind may_break(uint32_t before, uint32_t after)
{
	if (after == ' ')
		return BREAK_NEVER;
	if (before == ' ')
		return BREAK_SURE;
	if (is_digit(before) && is_ideograph(after))
		return BREAK_NEVER; /* a house number keeps its counter */
	if (is_ideograph(before) || is_ideograph(after))
		return is_in(after, closing) || is_in(before, opening) ? BREAK_NEVER : BREAK_SURE;
	if (before == '-' || before == '/')
		return is_digit(after) ? BREAK_NEVER : BREAK_SURE;
	return is_thai(before) && opens_thai_syllable(after) ? BREAK_GUESSED : BREAK_NEVER;
}

struct wrap {
	struct text *text;
	const char *utf8;
	size_t len;
	const struct text_style *style;
	int width;
};

/* How wide each cluster is, at the byte where it begins; -1 within a cluster. */
static void measure_clusters(struct text *text, const struct text_line *whole)
{
	memset(text->widths, 0xFF, ((size_t)whole->len + 1) * sizeof(text->widths[0]));
	for (unsigned r = 0; r < whole->run_count; r++)
		for (unsigned g = 0; g < whole->runs[r].count; g++) {
			const struct text_glyph *glyph = &whole->runs[r].glyphs[g];
			int16_t *at = &text->widths[glyph->cluster];

			*at = (int16_t)((*at < 0 ? 0 : *at) + glyph->advance);
		}
}

static size_t skip_blanks(const struct wrap *wrap, size_t at)
{
	while (at < wrap->len && wrap->utf8[at] == ' ')
		at++;
	return at;
}

static size_t trim_blanks(const struct wrap *wrap, size_t from, size_t to)
{
	while (to > from && wrap->utf8[to - 1] == ' ')
		to--;
	return to;
}

/* The byte at which the line beginning at from has to end, to be at most limit wide. */
static size_t find_end(const struct wrap *wrap, size_t from, int limit)
{
	size_t best[BREAK_SURE + 1] = { from, from, from }, at = from;
	uint32_t before = 0, here = 0;
	int pen = 0;

	while (at < wrap->len) {
		size_t n = codepoint_next(wrap->utf8 + at, wrap->len - at, &here);
		int width = wrap->text->widths[at];

		if (at > from && width >= 0)
			best[may_break(before, here)] = at;
		if (at > from && here != ' ' && width > 0 && pen + width > limit)
			break;
		pen += width > 0 ? width : 0;
		before = here;
		at += n;
	}
	if (at >= wrap->len)
		return wrap->len;
	for (int kind = BREAK_SURE; kind > BREAK_NEVER; kind--)
		if (best[kind] > from)
			return best[kind];
	return at;
}

/* Joining and kerning change where a line is cut, so the cut line is measured again. */
static enum hal_status take_line(const struct wrap *wrap, size_t from,
                                 const struct text_line **ret_line, size_t *ret_next,
                                 struct hal_fault *reterr_fault)
{
	int limit = wrap->width;

	for (;;) {
		size_t next = find_end(wrap, from, limit);
		size_t to = trim_blanks(wrap, from, next);
		enum hal_status status = text_shape(wrap->text, wrap->utf8 + from, to - from,
		                                    wrap->style, ret_line, reterr_fault);

		if (status != HAL_OK)
			return status;
		*ret_next = next;
		if ((*ret_line)->width <= wrap->width)
			return HAL_OK;
		limit -= (*ret_line)->width - wrap->width;
		if (limit <= 0) {
			hal_fault_set(reterr_fault, "no room for '%.*s'", (int)(to - from),
			              wrap->utf8 + from);
			return HAL_E_ARG;
		}
	}
}

/* Of a paragraph that runs one way only, every part finds that way by itself. */
static enum text_base base_of(const struct text_line *whole)
{
	if (whole->style.base != TEXT_BASE_FOUND || whole->rtl)
		return whole->rtl ? TEXT_BASE_RTL : TEXT_BASE_LTR;
	for (unsigned r = 0; r < whole->run_count; r++)
		if (whole->runs[r].rtl)
			return TEXT_BASE_LTR;
	return TEXT_BASE_FOUND;
}

enum hal_status text_wrap(struct text *text, const char *utf8, const struct text_style *style,
                          int width, const struct text_line *ret_lines[TEXT_WRAP_LINES],
                          unsigned *ret_count, struct hal_fault *reterr_fault)
{
	struct text_style broken = *style;
	struct wrap wrap = {
		.text = text, .utf8 = utf8, .len = strlen(utf8), .style = &broken, .width = width
	};
	enum hal_status status =
		text_shape(text, utf8, wrap.len, style, &ret_lines[0], reterr_fault);
	unsigned count = 0;

	if (status != HAL_OK)
		return status;
	*ret_count = 1;
	if (ret_lines[0]->width <= width)
		return HAL_OK;
	measure_clusters(text, ret_lines[0]);
	broken.base = base_of(ret_lines[0]);
	for (size_t at = skip_blanks(&wrap, 0); at < wrap.len; at = skip_blanks(&wrap, at)) {
		if (count == TEXT_WRAP_LINES) {
			hal_fault_set(reterr_fault, "no room for '%.60s'", utf8);
			return HAL_E_ARG;
		}
		status = take_line(&wrap, at, &ret_lines[count++], &at, reterr_fault);
		if (status != HAL_OK)
			return status;
	}
	*ret_count = count;
	return HAL_OK;
}
