/* SPDX-License-Identifier: MIT */
/*
 * web_throttle.h - how often a secret may be tried
 *
 * Who tries counts before the answer is known, so that many tries at once are no
 * way around.  A few are free; then each one doubles the wait.  What is counted by
 * name at the bench's own screen is counted apart from the network's, so that
 * nobody outside can lock a supervisor out of the bench.
 *
 * Units:      loop time in microseconds.
 * Ownership:  values only; a fixed table, the one longest at rest gives way.
 * Threads:    the loop's.
 */
#ifndef FIRMWARE_WEB_WEB_THROTTLE_H
#define FIRMWARE_WEB_WEB_THROTTLE_H

#include <stdint.h>

#define WEB_THROTTLES    64
#define WEB_THROTTLE_KEY 96

struct web_throttle {
	struct {
		char key[WEB_THROTTLE_KEY]; /* "" : free */
		unsigned tries;
		int64_t until_us, last_us;
	} each[WEB_THROTTLES];
};

/* 0 and the try is counted, or how long to wait first.  So many tries are free. */
int64_t web_throttle_try(struct web_throttle *throttle, const char *key, unsigned free_tries,
                         int64_t now_us);
/* It was right: forgotten. */
void web_throttle_forget(struct web_throttle *throttle, const char *key);

#endif /* FIRMWARE_WEB_WEB_THROTTLE_H */
