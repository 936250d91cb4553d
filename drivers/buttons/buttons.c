/* SPDX-License-Identifier: MIT */
/* Push buttons and the foot switch: one timer settles all that chatter at the moment. */
#include <stdlib.h>

#include "buttons/debounce.h"
#include "driver.h"
#include "gpio/lines.h"

#define SPAN_MS_DEFAULT 20

_Static_assert(HAL_BUTTONS_MAX <= GPIO_LINES_MAX, "every button needs a line");

struct buttons {
	struct hal_buttons base;
	struct hal_loop *loop;
	struct gpio_lines *lines;
	struct hal_timer settle;
	int64_t span_us;
	struct debounce switches[HAL_BUTTONS_MAX];
};

static void plan(struct buttons *buttons)
{
	int64_t now_us = hal_now_us(buttons->loop);
	int64_t first_us = 0;

	for (unsigned i = 0; i < HAL_BUTTONS_MAX; i++) {
		int64_t due_us = debounce_due_us(&buttons->switches[i]);

		if (due_us > 0 && (first_us == 0 || due_us < first_us))
			first_us = due_us;
	}
	hal_timer_stop(buttons->loop, &buttons->settle);
	if (first_us > 0)
		hal_timer_start(buttons->loop, &buttons->settle,
		                first_us > now_us ? first_us - now_us : 1);
}

static void on_settle(struct hal_timer *timer)
{
	struct buttons *buttons = hal_container_of(timer, struct buttons, settle);
	int64_t now_us = hal_now_us(buttons->loop);

	for (unsigned i = 0; i < HAL_BUTTONS_MAX; i++)
		if (debounce_settle(&buttons->switches[i], now_us))
			buttons->base.listener->pressed(buttons->base.owner, i,
			                                buttons->switches[i].since_us);
	plan(buttons);
}

static void lines_up(void *owner, unsigned levels)
{
	struct buttons *buttons = owner;

	for (unsigned i = 0; i < HAL_BUTTONS_MAX; i++)
		debounce_init(&buttons->switches[i], buttons->span_us, levels >> i & 1u);
	buttons->base.listener->link(buttons->base.owner, true, HAL_OK);
}

static void lines_edge(void *owner, unsigned line, bool high, int64_t taken_us)
{
	struct buttons *buttons = owner;

	if (line >= HAL_BUTTONS_MAX)
		return;
	debounce_edge(&buttons->switches[line], high, taken_us);
	plan(buttons);
}

static void lines_down(void *owner, enum hal_status why)
{
	struct buttons *buttons = owner;

	hal_timer_stop(buttons->loop, &buttons->settle);
	buttons->base.listener->link(buttons->base.owner, false, why);
}

static const struct gpio_listener lines_listener = { lines_up, lines_edge, lines_down };

static void buttons_close(struct hal_buttons *base)
{
	struct buttons *buttons = hal_container_of(base, struct buttons, base);

	gpio_lines_attach(buttons->lines, NULL, NULL);
	hal_timer_stop(buttons->loop, &buttons->settle);
	free(buttons);
}

static const struct hal_buttons_ops buttons_ops = { .close = buttons_close };

enum hal_status buttons_open(const struct driver_env *env, struct gpio_lines *lines,
                             unsigned debounce_ms, const struct hal_buttons_listener *listener,
                             void *owner, struct hal_buttons **ret_buttons)
{
	struct buttons *buttons = calloc(1, sizeof(*buttons));

	if (!buttons)
		return HAL_E_SYSTEM;
	buttons->base = (struct hal_buttons){ &buttons_ops, listener, owner };
	buttons->loop = env->loop;
	buttons->lines = lines;
	buttons->span_us = HAL_MS(debounce_ms > 0 ? debounce_ms : SPAN_MS_DEFAULT);
	buttons->settle.fire = on_settle;
	gpio_lines_attach(lines, &lines_listener, buttons);
	*ret_buttons = &buttons->base;
	return HAL_OK;
}
