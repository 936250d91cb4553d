/* SPDX-License-Identifier: MIT */
#include "stream/trace.h"

#define BYTES_A_LINE 16

static char to_printable(uint8_t byte)
{
	return byte >= ' ' && byte < 0x7f ? (char)byte : '.';
}

static void trace_line(struct hal_log *log, const char *tag, const char *direction,
                       const uint8_t *data, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	char hex[3 * BYTES_A_LINE + 1];
	char text[BYTES_A_LINE + 1];
	size_t i;

	for (i = 0; i < len; i++) {
		hex[3 * i] = digits[data[i] >> 4];
		hex[3 * i + 1] = digits[data[i] & 15];
		hex[3 * i + 2] = ' ';
		text[i] = to_printable(data[i]);
	}
	hex[3 * i] = '\0';
	text[i] = '\0';
	hal_log(log, HAL_LOG_TRACE, tag, "%s %s|%s|", direction, hex, text);
}

void trace_bytes(struct hal_log *log, const char *tag, const char *direction, const uint8_t *data,
                 size_t len)
{
	if (!log || log->most < HAL_LOG_TRACE)
		return;
	for (size_t at = 0; at < len; at += BYTES_A_LINE)
		trace_line(log, tag, direction, data + at,
		           len - at < BYTES_A_LINE ? len - at : BYTES_A_LINE);
}
