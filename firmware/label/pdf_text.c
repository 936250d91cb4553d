/* SPDX-License-Identifier: MIT */
#include "pdf_text.h"

#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>
#include FT_ADVANCES_H

#include "font_files.h"

/* By file, not by our face: cairo keeps faces longer than an engine lives. */
static void choose_face(cairo_t *cairo, const struct font *font, double size)
{
	FcPattern *pattern = font_file_pattern(font->path, font->index);
	cairo_font_face_t *face = cairo_ft_font_face_create_for_pattern(pattern);

	cairo_set_font_face(cairo, face);
	cairo_set_font_size(cairo, size);
	cairo_font_face_destroy(face);
	FcPatternDestroy(pattern);
}

/* How far the pen moves without hinting; what kerning added stays. */
static double natural_advance(struct fonts *fonts, const struct text_run *run, unsigned i, int px)
{
	const struct text_glyph *glyph = &run->glyphs[i];
	FT_Face face = fonts->fonts[run->font].ft;
	const struct glyph *drawn = fonts_glyph(fonts, run->font, (uint16_t)px, glyph->id);
	FT_Fixed units = 0;

	if (FT_Get_Advance(face, glyph->id, FT_LOAD_NO_SCALE, &units) || !drawn)
		return glyph->advance;
	return (double)units * px / face->units_per_EM + glyph->advance - drawn->advance;
}

/*
 * Hinted advances are whole dots; on paper without dots that would look uneven.
 * So each run keeps its ends and spreads its glyphs evenly between them.
 */
static void place_glyphs(struct pdf_text *room, struct fonts *fonts, const struct text_run *run,
                         int px, int x, int y)
{
	double natural = 0, scale, pen = 0;
	int hinted = run->x;

	for (unsigned i = 0; i < run->count; i++)
		natural += natural_advance(fonts, run, i, px);
	scale = natural > 0 ? run->width / natural : 1;
	for (unsigned i = 0; i < run->count; i++) {
		const struct text_glyph *glyph = &run->glyphs[i];

		room->glyphs[i] = (cairo_glyph_t){
			.index = glyph->id,
			.x = x + run->x + pen + (glyph->x - hinted),
			.y = y + glyph->y,
		};
		pen += natural_advance(fonts, run, i, px) * scale;
		hinted += glyph->advance;
	}
}

/* Which bytes each group of glyphs stands for, in the order of reading. */
static int fill_clusters(struct pdf_text *room, const struct text_run *run)
{
	int count = 0;

	for (unsigned i = 0; i < run->count; i++) {
		unsigned at = run->rtl ? run->count - 1 - i : i;
		unsigned from = run->glyphs[at].cluster;

		if (count > 0 && room->clusters[count - 1].num_bytes == (int)from) {
			room->clusters[count - 1].num_glyphs++;
			continue;
		}
		room->clusters[count++] = (cairo_text_cluster_t){ (int)from, 1 };
	}
	for (int i = 0; i < count; i++) {
		int next = i + 1 < count ? room->clusters[i + 1].num_bytes : run->from + run->len;

		room->clusters[i].num_bytes = next - room->clusters[i].num_bytes;
	}
	return count;
}

void pdf_text_draw(struct pdf_text *room, cairo_t *cairo, struct fonts *fonts,
                   const struct text_line *line, int x, int y)
{
	for (unsigned r = 0; r < line->run_count; r++) {
		const struct text_run *run = &line->runs[r];

		if (run->count == 0)
			continue; /* nothing but joiners and marks of direction */
		choose_face(cairo, &fonts->fonts[run->font], line->style.px);
		place_glyphs(room, fonts, run, line->style.px, x, y);
		cairo_show_text_glyphs(cairo, line->text + run->from, run->len, room->glyphs,
		                       run->count, room->clusters, fill_clusters(room, run),
		                       run->rtl ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
	}
}
