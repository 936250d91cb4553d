/* SPDX-License-Identifier: MIT */
/* The calendar: near the kernel's, and honest about when it cannot be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <pthread.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "host/clock.h"

#define DAY_US INT64_C(86400000000)

static void the_time_is_the_kernels(void **state)
{
	struct clock clock;
	struct hal_wall wall;
	time_t before = time(NULL);

	(void)state;
	clock_init(&clock);
	wall = hal_wall_now(&clock.base);
	assert_true(wall.us >= ((int64_t)before - 1) * 1000000);
	assert_true(wall.us <= ((int64_t)time(NULL) + 1) * 1000000);
}

static void an_unset_or_impossible_clock_is_doubtful(void **state)
{
	static const struct {
		int64_t us;
		bool synchronised;
		bool doubtful;
	} rows[] = {
		{ 0, true, true },                         /* 1970: no battery */
		{ INT64_C(1577836800000000), true, true }, /* 2020: a board's own guess */
		{ INT64_C(1795219200000000), true, false },
		{ INT64_C(1795219200000000), false, true },
		{ INT64_C(4102444800000000), true, true }, /* 2100 */
		{ -DAY_US, true, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(clock_is_doubtful(rows[i].us, rows[i].synchronised),
		                 rows[i].doubtful);
}

static void doubt_follows_what_the_kernel_says_of_its_clock(void **state)
{
	struct timex timex = { .modes = 0 };
	int answer = adjtimex(&timex);
	bool known = (answer >= 0 && answer != TIME_ERROR && !(timex.status & STA_UNSYNC)) ||
	             access("/run/systemd/timesync/synchronized", F_OK) == 0;
	struct clock clock;
	struct hal_wall wall;

	(void)state;
	clock_init(&clock);
	wall = hal_wall_now(&clock.base);
	assert_int_equal(wall.doubtful, clock_is_doubtful(wall.us, known));
}

static void trust_once_won_stays(void **state)
{
	struct clock clock;

	(void)state;
	clock_init(&clock);
	atomic_store(&clock.trusted, true);
	assert_int_equal(hal_wall_now(&clock.base).doubtful,
	                 clock_is_doubtful((int64_t)time(NULL) * 1000000, true));
}

static void *ask_often(void *argument)
{
	struct clock *clock = argument;
	int64_t latest_us = 0;

	for (int i = 0; i < 10000; i++)
		latest_us = hal_wall_now(&clock->base).us;
	return latest_us > 0 ? clock : NULL;
}

static void any_thread_may_ask(void **state)
{
	struct clock clock;
	pthread_t threads[4];
	void *answer;

	(void)state;
	clock_init(&clock);
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, ask_often, &clock), 0);
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], &answer);
		assert_ptr_equal(answer, &clock);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_time_is_the_kernels),
		cmocka_unit_test(an_unset_or_impossible_clock_is_doubtful),
		cmocka_unit_test(doubt_follows_what_the_kernel_says_of_its_clock),
		cmocka_unit_test(trust_once_won_stays),
		cmocka_unit_test(any_thread_may_ask),
	};

	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
