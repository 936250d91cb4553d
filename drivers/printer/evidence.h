/* SPDX-License-Identifier: MIT */
/*
 * evidence.h - when a printer's answers prove that a job is out
 *
 * No language here has a word for "this label is out".  What they have is a
 * state, asked again and again.  A job counts as out when, after its last byte,
 * the printer was seen holding it with nothing in the way, and then twice, some
 * time apart, holding nothing with nothing in the way.  A printer that never
 * shows that it holds the job proves nothing: it may have thrown it away.
 *
 * Paper out, head open or pause in between starts the proof over, because the
 * printer must be seen printing again after it; and it ends the proof for good
 * in languages that cannot be told to print the interrupted label again.  So
 * does silence: some printers say nothing exactly while their paper is out.
 *
 * Pure; times are the caller's.
 */
#ifndef DRIVERS_PRINTER_EVIDENCE_H
#define DRIVERS_PRINTER_EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "printer/answer.h"

/* Two empty answers closer than this may both fall into the gap between two states. */
#define EVIDENCE_APART_US HAL_MS(150)

/* After silence the gap may be a human's: closing the head, pressing the key. */
#define EVIDENCE_AFTER_SILENCE_US HAL_SEC(3)

struct evidence {
	bool job;         /* of a job, not of emptiness alone */
	bool held;        /* seen holding the job, unhindered */
	bool spoiled;     /* hindered once, and the language cannot be trusted after that */
	bool goes_on;     /* an interrupted label is printed again */
	bool empty;       /* the last answer was: nothing held, nothing in the way */
	int64_t empty_us; /* since when */
	int64_t apart_us; /* and for how long it must have been so */
};

/* Proof that a job is out: begins when its last byte was handed over. */
void evidence_begin_job(struct evidence *evidence, bool goes_on);

/* Proof that the printer is empty, after a cancel: nothing need be seen held first. */
void evidence_begin_empty(struct evidence *evidence);

/* Takes an answer; true when the proof is whole. */
bool evidence_take(struct evidence *evidence, int64_t now_us, const struct printer_answer *answer);

/* The printer did not answer. */
void evidence_silence(struct evidence *evidence);

#endif /* DRIVERS_PRINTER_EVIDENCE_H */
