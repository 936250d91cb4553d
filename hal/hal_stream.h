/* SPDX-License-Identifier: MIT */
/*
 * hal_stream.h - contract of a byte stream to one device
 *
 * Serial ports, USB bulk pipes, sockets, character devices and simulated wires
 * all look like this.  A stream is born down, comes up when its device is
 * found, and may go down and up again for the life of the daemon; it looks for
 * its device by itself, so no driver above it contains reconnect code.
 *
 * Ownership:  bytes written are copied.  Bytes read are borrowed.
 * Errors:     a link lost arrives as down(), once, never as a return value only.
 * Threads:    the loop's.  A callback may call anything here but close.
 * Implementers: drivers/stream/ and tests/sim/wire.c.
 */
#ifndef HAL_STREAM_H
#define HAL_STREAM_H

#include <stddef.h>
#include <stdint.h>

#include "hal_status.h"

struct hal_stream;

/* What the stream tells the driver that attached to it. */
struct hal_stream_listener {
	/* Mandatory.  The device is reachable; nothing is known of its state. */
	void (*up)(void *owner);
	/* Mandatory.  Bytes came in, cut anywhere; borrowed until the call returns. */
	void (*bytes)(void *owner, const uint8_t *data, size_t len);
	/* Mandatory.  The device is gone.  Bytes not yet handed over are lost. */
	void (*down)(void *owner, enum hal_status why);
	/* Optional.  The queue has room again after a HAL_E_BUSY. */
	void (*room)(void *owner);
	/* Optional.  So many bytes more were taken by the kernel or the device. */
	void (*handed)(void *owner, size_t len);
	/* Optional.  The answer to hal_stream_request; len 0 and a status when it failed. */
	void (*answer)(void *owner, unsigned request, enum hal_status status, const uint8_t *data,
	               size_t len);
};

/* Requests beside the byte stream; a stream without them says HAL_E_UNSUPPORTED. */
enum hal_stream_ask {
	HAL_ASK_DEVICE_ID = 0,   /* IEEE 1284 id, two length bytes first (USB printer 1.1, 4.2.1) */
	HAL_ASK_PORT_STATUS = 1, /* one byte (4.2.2) */
	HAL_ASK_SOFT_RESET = 2,  /* flush what the device holds (4.2.3) */
};

struct hal_stream_ops {
	/* Mandatory.  NULL-safe through hal_stream_close. */
	void (*close)(struct hal_stream *stream);
	/*
	 * Mandatory.  Queues all of data or none of it; copies, never blocks.
	 * Errors: HAL_E_LINK when down, HAL_E_BUSY when the queue has no room,
	 * HAL_E_ARG when data is longer than the queue is deep.
	 */
	enum hal_status (*write)(struct hal_stream *stream, const void *data, size_t len);
	/* Optional.  Drops what is queued and not yet handed over; returns how much. */
	size_t (*drop)(struct hal_stream *stream);
	/* Optional.  One at a time; the answer comes to the listener. */
	enum hal_status (*request)(struct hal_stream *stream, enum hal_stream_ask ask);
};

struct hal_stream {
	const struct hal_stream_ops *ops;
	const struct hal_stream_listener *listener;
	void *owner;
};

/* At most one owner at a time; pass NULL, NULL to detach. */
static inline void hal_stream_attach(struct hal_stream *stream,
                                     const struct hal_stream_listener *listener, void *owner)
{
	stream->listener = listener;
	stream->owner = owner;
}

static inline void hal_stream_close(struct hal_stream *stream)
{
	if (stream)
		stream->ops->close(stream);
}

HAL_MUST_USE static inline enum hal_status hal_stream_write(struct hal_stream *stream,
                                                            const void *data, size_t len)
{
	return stream->ops->write(stream, data, len);
}

static inline size_t hal_stream_drop(struct hal_stream *stream)
{
	return stream->ops->drop ? stream->ops->drop(stream) : 0;
}

HAL_MUST_USE static inline enum hal_status hal_stream_request(struct hal_stream *stream,
                                                              enum hal_stream_ask ask)
{
	return stream->ops->request ? stream->ops->request(stream, ask) : HAL_E_UNSUPPORTED;
}

#endif /* HAL_STREAM_H */
