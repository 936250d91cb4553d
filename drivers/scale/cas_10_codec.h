/* SPDX-License-Identifier: MIT */
/*
 * cas_10_codec.h - the ten-byte output of CAS indicators
 *
 * Eight characters of weight with its point, CR LF, and nothing else: no
 * stability, no unit.  13.5 is sent as "000013.5".
 *
 * Source: CAS, "PDI Series" manual, page 37; "CI-600D Series" manual, 10-2;
 *         "CI-6000A" manual, page 63 (ERR lines).
 */
#ifndef DRIVERS_SCALE_CAS_10_CODEC_H
#define DRIVERS_SCALE_CAS_10_CODEC_H

#include "scale/scale_codec.h"

extern const struct scale_codec cas_10_codec;

#endif /* DRIVERS_SCALE_CAS_10_CODEC_H */
