/* SPDX-License-Identifier: MIT */
/*
 * simd_port.h - one model's wire behind a pseudo-terminal
 *
 * The daemon opens FOLDER/NAME as it would a serial port; bytes cross between
 * that and the device end of a simulated wire.
 */
#ifndef TESTS_SIM_BENCH_SIMD_PORT_H
#define TESTS_SIM_BENCH_SIMD_PORT_H

#include <stdbool.h>

#include "wire.h"

struct simd_port {
	struct hal_loop *loop;
	struct wire *wire;
	struct hal_watch watch;
	int master;
	int keeper; /* an end of our own, so that a daemon that leaves is no hang-up */
	char path[256];
	uint8_t held[4096]; /* bytes the wire had no room for */
	size_t held_len;
};

bool simd_port_open(struct simd_port *port, struct hal_loop *loop, struct wire *wire,
                    const char *folder, const char *name);
/* The same on a descriptor that is there already, a gadget's own end; close() closes it. */
bool simd_port_join(struct simd_port *port, struct hal_loop *loop, struct wire *wire, int fd);
void simd_port_close(struct simd_port *port);

#endif /* TESTS_SIM_BENCH_SIMD_PORT_H */
