/* SPDX-License-Identifier: MIT */
/*
 * The light tower: plays a pattern on the lines red, yellow, green and buzzer, in
 * this order of the request.  A tower that was away shows the present pattern as
 * soon as it is back; without a change to come no timer runs.
 */
#include <stdlib.h>

#include "driver.h"
#include "gpio/lines.h"
#include "tower/pattern.h"

struct tower {
	struct hal_tower base;
	struct hal_loop *loop;
	struct gpio_lines *lines;
	struct hal_timer next;
	struct pattern_player player;
	bool up;
};

static struct tower *tower_from_base(struct hal_tower *base)
{
	return hal_container_of(base, struct tower, base);
}

/* A line that refuses tells it by itself: the lines go down. */
static void light(struct tower *tower)
{
	unsigned ms = pattern_lasts_ms(&tower->player);

	hal_timer_stop(tower->loop, &tower->next);
	if (!tower->up || gpio_lines_set(tower->lines, pattern_outputs(&tower->player)) != HAL_OK)
		return;
	if (ms > 0)
		hal_timer_start(tower->loop, &tower->next, HAL_MS(ms));
}

static void on_next(struct hal_timer *timer)
{
	struct tower *tower = hal_container_of(timer, struct tower, next);

	pattern_step(&tower->player);
	light(tower);
}

static void lines_up(void *owner, unsigned levels)
{
	struct tower *tower = owner;

	(void)levels;
	tower->up = true;
	light(tower);
	tower->base.listener->link(tower->base.owner, true, HAL_OK);
}

static void lines_edge(void *owner, unsigned line, bool high, int64_t taken_us)
{
	(void)owner, (void)line, (void)high, (void)taken_us; /* outputs have none */
}

static void lines_down(void *owner, enum hal_status why)
{
	struct tower *tower = owner;

	tower->up = false;
	hal_timer_stop(tower->loop, &tower->next);
	tower->base.listener->link(tower->base.owner, false, why);
}

static const struct gpio_listener lines_listener = { lines_up, lines_edge, lines_down };

/* A tower left alone says nothing. */
static void tower_close(struct hal_tower *base)
{
	struct tower *tower = tower_from_base(base);

	pattern_play(&tower->player, NULL);
	light(tower);
	gpio_lines_attach(tower->lines, NULL, NULL);
	free(tower);
}

static void tower_show(struct hal_tower *base, const struct hal_tower_pattern *pattern)
{
	struct tower *tower = tower_from_base(base);

	if (tower->player.pattern == pattern)
		return;
	pattern_play(&tower->player, pattern);
	light(tower);
}

static const struct hal_tower_ops tower_ops = { .close = tower_close, .show = tower_show };

enum hal_status tower_open(const struct driver_env *env, struct gpio_lines *lines,
                           const struct hal_tower_listener *listener, void *owner,
                           struct hal_tower **ret_tower)
{
	struct tower *tower = calloc(1, sizeof(*tower));

	if (!tower)
		return HAL_E_SYSTEM;
	tower->base = (struct hal_tower){ &tower_ops, listener, owner };
	tower->loop = env->loop;
	tower->lines = lines;
	tower->next.fire = on_next;
	gpio_lines_attach(lines, &lines_listener, tower);
	*ret_tower = &tower->base;
	return HAL_OK;
}
