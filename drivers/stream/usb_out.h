/* SPDX-License-Identifier: MIT */
/*
 * usb_out.h - bytes on their way to a USB printer: a queue and a few transfers ahead
 *
 * Several transfers are in flight, so that the wire does not wait for the loop;
 * they are kept in order, because after a stall those that did not arrive are
 * sent again from where each stopped.  No transfer has a time limit: a printer
 * without paper may say "not now" for an hour and costs nothing meanwhile.
 *
 * "Handed over" is what the printer took, and what was in flight when drop() was
 * called or the link was lost: the kernel had that, and how much of it arrived is
 * not known.  A whole label may fit into one transfer, so what looks as if nothing
 * had been taken may have been printed.
 *
 * Ownership:  embedded in the stream; the queue's bytes are its own.
 * Threads:    the loop's.
 */
#ifndef DRIVERS_STREAM_USB_OUT_H
#define DRIVERS_STREAM_USB_OUT_H

#include <stdbool.h>

#include <libusb.h>

#include "stream/outqueue.h"

#define USB_OUT_SLOTS 4
#define USB_OUT_PIECE 16384 /* what usbfs takes in one piece everywhere */
#define USB_OUT_DEPTH (512u * 1024u)

struct usb_out;

struct usb_out_listener {
	void (*handed)(void *owner, size_t len);
	/* Transfers stopped; called from inside anything, so the owner acts later. */
	void (*stopped)(void *owner, enum libusb_transfer_status why);
};

struct usb_out_slot {
	struct libusb_transfer *transfer;
	struct usb_out *out;
	size_t len, done;
	bool flying, finished, dropped;
	uint8_t bytes[USB_OUT_PIECE];
};

struct usb_out {
	const struct usb_out_listener *listener;
	void *owner;
	struct outqueue queue;
	struct usb_out_slot slots[USB_OUT_SLOTS]; /* a ring in sending order */
	unsigned first, count;
	unsigned flying;
	libusb_device_handle *handle;
	uint8_t endpoint;
	bool held; /* nothing is submitted: halted, or leaving */
};

HAL_MUST_USE enum hal_status usb_out_init(struct usb_out *out,
                                          const struct usb_out_listener *listener, void *owner);
void usb_out_finish(struct usb_out *out);

/* A device was opened: starts empty. */
void usb_out_begin(struct usb_out *out, libusb_device_handle *handle, uint8_t endpoint);

HAL_MUST_USE enum hal_status usb_out_write(struct usb_out *out, const void *data, size_t len);
size_t usb_out_drop(struct usb_out *out);

/* How much of what the kernel was given is not known to have arrived, nor to have not. */
size_t usb_out_doubt(const struct usb_out *out);

/* Calls back what is in flight; each still lands. */
void usb_out_cancel(struct usb_out *out);

/* After a halt was cleared: goes on with what did not arrive. */
void usb_out_again(struct usb_out *out);

#endif /* DRIVERS_STREAM_USB_OUT_H */
