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

/* How many letters it took to prove it; 0: not proven; negative: to give up hope. */
static int proven_after(struct evidence *evidence, const char *letters)
{
	for (int i = 0; letters[i]; i++) {
		struct printer_answer answer = answer_of(letters[i]);
		enum evidence_verdict verdict = EVIDENCE_OPEN;

		if (letters[i] == '_')
			evidence_silence(evidence);
		else
			verdict = evidence_take(evidence, HAL_MS(100) * i, &answer);
		if (verdict != EVIDENCE_OPEN)
			return verdict == EVIDENCE_PROVEN ? i + 1 : -i - 1;
	}
	return 0;
}

/* Thirty-one empty answers: three seconds. */
#define LONG "..............................."

#define TEN_SECONDS LONG LONG LONG "........"

/* clang-format off */
static const struct {
	const char *letters;
	int goes_on, does_not; /* in languages that print an interrupted label again, or do not */
} rows[] = {
	{ "p..",              0, 0 }, /* 100 ms apart */
	{ "p...",             4, 4 },
	{ "wwp...",           6, 6 },
	{ "." LONG,           0, 0 }, /* never seen: thrown away, perhaps */
	{ "." TEN_SECONDS,    -101, -101 },
	{ "w.........",       0, 0 }, /* waiting, and then? */
	{ "w...p...",         8, 8 },
	{ "w" LONG,           32, 32 },
	{ "p!" LONG,          0, -2 }, /* the interrupted label was dropped */
	{ "p!." TEN_SECONDS,  -103, -2 },
	{ "p!p...",           6, -2 },
	{ "p!!ww.p...",       10, -2 },
	{ "p_" LONG,          0, -3 },
	{ "p_p...",           6, -3 },
	{ "p.?...",           6, 6 },
	{ "p.?.?.?.",         0, 0 },
	{ "p..p...",          7, 7 }, /* a gap between two labels */
	{ "!!!!",             0, -1 },
};
/* clang-format on */

static void a_job_is_out_when_seen_at_work_and_then_empty(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct evidence evidence;

		print_message("    %s\n", rows[i].letters);
		evidence_begin_job(&evidence, true, EVIDENCE_COUNTED_US);
		assert_int_equal(proven_after(&evidence, rows[i].letters), rows[i].goes_on);
		evidence_begin_job(&evidence, false, EVIDENCE_COUNTED_US);
		assert_int_equal(proven_after(&evidence, rows[i].letters), rows[i].does_not);
	}
}

static void who_does_not_count_must_be_empty_for_longer(void **state)
{
	struct evidence evidence;

	(void)state;
	evidence_begin_job(&evidence, false, EVIDENCE_UNCOUNTED_US);
	assert_int_equal(proven_after(&evidence, "p.....p......."), 14);
}

static void blind_is_who_was_never_disturbed_and_never_seen_at_work(void **state)
{
	struct evidence evidence;

	(void)state;
	evidence_begin_job(&evidence, true, EVIDENCE_COUNTED_US);
	assert_int_equal(proven_after(&evidence, "." TEN_SECONDS), -101);
	assert_true(evidence_is_blind(&evidence));
	evidence_begin_job(&evidence, true, EVIDENCE_COUNTED_US);
	assert_int_equal(proven_after(&evidence, "!." TEN_SECONDS), -102);
	assert_false(evidence_is_blind(&evidence));
}

static void emptiness_needs_no_job_but_time(void **state)
{
	struct evidence evidence;

	(void)state;
	evidence_begin_empty(&evidence, EVIDENCE_COUNTED_US);
	assert_int_equal(proven_after(&evidence, "..."), 3);
	evidence_begin_empty(&evidence, EVIDENCE_COUNTED_US);
	assert_int_equal(proven_after(&evidence, "pp.!..."), 7);
	evidence_begin_empty(&evidence, EVIDENCE_COUNTED_US);
	assert_int_equal(proven_after(&evidence, "_....."), 0);
	evidence_begin_empty(&evidence, EVIDENCE_COUNTED_US);
	assert_int_equal(proven_after(&evidence, "_" LONG), 32);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_job_is_out_when_seen_at_work_and_then_empty),
		cmocka_unit_test(who_does_not_count_must_be_empty_for_longer),
		cmocka_unit_test(blind_is_who_was_never_disturbed_and_never_seen_at_work),
		cmocka_unit_test(emptiness_needs_no_job_but_time),
	};

	return cmocka_run_group_tests_name("evidence", tests, NULL, NULL);
}
