/* SPDX-License-Identifier: MIT */
#include "weighing_density.h"

#include <math.h>

#define ROOT_TWO     1.41421356237309515
#define INV_ROOT_2PI .39894228040143268
#define TAIL_LEAST   .05 /* below it the quadrature changes nothing that shows */
#define NODES        3
#define ROOT_THREE   1.7320508075688772

static const double share[NODES] = { 1. / 6, 2. / 3, 1. / 6 };

/* Factors on the variance, of mean one. */
static void spread_nodes(double tail, double *factor)
{
	double up = exp(ROOT_THREE * tail), mean = share[0] / up + share[1] + share[2] * up;

	factor[0] = 1 / (up * mean);
	factor[1] = 1 / mean;
	factor[2] = up / mean;
}

static double normal(double distance, double var)
{
	return INV_ROOT_2PI * exp(-.5 * distance * distance / var) / sqrt(var);
}

static double normal_below(double distance, double var)
{
	return .5 * erfc(-distance / (ROOT_TWO * sqrt(var)));
}

double weighing_density_at(double distance, double var, double tail)
{
	double sum = 0, factor[NODES];

	if (tail < TAIL_LEAST)
		return normal(distance, var);
	spread_nodes(tail, factor);
	for (int i = 0; i < NODES; i++)
		sum += share[i] * normal(distance, var * factor[i]);
	return sum;
}

double weighing_density_below(double distance, double var, double tail)
{
	double sum = 0, factor[NODES];

	if (tail < TAIL_LEAST)
		return normal_below(distance, var);
	spread_nodes(tail, factor);
	for (int i = 0; i < NODES; i++)
		sum += share[i] * normal_below(distance, var * factor[i]);
	return sum;
}

double weighing_density_trust(double distance, double var, double tail)
{
	double sum = 1e-300, trusted = 1e-300, factor[NODES];

	if (tail < TAIL_LEAST)
		return 1;
	spread_nodes(tail, factor);
	for (int i = 0; i < NODES; i++) {
		double likely = share[i] * normal(distance, var * factor[i]);

		sum += likely;
		trusted += likely / factor[i];
	}
	return trusted / sum;
}

static double blend_tail(const struct outlook *outlook, uint32_t i)
{
	return i == 0 ? outlook->tail : 0;
}

double weighing_density_outlook(const struct outlook *outlook, double mass)
{
	double sum = 0;

	for (uint32_t i = 0; i < outlook->blend_count; i++) {
		const struct blend *b = &outlook->blends[i];

		sum += b->weight *
		       weighing_density_at(mass - b->mu, b->var, blend_tail(outlook, i));
	}
	return sum;
}

double weighing_density_outlook_below(const struct outlook *outlook, double mass)
{
	double sum = 0;

	for (uint32_t i = 0; i < outlook->blend_count; i++) {
		const struct blend *b = &outlook->blends[i];

		sum += b->weight *
		       weighing_density_below(mass - b->mu, b->var, blend_tail(outlook, i));
	}
	return fmin(sum, 1);
}
