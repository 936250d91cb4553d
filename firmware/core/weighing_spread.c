/* SPDX-License-Identifier: MIT */
#include "weighing_spread.h"

#include <math.h>

#include "weighing_density.h"
#include "weighing_outlook.h"
#include "weighing_unit.h"

#define SURPRISE_MOST 9. /* squared innovations beyond it are outliers, not news */
#define TRUST_LEAST   .3
#define TAIL_FORGET   .001

/* Adds to a log variance of the given mean what one share of the surprise says. */
static void teach(double share, double surprise, double r, double mean, double *info, double *eta)
{
	double taught = r * share * share / 2;

	*info += taught;
	*eta += taught * mean + r * share / 2 * surprise;
}

static void teach_units(struct weighing *weighing, const struct outlook *outlook, double surprise,
                        double r)
{
	double whole = outlook->blends[0].var, common = 0, gain;
	struct model_record *model = weighing->model;

	for (uint32_t i = 0; i < outlook->line_count; i++) {
		const struct outlook_line *line = &outlook->lines[i];
		struct unit_record *unit = &weighing->units[line->sku];
		double share = line->quantity * line->scatter / whole;
		double doubt = 1 / (1 / LOG_C2_DOUBT + unit->spread_info);
		double mean = doubt * (model->spread / LOG_C2_DOUBT + unit->spread_eta);

		if (!line->insert)
			common += share * doubt / LOG_C2_DOUBT;
		teach(share, surprise, r, mean, &unit->spread_info, &unit->spread_eta);
	}
	gain = model->spread_var * common / (common * common * model->spread_var + 2);
	model->spread += r * gain * surprise;
	model->spread_var -= r * gain * common * model->spread_var;
}

static void teach_packs(struct weighing *weighing, const struct outlook *outlook, double surprise,
                        double r)
{
	for (uint32_t i = 0; i < outlook->around.pack_count; i++) {
		struct pack_record *pack = &weighing->packs[outlook->around.packs[i]];
		double doubt, scatter = weighing_outlook_pack_scatter(pack, &doubt);

		teach(outlook->around.pack_factor * scatter / outlook->blends[0].var, surprise, r,
		      doubt * pack->spread_eta, &pack->spread_info, &pack->spread_eta);
	}
}

static void teach_scale(struct weighing *weighing, const struct outlook *outlook, double surprise,
                        double r)
{
	struct scale_record *scale = &weighing->scales[outlook->around.scale];
	double doubt;

	weighing_outlook_noise(weighing, outlook->around.scale, &doubt);
	teach(outlook->around.noise_var / outlook->blends[0].var, surprise, r,
	      doubt * scale->noise_eta, &scale->noise_info, &scale->noise_eta);
}

/* Which of the candidate tails foretold this parcel best. */
static void teach_tails(struct weighing *weighing, const struct outlook *outlook, double mass,
                        double r)
{
	const struct blend *base = &outlook->blends[0];
	double doubt = outlook->scatter_doubt / (base->var * base->var), sum = 0;
	double *tail = weighing->model->tail;

	for (int i = 0; i < TAILS; i++) {
		double width = sqrt(fmin(weighing_outlook_tail_var[i] + doubt, 1.44));

		tail[i] *= pow(weighing_density_at(mass - base->mu, base->var, width) + 1e-12, r);
		sum += tail[i];
	}
	for (int i = 0; i < TAILS; i++)
		tail[i] = (1 - TAIL_FORGET) * tail[i] / sum + TAIL_FORGET / TAILS;
}

void weighing_spread_teach(struct weighing *weighing, const struct outlook *outlook, double mass,
                           double r)
{
	const struct blend *base = &outlook->blends[0];
	double v = mass - base->mu;
	double surprise = fmin(v * v / base->var, SURPRISE_MOST) - 1;

	if (r < TRUST_LEAST)
		return;
	teach_units(weighing, outlook, surprise, r);
	teach_packs(weighing, outlook, surprise, r);
	teach_scale(weighing, outlook, surprise, r);
	teach_tails(weighing, outlook, mass, r);
}
