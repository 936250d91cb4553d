/* SPDX-License-Identifier: MIT */
/*
 * meter.h - processor time between two moments, added up
 *
 * Tells what the simulated world costs apart from what the station costs.
 *
 * Units:      seconds of this process on a processor.
 */
#ifndef TESTS_SIM_BENCH_METER_H
#define TESTS_SIM_BENCH_METER_H

struct meter {
	double spent_s;
	double since_s;
};

void meter_start(struct meter *meter);
void meter_stop(struct meter *meter);

#endif /* TESTS_SIM_BENCH_METER_H */
