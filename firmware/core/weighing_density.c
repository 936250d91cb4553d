/* SPDX-License-Identifier: MIT */
#include "weighing_density.h"

#include <math.h>

#define ROOT_TWO     1.41421356237309515
#define INV_ROOT_2PI .39894228040143268
#define TAIL_LEAST   .05 /* below it the quadrature changes nothing that shows */
#define ROOT_THREE   1.7320508075688772

static const double share[TAIL_NODES] = { 1. / 6, 2. / 3, 1. / 6 };

void weighing_density_spread(double tail, struct density_nodes *ret_nodes)
{
	double up, mean;

	*ret_nodes = (struct density_nodes){
		.count = 1, .share = { 1 }, .factor = { 1 }, .narrow = { 1 }, .height = { 1 }
	};
	if (tail < TAIL_LEAST)
		return;
	up = weighing_exp(ROOT_THREE * tail);
	mean = share[0] / up + share[1] + share[2] * up;
	ret_nodes->count = TAIL_NODES;
	ret_nodes->factor[0] = 1 / (up * mean);
	ret_nodes->factor[1] = 1 / mean;
	ret_nodes->factor[2] = up / mean;
	for (int i = 0; i < TAIL_NODES; i++) {
		ret_nodes->share[i] = share[i];
		ret_nodes->narrow[i] = 1 / ret_nodes->factor[i];
		ret_nodes->height[i] = share[i] * sqrt(ret_nodes->narrow[i]);
	}
}

static double normal_below(double distance, double var)
{
	return .5 * erfc(-distance / (ROOT_TWO * sqrt(var)));
}

double weighing_density_nodes(double distance, double var, const struct density_nodes *nodes)
{
	double sum = 0, precision = 1 / var, half = -.5 * distance * distance * precision;

	for (int i = 0; i < nodes->count; i++)
		sum += nodes->height[i] * weighing_exp(half * nodes->narrow[i]);
	return sum * INV_ROOT_2PI * sqrt(precision);
}

double weighing_density_at(double distance, double var, double tail)
{
	struct density_nodes nodes;

	if (tail < TAIL_LEAST)
		return weighing_density_normal(distance, var);
	weighing_density_spread(tail, &nodes);
	return weighing_density_nodes(distance, var, &nodes);
}

static double below_nodes(double distance, double var, const struct density_nodes *nodes)
{
	double sum = 0;

	for (int i = 0; i < nodes->count; i++)
		sum += nodes->share[i] * normal_below(distance, var * nodes->factor[i]);
	return sum;
}

double weighing_density_below(double distance, double var)
{
	return normal_below(distance, var);
}

double weighing_density_trust(double distance, double var, const struct density_nodes *nodes)
{
	double sum = 1e-300, trusted = 1e-300, half = -.5 * distance * distance / var;

	for (int i = 0; i < nodes->count; i++) {
		double likely = nodes->height[i] * weighing_exp(half * nodes->narrow[i]);

		sum += likely;
		trusted += likely * nodes->narrow[i];
	}
	return trusted / sum;
}

double weighing_density_blend(const struct outlook *outlook, uint32_t blend, double distance,
                              double more_var)
{
	double var = outlook->blends[blend].var + more_var;

	return blend == 0 ? weighing_density_nodes(distance, var, &outlook->nodes)
	                  : weighing_density_normal(distance, var);
}

double weighing_density_outlook(const struct outlook *outlook, double mass)
{
	double sum = 0;

	for (uint32_t i = 0; i < outlook->blend_count; i++) {
		const struct blend *b = &outlook->blends[i];

		sum += b->weight * weighing_density_blend(outlook, i, mass - b->mu, 0);
	}
	return sum;
}

double weighing_density_outlook_below(const struct outlook *outlook, double mass)
{
	const struct blend *base = &outlook->blends[0];
	double sum = base->weight * below_nodes(mass - base->mu, base->var, &outlook->nodes);

	for (uint32_t i = 1; i < outlook->blend_count; i++) {
		const struct blend *b = &outlook->blends[i];

		sum += b->weight * normal_below(mass - b->mu, b->var);
	}
	return fmin(sum, 1);
}
