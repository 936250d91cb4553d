/* SPDX-License-Identifier: MIT */
/*
 * gadget.h - a USB serial device made of the kernel's own ACM gadget
 *
 * Its cable ends at a dummy host controller, so that it appears as /dev/ttyACM0;
 * what the device itself sends and hears is /dev/ttyGS0.  For tests that include
 * cmocka first.
 */
#ifndef TESTS_KERNEL_GADGET_H
#define TESTS_KERNEL_GADGET_H

/* What udev's own rules call it. */
#define GADGET_LINK "/dev/serial/by-id/usb-Bench_Works_Bench_Scale_SCALE0001-if00"

/* Once is enough; again does nothing. */
void gadget_make(void);

void gadget_plug(void);
void gadget_unplug(void);

/* The device's own end, raw and without waiting; the caller closes it. */
int gadget_open(void);

#endif /* TESTS_KERNEL_GADGET_H */
