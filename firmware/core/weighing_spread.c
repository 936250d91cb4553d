/* SPDX-License-Identifier: MIT */
#include "weighing_spread.h"

#include <math.h>

#include "weighing_density.h"
#include "weighing_outlook.h"
#include "weighing_unit.h"

#define TRUST_LEAST   .3
#define TAIL_FORGET   .001
#define TAIL_MOST     1.44
#define VAR_LEAST     1e-4
#define NODES         5
#define DENSITY_LEAST 1e-30

/* Gauss-Hermite for a standard normal. */
static const double node[NODES] = { -2.8569700138728056, -1.3556261799742659, 0, 1.3556261799742659,
	                            2.8569700138728056 };
static const double weight[NODES] = { .011257411327720693, .22207592200561266, .53333333333333333,
	                              .22207592200561266, .011257411327720693 };

/* A logarithm of a variance, as believed. */
struct guess {
	double mean, var;
};

/* How a parcel's variance hangs on it: rest + part * exp(slope * departure from the mean). */
struct hinge {
	const struct density_nodes *nodes;
	double distance;
	double rest, part, slope;
};

static double likelihood(const struct hinge *hinge, double departure)
{
	double var = hinge->rest + hinge->part * weighing_exp(hinge->slope * departure);

	return weighing_density_nodes(hinge->distance, var, hinge->nodes) + DENSITY_LEAST;
}

/* Moments after the parcel, r the probability that it says anything. */
static struct guess refine(const struct guess *before, const struct hinge *hinge, double r)
{
	double sd = sqrt(before->var), sum = 0, first = 0, second = 0, shift, var;

	for (int i = 0; i < NODES; i++) {
		double departure = sd * node[i], w = weight[i] * likelihood(hinge, departure);

		sum += w;
		first += w * departure;
		second += w * departure * departure;
	}
	shift = first / sum;
	var = second / sum - shift * shift;
	return (struct guess){
		.mean = before->mean + r * shift,
		.var = fmax(r * var + (1 - r) * before->var + r * (1 - r) * shift * shift,
		            VAR_LEAST),
	};
}

/* Information kept apart from the prior, so that the prior may move. */
static void teach(const struct guess *prior, const struct hinge *hinge, double r, double *info,
                  double *eta)
{
	struct guess guess = { .var = 1 / (1 / prior->var + *info) };

	guess.mean = guess.var * (prior->mean / prior->var + *eta);
	guess = refine(&guess, hinge, r);
	*info = fmax(1 / guess.var - 1 / prior->var, 0);
	*eta = guess.mean * (1 / prior->var + *info) - prior->mean / prior->var;
}

/* scatter: the part's expectation; it is larger than the exponential of its mean. */
static struct hinge hinge_of(const struct outlook *outlook, double mass,
                             const struct density_nodes *nodes, double scatter, double doubt)
{
	const struct blend *base = &outlook->blends[0];

	return (struct hinge){
		.nodes = nodes,
		.distance = mass - base->mu,
		.rest = fmax(base->var - scatter, VAR_LEAST),
		.part = scatter * weighing_unit_typical(doubt),
		.slope = 1,
	};
}

static void teach_units(struct weighing *weighing, const struct outlook *outlook, double mass,
                        const struct density_nodes *nodes, double r)
{
	const struct guess prior = { weighing->model->spread, LOG_C2_DOUBT };

	for (uint32_t i = 0; i < outlook->line_count; i++) {
		const struct outlook_line *line = &outlook->lines[i];
		struct unit_record *unit = &weighing->units[line->sku];
		struct hinge hinge = hinge_of(outlook, mass, nodes, line->quantity * line->scatter,
		                              line->belief.spread_doubt);

		teach(&prior, &hinge, r, &unit->spread_info, &unit->spread_eta);
	}
}

/* What is common to all goods: each follows it as far as it has learnt nothing of its own. */
static void teach_common(struct weighing *weighing, const struct outlook *outlook, double mass,
                         const struct density_nodes *nodes, double r)
{
	struct guess common = { weighing->model->spread, weighing->model->spread_var };
	double scatter = 0, slope = 0;
	struct hinge hinge;

	for (uint32_t i = 0; i < outlook->line_count; i++) {
		const struct outlook_line *line = &outlook->lines[i];
		double part = line->quantity * line->scatter;

		if (line->insert)
			continue;
		scatter += part;
		slope += part * line->belief.spread_doubt / LOG_C2_DOUBT;
	}
	if (scatter <= 0)
		return;
	hinge = hinge_of(outlook, mass, nodes, scatter, 0);
	hinge.slope = slope / scatter;
	common = refine(&common, &hinge, r);
	weighing->model->spread = common.mean;
	weighing->model->spread_var = common.var;
}

static void teach_packs(struct weighing *weighing, const struct outlook *outlook, double mass,
                        const struct density_nodes *nodes, double r)
{
	for (uint32_t i = 0; i < outlook->around.pack_count; i++) {
		struct pack_record *pack = &weighing->packs[outlook->around.packs[i]];
		const struct guess prior = { 0, pack->spread_doubt };
		double doubt, scatter = weighing_outlook_pack_scatter(pack, &doubt);
		struct hinge hinge = hinge_of(outlook, mass, nodes,
		                              outlook->around.pack_factor * scatter, doubt);

		teach(&prior, &hinge, r, &pack->spread_info, &pack->spread_eta);
	}
}

static void teach_scale(struct weighing *weighing, const struct outlook *outlook, double mass,
                        const struct density_nodes *nodes, double r)
{
	struct scale_record *scale = &weighing->scales[outlook->around.scale];
	const struct guess prior = { 0, NOISE_DOUBT };
	struct hinge hinge;
	double doubt;

	weighing_outlook_noise(weighing, outlook->around.scale, &doubt);
	hinge = hinge_of(outlook, mass, nodes, outlook->around.noise_var, doubt);
	teach(&prior, &hinge, r, &scale->noise_info, &scale->noise_eta);
}

/* Which of the candidate tails foretold this parcel best. */
static void teach_tails(struct weighing *weighing, const struct outlook *outlook, double mass,
                        double r)
{
	const struct blend *base = &outlook->blends[0];
	double doubt = outlook->scatter_doubt / (base->var * base->var), sum = 0;
	double *tail = weighing->model->tail;

	for (int i = 0; i < TAILS; i++) {
		double width = sqrt(fmin(weighing_outlook_tail_var[i] + doubt, TAIL_MOST));

		tail[i] *= pow(weighing_density_at(mass - base->mu, base->var, width) + 1e-12, r);
		sum += tail[i];
	}
	for (int i = 0; i < TAILS; i++)
		tail[i] = (1 - TAIL_FORGET) * tail[i] / sum + TAIL_FORGET / TAILS;
}

void weighing_spread_teach(struct weighing *weighing, const struct outlook *outlook, double mass,
                           double r)
{
	struct density_nodes nodes;
	double tail = 0;

	if (r < TRUST_LEAST)
		return;
	for (int i = 0; i < TAILS; i++)
		tail += weighing->model->tail[i] * weighing_outlook_tail_var[i];
	weighing_density_spread(sqrt(tail), &nodes);
	teach_units(weighing, outlook, mass, &nodes, r);
	teach_common(weighing, outlook, mass, &nodes, r);
	teach_packs(weighing, outlook, mass, &nodes, r);
	teach_scale(weighing, outlook, mass, &nodes, r);
	teach_tails(weighing, outlook, mass, r);
}
