/* SPDX-License-Identifier: MIT */
#include "eye.h"

#include <endian.h>
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

/*
 * Whoever holds a scanner points it at the mark.  Where to point is where half of
 * the dots are black and they change often both across and down: bars change
 * across only, and text is mostly paper.
 */
#define CORE   64  /* looked at for its texture: a row of it is one word */
#define WINDOW 168 /* decoded around it */
#define STEP   16  /* whole bytes */
#define LOOKS  8

struct spot {
	uint32_t x, y;
	uint32_t busy;
};

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static uint32_t ones(uint64_t row)
{
	return (uint32_t)__builtin_popcountll(row);
}

/* CORE dots from left on, the leftmost in the highest bit. */
static uint64_t row_at(const struct paper_label *label, uint32_t left, uint32_t y)
{
	uint64_t row;

	memcpy(&row, label->bits + (size_t)y * label->stride + left / 8, sizeof(row));
	return be64toh(row);
}

static uint32_t busyness(const struct paper_label *label, uint32_t left, uint32_t top)
{
	uint32_t across = 0, down = 0, black = 0;
	uint64_t row = row_at(label, left, top);

	for (uint32_t y = top; y < top + CORE; y++) {
		uint64_t below = row_at(label, left, y + 1);

		black += ones(row);
		across += ones(row ^ (row << 1 | paper_dot(label, left + CORE, y)));
		down += ones(row ^ below);
		row = below;
	}
	if (black < CORE * CORE * 35 / 100 || black > CORE * CORE * 70 / 100)
		return 0;
	return least(across, down);
}

static bool is_beside(const struct spot *a, const struct spot *b)
{
	return (a->x > b->x ? a->x - b->x : b->x - a->x) < CORE &&
	       (a->y > b->y ? a->y - b->y : b->y - a->y) < CORE;
}

/* Keeps the busiest places that are not beside one another. */
static void keep_busiest(struct spot spots[LOOKS], struct spot spot)
{
	for (int i = 0; i < LOOKS; i++) {
		if (spots[i].busy > 0 && is_beside(&spots[i], &spot)) {
			if (spot.busy > spots[i].busy)
				spots[i] = spot;
			return;
		}
		if (spot.busy > spots[i].busy) {
			struct spot pushed = spots[i];

			spots[i] = spot;
			spot = pushed;
		}
	}
}

static bool decode_window(uint8_t *grey, int width, int height, char *text, size_t size)
{
	DmtxImage *image = dmtxImageCreate(grey, width, height, DmtxPack8bppK);
	DmtxDecode *decode;
	DmtxRegion *region;
	bool found = false;

	dmtxImageSetProp(image, DmtxPropImageFlip, DmtxFlipNone);
	decode = dmtxDecodeCreate(image, 1);
	while (!found && (region = dmtxRegionFindNext(decode, NULL)) != NULL) {
		DmtxMessage *message = dmtxDecodeMatrixRegion(decode, region, DmtxUndefined);

		if (message && (size_t)message->outputIdx < size) {
			memcpy(text, message->output, (size_t)message->outputIdx);
			text[message->outputIdx] = '\0';
			found = true;
		}
		dmtxMessageDestroy(&message);
		dmtxRegionDestroy(&region);
	}
	dmtxDecodeDestroy(&decode);
	dmtxImageDestroy(&image);
	return found;
}

static bool look_at(const struct paper_label *label, const struct spot *spot, char *text,
                    size_t size)
{
	uint32_t margin = (WINDOW - CORE) / 2;
	uint32_t left = spot->x > margin ? spot->x - margin : 0;
	uint32_t top = spot->y > margin ? spot->y - margin : 0;
	uint32_t width = least(WINDOW, label->width_dots - left);
	uint32_t height = least(WINDOW, label->height_dots - top);
	uint8_t *grey = malloc((size_t)width * height);
	bool found;

	if (!grey)
		return false;
	for (uint32_t y = 0; y < height; y++)
		for (uint32_t x = 0; x < width; x++)
			grey[(size_t)y * width + x] = paper_dot(label, left + x, top + y) ? 0 : 255;
	found = decode_window(grey, (int)width, (int)height, text, size);
	free(grey);
	return found;
}

bool eye_read_mark(const struct paper_label *label, char *text, size_t size)
{
	struct spot spots[LOOKS] = { 0 };

	for (uint32_t y = 0; y + CORE < label->height_dots; y += STEP)
		for (uint32_t x = 0; x + CORE < label->width_dots; x += STEP)
			keep_busiest(spots, (struct spot){ x, y, busyness(label, x, y) });
	for (int i = 0; i < LOOKS; i++)
		if (spots[i].busy > 0 && look_at(label, &spots[i], text, size))
			return true;
	return false;
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
