/* SPDX-License-Identifier: MIT */
#include "vlines.h"

static struct vlines *vlines_from_base(struct gpio_lines *base)
{
	return hal_container_of(base, struct vlines, base);
}

static enum hal_status vlines_set(struct gpio_lines *base, unsigned levels)
{
	struct vlines *vlines = vlines_from_base(base);

	if (!vlines->plugged)
		return HAL_E_LINK;
	vlines->changes += levels != vlines->levels;
	vlines->levels = levels;
	return HAL_OK;
}

/* The lines belong to the test; closing them only lets go. */
static void vlines_close(struct gpio_lines *base)
{
	gpio_lines_attach(base, NULL, NULL);
}

static const struct gpio_lines_ops vlines_ops = { .close = vlines_close, .set = vlines_set };

static void on_chatter(struct hal_timer *timer)
{
	struct vlines *vlines = hal_container_of(timer, struct vlines, chatter);
	unsigned line = vlines->chatter_line;

	vlines_move(vlines, line, !(vlines->levels >> line & 1u));
	if (--vlines->chatter_left > 0)
		hal_timer_start(vlines->loop, timer, vlines->chatter_us);
}

void vlines_init(struct vlines *vlines, struct hal_loop *loop)
{
	*vlines = (struct vlines){ .base.ops = &vlines_ops, .loop = loop };
	vlines->chatter.fire = on_chatter;
}

void vlines_plug(struct vlines *vlines)
{
	vlines->plugged = true;
	if (vlines->base.listener)
		vlines->base.listener->up(vlines->base.owner, vlines->levels);
}

void vlines_unplug(struct vlines *vlines)
{
	vlines->plugged = false;
	hal_timer_stop(vlines->loop, &vlines->chatter);
	if (vlines->base.listener)
		vlines->base.listener->down(vlines->base.owner, HAL_E_LINK);
}

void vlines_move(struct vlines *vlines, unsigned line, bool high)
{
	unsigned bit = 1u << line;

	if (!(vlines->levels & bit) == !high)
		return;
	vlines->levels ^= bit;
	if (vlines->plugged && vlines->base.listener)
		vlines->base.listener->edge(vlines->base.owner, line, high,
		                            hal_now_us(vlines->loop));
}

void vlines_chatter(struct vlines *vlines, unsigned line, unsigned edges, int64_t apart_us)
{
	vlines->chatter_line = line;
	vlines->chatter_left = edges;
	vlines->chatter_us = apart_us;
	hal_timer_start(vlines->loop, &vlines->chatter, 1);
}
