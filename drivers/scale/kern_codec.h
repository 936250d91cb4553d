/* SPDX-License-Identifier: MIT */
/*
 * kern_codec.h - KERN balances, and those of G&G and Shinko built alike
 *
 * Answers to the letters s and w ("       0.665 g  ", 16 characters; the unit is
 * blank, or left out, while unstable; "Error"); the older status formats of 12 and
 * 13 characters with U, S or E at the end; the 12 characters of G&G, whose minus
 * stands in column 1 and which have no stability; KCP, which is MT-SICS; and the
 * Radwag frames of KEN-TM and KET-TM.
 *
 * Source: KERN, manuals of FKB (page 37), PCB (page 35), KDE-T (9.3.4), EW/EG
 *         (data format), KIB-TM (page 33), KEN-TM (16.3); G&G JJB-BC, captured
 *         frames; Shinko ViBRA, captured frames.
 */
#ifndef DRIVERS_SCALE_KERN_CODEC_H
#define DRIVERS_SCALE_KERN_CODEC_H

#include "scale/scale_codec.h"

extern const struct scale_codec kern_codec;

#endif /* DRIVERS_SCALE_KERN_CODEC_H */
