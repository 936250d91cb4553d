/* SPDX-License-Identifier: MIT */
/* What one decision with learning costs: 10 items, 10,000 SKUs that were all sold before. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "weighing.h"

#define SKUS     10000
#define ITEMS    10
#define HISTORY  20000 /* parcels taught before the clock runs */
#define MEASURED 20000
#define LIMIT_US 50.

static uint64_t dice = 88172645463325252u;

static double draw(void)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (double)(dice >> 11) / 9007199254740992.;
}

static double draw_normal(void)
{
	double a = 1 - draw(), b = draw();

	return sqrt(-2 * log(a)) * cos(6.283185307179586 * b);
}

static double cpu_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return 1e6 * (double)t.tv_sec + (double)t.tv_nsec / 1e3;
}

struct shop {
	struct weighing *weighing;
	double grams[SKUS];
	int32_t scale, pack;
	struct weighing_line lines[ITEMS];
	struct weighing_parcel parcel;
	struct hal_mass mass;
	int64_t at_s;
};

static bool open_shop(struct shop *shop, void *mem, size_t size,
                      const struct weighing_limits *limits)
{
	struct weighing_scale scale = { .name = "S", .step = { 1000 }, .e = { 1000 } };
	struct weighing_pack pack = { .name = "BX-M", .mean_mg = 140e3, .sd_mg = 3500 };
	char name[16];
	int32_t sku;

	shop->weighing = weighing_init(mem, size, limits);
	if (!shop->weighing || weighing_scale_add(shop->weighing, &scale, &shop->scale) != HAL_OK ||
	    weighing_pack_add(shop->weighing, &pack, &shop->pack) != HAL_OK)
		return false;
	for (int i = 0; i < SKUS; i++) {
		struct weighing_sku facts = { .name = name };

		snprintf(name, sizeof(name), "SKU%05d", i);
		shop->grams[i] = exp(3.4 + .9 * draw_normal());
		facts.catalogue.mg = 1000 * (int32_t)lround(shop->grams[i]);
		if (weighing_sku_add(shop->weighing, &facts, &sku) != HAL_OK)
			return false;
	}
	return true;
}

/* Half of the goods are a tenth of the catalogue. */
static int32_t pick(void)
{
	double share = draw();

	return (int32_t)(share < .5 ? draw() * SKUS / 10 : draw() * SKUS);
}

static void pack_parcel(struct shop *shop)
{
	double grams = 140 + 3.5 * draw_normal();

	for (int i = 0; i < ITEMS; i++) {
		struct weighing_line *line = &shop->lines[i];

		*line = (struct weighing_line){ pick(), 1 + (int32_t)(3 * draw()), WEIGHING_NONE };
		grams += line->quantity * shop->grams[line->sku] * (1 + .015 * draw_normal());
	}
	shop->at_s += 60;
	shop->mass = (struct hal_mass){ 1000 * (int32_t)lround(grams) };
	shop->parcel = (struct weighing_parcel){ .scale = shop->scale,
		                                 .pack = shop->pack,
		                                 .lines = shop->lines,
		                                 .line_count = ITEMS,
		                                 .at_s = shop->at_s };
}

static bool decide(struct shop *shop)
{
	struct weighing_forecast forecast;
	struct weighing_verdict verdict;

	return weighing_forecast(shop->weighing, &shop->parcel, &forecast) == HAL_OK &&
	       weighing_judge(shop->weighing, &shop->parcel, shop->mass, &verdict) == HAL_OK &&
	       weighing_learn(shop->weighing, &shop->parcel, shop->mass, WEIGHING_ACCEPTED) ==
	               HAL_OK;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static bool measure(struct shop *shop, double *cost)
{
	for (int i = 0; i < HISTORY + MEASURED; i++) {
		double begin;

		pack_parcel(shop);
		begin = cpu_us();
		if (!decide(shop))
			return false;
		weighing_changes_stored(shop->weighing);
		if (i >= HISTORY)
			cost[i - HISTORY] = cpu_us() - begin;
	}
	return true;
}

int main(void)
{
	static struct shop shop;
	static double cost[MEASURED];
	const struct weighing_limits limits = { .skus = SKUS, .packs = 1, .scales = 1 };
	size_t size = weighing_size(&limits);
	void *mem = malloc(size);
	double sum = 0;

	if (!mem || !open_shop(&shop, mem, size, &limits) || !measure(&shop, cost)) {
		free(mem);
		return 3;
	}
	for (int i = 0; i < MEASURED; i++)
		sum += cost[i];
	qsort(cost, MEASURED, sizeof(cost[0]), compare);
	sum /= MEASURED;
	printf("forecast, verdict and learning, %d items, %d SKUs: mean %.1f us, median %.1f, "
	       "99 %% below %.1f (limit %.0f); state %.1f MB\n",
	       ITEMS, SKUS, sum, cost[MEASURED / 2], cost[MEASURED * 99 / 100], LIMIT_US,
	       (double)size / 1e6);
	free(mem);
	return sum <= LIMIT_US ? 0 : 1;
}
