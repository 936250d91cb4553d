/* SPDX-License-Identifier: MIT */
#include "printer/evidence.h"

#include "hal_loop.h"

void evidence_begin_job(struct evidence *evidence, bool goes_on)
{
	*evidence = (struct evidence){ .job = true, .goes_on = goes_on };
}

void evidence_begin_empty(struct evidence *evidence)
{
	*evidence = (struct evidence){ .goes_on = true };
}

static void take_hindrance(struct evidence *evidence)
{
	evidence->seen = EVIDENCE_NOTHING;
	evidence->empty = false;
	evidence->spoiled = !evidence->goes_on;
}

void evidence_silence(struct evidence *evidence)
{
	take_hindrance(evidence);
	evidence->silent = true;
}

static void take_work(struct evidence *evidence, bool prints)
{
	if (prints)
		evidence->seen = EVIDENCE_PRINTING;
	else if (evidence->seen == EVIDENCE_NOTHING)
		evidence->seen = EVIDENCE_HOLDING;
	evidence->silent = false;
	evidence->empty = false;
}

static int64_t patience_us(const struct evidence *evidence)
{
	bool shown = evidence->seen == EVIDENCE_PRINTING || !evidence->job;

	return shown && !evidence->silent ? EVIDENCE_PRINTED_US : EVIDENCE_WAITED_US;
}

static bool take_emptiness(struct evidence *evidence, int64_t now_us)
{
	if (evidence->spoiled || (evidence->job && evidence->seen == EVIDENCE_NOTHING))
		return false;
	if (!evidence->empty) {
		evidence->empty = true;
		evidence->empty_us = now_us;
		return false;
	}
	return now_us - evidence->empty_us >= patience_us(evidence);
}

bool evidence_take(struct evidence *evidence, int64_t now_us, const struct printer_answer *answer)
{
	if (answer_hindered(&answer->condition)) {
		take_hindrance(evidence);
		return false;
	}
	switch (answer->holds) {
	case HAL_YES:
		take_work(evidence, answer->prints == HAL_YES);
		return false;
	case HAL_NO:
		return take_emptiness(evidence, now_us);
	case HAL_UNKNOWN:
		break;
	}
	evidence->empty = false;
	return false;
}
