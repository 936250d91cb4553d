/* SPDX-License-Identifier: MIT */
/*
 * usb_link.h - the life of a USB printer's connection: found, opened, lost, found again
 *
 * The loop owns the transfers; whatever may block is an errand of the clerk,
 * one at a time.  A loss calls all transfers back first, and the clerk closes
 * when they have landed; then the search begins anew.
 *
 * Ownership:  embedded in the stream.  After usb_link_close() the clerk may still
 *             be at its last errand: freed() says when the memory may go.
 * Threads:    the loop's.
 */
#ifndef DRIVERS_STREAM_USB_LINK_H
#define DRIVERS_STREAM_USB_LINK_H

#include "hal_stream.h"
#include "host/finder.h"
#include "stream/usb_control.h"
#include "stream/usb_device.h"
#include "stream/usb_find.h"
#include "stream/usb_in.h"
#include "stream/usb_out.h"

#define USB_LINK_WATCHES 4 /* the device, libusb's own wake-up and its timer */

struct usb_link;

struct usb_link_listener {
	void (*up)(void *owner);
	void (*down)(void *owner, enum hal_status why);
	void (*bytes)(void *owner, const uint8_t *data, size_t len);
	void (*handed)(void *owner, size_t len);
	void (*answered)(void *owner, enum hal_stream_ask ask, enum hal_status status,
	                 const uint8_t *data, size_t len);
	void (*freed)(void *owner);
};

struct usb_link_watch {
	struct hal_watch watch;
	struct usb_link *link;
};

enum usb_link_state {
	USB_ABSENT, /* also while the clerk opens or closes */
	USB_UP,
	USB_LEAVING, /* transfers are called back; then the clerk closes */
};

enum usb_errand {
	USB_ERRAND_OPEN,
	USB_ERRAND_CLEAR,
	USB_ERRAND_CLOSE,
};

struct usb_link {
	const struct usb_link_listener *listener;
	void *owner;
	struct host host;
	struct finder finder;
	struct usb_wanted wanted;
	struct usb_found found;
	struct usb_device device;
	enum usb_link_state state;
	bool closed; /* by its owner */
	struct usb_link_watch watches[USB_LINK_WATCHES];
	unsigned watch_count;
	struct hal_timer fall; /* ends the link outside of every callback, with why */
	struct hal_timer reap; /* looks for transfers that were called back */
	enum hal_status why;

	struct hal_job job; /* what the clerk is at, and what came of it */
	enum usb_errand errand;
	enum hal_status done;
	struct hal_fault fault;
	bool clears_out, clears_in;

	struct usb_out out;
	struct usb_in in;
	struct usb_control control;
	bool out_halted, in_halted;
	unsigned stalls; /* since the printer last took something */
};

/* wanted is copied.  On failure everything was freed but the link itself. */
HAL_MUST_USE enum hal_status usb_link_init(struct usb_link *link, const struct host *host,
                                           const struct usb_wanted *wanted,
                                           const struct usb_link_listener *listener, void *owner,
                                           struct hal_fault *reterr_fault);
void usb_link_close(struct usb_link *link);

#endif /* DRIVERS_STREAM_USB_LINK_H */
