/* SPDX-License-Identifier: MIT */
/*
 * simd_hands.h - the simulated bench worked by lines on standard input
 *
 * For whoever drives a browser beside it: "scan TEXT", "load GRAMS [SETTLE_MS]",
 * "paper out|in", "head open|closed", "pause", "key", "power off|on",
 * "unplug NAME", "plug NAME".  Each line is answered "ok" or "what?", and "end"
 * ends.  "mark" answers with what the newest label's code says.
 *
 * Threads:    the loop's.
 */
#ifndef TESTS_SIM_BENCH_SIMD_HANDS_H
#define TESTS_SIM_BENCH_SIMD_HANDS_H

#include "loadcell.h"
#include "scanner_line_model.h"
#include "zpl_printer_model.h"

struct simd_hands {
	struct hal_loop *loop;
	struct hal_watch watch;
	struct loadcell *pan;
	struct scanner_line_model *scanner;
	struct zpl_printer_model *printer;
	struct wire *wires[3]; /* scale, scanner, printer */
	char line[512];
	size_t len;
	bool ended;
};

/* Reads standard input from now on. */
bool simd_hands_open(struct simd_hands *hands);

#endif /* TESTS_SIM_BENCH_SIMD_HANDS_H */
