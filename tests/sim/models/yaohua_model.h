/* SPDX-License-Identifier: MIT */
/*
 * yaohua_model.h - an XK3190 indicator with its continuous output of twelve bytes
 *
 * Sends by itself and hears nothing: a sign, six digits, where the point is, a check.
 * It says neither whether the weight is at rest nor its unit.  Written from the
 * makers' manuals (A9, A26); grams with one decimal.
 */
#ifndef TESTS_SIM_MODELS_YAOHUA_MODEL_H
#define TESTS_SIM_MODELS_YAOHUA_MODEL_H

#include "loadcell.h"
#include "misfortune.h"

struct yaohua_model {
	struct hal_loop *loop;
	struct loadcell *cell;
	struct misfortune voice;
	struct hal_timer next;
	int64_t period_us;
};

void yaohua_model_init(struct yaohua_model *model, struct hal_loop *loop, struct wire *wire,
                       struct loadcell *cell);

#endif /* TESTS_SIM_MODELS_YAOHUA_MODEL_H */
