/* SPDX-License-Identifier: MIT */
#include "printer/answer.h"

#include <string.h>

void answer_fault(struct printer_answer *answer, const char *words)
{
	char *fault = answer->condition.fault;
	size_t used = strlen(fault);
	size_t gap = used > 0 ? 2 : 0;

	if (strstr(fault, words) || used + gap + strlen(words) >= sizeof(answer->condition.fault))
		return;
	memcpy(fault + used, ", ", gap);
	memcpy(fault + used + gap, words, strlen(words) + 1);
}

uint32_t answer_name_bits(struct printer_answer *answer, const struct answer_bit *table,
                          uint32_t bits)
{
	for (; table->bit; table++) {
		if (bits & table->bit)
			answer_fault(answer, table->words);
		bits &= ~table->bit;
	}
	return bits;
}

bool answer_hindered(const struct hal_printer_condition *condition)
{
	return condition->paper_out == HAL_YES || condition->head_open == HAL_YES ||
	       condition->ribbon_out == HAL_YES || condition->paused == HAL_YES ||
	       condition->fault[0];
}

void answer_conclude(struct printer_answer *answer, bool complete)
{
	struct hal_printer_condition *condition = &answer->condition;

	if (answer_hindered(condition) || condition->busy == HAL_YES || answer->holds == HAL_YES)
		condition->ready = HAL_NO;
	else
		condition->ready = complete ? HAL_YES : HAL_UNKNOWN;
}

/* Bad news over good news over none. */
static enum hal_tri either(enum hal_tri a, enum hal_tri b)
{
	return a > b ? a : b;
}

static enum hal_tri ready_of(enum hal_tri a, enum hal_tri b)
{
	if (a == HAL_NO || b == HAL_NO)
		return HAL_NO;
	return either(a, b);
}

void answer_merge(struct printer_answer *answer, const struct printer_answer *other)
{
	struct hal_printer_condition *condition = &answer->condition;
	const struct hal_printer_condition *more = &other->condition;

	condition->ready = ready_of(condition->ready, more->ready);
	condition->paper_out = either(condition->paper_out, more->paper_out);
	condition->head_open = either(condition->head_open, more->head_open);
	condition->ribbon_out = either(condition->ribbon_out, more->ribbon_out);
	condition->paused = either(condition->paused, more->paused);
	condition->busy = either(condition->busy, more->busy);
	answer->holds = either(answer->holds, other->holds);
	answer->prints = either(answer->prints, other->prints);
	answer->on_line = either(answer->on_line, other->on_line);
	if (more->formats_waiting >= 0)
		condition->formats_waiting = more->formats_waiting;
	if (more->label_length_dots >= 0)
		condition->label_length_dots = more->label_length_dots;
	if (more->fault[0])
		answer_fault(answer, more->fault);
	if (condition->ready == HAL_UNKNOWN && answer->on_line == HAL_YES &&
	    condition->paper_out == HAL_NO)
		condition->ready = HAL_YES;
}
