/* SPDX-License-Identifier: MIT */
/*
 * settling_fit.h - the resting value of a damped oscillation, from a few readings
 *
 * Several frequencies may explain few readings equally well (a scale read ten times a
 * second may ring six times), so the fit keeps every local optimum, weighed by its
 * likelihood, and its standard error covers them all.
 *
 * Units:      grams, seconds.
 * Threads:    pure functions.
 */
#ifndef FIRMWARE_CORE_SETTLING_FIT_H
#define FIRMWARE_CORE_SETTLING_FIT_H

#include "settling.h"

/* One optimum. */
struct settling_mode {
	double damping, omega; /* 1/s, rad/s */
	double rest, rest_var;
	double chi2, log_weight;
};

#define SETTLING_MODES 5

struct settling_fit {
	struct settling_mode modes[SETTLING_MODES];
	uint32_t mode_count;
	double rest, se; /* over all modes */
	double chi2;     /* of the best */
	int freedom;     /* readings and priors less parameters */
};

/* noise: standard deviation of a resting reading.  False when no optimum was found. */
bool settling_fit_readings(const struct settling_reading *readings, uint32_t count, double noise,
                           struct settling_fit *ret_fit);

#endif /* FIRMWARE_CORE_SETTLING_FIT_H */
