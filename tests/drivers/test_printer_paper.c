/* SPDX-License-Identifier: MIT */
/* From page to paper: what a printer model decodes is the page, to the dot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "epl2_printer_model.h"
#include "escpos_printer_model.h"
#include "printer_bench.h"
#include "tspl_printer_model.h"
#include "zpl_printer_model.h"

static struct printer_bench bench;
static struct zpl_printer_model zpl;
static struct tspl_printer_model tspl;
static struct epl2_printer_model epl2;
static struct escpos_printer_model escpos;

static void zpl_begin(unsigned dpi)
{
	(void)dpi;
	zpl_printer_model_init(&zpl, &bench.vloop.base, &bench.wire);
}

static void zpl_end(void)
{
	assert_int_equal(zpl.damaged + zpl.unknown, 0);
	zpl_printer_model_finish(&zpl);
}

static void tspl_begin(unsigned dpi)
{
	tspl_printer_model_init(&tspl, &bench.vloop.base, &bench.wire);
	tspl.dpi = dpi;
}

static void tspl_end(void)
{
	assert_int_equal(tspl.errors, 0);
	tspl_printer_model_finish(&tspl);
}

static void epl2_begin(unsigned dpi)
{
	(void)dpi;
	epl2_printer_model_init(&epl2, &bench.vloop.base, &bench.wire);
}

static void epl2_end(void)
{
	assert_int_equal(epl2.errors, 0);
	epl2_printer_model_finish(&epl2);
}

static void escpos_begin(unsigned dpi)
{
	(void)dpi;
	escpos_printer_model_init(&escpos, &bench.vloop.base, &bench.wire);
	escpos.head_dots = 1280;
}

static void escpos_end(void)
{
	assert_int_equal(escpos.errors, 0);
	escpos_printer_model_finish(&escpos);
}

static const struct {
	const char *name;
	const struct printer_driver *driver;
	const char *compress;
	struct paper *paper;
	void (*begin)(unsigned dpi);
	void (*end)(void);
} languages[] = {
	{ "zpl, z64", &zpl_driver, "z64", &zpl.press.paper, zpl_begin, zpl_end },
	{ "zpl, acs", &zpl_driver, "acs", &zpl.press.paper, zpl_begin, zpl_end },
	{ "tspl", &tspl_driver, "", &tspl.press.paper, tspl_begin, tspl_end },
	{ "epl2", &epl2_driver, "", &epl2.press.paper, epl2_begin, epl2_end },
	{ "escpos", &escpos_driver, "", &escpos.paper, escpos_begin, escpos_end },
};

/* clang-format off */
static const struct {
	unsigned dpi;
	uint32_t width_mm10, height_mm10, width_dots, height_dots;
} sizes[] = {
	{ 203, 1000, 1500, 800,  1200 },
	{ 203, 740,  1050, 592,  840 },
	{ 203, 740,  1050, 585,  833 }, /* not whole bytes wide */
	{ 203, 1000, 1000, 799,  799 },
	{ 300, 1000, 1500, 1181, 1772 },
	{ 300, 740,  1050, 874,  1240 },
};
/* clang-format on */

static void check(size_t language, size_t size, enum page_kind kind, uint32_t seed)
{
	const struct hal_paper paper = { sizes[size].dpi, sizes[size].width_mm10,
		                         sizes[size].height_mm10, 30 };

	page_free(&bench.page);
	page_make(&bench.page, kind, sizes[size].width_dots, sizes[size].height_dots, seed);
	assert_int_equal(hal_printer_encode(bench.printer, &bench.page.page, &paper, bench.job,
	                                    sizeof(bench.job), &bench.job_len),
	                 HAL_OK);
	bench_print(&bench, seed);
	bench_run_ms(&bench, 20000);
	bench.events[0] = '\0';
	assert_true(bench_same(&bench.page, paper_last(languages[language].paper, 0)));
}

static void every_page_comes_out_as_it_is_in_every_language(void **state)
{
	(void)state;
	for (size_t language = 0; language < sizeof(languages) / sizeof(languages[0]); language++)
		for (size_t size = 0; size < sizeof(sizes) / sizeof(sizes[0]); size++) {
			bench_init(&bench);
			languages[language].begin(sizes[size].dpi);
			bench_open(&bench, languages[language].driver,
			           &(struct printer_options){
					   .dpi = sizes[size].dpi,
					   .compress = languages[language].compress });
			wire_plug(&bench.wire);
			bench_run_ms(&bench, 100);
			for (uint32_t i = 0; i < PAGE_KINDS + 4; i++)
				check(language, size, (enum page_kind)(i % PAGE_KINDS), i + 1);
			bench_finish(&bench);
			languages[language].end();
		}
}

static void a_blank_page_is_a_label_too(void **state)
{
	(void)state;
	for (size_t language = 0; language < 4; language++) {
		bench_init(&bench);
		languages[language].begin(203);
		bench_open(&bench, languages[language].driver, &(struct printer_options){ 0 });
		wire_plug(&bench.wire);
		bench_encode(&bench, PAGE_BLANK, 1);
		bench_print(&bench, 1);
		bench_run_ms(&bench, 20000);
		assert_int_equal(languages[language].paper->whole_count, 1);
		bench_finish(&bench);
		languages[language].end();
	}
}

static void told(void *owner, const struct paper_label *label)
{
	assert_true(label->whole);
	(*(unsigned *)owner)++;
}

static void paper_tells_of_each_label_and_can_be_written_as_a_picture(void **state)
{
	char path[] = "/tmp/paper-XXXXXX";
	uint8_t head[33];
	unsigned labels = 0;
	FILE *file;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	bench_init(&bench);
	zpl_begin(203);
	zpl.press.paper.out = told;
	zpl.press.paper.owner = &labels;
	bench_open(&bench, &zpl_driver, &(struct printer_options){ .darkness = 10, .speed = 4 });
	wire_plug(&bench.wire);
	bench_encode(&bench, PAGE_LABEL, 1);
	bench_print(&bench, 1);
	bench_run_ms(&bench, 20000);
	assert_int_equal(labels, 1);
	assert_true(paper_write_png(paper_last(&zpl.press.paper, 0), path));
	file = fopen(path, "rb");
	assert_int_equal(fread(head, 1, sizeof(head), file), sizeof(head));
	fclose(file);
	unlink(path);
	assert_memory_equal(head, "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x03\x20\0\0\x04\xB0\x01\0",
	                    26);
	assert_false(paper_write_png(paper_last(&zpl.press.paper, 0), "/nowhere/label.png"));
	bench_finish(&bench);
	zpl_printer_model_finish(&zpl);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_page_comes_out_as_it_is_in_every_language),
		cmocka_unit_test(a_blank_page_is_a_label_too),
		cmocka_unit_test(paper_tells_of_each_label_and_can_be_written_as_a_picture),
	};

	return cmocka_run_group_tests_name("printer_paper", tests, NULL, NULL);
}
