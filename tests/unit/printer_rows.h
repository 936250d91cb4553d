/* SPDX-License-Identifier: MIT */
/*
 * printer_rows.h - tables of printer answers and what they say
 *
 * A row's state is six letters in the order ready, paper out, head open, ribbon
 * out, paused, busy: y yes, n no, - not said.
 */
#ifndef TESTS_UNIT_PRINTER_ROWS_H
#define TESTS_UNIT_PRINTER_ROWS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "printer/answer.h"

struct answer_row {
	const char *source;
	const char *bytes;
	size_t len;
	const char *state;
	const char *fault;
	int32_t formats, length; /* -1: not said */
};

/* clang-format off */
#define BYTES(literal) literal, sizeof(literal) - 1
/* clang-format on */

typedef enum answer_cut answer_parser(unsigned query, const uint8_t *bytes, size_t len,
                                      size_t *ret_used, struct printer_answer *ret_answer);

/* Everything in the bytes: how many answers, the last of them, whether something is left over. */
struct hearing {
	unsigned answers;
	struct printer_answer last;
	bool any_ready;
	size_t left;
};

static inline struct hearing hear_all(answer_parser *parse, unsigned query, const void *bytes,
                                      size_t len)
{
	struct hearing hearing = { .last = answer_nothing() };
	const uint8_t *at = bytes;

	while (len > 0) {
		struct printer_answer answer;
		size_t used = 0;
		/* A heap copy of just these bytes, so that reading past them is caught. */
		uint8_t *copy = malloc(len);
		enum answer_cut cut;

		memcpy(copy, at, len);
		cut = parse(query, copy, len, &used, &answer);
		free(copy);
		if (cut == ANSWER_MORE)
			break;
		assert_true(used > 0 && used <= len);
		if (cut == ANSWER_WHOLE) {
			hearing.answers++;
			hearing.last = answer;
			hearing.any_ready |= answer.condition.ready == HAL_YES;
		}
		at += used;
		len -= used;
	}
	hearing.left = len;
	return hearing;
}

static inline void state_letters(const struct hal_printer_condition *condition, char *letters)
{
	static const char names[] = { [HAL_UNKNOWN] = '-', [HAL_NO] = 'n', [HAL_YES] = 'y' };
	const enum hal_tri values[] = { condition->ready,     condition->paper_out,
		                        condition->head_open, condition->ribbon_out,
		                        condition->paused,    condition->busy };

	for (size_t i = 0; i < 6; i++)
		letters[i] = names[values[i]];
	letters[6] = '\0';
}

static inline void check_row(const struct answer_row *row, answer_parser *parse, unsigned query)
{
	struct hearing hearing = hear_all(parse, query, row->bytes, row->len);
	char letters[7];

	print_message("    %s\n", row->source);
	state_letters(&hearing.last.condition, letters);
	assert_int_equal(hearing.answers, 1);
	assert_string_equal(letters, row->state);
	assert_string_equal(hearing.last.condition.fault, row->fault);
	assert_int_equal(hearing.last.condition.formats_waiting, row->formats);
	assert_int_equal(hearing.last.condition.label_length_dots, row->length);
}

/* Cut short anywhere, it is no answer. */
static inline void check_cuts(const struct answer_row *row, answer_parser *parse, size_t needed)
{
	for (size_t len = 0; len < needed; len++)
		assert_int_equal(hear_all(parse, 0, row->bytes, len).answers, 0);
}

/* Damaged by chance, it may say anything but must stay in bounds. */
static inline void check_damage(const struct answer_row *row, answer_parser *parse)
{
	uint8_t bytes[512];

	for (unsigned round = 0; round < 2000; round++) {
		size_t len = row->len < sizeof(bytes) ? row->len : sizeof(bytes);

		memcpy(bytes, row->bytes, len);
		for (unsigned i = 0; i < 1u + round % 4; i++)
			bytes[(unsigned)rand() % len] = (uint8_t)rand();
		hear_all(parse, round % 5, bytes, (unsigned)rand() % (len + 1));
	}
}

#endif /* TESTS_UNIT_PRINTER_ROWS_H */
