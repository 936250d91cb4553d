/* SPDX-License-Identifier: MIT */
#include "paper.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

void paper_init(struct paper *paper)
{
	*paper = (struct paper){ .count = 0 };
}

void paper_finish(struct paper *paper)
{
	for (size_t i = 0; i < PAPER_KEPT; i++)
		free(paper->kept[i].bits);
	memset(paper->kept, 0, sizeof(paper->kept));
}

void paper_add(struct paper *paper, const struct paper_label *label)
{
	struct paper_label *kept = &paper->kept[paper->count % PAPER_KEPT];
	size_t len = (size_t)label->stride * label->height_dots;
	size_t printed = (size_t)label->stride * label->printed_dots;

	free(kept->bits);
	*kept = *label;
	kept->number = paper->count++;
	kept->bits = calloc(1, len ? len : 1);
	assert(kept->bits && printed <= len);
	memcpy(kept->bits, label->bits, printed);
	paper->whole_count += label->whole;
	if (paper->out)
		paper->out(paper->owner, kept);
}

const struct paper_label *paper_last(const struct paper *paper, uint32_t back)
{
	if (back >= paper->count || back >= PAPER_KEPT)
		return NULL;
	return &paper->kept[(paper->count - 1 - back) % PAPER_KEPT];
}

bool paper_dot(const struct paper_label *label, uint32_t x, uint32_t y)
{
	if (x >= label->width_dots || y >= label->height_dots)
		return false;
	return label->bits[(size_t)y * label->stride + x / 8] >> (7 - x % 8) & 1;
}

static void put_32(uint8_t *to, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		to[i] = (uint8_t)(number >> (24 - 8 * i));
}

static bool write_chunk(FILE *file, const char *name, const uint8_t *data, size_t len)
{
	uint8_t head[8], tail[4];
	uint32_t crc;

	put_32(head, (uint32_t)len);
	memcpy(head + 4, name, 4);
	crc = libdeflate_crc32(0, head + 4, 4);
	if (len > 0) /* with no data libdeflate gives back its starting value instead */
		crc = libdeflate_crc32(crc, data, len);
	put_32(tail, crc);
	return fwrite(head, 1, 8, file) == 8 && fwrite(data, 1, len, file) == len &&
	       fwrite(tail, 1, 4, file) == 4;
}

/* PNG rows carry a filter byte in front, and 0 is black there. */
static size_t pack_rows(const struct paper_label *label, uint8_t *to)
{
	uint32_t columns = (label->width_dots + 7) / 8;
	uint8_t *at = to;

	for (uint32_t y = 0; y < label->height_dots; y++) {
		*at++ = 0;
		for (uint32_t i = 0; i < columns; i++)
			*at++ = (uint8_t)~label->bits[(size_t)y * label->stride + i];
	}
	return (size_t)(at - to);
}

static bool write_file(FILE *file, const struct paper_label *label, const uint8_t *zlib, size_t len)
{
	static const uint8_t signature[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
	uint8_t header[13] = { [8] = 1 };

	put_32(header, label->width_dots);
	put_32(header + 4, label->height_dots);
	return fwrite(signature, 1, 8, file) == 8 &&
	       write_chunk(file, "IHDR", header, sizeof(header)) &&
	       write_chunk(file, "IDAT", zlib, len) && write_chunk(file, "IEND", signature, 0);
}

bool paper_write_png(const struct paper_label *label, const char *path)
{
	struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(6);
	size_t most = ((size_t)label->width_dots / 8 + 2) * label->height_dots + 1;
	uint8_t *rows = malloc(most);
	size_t bound = libdeflate_zlib_compress_bound(compressor, most);
	uint8_t *zlib = malloc(bound);
	FILE *file = fopen(path, "wb");
	bool good = false;

	assert(compressor && rows && zlib);
	if (file) {
		size_t len = pack_rows(label, rows);

		len = libdeflate_zlib_compress(compressor, rows, len, zlib, bound);
		good = write_file(file, label, zlib, len);
		good &= fclose(file) == 0;
	}
	libdeflate_free_compressor(compressor);
	free(rows);
	free(zlib);
	return good;
}
