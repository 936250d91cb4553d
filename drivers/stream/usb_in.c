/* SPDX-License-Identifier: MIT */
#include "stream/usb_in.h"

#define REST_US      HAL_MS(250)
#define FAILURES_MAX 3

void usb_in_read(struct usb_in *in)
{
	if (!in->handle || in->flying)
		return;
	in->transfer->dev_handle = in->handle;
	in->transfer->endpoint = in->endpoint;
	if (libusb_submit_transfer(in->transfer) != 0)
		in->listener->gone(in->owner);
	else
		in->flying = true;
}

static void on_rested(struct hal_timer *timer)
{
	usb_in_read(hal_container_of(timer, struct usb_in, rest));
}

static void rest(struct usb_in *in)
{
	if (in->handle)
		hal_timer_start(in->loop, &in->rest, REST_US);
}

static void take(struct usb_in *in, size_t len)
{
	if (len == 0) {
		rest(in);
		return;
	}
	in->failures = 0;
	in->listener->bytes(in->owner, in->bytes, len);
	usb_in_read(in);
}

static void fail(struct usb_in *in, bool halted)
{
	if (++in->failures >= FAILURES_MAX) {
		usb_in_stop(in);
		in->listener->mute(in->owner);
	} else if (halted) {
		in->listener->halted(in->owner);
	} else {
		rest(in);
	}
}

static void LIBUSB_CALL on_landed(struct libusb_transfer *transfer)
{
	struct usb_in *in = transfer->user_data;

	in->flying = false;
	if (!in->handle)
		return; /* stopped meanwhile */
	switch (transfer->status) {
	case LIBUSB_TRANSFER_COMPLETED:
		take(in, (size_t)transfer->actual_length);
		break;
	case LIBUSB_TRANSFER_NO_DEVICE:
		in->listener->gone(in->owner);
		break;
	case LIBUSB_TRANSFER_STALL:
		fail(in, true);
		break;
	case LIBUSB_TRANSFER_ERROR:
	case LIBUSB_TRANSFER_OVERFLOW:
	case LIBUSB_TRANSFER_TIMED_OUT:
		fail(in, false);
		break;
	case LIBUSB_TRANSFER_CANCELLED:
		break;
	}
}

enum hal_status usb_in_init(struct usb_in *in, struct hal_loop *loop,
                            const struct usb_in_listener *listener, void *owner)
{
	in->loop = loop;
	in->listener = listener;
	in->owner = owner;
	in->rest = (struct hal_timer){ .fire = on_rested, .accuracy_us = REST_US };
	in->transfer = libusb_alloc_transfer(0);
	if (!in->transfer)
		return HAL_E_SYSTEM;
	libusb_fill_bulk_transfer(in->transfer, NULL, 0, in->bytes, sizeof(in->bytes), on_landed,
	                          in, 0);
	return HAL_OK;
}

void usb_in_finish(struct usb_in *in)
{
	libusb_free_transfer(in->transfer);
}

void usb_in_begin(struct usb_in *in, libusb_device_handle *handle, uint8_t endpoint)
{
	in->handle = endpoint ? handle : NULL;
	in->endpoint = endpoint;
	in->failures = 0;
	usb_in_read(in);
}

void usb_in_stop(struct usb_in *in)
{
	in->handle = NULL;
	hal_timer_stop(in->loop, &in->rest);
	if (in->flying)
		libusb_cancel_transfer(in->transfer);
}
