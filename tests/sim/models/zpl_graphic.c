/* SPDX-License-Identifier: MIT */
#include "zpl_graphic.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

struct page_writer {
	uint8_t *bytes;
	size_t nibbles; /* written */
	size_t most;    /* nibbles in all */
	size_t row;     /* nibbles a row */
};

static bool put_nibbles(struct page_writer *writer, unsigned value, size_t count)
{
	if (count > writer->most - writer->nibbles)
		return false;
	for (; count > 0; count--, writer->nibbles++) {
		uint8_t *byte = &writer->bytes[writer->nibbles / 2];

		if (writer->nibbles % 2)
			*byte = (uint8_t)(*byte | value);
		else
			*byte = (uint8_t)(value << 4);
	}
	return true;
}

static size_t rest_of_row(const struct page_writer *writer)
{
	return writer->row - writer->nibbles % writer->row;
}

static bool repeat_row(struct page_writer *writer)
{
	size_t len = writer->row / 2, at = writer->nibbles / 2;

	if (writer->nibbles % writer->row || at < len ||
	    writer->row > writer->most - writer->nibbles)
		return false;
	memcpy(writer->bytes + at, writer->bytes + at - len, len);
	writer->nibbles += writer->row;
	return true;
}

/* The count that a letter adds: G..Y are 1..19, g..z are 20..400; 0 for anything else. */
static size_t count_of(char letter)
{
	if (letter >= 'G' && letter <= 'Y')
		return (size_t)(letter - 'G') + 1;
	if (letter >= 'g' && letter <= 'z')
		return ((size_t)(letter - 'g') + 1) * 20;
	return 0;
}

static bool put_digit(struct page_writer *writer, char digit, size_t count)
{
	if (!isxdigit((unsigned char)digit))
		return false;
	if (isdigit((unsigned char)digit))
		return put_nibbles(writer, (unsigned)(digit - '0'), count ? count : 1);
	return put_nibbles(writer, (unsigned)(toupper((unsigned char)digit) - 'A' + 10),
	                   count ? count : 1);
}

static bool put_special(struct page_writer *writer, char c)
{
	if (c == ',')
		return put_nibbles(writer, 0, rest_of_row(writer));
	if (c == '!')
		return put_nibbles(writer, 15, rest_of_row(writer));
	return repeat_row(writer);
}

static bool decode_hex(const char *text, size_t text_len, struct page_writer *writer)
{
	size_t count = 0;

	for (size_t i = 0; i < text_len; i++) {
		size_t more = count_of(text[i]);

		if (text[i] == '\r' || text[i] == '\n')
			continue;
		if (more) {
			count += more;
			continue;
		}
		if (strchr(",!:", text[i]) ? !put_special(writer, text[i])
		                           : !put_digit(writer, text[i], count))
			return false;
		count = 0;
	}
	return writer->nibbles == writer->most;
}

/* Bit by bit, as the polynomial says: slow, and nothing to get wrong in a table. */
static unsigned check_sum(const char *text, size_t len)
{
	unsigned crc = 0;

	for (size_t i = 0; i < len; i++) {
		crc ^= (unsigned)(unsigned char)text[i] << 8;
		for (int bit = 0; bit < 8; bit++)
			crc = (crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0);
		crc &= 0xFFFF;
	}
	return crc;
}

static int value_of(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = memchr(digits, c, 64);

	return at ? (int)(at - digits) : -1;
}

static bool decode_base64(const char *text, size_t len, uint8_t *bytes, size_t *ret_len)
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t out = 0;

	if (len % 4)
		return false;
	while (len > 0 && text[len - 1] == '=')
		len--;
	for (size_t i = 0; i < len; i++) {
		int value = value_of(text[i]);

		if (value < 0)
			return false;
		bits = bits << 6 | (uint32_t)value;
		have += 6;
		if (have >= 8) {
			have -= 8;
			bytes[out++] = (uint8_t)(bits >> have);
		}
	}
	*ret_len = out;
	return true;
}

static bool inflate(const uint8_t *zlib, size_t zlib_len, uint8_t *bytes, size_t len)
{
	struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
	enum libdeflate_result result =
		libdeflate_zlib_decompress(decompressor, zlib, zlib_len, bytes, len, NULL);

	libdeflate_free_decompressor(decompressor);
	return result == LIBDEFLATE_SUCCESS;
}

/* ":Z64:" text ":" four hexadecimal digits, or ":B64:" likewise. */
static bool decode_64(const char *text, size_t text_len, uint8_t *bytes, size_t len)
{
	size_t body_len = text_len - 10, packed_len = 0;
	char digits[5] = { 0 };
	uint8_t *packed;
	bool good;

	memcpy(digits, text + text_len - 4, 4);
	if (text[text_len - 5] != ':' || strtoul(digits, NULL, 16) != check_sum(text + 5, body_len))
		return false;
	packed = malloc(body_len + 1);
	good = packed && decode_base64(text + 5, body_len, packed, &packed_len);
	if (good && text[1] == 'Z') {
		good = inflate(packed, packed_len, bytes, len);
	} else if (good) {
		good = packed_len == len;
		memcpy(bytes, packed, good ? len : 0);
	}
	free(packed);
	return good;
}

bool zpl_graphic_decode(const char *text, size_t text_len, uint8_t *bytes, size_t len,
                        size_t row_len)
{
	struct page_writer writer = { .bytes = bytes, .most = len * 2, .row = row_len * 2 };

	while (text_len > 0 && (text[text_len - 1] == '\n' || text[text_len - 1] == '\r'))
		text_len--;
	if (text_len >= 10 && (memcmp(text, ":Z64:", 5) == 0 || memcmp(text, ":B64:", 5) == 0))
		return decode_64(text, text_len, bytes, len);
	return row_len > 0 && decode_hex(text, text_len, &writer);
}
