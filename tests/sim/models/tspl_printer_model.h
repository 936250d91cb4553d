/* SPDX-License-Identifier: MIT */
/*
 * tspl_printer_model.h - a TSPL printer on the far end of a wire
 *
 * Written from the TSPL manual and from what is known of clones, never from
 * the driver.  Lines are obeyed one after the other; BITMAP swallows exactly as
 * many raw bytes as it announced; <ESC>! commands are obeyed wherever they turn
 * up, pixels included, and the pixels stay pixels.
 *
 * Two sides: the wire, which the driver sees, and the hands: the functions
 * below and those of press.h on .press.
 */
#ifndef TESTS_SIM_MODELS_TSPL_PRINTER_MODEL_H
#define TESTS_SIM_MODELS_TSPL_PRINTER_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "press.h"
#include "wire.h"

#define TSPL_LINE_MAX 128

struct tspl_printer_model {
	struct hal_loop *loop;
	struct wire *wire;
	struct press press;
	struct hal_timer imager;
	/* How it is built and set; change before use. */
	uint32_t dpi;
	int64_t imaging_us; /* from PRINT to paper moving: it does not call that printing */
	bool mute;
	bool ignores_reprint; /* a clone without SET REPRINT */
	bool keeps_questions; /* one that takes <ESC>!? for the beginning of a line as well */
	/* State. */
	bool powered;
	bool choked; /* its memory is full: the wire must wait */
	char line[TSPL_LINE_MAX];
	size_t line_len;
	uint8_t last[2];                  /* the two bytes before this one, for <ESC>! */
	size_t binary_left;               /* of a BITMAP under way */
	uint32_t x, y, columns, rows, at; /* of that BITMAP */
	uint32_t mode;
	uint8_t *image; /* 1 is black */
	uint32_t width_dots, height_dots, stride;
	struct press_page imaging; /* .bits NULL: nothing */
	unsigned resets;           /* <ESC>!R */
	unsigned queries;          /* <ESC>!? */
	unsigned errors;           /* lines it did not understand */
};

void tspl_printer_model_init(struct tspl_printer_model *model, struct hal_loop *loop,
                             struct wire *wire);
void tspl_printer_model_finish(struct tspl_printer_model *model);

void tspl_printer_model_power_off(struct tspl_printer_model *model);
void tspl_printer_model_power_on(struct tspl_printer_model *model);

#endif /* TESTS_SIM_MODELS_TSPL_PRINTER_MODEL_H */
