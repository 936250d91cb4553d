/* SPDX-License-Identifier: MIT */
/*
 * press.h - the mechanical half of a label printer: roll, head, motor
 *
 * What every printer does whatever its language: labels wait, paper moves under
 * the head at so many dots a second, the roll ends, somebody opens the head,
 * and afterwards the interrupted label is printed again or is not.  The models
 * of the languages stand on it and report its state in their own words.
 *
 * Two sides: press_push() and the members, for the models; and the hands, for
 * tests and scenarios.
 */
#ifndef TESTS_SIM_MODELS_PRESS_H
#define TESTS_SIM_MODELS_PRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "hal_loop.h"
#include "paper.h"

#define PRESS_QUEUE 8

struct press_page {
	uint8_t *bits;
	uint32_t width_dots;
	uint32_t height_dots;
	uint32_t stride;
	uint32_t copies; /* still to print, this one included */
};

struct press {
	struct hal_loop *loop;
	struct paper paper;
	struct hal_timer motor;
	/* How it is built and set; change before use. */
	uint32_t speed_dots_s;
	uint32_t stock_dots;     /* length of the labels on the roll, gap included; 0: continuous */
	bool prints_again;       /* the label that an error interrupted */
	bool repeats_last;       /* bad manners: after loading paper, the last whole label too */
	bool pauses_after_error; /* until somebody presses the key */
	bool peels;              /* holds each label until it is taken */
	/* State. */
	int64_t roll_dots; /* left on the roll */
	bool paper_out, head_open, ribbon_out, paused, too_hot;
	bool moving;
	bool interrupted; /* the first page of the queue was cut off by an error */
	bool label_waiting;
	int64_t since_us; /* moving: since when */
	struct press_page queue[PRESS_QUEUE];
	unsigned queued;
	struct press_page last; /* the last whole label, for repeats_last */
	/* Optional: a place in the queue became free. */
	void (*free_place)(void *owner);
	void *owner;
};

/* A full roll, 100 x 150 mm labels at 203 dpi, 6 inches a second, prints again after errors. */
void press_init(struct press *press, struct hal_loop *loop);
void press_finish(struct press *press);

/* Takes the page over, its bits (from malloc) included.  The queue must have room. */
void press_push(struct press *press, const struct press_page *page);

/* True when something keeps it from printing. */
bool press_is_hindered(const struct press *press);

/* Labels it still has to print. */
uint32_t press_left(const struct press *press);

/* Forgets what waits; the label under the head is finished, an interrupted one kept or not. */
void press_cancel(struct press *press, bool keep_interrupted);

/* Everything in memory is gone; what was under the head stays half printed. */
void press_power_off(struct press *press);

/* The hands. */
void press_load_paper(struct press *press, uint32_t labels, uint32_t stock_dots);
void press_leave_paper(struct press *press, int64_t dots); /* so much is left on the roll */
void press_open_head(struct press *press);
void press_close_head(struct press *press);
void press_pause(struct press *press);
void press_key(struct press *press); /* go on after a pause */
void press_set_ribbon(struct press *press, bool out);
void press_take_label(struct press *press);

#endif /* TESTS_SIM_MODELS_PRESS_H */
