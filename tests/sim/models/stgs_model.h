/* SPDX-License-Identifier: MIT */
/*
 * stgs_model.h - a bench scale that prints ST,GS lines without being asked
 *
 * The layouts are those of lines printed in makers' manuals or captured from
 * their scales; nothing but the layout differs between them.
 */
#ifndef TESTS_SIM_MODELS_STGS_MODEL_H
#define TESTS_SIM_MODELS_STGS_MODEL_H

#include "misfortune.h"
#include "loadcell.h"

enum stgs_maker {
	STGS_QHW,      /* "ST,GS,   245.6 g" */
	STGS_NHB,      /* "ST,GS    20.7g  ": no second comma */
	STGS_SELLETON, /* "ST, GS+ 5.12KG" */
	STGS_KFN,      /* "ST,GS 1.000KG" */
	STGS_CAS,      /* 22 bytes, a lamp byte with its high bit set */
};

struct stgs_model {
	struct hal_loop *loop;
	struct loadcell *cell;
	struct misfortune voice;
	struct hal_timer next;
	int64_t period_us;
	enum stgs_maker maker;
};

void stgs_model_init(struct stgs_model *model, struct hal_loop *loop, struct wire *wire,
                     struct loadcell *cell, enum stgs_maker maker);

#endif /* TESTS_SIM_MODELS_STGS_MODEL_H */
