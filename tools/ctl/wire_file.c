/* SPDX-License-Identifier: MIT */
#include "wire_file.h"

#include <inttypes.h>
#include <string.h>

#define SECOND_US 1000000

/* clang-format off */
static const struct {
	const char *word;
	enum wire_kind kind;
} words[] = {
	{ "up", WIRE_UP },        { "down", WIRE_DOWN }, { "<", WIRE_FROM_DEVICE },
	{ ">", WIRE_TO_DEVICE },  { "key", WIRE_KEY },   { "dropped", WIRE_DROPPED },
};

static const struct {
	char letter, byte;
} escapes[] = {
	{ 'r', '\r' }, { 'n', '\n' }, { 't', '\t' }, { '"', '"' }, { '\\', '\\' },
};
/* clang-format on */

static const char *find_word(enum wire_kind kind)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].kind == kind)
			return words[i].word;
	return "";
}

static void put_byte(FILE *file, uint8_t byte)
{
	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++)
		if ((uint8_t)escapes[i].byte == byte) {
			fprintf(file, "\\%c", escapes[i].letter);
			return;
		}
	if (byte >= ' ' && byte <= '~')
		fputc(byte, file);
	else
		fprintf(file, "\\x%02x", byte);
}

static void put_head(FILE *file, int64_t at_us, enum wire_kind kind)
{
	fprintf(file, "%" PRId64 ".%06" PRId64 " %s", at_us / SECOND_US, at_us % SECOND_US,
	        find_word(kind));
}

bool wire_file_write_bytes(FILE *file, int64_t at_us, enum wire_kind kind, const void *bytes,
                           size_t len)
{
	const uint8_t *at = bytes;

	do {
		size_t part = len < WIRE_BYTES_MAX ? len : WIRE_BYTES_MAX;

		put_head(file, at_us, kind);
		if (part > 0) {
			fputs(" \"", file);
			for (size_t i = 0; i < part; i++)
				put_byte(file, at[i]);
			fputc('"', file);
		}
		fputc('\n', file);
		at += part;
		len -= part;
	} while (len > 0);
	return !ferror(file);
}

bool wire_file_write(FILE *file, const struct wire_event *event)
{
	if (event->kind != WIRE_KEY)
		return wire_file_write_bytes(file, event->at_us, event->kind, event->bytes,
		                             event->len);
	put_head(file, event->at_us, event->kind);
	fprintf(file, " %u %d\n", event->code, event->value);
	return !ferror(file);
}

static bool take_escape(const char **at, uint8_t *ret_byte)
{
	unsigned value;
	char letter = *++*at;
	int used = 0;

	if (letter == 'x') {
		if (sscanf(*at + 1, "%2x%n", &value, &used) != 1 || used != 2)
			return false;
		*at += 2;
		*ret_byte = (uint8_t)value;
		return true;
	}
	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++)
		if (escapes[i].letter == letter) {
			*ret_byte = (uint8_t)escapes[i].byte;
			return true;
		}
	return false;
}

/* Takes bytes up to end; NULL when they are none. */
static const char *take_until(const char *at, char end, struct wire_event *event)
{
	event->len = 0;
	for (; *at != end; at++) {
		uint8_t byte = (uint8_t)*at;

		if (*at == '\0' || event->len == WIRE_BYTES_MAX ||
		    (*at == '\\' && !take_escape(&at, &byte)))
			return NULL;
		event->bytes[event->len++] = byte;
	}
	return at;
}

bool wire_bytes_parse(const char *text, struct wire_event *event)
{
	return take_until(text, '\0', event) != NULL;
}

/* Quoted bytes up to the end of the line; nothing at all is no bytes. */
static bool take_bytes(const char *at, struct wire_event *event)
{
	const char *end;

	if (*at == '\0')
		return true;
	end = *at == '"' ? take_until(at + 1, '"', event) : NULL;
	return end && end[1] == '\0';
}

static bool take_rest(const char *at, struct wire_event *event)
{
	int used = 0;

	while (*at == ' ')
		at++;
	if (event->kind != WIRE_KEY)
		return take_bytes(at, event) &&
		       (event->len > 0 ||
		        (event->kind != WIRE_FROM_DEVICE && event->kind != WIRE_TO_DEVICE));
	return sscanf(at, "%u %d%n", &event->code, &event->value, &used) == 2 && at[used] == '\0';
}

static bool take_event(const char *text, struct wire_event *event)
{
	int64_t seconds;
	unsigned micros;
	char word[8];
	int point = 0, digits = 0, used = 0;

	*event = (struct wire_event){ .len = 0 };
	if (sscanf(text, "%9" SCNd64 ".%n%6u%n %7s%n", &seconds, &point, &micros, &digits, word,
	           &used) != 3 ||
	    seconds < 0 || digits - point != 6)
		return false;
	event->at_us = seconds * SECOND_US + micros;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].word, word) == 0) {
			event->kind = words[i].kind;
			return take_rest(text + used, event);
		}
	return false;
}

enum wire_read wire_file_read(struct wire_reader *reader, struct wire_event *ret_event)
{
	while (fgets(reader->text, sizeof(reader->text), reader->file)) {
		size_t len = strcspn(reader->text, "\r\n");

		reader->line++;
		if (reader->text[len] == '\0' && !feof(reader->file))
			return WIRE_READ_BAD; /* longer than any event */
		reader->text[len] = '\0';
		if (len == 0 || reader->text[0] == '#')
			continue;
		return take_event(reader->text, ret_event) ? WIRE_READ_EVENT : WIRE_READ_BAD;
	}
	return ferror(reader->file) ? WIRE_READ_BAD : WIRE_READ_END;
}
