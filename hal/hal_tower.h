/* SPDX-License-Identifier: MIT */
/*
 * hal_tower.h - contract of the light tower and its buzzer
 *
 * A pattern is data: which outputs are on, step after step.  The driver plays
 * it until another is shown; a tower that is away plays nothing and says so.
 *
 * Ownership:  a pattern is borrowed until the next one is shown (static tables).
 * Threads:    the loop's.
 */
#ifndef HAL_TOWER_H
#define HAL_TOWER_H

#include <stdbool.h>
#include <stdint.h>

#include "hal_status.h"

/* Outputs, as bits. */
#define HAL_LAMP_RED    1u
#define HAL_LAMP_YELLOW 2u
#define HAL_LAMP_GREEN  4u
#define HAL_BUZZER      8u
#define HAL_TOWER_LINES 4

#define HAL_PATTERN_STEPS 8

struct hal_tower_step {
	uint16_t on; /* bits of HAL_LAMP_*, HAL_BUZZER */
	uint16_t ms; /* 0 ends the list */
};

struct hal_tower_pattern {
	const char *name;
	struct hal_tower_step steps[HAL_PATTERN_STEPS];
	uint8_t loop_from; /* after the last step go on here; a single step stays for ever */
};

struct hal_tower_listener {
	void (*link)(void *owner, bool up, enum hal_status why);
};

struct hal_tower;

struct hal_tower_ops {
	void (*close)(struct hal_tower *tower);
	void (*show)(struct hal_tower *tower, const struct hal_tower_pattern *pattern);
};

struct hal_tower {
	const struct hal_tower_ops *ops;
	const struct hal_tower_listener *listener;
	void *owner;
};

static inline void hal_tower_close(struct hal_tower *tower)
{
	if (tower)
		tower->ops->close(tower);
}

static inline void hal_tower_show(struct hal_tower *tower, const struct hal_tower_pattern *pattern)
{
	tower->ops->show(tower, pattern);
}

#endif /* HAL_TOWER_H */
