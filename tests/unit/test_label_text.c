/* SPDX-License-Identifier: MIT */
#include "label_gallery.h"

static struct glyphs glyphs;
static struct fonts fonts;
static struct text text;
static struct hal_fault fault;

static const struct text_style plain = { .px = 18 };

static int open_text(void **state)
{
	(void)state;
	memset(&glyphs, 0, sizeof(glyphs));
	memset(&fonts, 0, sizeof(fonts));
	memset(&text, 0, sizeof(text));
	if (fonts_init(&fonts, &glyphs, &fault) != HAL_OK)
		return -1;
	return text_init(&text, &fonts, &fault) == HAL_OK ? 0 : -1;
}

static int close_text(void **state)
{
	(void)state;
	text_finish(&text);
	fonts_finish(&fonts);
	return 0;
}

static const struct text_line *shape(const char *words)
{
	const struct text_line *line = NULL;

	fault.text[0] = '\0';
	if (text_shape(&text, words, strlen(words), &plain, &line, &fault) != HAL_OK)
		return NULL;
	return line;
}

/* What customers are called, and what has gone wrong with names before. */
static const char *const words[] = {
	"Jürgen Müller",
	"Małgorzata Wiśniewska-Źdźbło",
	"Nguyễn Thị Ánh Tuyết",
	"Екатерина Щербакова",
	"Ελένη Παπαδοπούλου",
	"محمد عبد الله الأحمد",
	"שרה לוי, רחוב הרצל 12",
	"สมชาย ใจดี กรุงเทพมหานคร",
	"田中 優子 様",
	"陳大文",
	"김민서",
	"काठमाडौं १२",
	"Łódź – “São Paulo” 12° №7 €",
	"e\xCC\x81\xCC\xA3 a\xCC\x8A",
};

#define WORDS (sizeof(words) / sizeof(words[0]))

static void every_script_has_its_glyphs_and_whole_advances(void **state)
{
	(void)state;
	for (size_t i = 0; i < WORDS; i++) {
		const struct text_line *line = shape(words[i]);
		int sum = 0;

		if (!line)
			fail_msg("%s: %s", words[i], fault.text);
		for (unsigned r = 0; r < line->run_count; r++) {
			assert_int_equal(line->runs[r].x, sum);
			for (unsigned g = 0; g < line->runs[r].count; g++) {
				assert_int_not_equal(line->runs[r].glyphs[g].id, 0);
				sum += line->runs[r].glyphs[g].advance;
			}
		}
		assert_int_equal(line->width, sum);
		assert_true(line->width > 0);
	}
}

static void a_character_without_a_glyph_is_named(void **state)
{
	(void)state;
	assert_null(shape("Tom \xF3\xB0\x80\x80 Smith")); /* U+F0000: private use */
	assert_non_null(strstr(fault.text, "U+F0000"));
}

static void what_is_not_utf8_is_refused(void **state)
{
	static const char *const bad[] = {
		"\xC3",      "a\xFF",     "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
		"tab\there", "line\nfeed"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_null(shape(bad[i]));
}

static void a_refused_line_leaves_the_next_one_unharmed(void **state)
{
	const struct text_line *line;
	int width;

	(void)state;
	line = shape("Köln");
	assert_non_null(line);
	width = line->width;
	assert_null(shape("K\xFFln"));
	assert_int_equal(shape("Köln")->width, width);
}

static void arabic_runs_from_right_to_left_and_its_digits_do_not(void **state)
{
	const struct text_line *line = shape("شارع 12");
	const struct text_run *first, *last;

	(void)state;
	assert_non_null(line);
	assert_true(line->rtl);
	first = &line->runs[0];
	last = &line->runs[line->run_count - 1];
	assert_false(first->rtl); /* "12" is seen leftmost and read last */
	assert_memory_equal(line->text + first->from, "12", 2);
	assert_true(last->rtl);
	assert_int_equal(last->from, 0);
}

static void arabic_letters_join(void **state)
{
	(void)state;
	/* Joined, the three letters are narrower than each alone. */
	assert_true(shape("سسس")->width < 3 * shape("س")->width);
}

static void a_marked_letter_is_as_wide_composed_as_decomposed(void **state)
{
	(void)state;
	assert_int_equal(shape("ế")->width, shape("e\xCC\x82\xCC\x81")->width);
}

static void one_reader_sees_the_shapes_of_his_own_country(void **state)
{
	struct text_style japanese = { .px = 18, .han = FONT_HAN_JP };
	const struct text_line *line;

	(void)state;
	assert_int_equal(text_shape(&text, "骨", 3, &japanese, &line, &fault), HAL_OK);
	assert_int_not_equal(line->runs[0].glyphs[0].id, shape("骨")->runs[0].glyphs[0].id);
}

/* All letters in order, blanks left out: what wrapping must not change. */
static void append_letters(char *to, size_t size, const char *from, size_t len)
{
	size_t used = strlen(to);

	for (size_t i = 0; i < len && used + 1 < size; i++)
		if (from[i] != ' ')
			to[used++] = from[i];
	to[used] = '\0';
}

static void check_wrap(const char *paragraph, int width)
{
	const struct text_line *lines[TEXT_WRAP_LINES];
	char all[TEXT_MAX + 1] = "", wrapped[TEXT_MAX + 1] = "";
	unsigned count = 0;

	if (text_wrap(&text, paragraph, &plain, width, lines, &count, &fault) != HAL_OK)
		return; /* told, not cut */
	for (unsigned i = 0; i < count; i++) {
		assert_true(lines[i]->width <= width);
		append_letters(wrapped, sizeof(wrapped), lines[i]->text, lines[i]->len);
	}
	append_letters(all, sizeof(all), paragraph, strlen(paragraph));
	assert_string_equal(wrapped, all);
}

static void wrapping_loses_nothing_and_exceeds_nothing(void **state)
{
	char paragraph[TEXT_MAX + 1];

	(void)state;
	srand(20261121);
	for (unsigned n = 0; n < 400; n++) {
		paragraph[0] = '\0';
		for (int i = rand() % 8; i >= 0; i--) {
			size_t used = strlen(paragraph);

			snprintf(paragraph + used, sizeof(paragraph) - used, "%s%s",
			         words[(size_t)rand() % WORDS], rand() % 3 ? " " : "");
		}
		check_wrap(paragraph, 40 + rand() % 400);
		text_tidy(&text);
	}
}

static unsigned lines_of(const char *paragraph, int width, const struct text_line **ret_lines)
{
	unsigned count = 0;

	assert_int_equal(text_wrap(&text, paragraph, &plain, width, ret_lines, &count, &fault),
	                 HAL_OK);
	return count;
}

static void lines_break_where_a_reader_expects_it(void **state)
{
	/* clang-format off */
	static const struct {
		const char *paragraph;
		const char *first;
		int width;
	} rows[] = {
		{ "Snake chain necklace, brass", "Snake chain", 120 },
		{ "Whitcombe-Featherstone", "Whitcombe-", 120 },
		{ "Box 12-34567890123456789", "Box", 130 }, /* a hyphen between digits is no place */
		{ "请交给门卫室，代收", "请交给门卫", 122 }, /* a comma begins no line */
		{ "ハナ工房（直営店）", "ハナ工房", 92 }, /* an opening bracket ends none */
		{ "彌敦道132號", "彌敦道", 98 }, /* a house number keeps its counter */
		{ "서울특별시 중구", "서울특별시", 110 },
		{ "ถนนสุขุมวิทแขวงคลองเตย",
		  "ถนนสุขุมวิท", 105 },
	};
	/* clang-format on */
	const struct text_line *lines[TEXT_WRAP_LINES];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(lines_of(rows[i].paragraph, rows[i].width, lines) > 1);
		if (lines[0]->len != strlen(rows[i].first) ||
		    memcmp(lines[0]->text, rows[i].first, lines[0]->len) != 0)
			fail_msg("'%s' breaks after '%.*s'", rows[i].paragraph, lines[0]->len,
			         lines[0]->text);
	}
}

static void a_line_of_one_word_that_has_no_room_is_told(void **state)
{
	const struct text_line *lines[TEXT_WRAP_LINES];
	unsigned count = 0;

	(void)state;
	assert_int_equal(text_wrap(&text, "Wide", &plain, 5, lines, &count, &fault), HAL_E_ARG);
	assert_int_equal(count, 1); /* as far as it was shaped; the caller stops at the status */
}

static void the_glyph_cache_gives_the_same_dots_after_it_was_emptied(void **state)
{
	uint16_t id = shape("g")->runs[0].glyphs[0].id;
	uint8_t font = shape("g")->runs[0].font;
	const struct glyph *glyph = fonts_glyph(&fonts, font, 18, id);
	uint8_t before[256];
	size_t len = (glyph->width + 7u) / 8 * glyph->height;

	(void)state;
	assert_true(len > 0 && len <= sizeof(before));
	memcpy(before, glyphs_rows(&glyphs, glyph), len);
	glyphs_empty(&glyphs);
	glyph = fonts_glyph(&fonts, font, 18, id);
	assert_memory_equal(glyphs_rows(&glyphs, glyph), before, len);
}

static void a_full_glyph_cache_still_finds_every_glyph(void **state)
{
	unsigned times = glyphs.emptied;

	(void)state;
	for (uint32_t c = 0x4E00; c < 0x4E00 + 7000; c++) {
		char one[4] = { (char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3F)),
			        (char)(0x80 | (c & 0x3F)), '\0' };

		assert_non_null(shape(one));
		text_tidy(&text);
	}
	assert_true(glyphs.emptied > times);
	assert_non_null(shape("最后"));
}

/* The part that begins in Latin is still of a paragraph that begins at the right. */
static void what_is_broken_off_keeps_to_the_paragraphs_side(void **state)
{
	static const struct {
		const char *paragraph;
		bool rtl;
	} rows[] = {
		{ "شارع الملك فهد Tower B Floor 12 مبنى", true },
		{ "Tower B Floor 12 شارع الملك فهد", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct text_line *lines[TEXT_WRAP_LINES];
		unsigned count = lines_of(rows[i].paragraph, 70, lines);

		assert_true(count >= 3);
		for (unsigned n = 0; n < count; n++)
			assert_int_equal(lines[n]->rtl, rows[i].rtl);
	}
}

/* One glyph for "fl" would come back from a PDF as one character. */
static void letters_are_not_melted_together(void **state)
{
	(void)state;
	assert_int_equal(shape("leaflet officer")->runs[0].count, strlen("leaflet officer"));
}

static void what_is_not_seen_takes_no_glyph(void **state)
{
	(void)state;
	assert_int_equal(shape("a\u200Bb\u2060")->runs[0].count, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_script_has_its_glyphs_and_whole_advances),
		cmocka_unit_test(a_character_without_a_glyph_is_named),
		cmocka_unit_test(what_is_not_utf8_is_refused),
		cmocka_unit_test(a_refused_line_leaves_the_next_one_unharmed),
		cmocka_unit_test(arabic_runs_from_right_to_left_and_its_digits_do_not),
		cmocka_unit_test(arabic_letters_join),
		cmocka_unit_test(a_marked_letter_is_as_wide_composed_as_decomposed),
		cmocka_unit_test(one_reader_sees_the_shapes_of_his_own_country),
		cmocka_unit_test(wrapping_loses_nothing_and_exceeds_nothing),
		cmocka_unit_test(lines_break_where_a_reader_expects_it),
		cmocka_unit_test(a_line_of_one_word_that_has_no_room_is_told),
		cmocka_unit_test(the_glyph_cache_gives_the_same_dots_after_it_was_emptied),
		cmocka_unit_test(a_full_glyph_cache_still_finds_every_glyph),
		cmocka_unit_test(what_is_broken_off_keeps_to_the_paragraphs_side),
		cmocka_unit_test(letters_are_not_melted_together),
		cmocka_unit_test(what_is_not_seen_takes_no_glyph),
	};

	return cmocka_run_group_tests(tests, open_text, close_text);
}
