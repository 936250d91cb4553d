/* SPDX-License-Identifier: MIT */
/*
 * weighing_density.h - densities and tails of scatter whose own size is uncertain
 *
 * A normal whose log variance is itself normal with deviation tail: three-point
 * Gauss-Hermite quadrature, scaled so that the mean variance is var.  tail 0 is the
 * plain normal.
 *
 * Units:      grams, grams squared.
 * Threads:    pure functions.
 */
#ifndef FIRMWARE_CORE_WEIGHING_DENSITY_H
#define FIRMWARE_CORE_WEIGHING_DENSITY_H

#include "weighing_state.h"

double weighing_density_at(double distance, double var, double tail);

/* Probability to lie below distance. */
double weighing_density_below(double distance, double var, double tail);

/* E[1 / factor of the variance] given the distance: the weight of an outlier. */
double weighing_density_trust(double distance, double var, double tail);

/* Of a whole outlook: all its blends. */
double weighing_density_outlook(const struct outlook *outlook, double mass);
double weighing_density_outlook_below(const struct outlook *outlook, double mass);

#endif /* FIRMWARE_CORE_WEIGHING_DENSITY_H */
