/* SPDX-License-Identifier: MIT */
/*
 * eye.h - what a scanner reads from a printed label, and nothing else
 *
 * The bitmap that the printer model put on paper is decoded by libraries that
 * share nothing with the label engine: libdmtx for the copy mark, ZBar for the
 * tracking number.
 *
 * Ownership:  texts are the caller's.
 */
#ifndef TESTS_SIM_BENCH_EYE_H
#define TESTS_SIM_BENCH_EYE_H

#include <stdbool.h>
#include <stddef.h>

#include "paper.h"

/* The Data Matrix on the label; false when none can be read. */
bool eye_read_mark(const struct paper_label *label, char *text, size_t size);

/* The longest Code 128 on the label; false when none can be read. */
bool eye_read_bars(const struct paper_label *label, char *text, size_t size);

#endif /* TESTS_SIM_BENCH_EYE_H */
