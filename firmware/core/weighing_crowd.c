/* SPDX-License-Identifier: MIT */
#include "weighing_crowd.h"

#include <math.h>

#include "weighing_unit.h"

/* How many units a maker's lot lasts. */
#define LOT_UNITS        90.
#define INSERT_LOT_UNITS 400.

#define HOPELESS      1e-6 /* a component that much less likely than the best is dropped */
#define ALIKE         3.
#define WAY_LEAST     1e-6 /* relative to the best */
#define BRANCH_LEAST  .05  /* cost of merging that is worth a branch */
#define DENSITY_LEAST 1e-200
#define INV_ROOT_2PI  .39894228040143268

/* Lots come and go while units pass. */
static void age(struct component *c, double keep, double lot_var)
{
	c->lot *= keep;
	c->lot_slope *= keep;
	c->cross *= keep;
	c->lot_var = keep * keep * c->lot_var + (1 - keep * keep) * lot_var;
}

/*
 * A word on mean + share * lot, with variance; returns its density beforehand.
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
	return INV_ROOT_2PI * exp(-.5 * v * v / s) / sqrt(s);
}

void weighing_crowd_gather(const struct weighing *weighing, int32_t sku, double spread,
                           struct crowd *crowd)
{
	const struct unit_record *unit = &weighing->units[sku];
	double bias = weighing->model->bias_shown;

	crowd->count = (uint32_t)unit->component_count;
	crowd->at = unit->base_units;
	crowd->lot_units = weighing->unit_facts[sku].insert ? INSERT_LOT_UNITS : LOT_UNITS;
	for (uint32_t i = 0; i < crowd->count; i++) {
		struct walker *w = &crowd->walkers[i];

		w->c = unit->base[i];
		w->weight = w->c.weight;
		w->c.mean += w->c.mean_slope * bias;
		w->c.lot += w->c.lot_slope * bias;
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

static const struct walker *heaviest(const struct crowd *crowd)
{
	const struct walker *most = &crowd->walkers[0];

	for (uint32_t i = 1; i < crowd->count; i++)
		if (crowd->walkers[i].weight > most->weight)
			most = &crowd->walkers[i];
	return most;
}

double weighing_crowd_heaviest(const struct crowd *crowd)
{
	return heaviest(crowd)->weight;
}

/* The heaviest weighs one from here on. */
static void drop_hopeless(struct crowd *crowd)
{
	double most = weighing_crowd_heaviest(crowd);
	uint32_t kept = 0;

	for (uint32_t i = 0; i < crowd->count; i++) {
		crowd->walkers[i].weight /= most;
		if (crowd->walkers[i].weight >= HOPELESS)
			crowd->walkers[kept++] = crowd->walkers[i];
	}
	crowd->count = kept;
}

/* How much is lost by making one of two; weights relative to the heaviest. */
static double merging_cost(const struct walker *a, const struct walker *b)
{
	double va = a->c.mean_var + 2 * a->c.cross + a->c.lot_var;
	double vb = b->c.mean_var + 2 * b->c.cross + b->c.lot_var;
	double d = a->c.mean + a->c.lot - b->c.mean - b->c.lot;

	return a->weight * b->weight / (a->weight + b->weight) *
	       (d * d / (va + vb) + fabs(va - vb) / sqrt(va * vb) + 1e-9);
}

/* The second into the first, moments kept. */
static void merge(struct walker *a, const struct walker *b)
{
	double wb = b->weight / (a->weight + b->weight), wa = 1 - wb;
	double dm = b->c.mean - a->c.mean, dl = b->c.lot - a->c.lot;

	a->weight += b->weight;
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
	double least = INFINITY;
	uint32_t into = 0, from = 1;

	for (uint32_t i = 0; i < crowd->count; i++)
		for (uint32_t j = i + 1; j < crowd->count; j++) {
			double cost = merging_cost(&crowd->walkers[i], &crowd->walkers[j]);

			if (cost < least) {
				least = cost;
				into = i;
				from = j;
			}
		}
	if (crowd->walkers[into].weight < crowd->walkers[from].weight) {
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

/* Nearer to each other than units of one lot are: no parcel could tell them apart. */
static bool alike(const struct walker *a, const struct walker *b, double scatter)
{
	double va = a->c.mean_var + 2 * a->c.cross + a->c.lot_var;
	double vb = b->c.mean_var + 2 * b->c.cross + b->c.lot_var;
	double d = a->c.mean + a->c.lot - b->c.mean - b->c.lot;
	double grain = fmin(va, vb) + scatter;

	return d * d < ALIKE * grain && fmax(va, vb) < ALIKE * grain;
}

void weighing_crowd_settle(struct crowd *crowd, double spread)
{
	double mean = heaviest(crowd)->c.mean, scatter = spread * mean * mean;

	for (uint32_t i = 0; i < crowd->count; i++)
		for (uint32_t j = i + 1; j < crowd->count; j++)
			if (alike(&crowd->walkers[i], &crowd->walkers[j], scatter)) {
				merge(&crowd->walkers[i], &crowd->walkers[j]);
				crowd->walkers[j--] = crowd->walkers[--crowd->count];
			}
}

/* The ways a word can be taken, by weight. */
struct ways {
	struct component c[3];
	double weight[3];
	int count;
};

static void add_way(struct ways *ways, const struct component *c, double weight)
{
	ways->c[ways->count] = *c;
	ways->weight[ways->count++] = weight;
}

/* A lot of its own: nothing is known of its departure but how far lots depart. */
static struct component new_lot(const struct walker *w)
{
	struct component c = w->c;

	c.lot = c.lot_slope = c.cross = 0;
	c.lot_var = w->lot_var;
	return c;
}

/* The heaviest way is the walker's; others join it where that costs little. */
static void take_ways(struct crowd *crowd, struct walker *w, const struct ways *ways)
{
	double before = w->weight, branch = BRANCH_LEAST * before;
	int most = 0;

	for (int i = 1; i < ways->count; i++)
		most = ways->weight[i] > ways->weight[most] ? i : most;
	w->c = ways->c[most];
	w->weight = before * ways->weight[most];
	branch *= ways->weight[most];
	for (int i = 0; i < ways->count; i++) {
		struct walker other = { w->lot_var, before * ways->weight[i], ways->c[i] };

		if (i == most || ways->weight[i] < WAY_LEAST * ways->weight[most])
			continue;
		if (merging_cost(w, &other) > branch)
			crowd->walkers[crowd->count++] = other;
		else
			merge(w, &other);
	}
}

/* How a walker may take a word: of the same lot, of a new one, or about a faulty parcel. */
static void hear_walker(struct crowd *crowd, struct walker *w, const struct site *site,
                        double changed, double keep)
{
	double var = 1 / site->precision + (1 - keep * keep) * w->lot_var, density;
	struct component same = w->c, fresh = new_lot(w), deaf = w->c;
	struct ways ways = { .count = 0 };

	density = hear(&same, keep, site->value, var);
	add_way(&ways, &same, (1 - changed) * density + DENSITY_LEAST);
	if (changed > 0) {
		density = hear(&fresh, keep, site->value, var);
		add_way(&ways, &fresh, changed * density);
		age(&deaf, 1 - changed, w->lot_var);
	}
	add_way(&ways, &deaf, site->doubt);
	take_ways(crowd, w, &ways);
}

void weighing_crowd_hear(struct crowd *crowd, const struct site *site, double keep)
{
	double changed =
		site->units > crowd->at ? 1 - exp((crowd->at - site->units) / crowd->lot_units) : 0;
	uint32_t count = crowd->count;

	for (uint32_t i = 0; i < count; i++)
		hear_walker(crowd, &crowd->walkers[i], site, keep < 1 ? 0 : changed, keep);
	if (keep >= 1)
		crowd->at = fmax(crowd->at, site->units);
	weighing_crowd_thin(crowd, CROWD);
}
