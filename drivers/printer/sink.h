/* SPDX-License-Identifier: MIT */
/*
 * sink.h - a buffer that codecs write a job into
 *
 * Writing past the end is remembered instead of done, so that a codec writes
 * its whole job and asks once, at the end, whether it fitted.
 *
 * Ownership:  the bytes are the caller's.
 * Threads:    any; nothing is shared.
 */
#ifndef DRIVERS_PRINTER_SINK_H
#define DRIVERS_PRINTER_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal_status.h"

struct sink {
	uint8_t *bytes;
	size_t cap;
	size_t len;
	bool full; /* something did not fit; nothing is written from then on */
};

void sink_init(struct sink *sink, uint8_t *bytes, size_t cap);

/* Room for len more bytes, already counted as written; NULL when they do not fit. */
uint8_t *sink_room(struct sink *sink, size_t len);

void sink_bytes(struct sink *sink, const void *bytes, size_t len);
__attribute__((format(printf, 2, 3))) void sink_text(struct sink *sink, const char *format, ...);

/* A length in tenths of a millimetre as "100" or "74.5". */
void sink_mm10(struct sink *sink, uint32_t mm10);

/* HAL_E_ARG when something did not fit. */
enum hal_status sink_finish(const struct sink *sink, size_t *ret_len);

#endif /* DRIVERS_PRINTER_SINK_H */
