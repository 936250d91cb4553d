/* SPDX-License-Identifier: MIT */
/*
 * What a ZPL printer says of itself: ~HS and device.host_status here, the errors
 * and warnings of ~HQES and zpl.system_status in zpl_errors.c.
 */
#include <string.h>

#include "printer/scan.h"
#include "printer/zpl_codec.h"
#include "printer/zpl_errors.h"

#define STX 0x02
#define ETX 0x03

/* The fields of ~HS by their letters in the guide, one row a field. */
struct host_status {
	uint32_t paper_out, paused, label_length, formats, buffer_full, diagnostic, partial;
	uint32_t ram_corrupt, too_cold, too_hot, head_up, ribbon_out, label_waiting, labels_left;
	uint32_t unused;
};

enum field_kind { FLAG, NUMBER, LETTER };

struct field {
	enum field_kind kind;
	size_t offset;
};

#define AT(member) offsetof(struct host_status, member)

/* clang-format off */
static const struct field line_1[] = {
	{ NUMBER, AT(unused) },       /* aaa serial settings */
	{ FLAG,   AT(paper_out) },    /* b */
	{ FLAG,   AT(paused) },       /* c */
	{ NUMBER, AT(label_length) }, /* dddd */
	{ NUMBER, AT(formats) },      /* eee */
	{ FLAG,   AT(buffer_full) },  /* f */
	{ FLAG,   AT(diagnostic) },   /* g */
	{ FLAG,   AT(partial) },      /* h */
	{ NUMBER, AT(unused) },       /* iii */
	{ FLAG,   AT(ram_corrupt) },  /* j */
	{ FLAG,   AT(too_cold) },     /* k */
	{ FLAG,   AT(too_hot) },      /* l */
};

static const struct field line_2[] = {
	{ NUMBER, AT(unused) },        /* mmm functions */
	{ NUMBER, AT(unused) },        /* n: some libraries read head-up here, printers do not */
	{ FLAG,   AT(head_up) },       /* o */
	{ FLAG,   AT(ribbon_out) },    /* p */
	{ FLAG,   AT(unused) },        /* q thermal transfer */
	{ LETTER, AT(unused) },        /* r print mode */
	{ LETTER, AT(unused) },        /* s width mode */
	{ FLAG,   AT(label_waiting) }, /* t */
	{ NUMBER, AT(labels_left) },   /* uuuuuuuu */
	{ NUMBER, AT(unused) },        /* v */
	{ NUMBER, AT(unused) },        /* www */
};

static const struct field line_3[] = {
	{ NUMBER, AT(unused) }, /* xxxx password */
	{ FLAG,   AT(unused) }, /* y static memory */
};

static const struct {
	const struct field *fields;
	size_t count;
} lines[] = {
	{ line_1, sizeof(line_1) / sizeof(line_1[0]) },
	{ line_2, sizeof(line_2) / sizeof(line_2[0]) },
	{ line_3, sizeof(line_3) / sizeof(line_3[0]) },
};
/* clang-format on */

#define LINES (sizeof(lines) / sizeof(lines[0]))

static uint32_t take_field(struct scan *scan, enum field_kind kind)
{
	int byte = scan_peek(scan);

	switch (kind) {
	case FLAG:
		return scan_number(scan, 2, 1, 1);
	case NUMBER:
		return scan_number(scan, 10, 1, 8);
	case LETTER:
		if (byte > 0 && strchr(",\x02\x03\r\n\"", byte))
			scan->wrong = true;
		else if (byte >= 0)
			scan->at++;
		break;
	}
	return 0;
}

static void take_line(struct scan *scan, size_t line, struct host_status *status)
{
	for (size_t i = 0; i < lines[line].count; i++) {
		const struct field *field = &lines[line].fields[i];
		uint32_t value;

		if (i > 0)
			scan_expect(scan, ',');
		value = take_field(scan, field->kind);
		memcpy((char *)status + field->offset, &value, sizeof(value));
	}
}

static void take_framed(struct scan *scan, struct host_status *status)
{
	for (size_t line = 0; line < LINES; line++) {
		if (line > 0)
			scan_skip(scan, "\r\n");
		scan_expect(scan, STX);
		take_line(scan, line, status);
		scan_expect(scan, ETX);
	}
}

/* The manual shows the three on one line, printers send three. */
static void take_quoted(struct scan *scan, struct host_status *status)
{
	scan_expect(scan, '"');
	for (size_t line = 0; line < LINES; line++) {
		const uint8_t *before = scan->at;

		scan_skip(scan, " \r\n");
		if (line > 0 && scan->at == before && !scan->more)
			scan->wrong = true;
		take_line(scan, line, status);
	}
	scan_skip(scan, " \r\n");
	scan_expect(scan, '"');
}

static void conclude_host_status(const struct host_status *status, struct printer_answer *answer)
{
	struct hal_printer_condition *condition = &answer->condition;
	const struct {
		uint32_t flag;
		const char *words;
	} faults[] = {
		{ status->ram_corrupt, "settings in RAM lost" },
		{ status->too_hot, "head too hot" },
		{ status->too_cold, "head too cold" },
		{ status->buffer_full, "receive buffer full" },
		{ status->diagnostic, "in diagnostic mode" },
	};

	condition->paper_out = hal_tri_of(status->paper_out);
	condition->head_open = hal_tri_of(status->head_up);
	condition->ribbon_out = hal_tri_of(status->ribbon_out);
	condition->paused = hal_tri_of(status->paused);
	condition->formats_waiting = (int32_t)status->formats;
	condition->label_length_dots = (int32_t)status->label_length;
	answer->holds = hal_tri_of(status->formats || status->labels_left || status->partial ||
	                           status->label_waiting);
	answer->prints = hal_tri_of(status->labels_left || status->label_waiting);
	/* There is no busy flag: work that waits proves it, nothing disproves it. */
	condition->busy = answer->holds == HAL_YES ? HAL_YES : HAL_UNKNOWN;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		if (faults[i].flag)
			answer_fault(answer, faults[i].words);
	answer_conclude(answer, true);
}

static void take_host_status(struct scan *scan, struct printer_answer *answer)
{
	struct host_status status = { 0 };

	if (*scan->at == '"')
		take_quoted(scan, &status);
	else
		take_framed(scan, &status);
	if (scan_is_well(scan))
		conclude_host_status(&status, answer);
}

/* media.status and sensor.paper_supply say "out", head.latch says "open". */
static void take_word(struct scan *scan, struct printer_answer *answer)
{
	bool paper;

	scan_expect_text(scan, "\"o");
	paper = scan_peek(scan) == 'u';
	scan_expect_text(scan, paper ? "ut\"" : "pen\"");
	if (!scan_is_well(scan))
		return;
	*(paper ? &answer->condition.paper_out : &answer->condition.head_open) = HAL_YES;
	answer_conclude(answer, false);
}

static void take_worded(struct scan *scan, struct printer_answer *answer)
{
	if (scan_peek(scan) == 'P') {
		scan_expect_text(scan, "PRINTER STATUS");
		scan_skip(scan, " \t\r\n");
	}
	zpl_take_errors(scan, answer);
}

typedef void taker(struct scan *scan, struct printer_answer *answer);

/* clang-format off */
/* By the first byte; where several begin alike, the first that is not wrong. */
static const struct {
	uint8_t first;
	taker *take;
} takers[] = {
	{ STX, take_host_status },
	{ '"', take_host_status },
	{ '"', zpl_take_system_status },
	{ '"', take_word },
	{ 'P', take_worded },
	{ 'E', take_worded }, /* where the heading got lost */
};
/* clang-format on */

enum answer_cut zpl_parse(unsigned query, const uint8_t *bytes, size_t len, size_t *ret_used,
                          struct printer_answer *ret_answer)
{
	(void)query;
	if (len == 0)
		return ANSWER_MORE;
	for (size_t i = 0; i < sizeof(takers) / sizeof(takers[0]); i++) {
		struct scan scan = { .at = bytes, .end = bytes + len };
		struct printer_answer answer = answer_nothing();

		if (bytes[0] != takers[i].first)
			continue;
		takers[i].take(&scan, &answer);
		if (scan.more)
			return ANSWER_MORE;
		if (scan.wrong)
			continue;
		*ret_used = (size_t)(scan.at - bytes);
		*ret_answer = answer;
		return ANSWER_WHOLE;
	}
	*ret_used = 1;
	return ANSWER_NOISE;
}
