/* SPDX-License-Identifier: MIT */
/* When answers prove a job out: sequences written as letters, one answer every 100 ms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "hal_loop.h"
#include "printer/evidence.h"

/* w holds waiting, p prints, . empty, ! hindered, ? says nothing, _ silence. */
static struct printer_answer answer_of(char letter)
{
	struct printer_answer answer = answer_nothing();

	answer.holds = letter == '?'                   ? HAL_UNKNOWN
	               : strchr("wp!", letter) != NULL ? HAL_YES
	                                               : HAL_NO;
	answer.prints = hal_tri_of(letter == 'p');
	answer.condition.paper_out = hal_tri_of(letter == '!');
	return answer;
}

/* How many letters it took to prove it; 0: not proven. */
static size_t proven_after(struct evidence *evidence, const char *letters)
{
	for (size_t i = 0; letters[i]; i++) {
		struct printer_answer answer = answer_of(letters[i]);

		if (letters[i] == '_')
			evidence_silence(evidence);
		else if (evidence_take(evidence, HAL_MS(100) * (int64_t)i, &answer))
			return i + 1;
	}
	return 0;
}

/* Thirty-one empty answers: three seconds. */
#define LONG "..............................."

/* clang-format off */
static const struct {
	const char *letters;
	size_t goes_on, does_not; /* proven after so many, in languages of either kind */
} rows[] = {
	{ "p..",              0, 0 }, /* 100 ms apart */
	{ "p...",             4, 4 },
	{ "wwp...",           6, 6 },
	{ "." LONG,           0, 0 }, /* never seen: thrown away, perhaps */
	{ "w.........",       0, 0 }, /* waiting, and then? */
	{ "w...p...",         8, 8 },
	{ "w" LONG,           32, 32 },
	{ "p!" LONG,          0, 0 }, /* the interrupted label was dropped */
	{ "p!p...",           6, 0 },
	{ "p!!ww.p...",       10, 0 },
	{ "p_" LONG,          0, 0 },
	{ "p_p...",           6, 0 },
	{ "p.?...",           6, 6 },
	{ "p.?.?.?.",         0, 0 },
	{ "p..p...",          7, 7 }, /* a gap between two labels */
	{ "!!!!",             0, 0 },
};
/* clang-format on */

static void a_job_is_out_when_seen_at_work_and_then_empty(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct evidence evidence;

		print_message("    %s\n", rows[i].letters);
		evidence_begin_job(&evidence, true);
		assert_int_equal(proven_after(&evidence, rows[i].letters), rows[i].goes_on);
		evidence_begin_job(&evidence, false);
		assert_int_equal(proven_after(&evidence, rows[i].letters), rows[i].does_not);
	}
}

static void emptiness_needs_no_job_but_time(void **state)
{
	struct evidence evidence;

	(void)state;
	evidence_begin_empty(&evidence);
	assert_int_equal(proven_after(&evidence, "..."), 3);
	evidence_begin_empty(&evidence);
	assert_int_equal(proven_after(&evidence, "pp.!..."), 7);
	evidence_begin_empty(&evidence);
	assert_int_equal(proven_after(&evidence, "_....."), 0);
	evidence_begin_empty(&evidence);
	assert_int_equal(proven_after(&evidence, "_" LONG), 32);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_job_is_out_when_seen_at_work_and_then_empty),
		cmocka_unit_test(emptiness_needs_no_job_but_time),
	};

	return cmocka_run_group_tests_name("evidence", tests, NULL, NULL);
}
