/* SPDX-License-Identifier: MIT */
/*
 * toledo_model.h - an indicator with Toledo continuous output
 *
 * Sends by itself, seven times a second, and hears nothing.  Written from the
 * indicators' manuals: STX, three status characters, displayed weight and tare
 * without a point, CR, optionally the check character.
 */
#ifndef TESTS_SIM_MODELS_TOLEDO_MODEL_H
#define TESTS_SIM_MODELS_TOLEDO_MODEL_H

#include "misfortune.h"
#include "loadcell.h"

struct toledo_model {
	struct hal_loop *loop;
	struct loadcell *cell;
	struct misfortune voice;
	struct hal_timer next;
	int64_t period_us;
	bool check_character;
	bool short_form; /* without the tare field */
	bool unzeroed;   /* just switched on: no zero was captured yet */
};

void toledo_model_init(struct toledo_model *model, struct hal_loop *loop, struct wire *wire,
                       struct loadcell *cell);

#endif /* TESTS_SIM_MODELS_TOLEDO_MODEL_H */
