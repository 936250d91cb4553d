/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <string.h>

#include "itemise.h"

#define TABLE (TEXT_LINES * 2)

enum hal_status text_init(struct text *text, struct fonts *fonts, struct hal_fault *reterr_fault)
{
	text->fonts = fonts;
	text->buffer = hb_buffer_create();
	if (!hb_buffer_allocation_successful(text->buffer)) {
		hal_fault_set(reterr_fault, "text: no memory for HarfBuzz");
		return HAL_E_SYSTEM;
	}
	return HAL_OK;
}

void text_finish(struct text *text)
{
	hb_buffer_destroy(text->buffer);
	text->buffer = NULL;
}

void text_tidy(struct text *text)
{
	if (text->glyph_count < TEXT_KEEP)
		return;
	memset(text->table, 0, sizeof(text->table));
	text->line_count = text->run_count = text->glyph_count = text->byte_count = 0;
}

static uint32_t hash_of(const char *utf8, size_t len, const struct text_style *style)
{
	uint32_t hash = 2166136261u ^ style->px ^ (uint32_t)style->bold << 16 ^
	                (uint32_t)style->han << 17 ^ (uint32_t)style->base << 20;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (uint8_t)utf8[i]) * 16777619u;
	return hash ^ hash >> 15;
}

static bool same_style(const struct text_style *a, const struct text_style *b)
{
	return a->px == b->px && a->bold == b->bold && a->han == b->han && a->base == b->base;
}

/* Where the line stands in the table, or the empty place where it belongs. */
static uint16_t *find_place(struct text *text, uint32_t hash, const char *utf8, size_t len,
                            const struct text_style *style)
{
	uint32_t at = hash % TABLE;

	while (text->table[at]) {
		const struct text_line *line = &text->lines[text->table[at] - 1];

		if (line->hash == hash && line->len == len && same_style(&line->style, style) &&
		    memcmp(line->text, utf8, len) == 0)
			break;
		at = (at + 1) % TABLE;
	}
	return &text->table[at];
}

static bool has_room(const struct text *text, size_t len)
{
	return text->line_count < TEXT_LINES - 1 && text->run_count + ITEMISE_MAX <= TEXT_RUNS &&
	       text->glyph_count + 4 * TEXT_MAX <= TEXT_GLYPHS &&
	       text->byte_count + len <= TEXT_BYTES;
}

static void fill_buffer(struct text *text, const struct item *item)
{
	const struct text_char *first = &text->chars[item->first];

	hb_buffer_clear_contents(text->buffer);
	for (unsigned i = 0; i < item->count; i++)
		hb_buffer_add(text->buffer, first[i].character, first[i].at);
	hb_buffer_set_content_type(text->buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
	/* Else a joiner takes the blank's glyph, and a PDF gives the joiner back for every blank.
	 */
	hb_buffer_set_flags(text->buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
	hb_buffer_set_direction(text->buffer,
	                        first->level & 1 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
	hb_buffer_set_script(text->buffer, first->script);
	hb_buffer_set_language(text->buffer, HB_LANGUAGE_INVALID);
}

/* The ink, not the em: what decides whether two lines touch. */
static void widen_ink(struct text_line *line, const struct glyph *glyph, int y)
{
	int rise = glyph->top - y;
	int fall = glyph->height - glyph->top + y;

	if (rise > line->rise)
		line->rise = (int16_t)rise;
	if (fall > line->fall)
		line->fall = (int16_t)fall;
}

static bool copy_glyphs(struct text *text, struct text_line *line, struct text_run *run, int pen)
{
	unsigned count;
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(text->buffer, &count);
	const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(text->buffer, &count);

	if (count > 4 * TEXT_MAX)
		return false;
	run->glyphs = &text->glyphs[text->glyph_count];
	run->count = (uint16_t)count;
	for (unsigned i = 0; i < count; i++) {
		const struct glyph *glyph = fonts_glyph(text->fonts, run->font, line->style.px,
		                                        (uint16_t)infos[i].codepoint);

		if (!infos[i].codepoint || !glyph)
			return false;
		text->glyphs[text->glyph_count++] = (struct text_glyph){
			.id = (uint16_t)infos[i].codepoint,
			.x = (int16_t)(pen + places[i].x_offset),
			.y = (int16_t)-places[i].y_offset,
			.advance = (int16_t)places[i].x_advance,
			.cluster = (uint16_t)infos[i].cluster,
		};
		widen_ink(line, glyph, -places[i].y_offset);
		pen += places[i].x_advance;
	}
	run->width = (int16_t)(pen - run->x);
	return true;
}

/* "ﬁ" as one glyph comes back from a PDF as one character, which no search for "fi" finds. */
static const hb_feature_t apart[] = {
	{ HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END },
	{ HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END },
};

static bool shape_item(struct text *text, struct text_line *line, const struct item *item)
{
	const struct text_char *first = &text->chars[item->first];
	struct text_run *run = &text->runs[text->run_count];
	struct font_size *size = fonts_size(text->fonts, first->font, line->style.px);

	if (!size)
		return false;
	*run = (struct text_run){
		.font = first->font,
		.rtl = first->level & 1,
		.x = line->width,
		.from = first->at,
		.len = (uint16_t)(first[item->count].at - first->at),
	};
	fill_buffer(text, item);
	hb_shape(size->hb, text->buffer, apart, sizeof(apart) / sizeof(apart[0]));
	if (!copy_glyphs(text, line, run, line->width))
		return false;
	line->width = (int16_t)(line->width + run->width);
	line->run_count++;
	text->run_count++;
	return true;
}

static enum hal_status shape_line(struct text *text, struct text_line *line,
                                  struct hal_fault *reterr_fault)
{
	struct item items[ITEMISE_MAX];
	unsigned count;
	enum hal_status status = itemise(text, line->text, line->len, &line->style, items, &count,
	                                 &line->rtl, reterr_fault);

	if (status != HAL_OK)
		return status;
	line->runs = &text->runs[text->run_count];
	for (unsigned i = 0; i < count; i++)
		if (!shape_item(text, line, &items[i])) {
			hal_fault_set(reterr_fault, "no glyphs for '%.*s'", (int)line->len,
			              line->text);
			return HAL_E_ARG;
		}
	return HAL_OK;
}

/* A line is entered only when whole; until then its place in the arrays is not taken. */
static enum hal_status add_line(struct text *text, const char *utf8, size_t len,
                                const struct text_style *style, uint32_t hash,
                                struct hal_fault *reterr_fault)
{
	struct text_line *line = &text->lines[text->line_count];
	uint32_t run_count = text->run_count, glyph_count = text->glyph_count;
	enum hal_status status;

	memcpy(&text->bytes[text->byte_count], utf8, len);
	*line = (struct text_line){
		.style = *style,
		.text = &text->bytes[text->byte_count],
		.len = (uint16_t)len,
		.hash = hash,
	};
	status = shape_line(text, line, reterr_fault);
	if (status != HAL_OK) {
		text->run_count = run_count;
		text->glyph_count = glyph_count;
		return status;
	}
	text->byte_count += (uint32_t)len;
	text->line_count++;
	return HAL_OK;
}

enum hal_status text_shape(struct text *text, const char *utf8, size_t len,
                           const struct text_style *style, const struct text_line **ret_line,
                           struct hal_fault *reterr_fault)
{
	uint32_t hash = hash_of(utf8, len, style);
	uint16_t *place = find_place(text, hash, utf8, len, style);
	enum hal_status status;

	if (!*place) {
		if (len > TEXT_MAX || !has_room(text, len)) {
			hal_fault_set(reterr_fault, "too much text at '%.*s'",
			              (int)(len > 40 ? 40 : len), utf8);
			return HAL_E_ARG;
		}
		status = add_line(text, utf8, len, style, hash, reterr_fault);
		if (status != HAL_OK)
			return status;
		*place = (uint16_t)text->line_count;
	}
	*ret_line = &text->lines[*place - 1];
	return HAL_OK;
}
