/* SPDX-License-Identifier: MIT */
/*
 * usb_in.h - what a USB printer answers: one read that is always waiting
 *
 * A printer with nothing to say lets the read wait in its controller.  One that
 * answers with nothing, or with an error, is given a quarter second's rest, so
 * that it cannot keep the board busy; after three errors without a byte between
 * them it is not read any more.
 *
 * Ownership:  embedded in the stream.
 * Threads:    the loop's.
 */
#ifndef DRIVERS_STREAM_USB_IN_H
#define DRIVERS_STREAM_USB_IN_H

#include <stdbool.h>

#include <libusb.h>

#include "hal_loop.h"

#define USB_IN_CAP 4096 /* a multiple of every packet size */

struct usb_in_listener {
	void (*bytes)(void *owner, const uint8_t *data, size_t len);
	void (*halted)(void *owner); /* the clerk must clear it, then usb_in_read() */
	void (*gone)(void *owner);   /* the device */
	void (*mute)(void *owner);   /* not read any more */
};

struct usb_in {
	const struct usb_in_listener *listener;
	void *owner;
	struct hal_loop *loop;
	struct libusb_transfer *transfer;
	struct hal_timer rest;
	libusb_device_handle *handle; /* NULL: not reading */
	uint8_t endpoint;
	bool flying;
	unsigned failures;
	uint8_t bytes[USB_IN_CAP];
};

HAL_MUST_USE enum hal_status usb_in_init(struct usb_in *in, struct hal_loop *loop,
                                         const struct usb_in_listener *listener, void *owner);
void usb_in_finish(struct usb_in *in);

void usb_in_begin(struct usb_in *in, libusb_device_handle *handle, uint8_t endpoint);

/* Goes on reading, after a halt was cleared. */
void usb_in_read(struct usb_in *in);

/* Reads no more; a read in flight still lands. */
void usb_in_stop(struct usb_in *in);

#endif /* DRIVERS_STREAM_USB_IN_H */
