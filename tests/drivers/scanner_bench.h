/* SPDX-License-Identifier: MIT */
/*
 * scanner_bench.h - what every test of a scanner driver stands on
 *
 * A virtual loop, the driver under test by its name, and a listener that notes
 * what it was told last and how often.  For tests that include cmocka first.
 */
#ifndef TESTS_DRIVERS_SCANNER_BENCH_H
#define TESTS_DRIVERS_SCANNER_BENCH_H

#include <stdio.h>
#include <string.h>

#include "driver.h"
#include "vloop.h"

struct scanner_bench {
	struct vloop vloop;
	struct hal_scanner *scanner;
	unsigned scans, refusals;
	unsigned told; /* of anything, since set-up */
	char text[HAL_SCAN_MAX + 1];
	char symbology[4];
	int64_t taken_us;
	enum hal_scan_refusal why;
	bool up;
	enum hal_status link_why;
	struct hal_fault fault;
	struct hal_log log; /* which keeps the last line */
	char line[128];
	unsigned lines;
};

__attribute__((format(printf, 4, 0))) static void bench_write(struct hal_log *log,
                                                              enum hal_level level, const char *tag,
                                                              const char *format, va_list args)
{
	struct scanner_bench *bench = hal_container_of(log, struct scanner_bench, log);

	(void)level;
	(void)tag;
	vsnprintf(bench->line, sizeof(bench->line), format, args);
	bench->lines++;
}

static const struct hal_log_ops bench_log_ops = { bench_write };

static void bench_scan(void *owner, const struct hal_scan *scan)
{
	struct scanner_bench *bench = owner;

	bench->scans++;
	bench->told++;
	assert_int_equal(strlen(scan->text), scan->len);
	assert_true(scan->len <= HAL_SCAN_MAX);
	memcpy(bench->text, scan->text, scan->len + 1);
	memcpy(bench->symbology, scan->symbology, sizeof(bench->symbology));
	bench->taken_us = scan->taken_us;
}

static void bench_refused(void *owner, enum hal_scan_refusal why)
{
	struct scanner_bench *bench = owner;

	bench->refusals++;
	bench->told++;
	bench->why = why;
}

static void bench_link(void *owner, bool up, enum hal_status why)
{
	struct scanner_bench *bench = owner;

	bench->told++;
	bench->up = up;
	bench->link_why = why;
}

static const struct hal_scanner_listener bench_listener = { bench_scan, bench_refused, bench_link };

static inline void scanner_bench_forget(struct scanner_bench *bench)
{
	bench->scans = bench->refusals = 0;
	bench->text[0] = bench->symbology[0] = '\0';
}

static inline void scanner_bench_open(struct scanner_bench *bench, const char *driver,
                                      const struct scanner_port *port,
                                      const struct scanner_options *options)
{
	struct driver_env env = { .loop = &bench->vloop.base, .log = &bench->log };

	bench->log = (struct hal_log){ &bench_log_ops, HAL_LOG_NOTICE };
	assert_int_equal(find_scanner_driver(driver)->open(&env, port, options, &bench_listener,
	                                                   bench, &bench->scanner, &bench->fault),
	                 HAL_OK);
}

/* Returns what it says is wrong. */
static inline const char *scanner_bench_open_wrong(struct scanner_bench *bench, const char *driver,
                                                   const struct scanner_port *port,
                                                   const struct scanner_options *options)
{
	struct driver_env env = { .loop = &bench->vloop.base };

	assert_int_equal(find_scanner_driver(driver)->open(&env, port, options, &bench_listener,
	                                                   bench, &bench->scanner, &bench->fault),
	                 HAL_E_ARG);
	assert_null(bench->scanner);
	return bench->fault.text;
}

#endif /* TESTS_DRIVERS_SCANNER_BENCH_H */
