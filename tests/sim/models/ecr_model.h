/* SPDX-License-Identifier: MIT */
/*
 * ecr_model.h - a scale for cash registers: ENQ, ACK, DC1, frame with a check
 *
 * Written from the transmission standard of such scales.
 */
#ifndef TESTS_SIM_MODELS_ECR_MODEL_H
#define TESTS_SIM_MODELS_ECR_MODEL_H

#include "loadcell.h"
#include "misfortune.h"

struct ecr_model {
	struct loadcell *cell;
	struct misfortune voice;
	bool busy; /* answers ENQ with NAK */
};

void ecr_model_init(struct ecr_model *model, struct wire *wire, struct loadcell *cell);

#endif /* TESTS_SIM_MODELS_ECR_MODEL_H */
