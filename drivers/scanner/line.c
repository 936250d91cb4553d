/* SPDX-License-Identifier: MIT */
/*
 * line.c - scanners on a serial line or a USB virtual one (CDC)
 *
 * They say nothing but codes, each with its ending; codes.c does the rest.
 */
#include <stdlib.h>

#include "driver.h"
#include "scanner/codes.h"
#include "scanner/scanner_drivers.h"

struct line {
	struct hal_scanner base; /* first: a struct hal_scanner * is a struct line * */
	struct hal_loop *loop;
	struct hal_stream *stream;
	struct codes codes;
};

static void stream_up(void *owner)
{
	struct line *line = owner;

	codes_link(&line->codes, true, HAL_OK);
}

static void stream_bytes(void *owner, const uint8_t *data, size_t len)
{
	struct line *line = owner;
	int64_t taken_us = hal_now_us(line->loop);

	for (size_t i = 0; i < len; i++)
		codes_byte(&line->codes, (char)data[i], taken_us);
}

static void stream_down(void *owner, enum hal_status why)
{
	struct line *line = owner;

	codes_link(&line->codes, false, why);
}

static const struct hal_stream_listener stream_listener = {
	.up = stream_up,
	.bytes = stream_bytes,
	.down = stream_down,
};

static void line_close(struct hal_scanner *scanner)
{
	struct line *line = hal_container_of(scanner, struct line, base);

	hal_stream_attach(line->stream, NULL, NULL);
	codes_finish(&line->codes);
	free(line);
}

static const struct hal_scanner_ops line_ops = {
	.close = line_close,
};

static enum hal_status line_open(const struct driver_env *env, const struct scanner_port *port,
                                 const struct scanner_options *options,
                                 const struct hal_scanner_listener *listener, void *owner,
                                 struct hal_scanner **ret_scanner, struct hal_fault *reterr_fault)
{
	struct line *line;
	enum hal_status status;

	if (!port->stream) {
		hal_fault_set(reterr_fault, "line: wants a port like serial:PATH");
		return HAL_E_ARG;
	}
	line = calloc(1, sizeof(*line));
	if (!line)
		return HAL_E_SYSTEM;

	line->base = (struct hal_scanner){ &line_ops, listener, owner };
	line->loop = env->loop;
	line->stream = port->stream;
	status = codes_init(&line->codes, env->loop, &line->base, options, reterr_fault);
	if (status != HAL_OK) {
		hal_fault_prefix(reterr_fault, "line");
		free(line);
		return status;
	}
	hal_stream_attach(port->stream, &stream_listener, line);
	*ret_scanner = &line->base;
	return HAL_OK;
}

const struct scanner_driver line_scanner_driver = {
	.name = "line",
	.summary = "scanners on a serial port, USB virtual (CDC) ones too",
	.open = line_open,
};
