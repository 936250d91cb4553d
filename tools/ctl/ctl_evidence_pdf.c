/* SPDX-License-Identifier: MIT */
#include "ctl_evidence_pdf.h"

#include "evidence_pen.h"
#include "leaf.h"

struct paper {
	struct evidence_pen base; /* first: a pen is a paper */
	struct leaf *leaf;
	unsigned count;
};

static struct leaf *leaf_of(struct evidence_pen *pen)
{
	return ((struct paper *)pen)->leaf;
}

static bool write_out(void *owner, const uint8_t *bytes, size_t len)
{
	return fwrite(bytes, 1, len, owner) == len;
}

static void put_title(struct evidence_pen *pen, const char *title, const char *const *lines)
{
	leaf_paragraph(leaf_of(pen), LEAF_TITLE, title);
	for (; *lines; lines++)
		leaf_paragraph(leaf_of(pen), LEAF_BODY, *lines);
}

static void put_answer(struct evidence_pen *pen, const char *tone, const char *sentence,
                       const char *more)
{
	(void)tone;
	leaf_paragraph(leaf_of(pen), LEAF_HEADING, sentence);
	if (more[0])
		leaf_paragraph(leaf_of(pen), LEAF_BODY, more);
}

static void put_words(struct evidence_pen *pen, enum evidence_style style, const char *text)
{
	static const enum leaf_style styles[] = { [EVIDENCE_HEADING] = LEAF_STRONG,
		                                  [EVIDENCE_BODY] = LEAF_BODY,
		                                  [EVIDENCE_SMALL] = LEAF_SMALL };

	leaf_paragraph(leaf_of(pen), styles[style], text);
}

static void put_table(struct evidence_pen *pen, const struct evidence_column *columns,
                      unsigned count)
{
	const char *captions[EVIDENCE_COLUMNS];
	uint16_t widths[EVIDENCE_COLUMNS];

	for (unsigned i = 0; i < count; i++) {
		captions[i] = columns[i].caption;
		widths[i] = (uint16_t)columns[i].width;
	}
	leaf_table(leaf_of(pen), count, widths, columns[0].caption ? captions : NULL);
}

static void put_row(struct evidence_pen *pen, const char *const *cells)
{
	leaf_row(leaf_of(pen), cells);
}

static void end_table(struct evidence_pen *pen)
{
	(void)pen;
}

static void put_scale(struct evidence_pen *pen, const struct evidence_scale *scale)
{
	struct leaf_bell bells[EVIDENCE_BELLS];
	struct leaf_scale drawn = { .low = scale->low_g,
		                    .high = scale->high_g,
		                    .step = scale->step_g,
		                    .unit = "g",
		                    .bells = bells,
		                    .count = scale->count,
		                    .mark = scale->measured_g,
		                    .mark_words = scale->measured };

	for (unsigned i = 0; i < scale->count; i++)
		bells[i] = (struct leaf_bell){ scale->bells[i].mean_g, scale->bells[i].spread_g,
			                       scale->bells[i].words, !scale->bells[i].complete };
	leaf_draw_scale(leaf_of(pen), &drawn);
}

static void put_frames(struct evidence_pen *pen, const char *text)
{
	leaf_listing(leaf_of(pen), text);
}

enum hal_status ctl_evidence_pdf(const json_t *sheet, enum words_language language, FILE *out,
                                 struct hal_fault *reterr_fault)
{
	struct paper paper = { .base = { put_title, put_answer, put_words, put_table, put_row,
		                         end_table, put_scale, put_frames } };
	const char *key = json_string_value(json_object_get(sheet, "key"));
	char title[200];
	enum hal_status status;

	words_fill(title, sizeof(title), words_get(language, "sheet", "title"), &key, 1);
	status = leaf_create(write_out, out, title, &paper.leaf, reterr_fault);
	if (status != HAL_OK)
		return status;
	evidence_write(sheet, language, &paper.base);
	return leaf_finish(paper.leaf, reterr_fault);
}
