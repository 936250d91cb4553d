/* SPDX-License-Identifier: MIT */
/* What a stranger reads off the printed dots: English, letter by letter, by tesseract. */
#include <ctype.h>
#include <unistd.h>

#include "label_gallery.h"

/* Printed dots are twice as large to the reader, as a camera would see them. */
#define SCALE 2

static char folder[] = "/tmp/label-ocr-XXXXXX";
static char picture[64];
static char seen[1 << 16];

static int open_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(picture, sizeof(picture), "%s/label.pgm", folder);
	return 0;
}

static int close_folder(void **state)
{
	(void)state;
	unlink(picture);
	return rmdir(folder);
}

static bool is_black(const struct hal_page *page, uint32_t x, uint32_t y)
{
	return page->bits[y * page->stride + x / 8] >> (7 - x % 8) & 1;
}

static void write_picture(const struct hal_page *page)
{
	FILE *out = fopen(picture, "wb");

	assert_non_null(out);
	fprintf(out, "P5\n%u %u\n255\n", page->width_dots * SCALE, page->height_dots * SCALE);
	for (uint32_t y = 0; y < page->height_dots * SCALE; y++)
		for (uint32_t x = 0; x < page->width_dots * SCALE; x++)
			fputc(is_black(page, x / SCALE, y / SCALE) ? 0 : 255, out);
	assert_int_equal(fclose(out), 0);
}

/* Words with one blank between them, so that line ends do not matter. */
static size_t squeeze(char *text, size_t len)
{
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		bool blank = isspace((unsigned char)text[i]) || text[i] == '|';

		if (!blank)
			text[used++] = text[i];
		else if (used > 0 && text[used - 1] != ' ')
			text[used++] = ' ';
	}
	text[used] = '\0';
	return used;
}

/* What the reader takes the picture for (tesseract's --psm). */
enum arrangement {
	PAGE_OF_PARTS = 3,
	ONE_BLOCK =
		6, /* a form that fills the sheet; else its lines count as letters now and then */
};

static void read_picture(enum arrangement arrangement)
{
	char command[200];
	FILE *from;
	size_t len = 0;

	snprintf(command, sizeof(command),
	         "OMP_THREAD_LIMIT=1 tesseract %s - -l eng --dpi 400 --psm %d 2>/dev/null", picture,
	         (int)arrangement);
	from = popen(command, "r");
	assert_non_null(from);
	len = fread(seen, 1, sizeof(seen) - 1, from);
	if (pclose(from) != 0)
		fail_msg("tesseract (package tesseract-ocr) does not run");
	squeeze(seen, len);
}

static void draw_and_read(size_t row, enum label_size size, unsigned dpi,
                          enum arrangement arrangement)
{
	struct label_engine *engine = gallery_engine();
	struct label_request request;

	gallery_load(&gallery[row]);
	request = gallery_request(&gallery[row], size, dpi);
	gallery_draw(engine, &request);
	write_picture(label_page(engine, 0));
	label_engine_destroy(engine);
	read_picture(arrangement);
}

static void expect(const char *const *words)
{
	for (; *words; words++)
		if (!strstr(seen, *words))
			fail_msg("'%s' was not read in: %s", *words, seen);
}

static void the_words_of_a_label_are_read_exactly_at_203_dpi(void **state)
{
	static const char *const words[] = {
		"NO. 7 TIANCHI ROAD, YIWU, ZHEJIANG 322000",
		"Blue Heron Gallery LLC",
		"1425 North Wabash Avenue",
		"Chicago, IL 60610-1234",
		"UNITED STATES OF AMERICA",
		"CUSTOMS DECLARATION",
		"Snake chain necklace, brass",
		"Earrings, stainless steel,",
		"certify that the particulars given in this declaration are correct",
		"2026-11-21",
		NULL,
	};

	(void)state;
	draw_and_read(1, LABEL_100X150, 203, PAGE_OF_PARTS);
	expect(words);
}

static void figures_are_read_exactly_at_300_dpi(void **state)
{
	static const char *const words[] = {
		"7117199000", "4421919880", "6305200000", "0.025",      "0.056",
		"9.60 USD",   "27.20 USD",  "2.346",      "LK 123 456", NULL,
	};

	(void)state;
	draw_and_read(1, LABEL_100X150, 300, PAGE_OF_PARTS);
	expect(words);
}

static void the_bare_form_is_read_exactly(void **state)
{
	static const char *const words[] = {
		"CUSTOMS DECLARATION", "Snake chain necklace,",
		"painted, no bark",    "27.20 USD",
		"2026-11-21",          NULL,
	};

	(void)state;
	draw_and_read(1, LABEL_74X105, 300, ONE_BLOCK);
	expect(words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_words_of_a_label_are_read_exactly_at_203_dpi),
		cmocka_unit_test(figures_are_read_exactly_at_300_dpi),
		cmocka_unit_test(the_bare_form_is_read_exactly),
	};

	return cmocka_run_group_tests(tests, open_folder, close_folder);
}
