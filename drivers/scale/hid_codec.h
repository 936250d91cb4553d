/* SPDX-License-Identifier: MIT */
/*
 * hid_codec.h - input reports of USB scales (usage page 8Dh, weighing device)
 *
 * Six bytes: report id, condition, unit, exponent of ten, magnitude low byte first.
 * The magnitude has no sign: below zero is a condition only and never a weight.  A
 * report of all zeros is what an empty read looks like and is no frame.
 *
 * Source: USB-IF, "Point of Sale Usage Tables" 1.02, 4 (Weighing Devices); the
 *         usbscale project's list of devices and reports.
 */
#ifndef DRIVERS_SCALE_HID_CODEC_H
#define DRIVERS_SCALE_HID_CODEC_H

#include "scale/scale_codec.h"

extern const struct scale_codec hid_codec;

#endif /* DRIVERS_SCALE_HID_CODEC_H */
