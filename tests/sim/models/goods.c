/* SPDX-License-Identifier: MIT */
#include "goods.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* What nobody publishes, as shops describe it: most weights are a little off, some are wrong. */
#define LITTLE_OFF    0.02
#define SHARE_WRONG   0.06
#define WRONG_BY      0.35
#define PIECE_SPREAD  0.012
#define LIGHTEST_MG   2000.0
#define HEAVIEST_MG   250000.0
#define SPREAD_MIN_MG 30.0

void goods_init(struct goods *goods, uint64_t seed)
{
	goods->seed = seed ? seed : 1;
	goods->count = 0;
}

/* xorshift64*, enough for parcels. */
double goods_draw(struct goods *goods)
{
	goods->seed ^= goods->seed >> 12;
	goods->seed ^= goods->seed << 25;
	goods->seed ^= goods->seed >> 27;
	return (double)((goods->seed * UINT64_C(2685821657736338717)) >> 11) / 9007199254740992.0;
}

double goods_draw_normal(struct goods *goods)
{
	double u = goods_draw(goods);

	return sqrt(-2.0 * log(u > 0 ? u : 1e-12)) * cos(6.283185307179586 * goods_draw(goods));
}

static struct good *look_up(const struct goods *goods, const char *sku)
{
	for (size_t i = 0; i < goods->count; i++)
		if (strcmp(goods->list[i].sku, sku) == 0)
			return (struct good *)(uintptr_t)&goods->list[i];
	return NULL;
}

const struct good *goods_find(const struct goods *goods, const char *sku)
{
	return look_up(goods, sku);
}

void goods_set(struct goods *goods, const char *sku, double mean_mg, double spread_mg)
{
	struct good *good = look_up(goods, sku);

	if (!good) {
		assert(goods->count < GOODS_MAX);
		good = &goods->list[goods->count++];
		snprintf(good->sku, sizeof(good->sku), "%s", sku);
	}
	good->mean_mg = mean_mg;
	good->spread_mg = spread_mg;
}

void goods_invent(struct goods *goods, const char *sku, double catalogue_mg)
{
	double mean = catalogue_mg;
	double spread;

	if (mean <= 0)
		mean = LIGHTEST_MG * pow(HEAVIEST_MG / LIGHTEST_MG, goods_draw(goods));
	else if (goods_draw(goods) < SHARE_WRONG)
		mean *= exp(WRONG_BY * goods_draw_normal(goods));
	else
		mean *= exp(LITTLE_OFF * goods_draw_normal(goods));
	spread = mean * PIECE_SPREAD * exp(0.5 * goods_draw_normal(goods));
	goods_set(goods, sku, mean, spread > SPREAD_MIN_MG ? spread : SPREAD_MIN_MG);
}

double goods_piece(struct goods *goods, const char *sku)
{
	const struct good *good = look_up(goods, sku);
	double piece;

	if (!good) {
		goods_invent(goods, sku, 0);
		good = look_up(goods, sku);
	}
	piece = good->mean_mg + good->spread_mg * goods_draw_normal(goods);
	return piece > 0 ? piece : 0;
}
