/* SPDX-License-Identifier: MIT */
/*
 * mettler_print_codec.h - the print line of Mettler-Toledo balances
 *
 * "     N       0.3749 g   ": 24 characters and CR LF, sent on the print key or
 * at intervals.  It has no stability flag.
 *
 * Source: Mettler-Toledo MS204TS/00, captured print lines; "MS-TS Balances
 *         Reference Manual", chapter on printers.
 */
#ifndef DRIVERS_SCALE_METTLER_PRINT_CODEC_H
#define DRIVERS_SCALE_METTLER_PRINT_CODEC_H

#include "scale/scale_codec.h"

extern const struct scale_codec mettler_print_codec;

#endif /* DRIVERS_SCALE_METTLER_PRINT_CODEC_H */
