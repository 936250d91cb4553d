/* SPDX-License-Identifier: MIT */
/*
 * usbip.h - the plug of a USB device made of software
 *
 * Hands one end of a socket to the kernel's virtual host controller (vhci_hcd)
 * and speaks USB/IP on the other; no network, no privileges but the right to
 * write to sysfs.  A device says what it takes and what it gives; transfers it
 * cannot serve yet wait here, as on a device that answers NAK.
 *
 * Ownership:  embedded in its device.
 * Source:     Linux, Documentation/usb/usbip_protocol.rst.
 */
#ifndef TESTS_KERNEL_USBIP_H
#define TESTS_KERNEL_USBIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define USBIP_WAITING_MAX 64
#define USBIP_CONTROL_MAX 512

enum usbip_taking {
	USBIP_TAKES,   /* all of it was taken */
	USBIP_WAITS,   /* not now: NAK */
	USBIP_STALLS,  /* refused; the endpoint halts until the host clears it */
	USBIP_IS_GONE, /* the device pulled its own plug and will not answer */
};

struct usbip_device {
	/* Setup packet in, answer out; 0 refuses a request that wants an answer. */
	size_t (*control)(void *self, const uint8_t *setup, uint8_t answer[USBIP_CONTROL_MAX]);
	enum usbip_taking (*take)(void *self, const uint8_t *data, size_t len);
	/* Up to cap bytes toward the host; 0: nothing to say now. */
	size_t (*give)(void *self, uint8_t *data, size_t cap);
};

struct usbip_packet {
	uint32_t command, seq, device, direction, endpoint; /* all in network order */
	uint32_t a, length, c, d, e; /* a: flags, or status; for UNLINK the number of the other */
	uint8_t setup[8];
} __attribute__((packed));

struct usbip_urb {
	struct usbip_packet packet;
	uint8_t *data;
	uint32_t len;
};

struct usbip_queue {
	struct usbip_urb urbs[USBIP_WAITING_MAX];
	size_t count;
};

struct usbip {
	const struct usbip_device *device;
	void *self;
	unsigned port; /* of the controller */
	int socket;    /* -1: not plugged in; readable when the host wants something */
	bool halted;
	struct usbip_queue out, in;
};

void usbip_init(struct usbip *usbip, const struct usbip_device *device, void *self, unsigned port);

/* False when the kernel has no such controller. */
bool usbip_plug_in(struct usbip *usbip);
void usbip_pull_out(struct usbip *usbip);

/* One request of the host's; call when the socket is readable. */
void usbip_hear(struct usbip *usbip);

/* Serves what waits as far as the device can. */
void usbip_serve(struct usbip *usbip);

#endif /* TESTS_KERNEL_USBIP_H */
