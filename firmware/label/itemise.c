/* SPDX-License-Identifier: MIT */
#include "itemise.h"

#include <fribidi.h>

#include "codepoint.h"

/* Below Hebrew nothing runs from right to left. */
static bool wants_bidi(uint32_t c)
{
	return c >= 0x0590 && (c <= 0x08FF || (c >= 0x200E && c <= 0x2069) ||
	                       (c >= 0xFB1D && c <= 0xFEFF) || (c >= 0x10800 && c <= 0x1EFFF));
}

static bool is_vague(hb_script_t script)
{
	return script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED ||
	       script == HB_SCRIPT_UNKNOWN;
}

static enum hal_status decode(struct text *text, const char *utf8, size_t len, unsigned *ret_count,
                              bool *ret_bidi, struct hal_fault *reterr_fault)
{
	hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
	unsigned count = 0;

	*ret_bidi = false;
	for (size_t at = 0; at < len; count++) {
		struct text_char *one = &text->chars[count];
		size_t n = codepoint_next(utf8 + at, len - at, &one->character);

		if (n == 0 || one->character < 0x20) {
			hal_fault_set(reterr_fault, "byte %zu of '%.*s' is no text in UTF-8", at,
			              (int)len, utf8);
			return HAL_E_ARG;
		}
		one->at = (uint16_t)at;
		one->level = 0;
		one->script = hb_unicode_script(unicode, one->character);
		*ret_bidi |= wants_bidi(one->character);
		at += n;
	}
	text->chars[count].at = (uint16_t)len;
	*ret_count = count;
	return HAL_OK;
}

/* What belongs to every script takes the one before it, at the start the one after. */
static void settle_scripts(struct text_char *chars, unsigned count)
{
	hb_script_t last = HB_SCRIPT_LATIN;

	for (unsigned i = 0; i < count; i++)
		if (!is_vague(chars[i].script)) {
			last = chars[i].script;
			break;
		}
	for (unsigned i = 0; i < count; i++) {
		if (is_vague(chars[i].script))
			chars[i].script = last;
		last = chars[i].script;
	}
}

static bool is_han(hb_script_t script)
{
	return script == HB_SCRIPT_HAN || script == HB_SCRIPT_HIRAGANA ||
	       script == HB_SCRIPT_KATAKANA || script == HB_SCRIPT_BOPOMOFO ||
	       script == HB_SCRIPT_HANGUL;
}

/* Signs and blanks stay in the face of their word, so that a run is not torn apart. */
static bool stays(struct text *text, const struct text_char *one, const struct text_char *before,
                  bool vague)
{
	if (codepoint_is_silent(one->character))
		return true;
	if (!vague)
		return false;
	if (one->character < 0x80 && one->character != ' ' && is_han(before->script))
		return false;
	return fonts_has(text->fonts, before->font, one->character);
}

static enum hal_status choose_faces(struct text *text, unsigned count,
                                    const struct text_style *style, struct hal_fault *reterr_fault)
{
	hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();

	for (unsigned i = 0; i < count; i++) {
		struct text_char *one = &text->chars[i];
		bool vague = is_vague(hb_unicode_script(unicode, one->character));
		hb_script_t script = one->script;
		enum hal_status status;

		if (i > 0 && stays(text, one, one - 1, vague)) {
			one->font = one[-1].font;
			continue;
		}
		/* Digits in a Chinese address look like those in the Latin one. */
		if (one->character < 0x80 && is_han(script))
			script = HB_SCRIPT_LATIN;
		status = fonts_find(text->fonts, one->character, script, style->bold, style->han,
		                    &one->font, reterr_fault);
		if (status != HAL_OK)
			return status;
	}
	return HAL_OK;
}

static const FriBidiParType bases[] = {
	[TEXT_BASE_FOUND] = FRIBIDI_PAR_ON,
	[TEXT_BASE_LTR] = FRIBIDI_PAR_LTR,
	[TEXT_BASE_RTL] = FRIBIDI_PAR_RTL,
};

static bool find_levels(struct text_char *chars, unsigned count, enum text_base given,
                        bool *ret_rtl)
{
	FriBidiChar characters[TEXT_MAX] = { 0 };
	FriBidiCharType types[TEXT_MAX];
	FriBidiBracketType brackets[TEXT_MAX];
	FriBidiLevel levels[TEXT_MAX];
	FriBidiParType base = bases[given];

	for (unsigned i = 0; i < count; i++)
		characters[i] = chars[i].character;
	fribidi_get_bidi_types(characters, (FriBidiStrIndex)count, types);
	fribidi_get_bracket_types(characters, (FriBidiStrIndex)count, types, brackets);
	if (!fribidi_get_par_embedding_levels_ex(types, brackets, (FriBidiStrIndex)count, &base,
	                                         levels))
		return false;
	for (unsigned i = 0; i < count; i++)
		chars[i].level = levels[i];
	*ret_rtl = FRIBIDI_IS_RTL(base);
	return true;
}

static bool same_run(const struct text_char *a, const struct text_char *b)
{
	return a->font == b->font && a->level == b->level && a->script == b->script;
}

static unsigned cut(const struct text_char *chars, unsigned count,
                    struct item ret_items[ITEMISE_MAX])
{
	unsigned items = 0;

	for (unsigned i = 0; i < count; i++) {
		if (i > 0 && same_run(&chars[i - 1], &chars[i])) {
			ret_items[items - 1].count++;
			continue;
		}
		if (items == ITEMISE_MAX)
			return 0;
		ret_items[items++] = (struct item){ .first = (uint16_t)i, .count = 1 };
	}
	return items;
}

static void reverse(struct item *items, unsigned from, unsigned to)
{
	while (from + 1 < to) {
		struct item swap = items[from];

		items[from++] = items[--to];
		items[to] = swap;
	}
}

/* Rule L2: from the deepest level up, what stands at least that deep is turned round. */
static void reorder(const struct text_char *chars, struct item *items, unsigned count)
{
	int deepest = 0;

	for (unsigned i = 0; i < count; i++)
		if (chars[items[i].first].level > deepest)
			deepest = chars[items[i].first].level;
	for (int level = deepest; level > 0; level--)
		for (unsigned i = 0; i < count; i++) {
			unsigned from = i;

			while (i < count && chars[items[i].first].level >= level)
				i++;
			reverse(items, from, i);
		}
}

enum hal_status itemise(struct text *text, const char *utf8, size_t len,
                        const struct text_style *style, struct item ret_items[ITEMISE_MAX],
                        unsigned *ret_count, bool *ret_rtl, struct hal_fault *reterr_fault)
{
	unsigned count;
	bool bidi;
	enum hal_status status;

	*ret_rtl = false;
	*ret_count = 0;
	status = decode(text, utf8, len, &count, &bidi, reterr_fault);
	if (status != HAL_OK || count == 0)
		return status;
	settle_scripts(text->chars, count);
	bidi |= style->base == TEXT_BASE_RTL;
	if (bidi && !find_levels(text->chars, count, style->base, ret_rtl)) {
		hal_fault_set(reterr_fault, "no order of writing for '%.*s'", (int)len, utf8);
		return HAL_E_SYSTEM;
	}
	status = choose_faces(text, count, style, reterr_fault);
	if (status != HAL_OK)
		return status;
	*ret_count = cut(text->chars, count, ret_items);
	if (*ret_count == 0) {
		hal_fault_set(reterr_fault, "'%.*s' mixes too many scripts", (int)len, utf8);
		return HAL_E_ARG;
	}
	reorder(text->chars, ret_items, *ret_count);
	return HAL_OK;
}
