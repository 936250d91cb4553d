/* SPDX-License-Identifier: MIT */
/*
 * toledo_8217_codec.h - replies of checkout scales that speak Toledo 8217 or 8213
 *
 * STX, the weight with its point, an N when it is net, CR; or STX, "?", a status
 * byte, CR when there is no weight to give.  A weight is only ever sent when it
 * is stable.  The unit is never in the frame.
 *
 * The status byte may be anything, CR included, so exactly one byte follows the
 * question mark.  Its bit 5 is "net" on some scales and always 1 on others, and
 * bit 6 is not always 1: neither is used.
 *
 * Source: Mettler-Toledo, "DIVA Service Manual" 72191202, 6.1.3 (8217) and the
 *         status byte's table; Salter Brecknell, "3700LP User's Manual", page
 *         11 (8213); Rice Lake, "BenchPro" manual, page 30.
 */
#ifndef DRIVERS_SCALE_TOLEDO_8217_CODEC_H
#define DRIVERS_SCALE_TOLEDO_8217_CODEC_H

#include "scale/scale_codec.h"

extern const struct scale_codec toledo_8217_codec;

#endif /* DRIVERS_SCALE_TOLEDO_8217_CODEC_H */
