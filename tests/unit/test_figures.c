/* SPDX-License-Identifier: MIT */
/* Times counted by span, as /metrics shows them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "figures.h"

static void a_time_is_counted_in_the_first_span_that_holds_it(void **state)
{
	static const struct {
		int64_t us;
		int span; /* -1: beyond the last */
	} rows[] = { { 0, 0 },       { 500, 0 },    { 501, 1 },
		     { 99999, 7 },   { 100000, 7 }, { 2000000, FIGURES_SPANS - 1 },
		     { 2000001, -1 } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct figures_times times = { 0 };

		figures_add(&times, rows[i].us);
		assert_int_equal(times.count, 1);
		assert_int_equal(times.sum_us, rows[i].us);
		for (int span = 0; span < FIGURES_SPANS; span++)
			assert_int_equal(times.within[span], span == rows[i].span);
	}
}

static void spans_grow(void **state)
{
	(void)state;
	for (int i = 1; i < FIGURES_SPANS; i++)
		assert_true(figures_spans_us[i] > figures_spans_us[i - 1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_time_is_counted_in_the_first_span_that_holds_it),
		cmocka_unit_test(spans_grow),
	};

	return cmocka_run_group_tests_name("figures", tests, NULL, NULL);
}
