/* SPDX-License-Identifier: MIT */
/*
 * toledo8217_model.h - a checkout scale that answers single letters (Toledo 8217)
 *
 * W is answered with a weight only when there is one to give: at rest, not below
 * zero, not over capacity; otherwise, and to Z, with a question mark and a status
 * byte.  Written from the service manual; speaks with even parity when told to.
 */
#ifndef TESTS_SIM_MODELS_TOLEDO8217_MODEL_H
#define TESTS_SIM_MODELS_TOLEDO8217_MODEL_H

#include "loadcell.h"
#include "misfortune.h"

struct toledo8217_model {
	struct loadcell *cell;
	struct misfortune voice;
	bool shy;           /* repeats no weight: an empty status until it changes */
	int64_t told_grams; /* what it last said, for a shy one */
	unsigned asked;     /* how often a weight was asked for */
};

void toledo8217_model_init(struct toledo8217_model *model, struct wire *wire,
                           struct loadcell *cell);

#endif /* TESTS_SIM_MODELS_TOLEDO8217_MODEL_H */
