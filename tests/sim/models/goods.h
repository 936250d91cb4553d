/* SPDX-License-Identifier: MIT */
/*
 * goods.h - what things really weigh, which nobody at the bench knows
 *
 * Every SKU and packaging has a true mean of its own near its catalogue weight
 * (now and then far from it), and every piece departs from that mean.  Drawn from
 * a seed, so that a run can be repeated.
 *
 * Units:      milligrams.
 */
#ifndef TESTS_SIM_MODELS_GOODS_H
#define TESTS_SIM_MODELS_GOODS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GOODS_MAX  4096
#define GOODS_NAME 48

struct good {
	char sku[GOODS_NAME];
	double mean_mg;
	double spread_mg; /* one standard deviation from piece to piece */
};

struct goods {
	uint64_t seed;
	size_t count;
	struct good list[GOODS_MAX];
};

void goods_init(struct goods *goods, uint64_t seed);

/* Evenly in 0 to below 1; normally around 0 with deviation 1. */
double goods_draw(struct goods *goods);
double goods_draw_normal(struct goods *goods);

/* Sets a true weight; the same SKU again replaces it. */
void goods_set(struct goods *goods, const char *sku, double mean_mg, double spread_mg);

/* Draws a true weight for a SKU of which the catalogue says catalogue_mg (0: nothing). */
void goods_invent(struct goods *goods, const char *sku, double catalogue_mg);

/* NULL when nobody set or invented it. */
const struct good *goods_find(const struct goods *goods, const char *sku);

/* The weight of one more piece; an unknown SKU is invented without a catalogue. */
double goods_piece(struct goods *goods, const char *sku);

#endif /* TESTS_SIM_MODELS_GOODS_H */
