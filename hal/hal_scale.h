/* SPDX-License-Identifier: MIT */
/*
 * hal_scale.h - contract of a weighing scale
 *
 * A scale speaks up by itself: while its link is up it reports a reading, or
 * that it is alive without one, at least every HAL_SCALE_MAX_GAP_US, and says
 * so when it no longer can.  Firmware never polls and never waits.
 *
 * Units:      mass is struct hal_mass, whole milligrams; there is no float on
 *             the way from the wire to the journal.  Times are loop time, _us.
 * Ownership:  open() hands the caller a scale to pass to hal_scale_close()
 *             exactly once.  A reading's frame is borrowed until the call returns.
 * Errors:     calls return enum hal_status.  A link lost later arrives as
 *             listener->link(), once for each change, never as a return value.
 * Threads:    all calls and callbacks on the loop's thread.  A callback may
 *             call any function here except hal_scale_close().
 * Implementers: drivers/scale/, one codec a protocol family; tests/drivers/ holds
 *             each of them to this text.
 */
#ifndef HAL_SCALE_H
#define HAL_SCALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal_loop.h"
#include "hal_status.h"

/* After this long without a frame the driver must report link(false, ...). */
#define HAL_SCALE_MAX_GAP_US HAL_SEC(2)

/* Mass in milligrams; holds +-2147 kg.  Outside tests/, reading .mg needs a "raw:" remark. */
struct hal_mass {
	int32_t mg;
};

enum hal_pan {
	HAL_PAN_MOVING, /* mass is valid, load or display not at rest */
	HAL_PAN_STABLE, /* mass is valid and the scale calls it stable */
	HAL_PAN_UNTOLD, /* mass is valid; the protocol has no stability flag: never stable */
	HAL_PAN_OVER,   /* above capacity: mass is zero, meaningless */
	HAL_PAN_UNDER,  /* below zero range, pan lifted off: mass is zero, meaningless */
	HAL_PAN_NONE,   /* alive, no weight now (busy, moving without a figure): no mass */
	HAL_PAN_FAULT,  /* the scale reports a fault of its own, or a unit nobody knows */
};

enum hal_mass_kind {
	HAL_MASS_UNKNOWN, /* the protocol does not say */
	HAL_MASS_GROSS,
	HAL_MASS_NET, /* a tare is active on the scale: refused above, with the remedy */
};

struct hal_scale_reading {
	enum hal_pan pan;
	enum hal_mass_kind kind;
	struct hal_mass mass; /* as shown on the scale's display */
	int64_t taken_us;     /* loop time at which its last byte arrived */
	const uint8_t *frame; /* the bytes it came in, as they were */
	size_t frame_len;
};

/* What a scale tells its listener.  All are mandatory. */
struct hal_scale_listener {
	void (*reading)(void *owner, const struct hal_scale_reading *reading);
	/*
	 * up: readings follow.  Otherwise why is HAL_E_LINK (unplugged),
	 * HAL_E_TIMEOUT (silent), HAL_E_PROTOCOL (talks another language) or
	 * HAL_E_SYSTEM; heard is one printable line with the bytes that made
	 * no sense, or "".  Borrowed until the call returns.
	 */
	void (*link)(void *owner, bool up, enum hal_status why, const char *heard);
};

struct hal_scale;

struct hal_scale_ops {
	/* Mandatory.  Accepts a half-opened scale. */
	void (*close)(struct hal_scale *scale);
	/*
	 * Optional: NULL when the scale is zeroed by hand only.  HAL_OK means
	 * sent; the result shows in the readings.
	 */
	enum hal_status (*zero)(struct hal_scale *scale);
};

/* Embedded as the first member of every implementation. */
struct hal_scale {
	const struct hal_scale_ops *ops;
	const struct hal_scale_listener *listener;
	void *owner;
};

/* NULL is allowed and does nothing. */
static inline void hal_scale_close(struct hal_scale *scale)
{
	if (scale)
		scale->ops->close(scale);
}

/* Asks the scale to take the present load as zero. */
HAL_MUST_USE static inline enum hal_status hal_scale_zero(struct hal_scale *scale)
{
	return scale->ops->zero ? scale->ops->zero(scale) : HAL_E_UNSUPPORTED;
}

#endif /* HAL_SCALE_H */
