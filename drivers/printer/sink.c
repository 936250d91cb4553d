/* SPDX-License-Identifier: MIT */
#include "printer/sink.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void sink_init(struct sink *sink, uint8_t *bytes, size_t cap)
{
	*sink = (struct sink){ .bytes = bytes, .cap = cap };
}

uint8_t *sink_room(struct sink *sink, size_t len)
{
	uint8_t *room = sink->bytes + sink->len;

	if (sink->full || len > sink->cap - sink->len) {
		sink->full = true;
		return NULL;
	}
	sink->len += len;
	return room;
}

void sink_bytes(struct sink *sink, const void *bytes, size_t len)
{
	uint8_t *room = sink_room(sink, len);

	if (room)
		memcpy(room, bytes, len);
}

void sink_text(struct sink *sink, const char *format, ...)
{
	char text[128]; /* the longest command of any language here is half of it */
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (len < 0 || (size_t)len >= sizeof(text))
		sink->full = true;
	else
		sink_bytes(sink, text, (size_t)len);
}

void sink_mm10(struct sink *sink, uint32_t mm10)
{
	if (mm10 % 10)
		sink_text(sink, "%u.%u", mm10 / 10, mm10 % 10);
	else
		sink_text(sink, "%u", mm10 / 10);
}

enum hal_status sink_finish(const struct sink *sink, size_t *ret_len)
{
	if (sink->full)
		return HAL_E_ARG;
	*ret_len = sink->len;
	return HAL_OK;
}
