/* SPDX-License-Identifier: MIT */
#include "buttons/debounce.h"

void debounce_init(struct debounce *debounce, int64_t span_us, bool level)
{
	*debounce = (struct debounce){ .span_us = span_us, .level = level, .counted = level };
}

/* The same level again means that the edge in between was lost: it has not stood still. */
void debounce_edge(struct debounce *debounce, bool level, int64_t at_us)
{
	debounce->level = level;
	debounce->since_us = at_us;
}

int64_t debounce_due_us(const struct debounce *debounce)
{
	return debounce->level != debounce->counted ? debounce->since_us + debounce->span_us : 0;
}

bool debounce_settle(struct debounce *debounce, int64_t now_us)
{
	if (debounce->level == debounce->counted || now_us < debounce_due_us(debounce))
		return false;
	debounce->counted = debounce->level;
	return debounce->counted;
}
