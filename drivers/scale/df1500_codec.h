/* SPDX-License-Identifier: MIT */
/*
 * df1500_codec.h - the DF1500 string, and the Condec demand string it grew from
 *
 * STX, polarity, figure, unit of two capitals, GR or NT, and on the DF1500 one
 * character of status: blank, M motion, O over; a minus there says nothing of
 * motion.  CR LF.
 *
 * Source: Western Scale, "M2000 High Speed Digital Weight Indicators", page 102;
 *         Transcell, "TI-1680", string format 1.
 */
#ifndef DRIVERS_SCALE_DF1500_CODEC_H
#define DRIVERS_SCALE_DF1500_CODEC_H

#include "scale/scale_codec.h"

extern const struct scale_codec df1500_codec;

#endif /* DRIVERS_SCALE_DF1500_CODEC_H */
