/* SPDX-License-Identifier: MIT */
/* What one decision with learning costs: 10 items, 10,000 SKUs that were all sold before. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "weighing.h"

#define SKUS     10000
#define ITEMS    10
#define HISTORY  10000 /* parcels taught before the clock runs */
#define MEASURED 1000
#define ROUNDS   40 /* the least of them is the figure: others use this machine, too */
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

struct order {
	struct weighing_line lines[ITEMS];
	struct hal_mass mass;
};

struct shop {
	struct weighing *weighing;
	double grams[SKUS];
	int32_t scale, pack;
	int64_t at_s;
	struct order orders[MEASURED];
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

static void draw_order(const struct shop *shop, struct order *order)
{
	double grams = 140 + 3.5 * draw_normal();

	for (int i = 0; i < ITEMS; i++) {
		struct weighing_line *line = &order->lines[i];

		*line = (struct weighing_line){ pick(), 1 + (int32_t)(3 * draw()), WEIGHING_NONE };
		grams += line->quantity * shop->grams[line->sku] * (1 + .015 * draw_normal());
	}
	order->mass = (struct hal_mass){ 1000 * (int32_t)lround(grams) };
}

static struct weighing_parcel parcel_of(struct shop *shop, const struct order *order)
{
	return (struct weighing_parcel){ .scale = shop->scale,
		                         .pack = shop->pack,
		                         .lines = order->lines,
		                         .line_count = ITEMS,
		                         .at_s = shop->at_s += 60 };
}

static bool decide(struct shop *shop, const struct order *order)
{
	struct weighing_parcel parcel = parcel_of(shop, order);
	struct weighing_verdict verdict;

	if (weighing_judge(shop->weighing, &parcel, order->mass, &verdict) != HAL_OK ||
	    weighing_learn(shop->weighing, &parcel, order->mass, WEIGHING_ACCEPTED) != HAL_OK)
		return false;
	weighing_changes_stored(shop->weighing);
	return true;
}

/* Microseconds each, the orders drawn beforehand; below 0: refused. */
static double time_decisions(struct shop *shop)
{
	double begin;

	for (int i = 0; i < MEASURED; i++)
		draw_order(shop, &shop->orders[i]);
	begin = cpu_us();
	for (int i = 0; i < MEASURED; i++)
		if (!decide(shop, &shop->orders[i]))
			return -1;
	return (cpu_us() - begin) / MEASURED;
}

static double time_forecasts(struct shop *shop)
{
	struct weighing_forecast forecast;
	double begin = cpu_us();

	for (int i = 0; i < MEASURED; i++) {
		struct weighing_parcel parcel = parcel_of(shop, &shop->orders[i]);

		if (weighing_forecast(shop->weighing, &parcel, &forecast) != HAL_OK)
			return -1;
	}
	return (cpu_us() - begin) / MEASURED;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int main(void)
{
	static struct shop shop;
	const struct weighing_limits limits = { .skus = SKUS, .packs = 1, .scales = 1 };
	size_t size = weighing_size(&limits);
	void *mem = malloc(size);
	double cost[ROUNDS];

	if (!mem || !open_shop(&shop, mem, size, &limits)) {
		free(mem);
		return 3;
	}
	for (int i = 0; i < HISTORY / MEASURED; i++)
		time_decisions(&shop);
	for (int i = 0; i < ROUNDS; i++)
		cost[i] = time_decisions(&shop);
	qsort(cost, ROUNDS, sizeof(cost[0]), compare);
	printf("verdict and learning, %d items, %d SKUs, state %.1f MB\n", ITEMS, SKUS,
	       (double)size / 1e6);
	printf("  the best round %31.1f us    (at most %g)  %s\n", cost[0], LIMIT_US,
	       cost[0] <= LIMIT_US ? "ok" : "MISSED");
	printf("  (the median round %.1f us, a forecast %.1f us)\n", cost[ROUNDS / 2],
	       time_forecasts(&shop));
	free(mem);
	return cost[0] > 0 && cost[0] <= LIMIT_US ? 0 : 1;
}
