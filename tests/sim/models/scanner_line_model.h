/* SPDX-License-Identifier: MIT */
/*
 * scanner_line_model.h - a barcode scanner on a serial line or a virtual one
 *
 * Sends each code it reads down its wire, dressed as it was set up: prefix, AIM
 * identifier, code, ending.
 */
#ifndef TESTS_SIM_MODELS_SCANNER_LINE_MODEL_H
#define TESTS_SIM_MODELS_SCANNER_LINE_MODEL_H

#include <stdbool.h>

#include "wire.h"

struct scanner_line_model {
	struct wire *wire;
	/* How the scanner is set up; change at will. */
	const char *prefix;    /* "" */
	const char *symbology; /* put in front of each code: "]C0", or "" */
	const char *ending;    /* "\r" */
	bool id_first;         /* the identifier stands before the prefix */
	bool asleep;           /* misfortune: the next code loses its first byte on waking */
};

/* Ends codes with CR, adds nothing. */
void scanner_line_model_init(struct scanner_line_model *model, struct wire *wire);

/* Pulls the trigger. */
void scanner_line_model_read(struct scanner_line_model *model, const char *text);

#endif /* TESTS_SIM_MODELS_SCANNER_LINE_MODEL_H */
