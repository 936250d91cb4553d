/* SPDX-License-Identifier: MIT */
/*
 * usb_control.h - the three requests of the USB printer class, one at a time
 *
 * Asynchronous; a printer that does not answer in three seconds gets its request
 * called back.  SOFT_RESET is sent as the first edition of the class wrote it
 * (recipient "other") and, where that is refused, as the later one corrected it.
 *
 * Ownership:  embedded in the stream.
 * Threads:    the loop's.
 * Source:     USB-IF, "Universal Serial Bus Device Class Definition for Printing
 *             Devices", 1.1, 4.2 (with 1.0's bmRequestType of SOFT_RESET).
 */
#ifndef DRIVERS_STREAM_USB_CONTROL_H
#define DRIVERS_STREAM_USB_CONTROL_H

#include "hal_loop.h"
#include "hal_stream.h"
#include "stream/usb_device.h"

#define USB_CONTROL_ANSWER_MAX 1024

struct usb_control {
	void (*answered)(void *owner, enum hal_stream_ask ask, enum hal_status status,
	                 const uint8_t *data, size_t len);
	void *owner;
	struct hal_loop *loop;
	struct libusb_transfer *transfer;
	struct hal_timer patience;
	libusb_device_handle *handle;
	struct usb_choice choice;
	enum hal_stream_ask ask;
	bool flying;
	bool second; /* SOFT_RESET in its other form */
	uint8_t buffer[LIBUSB_CONTROL_SETUP_SIZE + USB_CONTROL_ANSWER_MAX];
};

/* answered and owner are set by the caller before. */
HAL_MUST_USE enum hal_status usb_control_init(struct usb_control *control, struct hal_loop *loop);
void usb_control_finish(struct usb_control *control);

HAL_MUST_USE enum hal_status usb_control_ask(struct usb_control *control,
                                             const struct usb_device *device,
                                             enum hal_stream_ask ask);
/* Calls back what is in flight; it still lands. */
void usb_control_cancel(struct usb_control *control);

#endif /* DRIVERS_STREAM_USB_CONTROL_H */
