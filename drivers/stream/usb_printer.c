/* SPDX-License-Identifier: MIT */
#include "stream/usb_printer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "stream/trace.h"
#include "stream/usb_link.h"

struct usb_printer {
	struct hal_stream base;
	struct usb_link link;
	bool was_busy;
};

static struct usb_printer *printer_from_base(struct hal_stream *base)
{
	return hal_container_of(base, struct usb_printer, base);
}

static void printer_up(void *owner)
{
	struct usb_printer *printer = owner;

	printer->was_busy = false;
	if (printer->base.listener)
		printer->base.listener->up(printer->base.owner);
}

static void printer_down(void *owner, enum hal_status why)
{
	struct usb_printer *printer = owner;

	if (printer->base.listener)
		printer->base.listener->down(printer->base.owner, why);
}

static void printer_bytes(void *owner, const uint8_t *data, size_t len)
{
	struct usb_printer *printer = owner;

	trace_bytes(printer->link.host.log, "usb", "<", data, len);
	if (printer->base.listener)
		printer->base.listener->bytes(printer->base.owner, data, len);
}

/* Room is told when half the queue is free, so that it is not told for every piece. */
static void tell_room(struct usb_printer *printer)
{
	const struct outqueue *queue = &printer->link.out.queue;
	const struct hal_stream_listener *listener = printer->base.listener;

	if (!printer->was_busy || queue->used > queue->depth / 2)
		return;
	printer->was_busy = false;
	if (listener && listener->room)
		listener->room(printer->base.owner);
}

static void printer_handed(void *owner, size_t len)
{
	struct usb_printer *printer = owner;

	if (printer->base.listener && printer->base.listener->handed)
		printer->base.listener->handed(printer->base.owner, len);
	tell_room(printer);
}

static void printer_answered(void *owner, enum hal_stream_ask ask, enum hal_status status,
                             const uint8_t *data, size_t len)
{
	struct usb_printer *printer = owner;

	if (printer->base.listener && printer->base.listener->answer)
		printer->base.listener->answer(printer->base.owner, ask, status, data, len);
}

static void printer_freed(void *owner)
{
	free(owner);
}

static const struct usb_link_listener link_listener = {
	.up = printer_up,
	.down = printer_down,
	.bytes = printer_bytes,
	.handed = printer_handed,
	.answered = printer_answered,
	.freed = printer_freed,
};

static enum hal_status printer_write(struct hal_stream *base, const void *data, size_t len)
{
	struct usb_printer *printer = printer_from_base(base);
	enum hal_status status;

	if (printer->link.state != USB_UP)
		return HAL_E_LINK;
	status = usb_out_write(&printer->link.out, data, len);
	printer->was_busy |= status == HAL_E_BUSY;
	if (status == HAL_OK)
		trace_bytes(printer->link.host.log, "usb", ">", data, len);
	return status;
}

static size_t printer_drop(struct hal_stream *base)
{
	struct usb_printer *printer = printer_from_base(base);

	return printer->link.state == USB_UP ? usb_out_drop(&printer->link.out) : 0;
}

static enum hal_status printer_request(struct hal_stream *base, enum hal_stream_ask ask)
{
	struct usb_printer *printer = printer_from_base(base);

	if (printer->link.state != USB_UP)
		return HAL_E_LINK;
	return usb_control_ask(&printer->link.control, &printer->link.device, ask);
}

static void printer_close(struct hal_stream *base)
{
	struct usb_printer *printer = printer_from_base(base);

	hal_stream_attach(base, NULL, NULL);
	usb_link_close(&printer->link);
}

static const struct hal_stream_ops printer_ops = {
	.close = printer_close,
	.write = printer_write,
	.drop = printer_drop,
	.request = printer_request,
};

enum hal_status usb_printer_open(const struct host *host, const char *uri,
                                 struct hal_stream **ret_stream, struct hal_fault *reterr_fault)
{
	struct usb_printer *printer = calloc(1, sizeof(*printer));
	struct usb_wanted wanted;
	enum hal_status status;

	if (!printer) {
		hal_fault_set(reterr_fault, "%s", strerror(ENOMEM));
		return HAL_E_SYSTEM;
	}
	printer->base.ops = &printer_ops;
	status = usb_find_parse(uri, &wanted, reterr_fault);
	if (status == HAL_OK)
		status = usb_link_init(&printer->link, host, &wanted, &link_listener, printer,
		                       reterr_fault);
	if (status != HAL_OK) {
		free(printer);
		return status;
	}
	*ret_stream = &printer->base;
	return HAL_OK;
}
