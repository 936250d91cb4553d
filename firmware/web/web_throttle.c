/* SPDX-License-Identifier: MIT */
#include "web_throttle.h"

#include <string.h>

#include "hal_loop.h"

#define WAIT_MAX_US HAL_SEC(900)
#define FORGET_US   HAL_SEC(3600)

static size_t find(struct web_throttle *throttle, const char *key)
{
	size_t oldest = 0;

	for (size_t i = 0; i < WEB_THROTTLES; i++) {
		if (strncmp(throttle->each[i].key, key, WEB_THROTTLE_KEY - 1) == 0)
			return i;
		if (throttle->each[i].last_us < throttle->each[oldest].last_us)
			oldest = i;
	}
	memset(&throttle->each[oldest], 0, sizeof(throttle->each[oldest]));
	strncpy(throttle->each[oldest].key, key, WEB_THROTTLE_KEY - 1);
	return oldest;
}

/* 1 s after the first that is not free, then twice as long each time. */
static int64_t wait_after(unsigned tries, unsigned free_tries)
{
	unsigned over = tries > free_tries ? tries - free_tries : 0;
	int64_t wait_us = over == 0 ? 0 : over > 10 ? WAIT_MAX_US : HAL_SEC(1) << (over - 1);

	return wait_us < WAIT_MAX_US ? wait_us : WAIT_MAX_US;
}

int64_t web_throttle_try(struct web_throttle *throttle, const char *key, unsigned free_tries,
                         int64_t now_us)
{
	size_t i = find(throttle, key);

	if (throttle->each[i].until_us > now_us)
		return throttle->each[i].until_us - now_us;
	if (now_us - throttle->each[i].last_us > FORGET_US)
		throttle->each[i].tries = 0;
	throttle->each[i].tries++;
	throttle->each[i].last_us = now_us;
	throttle->each[i].until_us = now_us + wait_after(throttle->each[i].tries, free_tries);
	return 0;
}

void web_throttle_forget(struct web_throttle *throttle, const char *key)
{
	size_t i = find(throttle, key);

	memset(&throttle->each[i], 0, sizeof(throttle->each[i]));
}
