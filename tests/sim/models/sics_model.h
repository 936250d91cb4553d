/* SPDX-License-Identifier: MIT */
/*
 * sics_model.h - an MT-SICS scale on the far end of a wire
 *
 * Written from the reference manual: S, SI, SIR, Z, ZI, T, TI, TAC, I4 and @, what
 * it does not know is answered ES.  Any command ends SIR.  The hands are the
 * load cell's and the misfortune's.
 */
#ifndef TESTS_SIM_MODELS_SICS_MODEL_H
#define TESTS_SIM_MODELS_SICS_MODEL_H

#include "misfortune.h"
#include "loadcell.h"

struct sics_model {
	struct hal_loop *loop;
	struct loadcell *cell;
	struct misfortune voice;
	struct hal_timer repeat;  /* of SIR */
	struct hal_timer waiting; /* for a stable weight, of S, Z and T */
	int64_t repeat_us;
	int64_t deadline_us;
	char awaited; /* which of them */
	char command[32];
	size_t command_len;
	bool knows_sir; /* cleared by a test: a scale that repeats nothing */
};

void sics_model_init(struct sics_model *model, struct hal_loop *loop, struct wire *wire,
                     struct loadcell *cell);

#endif /* TESTS_SIM_MODELS_SICS_MODEL_H */
