/* SPDX-License-Identifier: MIT */
#include "printer/evidence.h"

#include "hal_loop.h"

void evidence_begin_job(struct evidence *evidence, bool goes_on)
{
	*evidence = (struct evidence){
		.job = true,
		.goes_on = goes_on,
		.apart_us = EVIDENCE_APART_US,
	};
}

void evidence_begin_empty(struct evidence *evidence)
{
	*evidence = (struct evidence){ .goes_on = true, .apart_us = EVIDENCE_APART_US };
}

static void take_hindrance(struct evidence *evidence)
{
	evidence->held = false;
	evidence->empty = false;
	evidence->spoiled = !evidence->goes_on;
}

void evidence_silence(struct evidence *evidence)
{
	take_hindrance(evidence);
	evidence->apart_us = EVIDENCE_AFTER_SILENCE_US;
}

static bool take_emptiness(struct evidence *evidence, int64_t now_us)
{
	if ((evidence->job && !evidence->held) || evidence->spoiled)
		return false;
	if (!evidence->empty) {
		evidence->empty = true;
		evidence->empty_us = now_us;
		return false;
	}
	return now_us - evidence->empty_us >= evidence->apart_us;
}

bool evidence_take(struct evidence *evidence, int64_t now_us, const struct printer_answer *answer)
{
	if (answer_hindered(&answer->condition)) {
		take_hindrance(evidence);
		return false;
	}
	switch (answer->holds) {
	case HAL_YES:
		evidence->held = true;
		evidence->empty = false;
		evidence->apart_us = EVIDENCE_APART_US;
		return false;
	case HAL_NO:
		return take_emptiness(evidence, now_us);
	case HAL_UNKNOWN:
		break;
	}
	evidence->empty = false;
	return false;
}
