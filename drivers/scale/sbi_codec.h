/* SPDX-License-Identifier: MIT */
/*
 * sbi_codec.h - Sartorius balances and scales (SBI)
 *
 * Lines of 16 bytes, or of 22 with six characters in front that name the value.
 * A weight that is not stable has no unit.  Digits that are not verified may
 * stand in brackets.  What stands in the figure's place otherwise is a word or a
 * letter, in columns that differ between manuals: it is looked for, not counted.
 *
 * A line of 22 whose first six characters were lost is a line of 16: the same
 * figure without its name.
 *
 * Source: Sartorius, manuals of GC803S-0CE (page 57), Entris II (page 3), Master
 *         Series (5-5), Combics CAW1P (pages 105-106), LE2202S (page 51), MC1
 *         (page 111), ME215S (page 135) and Quintix (page 87).
 */
#ifndef DRIVERS_SCALE_SBI_CODEC_H
#define DRIVERS_SCALE_SBI_CODEC_H

#include "scale/scale_codec.h"

extern const struct scale_codec sbi_codec;

#endif /* DRIVERS_SCALE_SBI_CODEC_H */
