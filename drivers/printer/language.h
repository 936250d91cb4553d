/* SPDX-License-Identifier: MIT */
/*
 * language.h - what a printer language is to the rest of the family
 *
 * A language is a pure codec (a page becomes bytes, bytes become answers) and
 * a few facts about how far its answers can be believed.  The conversation in
 * printer.c is the same for all of them.
 *
 * Threads:    encode on any thread, one at a time for each struct printer_setup.
 */
#ifndef DRIVERS_PRINTER_LANGUAGE_H
#define DRIVERS_PRINTER_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal_printer.h"
#include "printer/answer.h"
#include "printer/raster.h"
#include "printer/sink.h"

struct printer_setup {
	unsigned dpi;      /* 0: any */
	unsigned darkness; /* on the printer's own scale; 0: as set on the printer */
	unsigned speed;    /* inches a second; 0: as set on the printer */
	bool acs;          /* run lengths instead of Z64 */
	struct raster *raster;
};

/* Bytes to send, with their length because some contain NUL. */
struct printer_words {
	const char *bytes;
	size_t len;
};

/* clang-format off */
#define PRINTER_WORDS(literal) { (literal), sizeof(literal) - 1 }
/* clang-format on */

#define PRINTER_QUERIES_MAX 3

/* Cuts the next answer off; query says of which question, as the one who calls counts them. */
typedef enum answer_cut printer_parser(unsigned query, const uint8_t *bytes, size_t len,
                                       size_t *ret_used, struct printer_answer *ret_answer);

struct printer_language {
	unsigned darkness_max; /* 0: has no such command */
	unsigned speed_max;
	/* Writes the job; the page was checked against the paper. */
	void (*encode)(const struct printer_setup *setup, const struct hal_page *page,
	               const struct hal_paper *paper, struct sink *sink);
	/* Answers to our own queries; query: index into them. */
	printer_parser *parse;
	/* Asked in this order; the answers of a round are one condition. */
	struct printer_words queries[PRINTER_QUERIES_MAX];
	unsigned query_count;
	struct printer_words cancel;
	bool tells;   /* its answers tell when a job is out */
	bool counts;  /* its answers count what waits: they can prove that nothing does */
	bool goes_on; /* told to print an interrupted label again, once, and says when it does */
	/*
	 * Where answers that somebody kept may be of more kinds than parse knows;
	 * query: the number its manual gives the question.  NULL: parse.
	 */
	printer_parser *parse_kept;
	printer_parser *parse_rest; /* what is left at their end; NULL: it is incomplete */
};

#endif /* DRIVERS_PRINTER_LANGUAGE_H */
