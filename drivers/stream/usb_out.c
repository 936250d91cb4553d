/* SPDX-License-Identifier: MIT */
#include "stream/usb_out.h"

#include <stdlib.h>
#include <string.h>

static void submit(struct usb_out_slot *slot)
{
	struct usb_out *out = slot->out;
	int failed;

	slot->transfer->dev_handle = out->handle;
	slot->transfer->endpoint = out->endpoint;
	slot->transfer->buffer = slot->bytes + slot->done;
	slot->transfer->length = (int)(slot->len - slot->done);
	failed = libusb_submit_transfer(slot->transfer);
	if (failed != 0) {
		out->held = true;
		out->listener->stopped(out->owner, LIBUSB_TRANSFER_NO_DEVICE);
		return;
	}
	slot->flying = true;
	out->flying++;
}

static void fill(struct usb_out *out)
{
	struct usb_out_slot *slot = &out->slots[(out->first + out->count) % USB_OUT_SLOTS];
	const uint8_t *data;
	size_t len = outqueue_peek(&out->queue, &data);

	if (len > USB_OUT_PIECE)
		len = USB_OUT_PIECE;
	memcpy(slot->bytes, data, len);
	outqueue_pop(&out->queue, len);
	slot->len = len;
	slot->done = 0;
	slot->finished = slot->dropped = false;
	out->count++;
	submit(slot);
}

static void pump(struct usb_out *out)
{
	while (!out->held && out->queue.used > 0 && out->count < USB_OUT_SLOTS)
		fill(out);
}

static void retire(struct usb_out *out)
{
	while (out->count > 0 && out->slots[out->first].finished) {
		out->first = (out->first + 1) % USB_OUT_SLOTS;
		out->count--;
	}
}

/* How much more of this slot counts as handed over, now that its transfer has landed. */
static size_t take_landing(struct usb_out_slot *slot, const struct libusb_transfer *transfer)
{
	size_t more = transfer->actual_length > 0 ? (size_t)transfer->actual_length : 0;

	if (slot->dropped)
		more = slot->len - slot->done;
	slot->done += more;
	slot->finished = slot->done == slot->len;
	return more;
}

/* What stopped the others stopped this one too: they are called back together. */
static bool is_news(const struct libusb_transfer *transfer)
{
	return transfer->status != LIBUSB_TRANSFER_COMPLETED &&
	       transfer->status != LIBUSB_TRANSFER_CANCELLED;
}

static void LIBUSB_CALL on_landed(struct libusb_transfer *transfer)
{
	struct usb_out_slot *slot = transfer->user_data;
	struct usb_out *out = slot->out;
	size_t more = take_landing(slot, transfer);

	slot->flying = false;
	out->flying--;
	if (is_news(transfer)) {
		out->held = true;
		usb_out_cancel(out);
		out->listener->stopped(out->owner, transfer->status);
	} else if (!slot->finished && !out->held) {
		submit(slot);
	}
	retire(out);
	pump(out);
	if (more > 0)
		out->listener->handed(out->owner, more);
}

enum hal_status usb_out_init(struct usb_out *out, const struct usb_out_listener *listener,
                             void *owner)
{
	out->listener = listener;
	out->owner = owner;
	out->held = true;
	out->queue = (struct outqueue){ .bytes = malloc(USB_OUT_DEPTH), .depth = USB_OUT_DEPTH };
	if (!out->queue.bytes)
		return HAL_E_SYSTEM;
	for (int i = 0; i < USB_OUT_SLOTS; i++) {
		struct usb_out_slot *slot = &out->slots[i];

		slot->out = out;
		slot->transfer = libusb_alloc_transfer(0);
		if (!slot->transfer)
			return HAL_E_SYSTEM;
		libusb_fill_bulk_transfer(slot->transfer, NULL, 0, slot->bytes, 0, on_landed, slot,
		                          0);
	}
	return HAL_OK;
}

void usb_out_finish(struct usb_out *out)
{
	for (int i = 0; i < USB_OUT_SLOTS; i++)
		libusb_free_transfer(out->slots[i].transfer);
	free(out->queue.bytes);
}

void usb_out_begin(struct usb_out *out, libusb_device_handle *handle, uint8_t endpoint)
{
	outqueue_drop(&out->queue);
	out->first = out->count = out->flying = 0;
	out->handle = handle;
	out->endpoint = endpoint;
	out->held = false;
}

enum hal_status usb_out_write(struct usb_out *out, const void *data, size_t len)
{
	enum hal_status status = outqueue_push(&out->queue, data, len);

	if (status == HAL_OK)
		pump(out);
	return status;
}

/* Halted slots that are not in flight end here; the others when they land. */
size_t usb_out_drop(struct usb_out *out)
{
	size_t left = 0;

	for (unsigned i = 0; i < out->count; i++) {
		struct usb_out_slot *slot = &out->slots[(out->first + i) % USB_OUT_SLOTS];

		slot->dropped = true;
		if (slot->flying)
			libusb_cancel_transfer(slot->transfer);
		else if (!slot->finished)
			left += slot->len - slot->done;
		slot->finished |= !slot->flying;
	}
	retire(out);
	return left + outqueue_drop(&out->queue);
}

size_t usb_out_doubt(const struct usb_out *out)
{
	size_t doubt = 0;

	for (unsigned i = 0; i < out->count; i++) {
		const struct usb_out_slot *slot = &out->slots[(out->first + i) % USB_OUT_SLOTS];

		doubt += slot->len - slot->done;
	}
	return doubt;
}

void usb_out_cancel(struct usb_out *out)
{
	for (int i = 0; i < USB_OUT_SLOTS; i++)
		if (out->slots[i].flying)
			libusb_cancel_transfer(out->slots[i].transfer);
}

void usb_out_again(struct usb_out *out)
{
	out->held = false;
	for (unsigned i = 0; i < out->count && !out->held; i++) {
		struct usb_out_slot *slot = &out->slots[(out->first + i) % USB_OUT_SLOTS];

		if (!slot->finished && !slot->flying)
			submit(slot);
	}
	pump(out);
}
