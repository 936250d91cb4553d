/* SPDX-License-Identifier: MIT */
/*
 * scale_bench.h - a scale driver, a cable, a pan, and what the driver told us
 */
#ifndef TESTS_DRIVERS_SCALE_BENCH_H
#define TESTS_DRIVERS_SCALE_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "driver.h"
#include "loadcell.h"
#include "vloop.h"
#include "wire.h"

struct scale_bench {
	struct vloop vloop;
	struct wire wire;
	struct loadcell cell;
	struct hal_scale *scale;
	/* What the driver told us, last and in all. */
	struct hal_scale_reading reading;
	uint8_t frame[64];
	char heard[128];
	enum hal_status why;
	bool up;
	unsigned readings, links, false_stable;
	int64_t linked_us;
};

/* A stable reading further than this from what has lain there so long is a false one. */
#define BENCH_TOLERANCE_MG 2000
#define BENCH_GRACE_US     HAL_MS(200)

static inline void bench_reading(void *owner, const struct hal_scale_reading *reading)
{
	struct scale_bench *bench = owner;
	double off = reading->mass.mg - (bench->cell.load_mg - bench->cell.tare_mg);

	bench->reading = *reading;
	assert_true(reading->frame_len > 0 && reading->frame_len <= sizeof(bench->frame));
	memcpy(bench->frame, reading->frame, reading->frame_len);
	bench->readings++;
	if (reading->pan == HAL_PAN_STABLE &&
	    reading->taken_us - bench->cell.moved_us > BENCH_GRACE_US &&
	    (off > BENCH_TOLERANCE_MG || off < -BENCH_TOLERANCE_MG))
		bench->false_stable++;
}

static inline void bench_link(void *owner, bool up, enum hal_status why, const char *heard)
{
	struct scale_bench *bench = owner;

	bench->up = up;
	bench->why = why;
	bench->links++;
	bench->linked_us = hal_now_us(&bench->vloop.base);
	strncpy(bench->heard, heard, sizeof(bench->heard) - 1);
}

static inline void bench_start(struct scale_bench *bench, unsigned baud)
{
	*bench = (struct scale_bench){ .up = false };
	vloop_init(&bench->vloop);
	wire_init(&bench->wire, &bench->vloop.base, baud);
	loadcell_init(&bench->cell, &bench->vloop.base);
}

static inline void bench_open_port(struct scale_bench *bench, const char *driver,
                                   const struct scale_options *options,
                                   const struct scale_port *port)
{
	static const struct hal_scale_listener listener = { bench_reading, bench_link };
	const struct scale_driver *found = find_scale_driver(driver);
	struct driver_env env = { .loop = &bench->vloop.base };
	struct hal_fault fault = { "" };

	assert_non_null(found);
	assert_int_equal(
		found->open(found, &env, port, options, &listener, bench, &bench->scale, &fault),
		HAL_OK);
}

static inline void bench_open(struct scale_bench *bench, const char *driver,
                              const struct scale_options *options)
{
	struct scale_port port = { .stream = &bench->wire.host };

	bench_open_port(bench, driver, options, &port);
	wire_plug(&bench->wire);
}

static inline int bench_close(void **state)
{
	struct scale_bench *bench = *state;

	hal_scale_close(bench->scale);
	return 0;
}

static inline void bench_run_ms(struct scale_bench *bench, unsigned ms)
{
	vloop_run(&bench->vloop, HAL_MS(ms));
}

static inline void bench_load_g(struct scale_bench *bench, int32_t grams, unsigned settle_ms)
{
	loadcell_load(&bench->cell, (struct hal_mass){ grams * 1000 }, HAL_MS(settle_ms));
}

#endif /* TESTS_DRIVERS_SCALE_BENCH_H */
