/* SPDX-License-Identifier: MIT */
/*
 * usb_device.h - one opened USB printer, with everything that may block
 *
 * Opening asks the device for its configuration, closing hands it back to the
 * kernel's own driver, which asks it for its name, and clearing a halt waits for
 * its answer: each may take seconds with a mute printer.  So all of it is called
 * by the clerk, never on the loop.  The device is opened through its node, not
 * by libusb's own search, so that libusb starts no thread.
 *
 * The printer is never reset, and its alternate setting is set only where it has
 * more than one: some firmwares answer either by falling off the bus.
 *
 * Ownership:  embedded in the stream; between open and close the stream uses the
 *             handle for transfers, and no call here runs meanwhile but clear.
 * Threads:    the clerk's.
 * Source:     USB-IF, "Universal Serial Bus Device Class Definition for Printing
 *             Devices", 1.1, chapter 4; libusb 1.0.26, libusb_wrap_sys_device.
 */
#ifndef DRIVERS_STREAM_USB_DEVICE_H
#define DRIVERS_STREAM_USB_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#include <libusb.h>

#include "hal_status.h"

/* How to talk to a printer: one alternate setting of one interface. */
struct usb_choice {
	uint8_t interface, alternate;
	uint8_t config; /* index of the configuration, for GET_DEVICE_ID */
	uint8_t protocol;
	uint8_t out, in;     /* endpoint addresses; in 0: it cannot answer */
	bool has_alternates; /* the interface has more than one setting */
};

struct usb_device {
	libusb_context *context;
	libusb_device_handle *handle; /* NULL while closed */
	int fd;
	struct usb_choice choice;
};

/* Pure: the best way to print; false when the device is no printer. */
bool usb_choose(const struct libusb_config_descriptor *config, struct usb_choice *ret_choice);

HAL_MUST_USE enum hal_status usb_device_init(struct usb_device *device,
                                             struct hal_fault *reterr_fault);
void usb_device_finish(struct usb_device *device);

/* HAL_E_LINK when the device went away meanwhile. */
HAL_MUST_USE enum hal_status usb_device_open(struct usb_device *device, const char *node,
                                             struct hal_fault *reterr_fault);
void usb_device_close(struct usb_device *device);

/* After a stall.  False: the endpoint stays halted. */
bool usb_device_clear(struct usb_device *device, uint8_t endpoint);

#endif /* DRIVERS_STREAM_USB_DEVICE_H */
