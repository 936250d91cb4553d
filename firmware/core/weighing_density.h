/* SPDX-License-Identifier: MIT */
/*
 * weighing_density.h - densities and tails of scatter whose own size is uncertain
 *
 * A normal whose log variance is itself normal with deviation tail: three-point
 * Gauss-Hermite quadrature, scaled so that the mean variance is var.  tail 0 is the
 * plain normal.
 *
 *   p(x) = sum_i h_i N(x; 0, var f_i),   f = (1/u, 1, u) / E,  h = (1/6, 2/3, 1/6),
 *   u = exp(sqrt(3) tail),   E = sum_i h_i f_i before the division
 *
 * Units:      grams, grams squared.
 * Threads:    pure functions.
 * Source:     M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964),
 *             table 25.10, scaled by the root of two.
 */
#ifndef FIRMWARE_CORE_WEIGHING_DENSITY_H
#define FIRMWARE_CORE_WEIGHING_DENSITY_H

#include <math.h>

#include "weighing_exp.h"
#include "weighing_state.h"

/* The factors for a tail. */
void weighing_density_spread(double tail, struct density_nodes *ret_nodes);

/* The plain normal. */
static inline double weighing_density_normal(double distance, double var)
{
	static const double inverse_root_2pi = .39894228040143268;
	double precision = 1 / var;

	return inverse_root_2pi * weighing_exp(-.5 * distance * distance * precision) *
	       sqrt(precision);
}

double weighing_density_at(double distance, double var, double tail);
double weighing_density_nodes(double distance, double var, const struct density_nodes *nodes);

/* Probability to lie below distance, of a plain normal. */
double weighing_density_below(double distance, double var);

/* E[1 / factor of the variance] given the distance: the weight of an outlier. */
double weighing_density_trust(double distance, double var, const struct density_nodes *nodes);

/* Of one blend of an outlook, with some variance more. */
double weighing_density_blend(const struct outlook *outlook, uint32_t blend, double distance,
                              double more_var);

/* Of a whole outlook: all its blends. */
double weighing_density_outlook(const struct outlook *outlook, double mass);
double weighing_density_outlook_below(const struct outlook *outlook, double mass);

#endif /* FIRMWARE_CORE_WEIGHING_DENSITY_H */
