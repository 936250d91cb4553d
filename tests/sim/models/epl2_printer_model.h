/* SPDX-License-Identifier: MIT */
/*
 * epl2_printer_model.h - an EPL2 printer on the far end of a wire
 *
 * Written from the EPL2 manual, never from the driver: lines, an image buffer
 * that N clears, GW with raw bytes whose 0 is black, P that prints, ^ee that
 * answers one code, the most urgent trouble first.
 */
#ifndef TESTS_SIM_MODELS_EPL2_PRINTER_MODEL_H
#define TESTS_SIM_MODELS_EPL2_PRINTER_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "press.h"
#include "wire.h"

#define EPL2_LINE_MAX 64

struct epl2_printer_model {
	struct wire *wire;
	struct press press;
	bool mute;
	/* State. */
	char line[EPL2_LINE_MAX];
	size_t line_len;
	size_t binary_left; /* of a GW under way */
	uint32_t x, y, columns, at;
	uint8_t *image; /* 1 is black */
	uint32_t width_dots, height_dots, stride;
	unsigned errors; /* lines it did not understand */
};

void epl2_printer_model_init(struct epl2_printer_model *model, struct hal_loop *loop,
                             struct wire *wire);
void epl2_printer_model_finish(struct epl2_printer_model *model);

#endif /* TESTS_SIM_MODELS_EPL2_PRINTER_MODEL_H */
