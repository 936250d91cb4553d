/* SPDX-License-Identifier: MIT */
/*
 * sma_codec.h - the protocol of the Scale Manufacturers Association, level 1
 *
 * LF, condition, range, gross or net, motion, a reserved character, ten of
 * weight, three of unit, CR.
 *
 * Source: Scale Manufacturers Association, "SCP-0499 Scale Serial Communication
 *         Protocol"; Sartorius PR 5210 (5.4.1) and PR 5220 (page 130) manuals;
 *         Fairbanks FB2550 manual, appendix III.
 */
#ifndef DRIVERS_SCALE_SMA_CODEC_H
#define DRIVERS_SCALE_SMA_CODEC_H

#include "scale/scale_codec.h"

extern const struct scale_codec sma_codec;

#endif /* DRIVERS_SCALE_SMA_CODEC_H */
