/* SPDX-License-Identifier: MIT */
/*
 * vlines.h - GPIO lines on virtual time, with a hand at their other end
 *
 * Implements drivers/gpio/lines.h: for outputs it keeps what was set and counts
 * the changes, for inputs the test moves the switches.  Born unplugged.
 */
#ifndef TESTS_SIM_VLINES_H
#define TESTS_SIM_VLINES_H

#include "gpio/lines.h"
#include "hal_loop.h"

struct vlines {
	struct gpio_lines base;
	struct hal_loop *loop;
	bool plugged;
	unsigned levels;  /* outputs as set, inputs as they are */
	unsigned changes; /* of the outputs */
	/* A switch that chatters: what is left of it. */
	struct hal_timer chatter;
	unsigned chatter_line, chatter_left;
	int64_t chatter_us;
};

void vlines_init(struct vlines *vlines, struct hal_loop *loop);

void vlines_plug(struct vlines *vlines);
void vlines_unplug(struct vlines *vlines);

/* Moves an input; its edge is reported at once when it changed. */
void vlines_move(struct vlines *vlines, unsigned line, bool high);

/* The same with edges before it comes to rest: so many, so far apart. */
void vlines_chatter(struct vlines *vlines, unsigned line, unsigned edges, int64_t apart_us);

#endif /* TESTS_SIM_VLINES_H */
