/* SPDX-License-Identifier: MIT */
/*
 * and_codec.h - A&D balances and scales
 *
 * The standard format ("ST,+00123.4  g", comparator word between header and
 * figure on some, OL out of range) is read as the ST,GS family is.  Beside it
 * the "MT format" ("S      0.1278 g", "SD", "SI+", "SI-") and the error codes
 * ("EC,E11").
 *
 * Source: A&D, instruction manuals of EK-L (page 30), GC (page 51), GH (pages
 *         40-44), GX (page 44), EJ (page 26) and AD-4212D (page 27).
 */
#ifndef DRIVERS_SCALE_AND_CODEC_H
#define DRIVERS_SCALE_AND_CODEC_H

#include "scale/scale_codec.h"

extern const struct scale_codec and_codec;

#endif /* DRIVERS_SCALE_AND_CODEC_H */
