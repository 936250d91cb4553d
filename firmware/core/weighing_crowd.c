/* SPDX-License-Identifier: MIT */
#include "weighing_crowd.h"

#include <math.h>

#include "weighing_unit.h"

/* How many units a maker's lot lasts. */
#define LOT_UNITS        90.
#define INSERT_LOT_UNITS 400.

#define LN_HOPELESS   (-14.) /* a component that much less likely than the best is dropped */
#define DOUBT_LEAST   1e-4   /* of a word's being wrong that is worth a branch */
#define BRANCH_LEAST  .05    /* cost of merging that is worth a branch */
#define DENSITY_LEAST 1e-200
#define LN_2PI        1.8378770664093453

/* Lots come and go while units pass. */
static void age(struct component *c, double keep, double lot_var)
{
	c->lot *= keep;
	c->lot_slope *= keep;
	c->cross *= keep;
	c->lot_var = keep * keep * c->lot_var + (1 - keep * keep) * lot_var;
}

/*
 * A word on mean + share * lot, with variance; returns the logarithm of its density
 * beforehand.
 */
static double hear(struct component *c, double share, double value, double var)
{
	double a = c->mean_var + share * c->cross, b = c->cross + share * c->lot_var;
	double s = a + share * b + var;
	double v = value - c->mean - share * c->lot;
	double slope = c->mean_slope + share * c->lot_slope;

	c->mean += a / s * v;
	c->lot += b / s * v;
	c->mean_slope -= a / s * slope;
	c->lot_slope -= b / s * slope;
	c->mean_var -= a * a / s;
	c->cross -= a * b / s;
	c->lot_var -= b * b / s;
	return -.5 * (v * v / s + log(s) + LN_2PI);
}

void weighing_crowd_gather(const struct weighing *weighing, int32_t sku, struct crowd *crowd)
{
	const struct unit_record *unit = &weighing->units[sku];
	double spread = weighing_unit_spread(weighing, unit, NULL);

	crowd->count = (uint32_t)unit->component_count;
	crowd->at = unit->base_units;
	crowd->lot_units = weighing->unit_facts[sku].insert ? INSERT_LOT_UNITS : LOT_UNITS;
	for (uint32_t i = 0; i < crowd->count; i++) {
		struct walker *w = &crowd->walkers[i];

		w->c = unit->base[i];
		w->log_weight = log(w->c.weight);
		w->c.mean += w->c.mean_slope * weighing->model->bias;
		w->c.lot += w->c.lot_slope * weighing->model->bias;
		w->lot_var = LOT_SHARE * spread * w->c.mean * w->c.mean;
	}
}

void weighing_crowd_walk(struct crowd *crowd, double units)
{
	double keep;

	if (units <= crowd->at)
		return;
	keep = exp((crowd->at - units) / crowd->lot_units);
	crowd->at = units;
	for (uint32_t i = 0; i < crowd->count; i++)
		age(&crowd->walkers[i].c, keep, crowd->walkers[i].lot_var);
}

double weighing_crowd_heaviest(const struct crowd *crowd)
{
	double most = crowd->walkers[0].log_weight;

	for (uint32_t i = 1; i < crowd->count; i++)
		most = fmax(most, crowd->walkers[i].log_weight);
	return most;
}

static void drop_hopeless(struct crowd *crowd)
{
	double least = weighing_crowd_heaviest(crowd) + LN_HOPELESS;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < crowd->count; i++)
		if (crowd->walkers[i].log_weight >= least)
			crowd->walkers[kept++] = crowd->walkers[i];
	crowd->count = kept;
}

/* How much is lost by making one of two. */
static double merging_cost(const struct walker *a, const struct walker *b, double most)
{
	double wa = exp(a->log_weight - most), wb = exp(b->log_weight - most);
	double va = a->c.mean_var + 2 * a->c.cross + a->c.lot_var;
	double vb = b->c.mean_var + 2 * b->c.cross + b->c.lot_var;
	double d = a->c.mean + a->c.lot - b->c.mean - b->c.lot;

	return wa * wb / (wa + wb) * (d * d / (va + vb) + fabs(log(va / vb)) + 1e-9);
}

/* The second into the first, moments kept. */
static void merge(struct walker *a, const struct walker *b)
{
	double wb = 1 / (1 + exp(a->log_weight - b->log_weight)), wa = 1 - wb;
	double dm = b->c.mean - a->c.mean, dl = b->c.lot - a->c.lot;

	a->log_weight -= log(fmax(wa, 1e-300));
	a->lot_var = wa * a->lot_var + wb * b->lot_var;
	a->c.mean += wb * dm;
	a->c.lot += wb * dl;
	a->c.mean_slope += wb * (b->c.mean_slope - a->c.mean_slope);
	a->c.lot_slope += wb * (b->c.lot_slope - a->c.lot_slope);
	a->c.mean_var = wa * a->c.mean_var + wb * b->c.mean_var + wa * wb * dm * dm;
	a->c.cross = wa * a->c.cross + wb * b->c.cross + wa * wb * dm * dl;
	a->c.lot_var = wa * a->c.lot_var + wb * b->c.lot_var + wa * wb * dl * dl;
}

static void merge_cheapest(struct crowd *crowd)
{
	double most = weighing_crowd_heaviest(crowd), least = INFINITY;
	uint32_t into = 0, from = 1;

	for (uint32_t i = 0; i < crowd->count; i++)
		for (uint32_t j = i + 1; j < crowd->count; j++) {
			double cost = merging_cost(&crowd->walkers[i], &crowd->walkers[j], most);

			if (cost < least) {
				least = cost;
				into = i;
				from = j;
			}
		}
	if (crowd->walkers[into].log_weight < crowd->walkers[from].log_weight) {
		struct walker lighter = crowd->walkers[into];

		crowd->walkers[into] = crowd->walkers[from];
		crowd->walkers[from] = lighter;
	}
	merge(&crowd->walkers[into], &crowd->walkers[from]);
	crowd->walkers[from] = crowd->walkers[--crowd->count];
}

void weighing_crowd_thin(struct crowd *crowd, uint32_t most)
{
	drop_hopeless(crowd);
	while (crowd->count > most)
		merge_cheapest(crowd);
}

/* Where believing changes little, or is as good as sure, one component stands for both. */
static void branch(struct crowd *crowd, struct walker *w, const struct component *told,
                   double valid)
{
	struct walker believer = { w->lot_var, w->log_weight + log(valid), *told };

	w->log_weight += log(1 - valid);
	if (merging_cost(w, &believer, fmax(w->log_weight, believer.log_weight)) > BRANCH_LEAST)
		crowd->walkers[crowd->count++] = believer;
	else if (valid > .5) {
		merge(&believer, w);
		*w = believer;
	} else {
		merge(w, &believer);
	}
}

/* A word that may have been about a faulty parcel: believed, not believed, or both. */
void weighing_crowd_hear(struct crowd *crowd, const struct site *site, double keep)
{
	uint32_t count = crowd->count;

	for (uint32_t i = 0; i < count; i++) {
		struct walker *w = &crowd->walkers[i];
		struct component told = w->c;
		double var = 1 / site->precision + (1 - keep * keep) * w->lot_var;
		double density = exp(hear(&told, keep, site->value, var)) + DENSITY_LEAST;
		double valid = density / (density + site->doubt);

		w->log_weight += log(density + site->doubt);
		if (valid > 1 - DOUBT_LEAST) {
			w->c = told;
		} else if (valid > DOUBT_LEAST) {
			branch(crowd, w, &told, valid);
		}
	}
	if (crowd->count > 1)
		weighing_crowd_thin(crowd, CROWD);
}
