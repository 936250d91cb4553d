/* SPDX-License-Identifier: MIT */
/* What a program reads back from the PDF of every label of the gallery (pdftotext). */
#include <unistd.h>

#include "label_gallery.h"

static char page[] = "/tmp/label-pdf-XXXXXX";
static char read_back[1 << 18];

static bool put(void *owner, const uint8_t *bytes, size_t len)
{
	return fwrite(bytes, 1, len, owner) == len;
}

/* Without blanks: where a line ends is the reader's own guess. */
static void squeeze(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++)
		if ((unsigned char)*from > ' ')
			*to++ = *from;
	*to = '\0';
}

static void read_pdf(struct label_engine *engine)
{
	struct hal_fault fault = { "" };
	char command[100];
	FILE *file = fopen(page, "wb");
	size_t len;

	assert_non_null(file);
	assert_int_equal(label_write_pdf(engine, put, file, &fault), HAL_OK);
	assert_int_equal(fclose(file), 0);
	snprintf(command, sizeof(command), "pdftotext -raw %s -", page);
	file = popen(command, "r");
	assert_non_null(file);
	len = fread(read_back, 1, sizeof(read_back) - 1, file);
	read_back[len] = '\0';
	if (pclose(file) != 0)
		fail_msg("pdftotext (package poppler-utils) does not run");
	squeeze(read_back);
}

static void expect(const char *text)
{
	char squeezed[TEXT_MAX + 1];

	snprintf(squeezed, sizeof(squeezed), "%s", text);
	squeeze(squeezed);
	if (!strstr(read_back, squeezed))
		fail_msg("'%s' does not come back from %s: %s", squeezed, gallery_notice.number,
		         read_back);
}

/* The figure of an amount; its currency may stand on the next line. */
static void expect_amount(const char *value)
{
	char figure[64];

	snprintf(figure, sizeof(figure), "%.*s", (int)strcspn(value, " "), value);
	expect(figure);
}

static void check_label(struct label_engine *engine, const struct label_request *request,
                        unsigned sheets)
{
	const struct content *content = &engine->layout.content;

	(void)sheets;
	if (request->dpi != 203)
		return;
	read_pdf(engine);
	for (unsigned i = 0; i < content->row_count; i++) {
		expect_amount(content->rows[i].value);
		expect(content->rows[i].net);
		expect(content->rows[i].hs);
		if (request->size == LABEL_100X150 && request->form == FORM_CN23)
			expect(content->rows[i].description);
	}
	expect_amount(content->total_value);
	expect(content->tracking);
	expect("2.346");
	expect("May be opened officially");
}

static void every_figure_of_a_declaration_comes_back_from_its_pdf(void **state)
{
	(void)state;
	gallery_visit(check_label);
}

/* A joiner between two letters does not turn every blank of the sheet into a joiner. */
static void a_blank_comes_back_as_a_blank(void **state)
{
	struct label_engine *engine = gallery_engine();
	struct label_request request;

	(void)state;
	gallery_load(&gallery[0]);
	snprintf(gallery_notice.recipient.name, NOTICE_TEXT, "x\u200By \u202DZ\u202C");
	request = gallery_request(&gallery[0], LABEL_100X150, 203);
	gallery_draw(engine, &request);
	read_pdf(engine);
	expect("RR 473 124 829 CN");
	label_engine_destroy(engine);
}

static int open_page(void **state)
{
	(void)state;
	return close(mkstemp(page));
}

static int close_page(void **state)
{
	(void)state;
	return unlink(page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_figure_of_a_declaration_comes_back_from_its_pdf),
		cmocka_unit_test(a_blank_comes_back_as_a_blank),
	};

	return cmocka_run_group_tests(tests, open_page, close_page);
}
