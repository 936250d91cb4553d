/* SPDX-License-Identifier: MIT */
/*
 * simd_screen.h - what the daemon's page shows, read over HTTP as a browser would
 */
#ifndef TESTS_SIM_BENCH_SIMD_SCREEN_H
#define TESTS_SIM_BENCH_SIMD_SCREEN_H

#include "view.h"

struct simd_screen {
	int port;
	struct station_view view; /* the parts that a packer looks at */
	char word[64], note[64];
};

/* False when the daemon does not answer; the view then stays as it was. */
bool simd_screen_look(struct simd_screen *screen);

#endif /* TESTS_SIM_BENCH_SIMD_SCREEN_H */
