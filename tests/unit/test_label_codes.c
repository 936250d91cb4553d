/* SPDX-License-Identifier: MIT */
/*
 * Every barcode on every label of the gallery, read back by strangers: Code 128 by
 * zbar and ZXing, Data Matrix by libdmtx and ZXing.
 */
#include <unistd.h>

#include <dmtx.h>
#include <zbar.h>

#include "label_gallery.h"

#define PATIENCE_MS 20000

static char folder[] = "/tmp/label-codes-XXXXXX";
static unsigned char grey[(size_t)1181 * 1772];

static void fill_grey(const struct hal_page *page)
{
	for (uint32_t y = 0; y < page->height_dots; y++)
		for (uint32_t x = 0; x < page->width_dots; x++)
			grey[y * page->width_dots + x] =
				page->bits[y * page->stride + x / 8] >> (7 - x % 8) & 1 ? 0 : 255;
}

static bool put(void *owner, const uint8_t *bytes, size_t len)
{
	return fwrite(bytes, 1, len, owner) == len;
}

static void write_sheet(struct label_engine *engine, unsigned sheet, const char *path)
{
	FILE *out = fopen(path, "wb");
	struct hal_fault fault = { "" };

	assert_non_null(out);
	assert_int_equal(label_write_png(engine, sheet, 1, put, out, &fault), HAL_OK);
	assert_int_equal(fclose(out), 0);
}

static void read_by_zbar(const struct hal_page *page, const char *text)
{
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();
	const zbar_symbol_t *symbol;

	zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
	zbar_image_scanner_set_config(scanner, ZBAR_CODE128, ZBAR_CFG_ENABLE, 1);
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, page->width_dots, page->height_dots);
	zbar_image_set_data(image, grey, (size_t)page->width_dots * page->height_dots, NULL);
	zbar_scan_image(scanner, image);
	symbol = zbar_image_first_symbol(image);
	assert_non_null(symbol);
	assert_string_equal(zbar_symbol_get_data(symbol), text);
	assert_null(zbar_symbol_next(symbol));
	zbar_image_destroy(image);
	zbar_image_scanner_destroy(scanner);
}

static void read_by_dmtx(const struct hal_page *page, const char *text)
{
	DmtxImage *image =
		dmtxImageCreate(grey, (int)page->width_dots, (int)page->height_dots, DmtxPack8bppK);
	DmtxDecode *decode = dmtxDecodeCreate(image, 1);
	DmtxTime until = dmtxTimeAdd(dmtxTimeNow(), PATIENCE_MS);
	DmtxMessage *message = NULL;
	DmtxRegion *region;

	dmtxDecodeSetProp(decode, DmtxPropEdgeMin, (int)page->width_dots / 16);
	dmtxDecodeSetProp(decode, DmtxPropEdgeMax, (int)page->width_dots / 4);
	while (!message && (region = dmtxRegionFindNext(decode, &until)) != NULL) {
		message = dmtxDecodeMatrixRegion(decode, region, DmtxUndefined);
		dmtxRegionDestroy(&region);
	}
	assert_non_null(message);
	assert_int_equal(message->outputIdx, strlen(text));
	assert_memory_equal(message->output, text, strlen(text));
	dmtxMessageDestroy(&message);
	dmtxDecodeDestroy(&decode);
	dmtxImageDestroy(&image);
}

/* Debian's ZXing looks for a Data Matrix on the middle lines of a picture only: it gets its own. */
static void crop(const struct hal_page *page, const struct mark *mark, const char *path)
{
	int quiet = SYMBOL_DM_QUIET * mark->as.symbol.module;
	int side = mark->width + 2 * quiet;
	FILE *out = fopen(path, "wb");

	assert_non_null(out);
	fprintf(out, "P5\n%d %d\n255\n", side, side);
	for (int y = mark->y - quiet; y < mark->y - quiet + side; y++)
		assert_int_equal(fwrite(grey + (uint32_t)y * page->width_dots + mark->x - quiet, 1,
		                        (size_t)side, out),
		                 side);
	assert_int_equal(fclose(out), 0);
}

static void read_by_zxing(const char *path, const char *format, const char *text)
{
	char command[600], answer[2000];
	FILE *from;
	size_t len;

	snprintf(command, sizeof(command), "ZXingReader -1 -noscale -format %s '%s' 2>&1", format,
	         path);
	from = popen(command, "r");
	assert_non_null(from);
	len = fread(answer, 1, sizeof(answer) - 1, from);
	answer[len] = '\0';
	pclose(from);
	if (!strstr(answer, text))
		fail_msg("ZXingReader (package zxing-cpp-tools) on %s: %s", path, answer);
}

static void read_mark(struct label_engine *engine, const struct label_request *request,
                      const struct mark *mark)
{
	const struct hal_page *page = label_page(engine, mark->sheet);
	char path[200];

	fill_grey(page);
	if (engine->marks.symbols[mark->as.symbol.index].kind == SYMBOL_CODE128) {
		snprintf(path, sizeof(path), "%s/sheet.png", folder);
		write_sheet(engine, mark->sheet, path);
		read_by_zbar(page, request->tracking);
		read_by_zxing(path, "Code128", request->tracking);
	} else {
		snprintf(path, sizeof(path), "%s/mark.pgm", folder);
		crop(page, mark, path);
		read_by_dmtx(page, request->copy_mark);
		read_by_zxing(path, "DataMatrix", request->copy_mark);
	}
	unlink(path);
}

static void read_label(struct label_engine *engine, const struct label_request *request,
                       unsigned sheets)
{
	unsigned seen = 0;

	if (request->dpi != 203 && request->size != LABEL_100X150)
		return; /* the gallery has one size at 300 dpi; decoding takes its time */
	print_message("%s %s mm %u dpi\n", request->notice->number, label_size_name(request->size),
	              request->dpi);
	for (unsigned i = 0; i < engine->marks.count; i++)
		if (engine->marks.list[i].kind == MARK_SYMBOL) {
			read_mark(engine, request, &engine->marks.list[i]);
			seen++;
		}
	assert_true(seen >= 2 && seen <= 2 * sheets);
}

static void every_code_of_the_gallery_is_read_by_two_decoders(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(folder));
	gallery_visit(read_label);
	assert_int_equal(rmdir(folder), 0);
}

/* For a bench whose scanner knows nothing but bars. */
static void a_copy_mark_as_bars_is_read_beside_the_tracking_number(void **state)
{
	struct label_engine *engine = gallery_engine();
	struct label_request request;
	struct hal_fault fault = { "" };
	char path[] = "/tmp/label-bars-XXXXXX";
	unsigned sheets;

	(void)state;
	gallery_load(&gallery[0]);
	request = gallery_request(&gallery[0], LABEL_74X105, 203);
	request.copy_mark_bars = true;
	assert_int_equal(label_prepare(engine, &request, &sheets, &fault), HAL_E_ARG);
	assert_non_null(strstr(fault.text, "too long"));
	request.copy_mark = "PS-LBL-4711-2";
	gallery_draw(engine, &request);
	assert_int_not_equal(close(mkstemp(path)), -1);
	write_sheet(engine, 0, path);
	read_by_zxing(path, "Code128", request.copy_mark);
	read_by_zxing(path, "Code128", request.tracking);
	unlink(path);
	label_engine_destroy(engine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_of_the_gallery_is_read_by_two_decoders),
		cmocka_unit_test(a_copy_mark_as_bars_is_read_beside_the_tracking_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
