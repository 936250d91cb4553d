/* SPDX-License-Identifier: MIT */
/*
 * yaohua_codec.h - the XK3190 indicators of Yaohua and what copies them
 *
 * Four languages of one maker, none of which has a stability flag:
 *   yaohua           12 bytes: STX, sign, six digits, decimals, check, ETX; the
 *                    Keli D2008 sends a seventh digit in the decimals' place
 *   yaohua-reversed  9 characters: "=", seven of the figure from its last to its
 *                    first, "0" or "-"
 *   yaohua-ww        "ww00015.000kg" gross, "wn" net, "wt" tare, in capitals on a
 *                    Midl VDA/12; the A12 writes WG and WN and adds a check
 *   yaohua-command   answers to STX, address, command, check, ETX
 *
 * The check is the exclusive or of what stands before it, so it does not see two
 * digits exchanged.  Its half-bytes above nine are letters, on the A22 the
 * characters behind "9"; either is accepted.
 *
 * Source: Shanghai Yaohua, manuals of XK3190-A9 (page 10), A12(E) (page 13), A22
 *         (page 13), A23p (pages 22-24), A26 (pages 12-13), A1+P (page 21) and DS3
 *         (page 8); Liden LUW-2001 manual, page 17 ("A format"); Keli
 *         XK3118K9 manual, page 10; Keli D2008 and Midl VDA/12, captured frames.
 */
#ifndef DRIVERS_SCALE_YAOHUA_CODEC_H
#define DRIVERS_SCALE_YAOHUA_CODEC_H

#include "scale/scale_codec.h"

extern const struct scale_codec yaohua_codec;
extern const struct scale_codec yaohua_reversed_codec;
extern const struct scale_codec yaohua_ww_codec;
extern const struct scale_codec yaohua_command_codec;

#endif /* DRIVERS_SCALE_YAOHUA_CODEC_H */
