/* SPDX-License-Identifier: MIT */
#include "eye.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <dmtx.h>
#include <zbar.h>

/* One byte a dot, white 255. */
static uint8_t *to_grey(const struct paper_label *label)
{
	uint8_t *grey = malloc((size_t)label->width_dots * label->height_dots);

	for (uint32_t y = 0; grey && y < label->height_dots; y++)
		for (uint32_t x = 0; x < label->width_dots; x++)
			grey[(size_t)y * label->width_dots + x] = paper_dot(label, x, y) ? 0 : 255;
	return grey;
}

static bool decode_region(DmtxDecode *decode, char *text, size_t size)
{
	DmtxTime until = dmtxTimeAdd(dmtxTimeNow(), 2000);
	DmtxRegion *region;
	bool found = false;

	while (!found && (region = dmtxRegionFindNext(decode, &until)) != NULL) {
		DmtxMessage *message = dmtxDecodeMatrixRegion(decode, region, DmtxUndefined);

		if (message && (size_t)message->outputIdx < size) {
			memcpy(text, message->output, (size_t)message->outputIdx);
			text[message->outputIdx] = '\0';
			found = true;
		}
		dmtxMessageDestroy(&message);
		dmtxRegionDestroy(&region);
	}
	return found;
}

bool eye_read_mark(const struct paper_label *label, char *text, size_t size)
{
	uint8_t *grey = to_grey(label);
	DmtxImage *image;
	DmtxDecode *decode;
	bool found;

	if (!grey)
		return false;
	image = dmtxImageCreate(grey, (int)label->width_dots, (int)label->height_dots,
	                        DmtxPack8bppK);
	dmtxImageSetProp(image, DmtxPropImageFlip, DmtxFlipNone);
	decode = dmtxDecodeCreate(image, 1);
	dmtxDecodeSetProp(decode, DmtxPropSymbolSize, DmtxSymbolShapeAuto);
	dmtxDecodeSetProp(decode, DmtxPropScanGap, 4);
	found = decode_region(decode, text, size);
	dmtxDecodeDestroy(&decode);
	dmtxImageDestroy(&image);
	free(grey);
	return found;
}

static bool longest_symbol(zbar_image_t *image, char *text, size_t size)
{
	size_t best = 0;

	for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image); symbol;
	     symbol = zbar_symbol_next(symbol)) {
		unsigned len = zbar_symbol_get_data_length(symbol);

		if (len > best && len < size) {
			memcpy(text, zbar_symbol_get_data(symbol), len);
			text[len] = '\0';
			best = len;
		}
	}
	return best > 0;
}

bool eye_read_bars(const struct paper_label *label, char *text, size_t size)
{
	uint8_t *grey = to_grey(label);
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();
	bool found;

	zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_ENABLE, 0);
	zbar_image_scanner_set_config(scanner, ZBAR_CODE128, ZBAR_CFG_ENABLE, 1);
	zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_X_DENSITY, 2);
	zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_Y_DENSITY, 2);
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, label->width_dots, label->height_dots);
	zbar_image_set_data(image, grey, (size_t)label->width_dots * label->height_dots, NULL);
	zbar_scan_image(scanner, image);
	found = longest_symbol(image, text, size);
	zbar_image_destroy(image);
	zbar_image_scanner_destroy(scanner);
	free(grey);
	return found;
}
