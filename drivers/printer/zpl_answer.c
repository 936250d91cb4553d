/* SPDX-License-Identifier: MIT */
/* What a ZPL printer says of itself: ~HS, device.host_status, ~HQES. */
#include <string.h>

#include "printer/zpl_codec.h"

#define STX 0x02
#define ETX 0x03

/* Reads on until a byte does not fit (wrong) or there is none left (more). */
struct scan {
	const uint8_t *at;
	const uint8_t *end;
	bool wrong;
	bool more;
};

/* The next byte, or -1 when reading has stopped. */
static int peek(struct scan *scan)
{
	if (!scan->wrong && scan->at == scan->end)
		scan->more = true;
	return scan->wrong || scan->more ? -1 : *scan->at;
}

static bool is_one_of(int byte, const char *set)
{
	return byte > 0 && strchr(set, byte);
}

static void expect(struct scan *scan, int byte)
{
	int found = peek(scan);

	if (found == byte)
		scan->at++;
	else if (found >= 0)
		scan->wrong = true;
}

static void skip(struct scan *scan, const char *set)
{
	while (is_one_of(peek(scan), set))
		scan->at++;
}

static void expect_text(struct scan *scan, const char *text)
{
	for (; *text; text++)
		expect(scan, *text);
}

static int digit_of(int byte, unsigned base)
{
	int digit = -1;

	if (byte >= '0' && byte <= '9')
		digit = byte - '0';
	else if (byte >= 'A' && byte <= 'F')
		digit = byte - 'A' + 10;
	else if (byte >= 'a' && byte <= 'f')
		digit = byte - 'a' + 10;
	return digit < (int)base ? digit : -1;
}

/* At least least digits, at most most: the byte behind them is not looked at when most are read. */
static uint32_t take_number(struct scan *scan, unsigned base, unsigned least, unsigned most)
{
	uint32_t number = 0;
	unsigned count = 0;

	for (; count < most; count++) {
		int digit = digit_of(peek(scan), base);

		if (digit < 0)
			break;
		number = number * base + (uint32_t)digit;
		scan->at++;
	}
	if (count < least && !scan->more)
		scan->wrong = true;
	return number;
}

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
	int byte = peek(scan);

	switch (kind) {
	case FLAG:
		return take_number(scan, 2, 1, 1);
	case NUMBER:
		return take_number(scan, 10, 1, 8);
	case LETTER:
		if (is_one_of(byte, ",\x02\x03\r\n\""))
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
			expect(scan, ',');
		value = take_field(scan, field->kind);
		memcpy((char *)status + field->offset, &value, sizeof(value));
	}
}

static void take_framed(struct scan *scan, struct host_status *status)
{
	for (size_t line = 0; line < LINES; line++) {
		if (line > 0)
			skip(scan, "\r\n");
		expect(scan, STX);
		take_line(scan, line, status);
		expect(scan, ETX);
	}
}

/* The manual shows the three on one line, printers send three. */
static void take_quoted(struct scan *scan, struct host_status *status)
{
	expect(scan, '"');
	for (size_t line = 0; line < LINES; line++) {
		const uint8_t *before = scan->at;

		skip(scan, " \r\n");
		if (line > 0 && scan->at == before && !scan->more)
			scan->wrong = true;
		take_line(scan, line, status);
	}
	skip(scan, " \r\n");
	expect(scan, '"');
}

struct named_flag {
	uint32_t bit;
	const char *words;
};

static void conclude_host_status(const struct host_status *status, struct printer_answer *answer)
{
	struct hal_printer_condition *condition = &answer->condition;
	const struct named_flag faults[] = {
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
		if (faults[i].bit)
			answer_fault(answer, faults[i].words);
	answer_conclude(answer, true);
}

/* clang-format off */
static const struct named_flag errors[] = {
	{ 1u << 3,  "cutter" },
	{ 1u << 4,  "head too hot" },
	{ 1u << 5,  "motor too hot" },
	{ 1u << 6,  "head defective" },
	{ 1u << 7,  "head not detected" },
	{ 1u << 8,  "ribbon, feed or firmware" }, /* Oki: ribbon, rewinder, feed; Zebra: firmware */
	{ 1u << 9,  "head thermistor" },
	{ 1u << 12, "paper jam" },
	{ 1u << 13, "presenter" },
	{ 1u << 14, "paper feed" },
	{ 1u << 15, "paper path not clear" },
	{ 1u << 17, "retract" },
	{ 1u << 18, "mark calibration" },
	{ 1u << 19, "mark not found" },
};
/* clang-format on */

#define MEDIA_OUT  (1u << 0)
#define RIBBON_OUT (1u << 1)
#define HEAD_OPEN  (1u << 2)
#define PAUSED     (1u << 16)
#define CALIBRATE  (1u << 0) /* a warning: the labels may be printed off their place */

struct flags {
	uint32_t present, group_2, group_1;
};

static struct flags take_flags(struct scan *scan, const char *word)
{
	struct flags flags;

	expect_text(scan, word);
	skip(scan, " \t");
	flags.present = take_number(scan, 2, 1, 1);
	expect(scan, ' ');
	skip(scan, " \t");
	flags.group_2 = take_number(scan, 16, 8, 8);
	expect(scan, ' ');
	skip(scan, " \t");
	flags.group_1 = take_number(scan, 16, 8, 8);
	return flags;
}

static void name_errors(uint32_t bits, struct printer_answer *answer)
{
	uint32_t unnamed = bits & ~(MEDIA_OUT | RIBBON_OUT | HEAD_OPEN | PAUSED);

	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		if (unnamed & errors[i].bit)
			answer_fault(answer, errors[i].words);
		unnamed &= ~errors[i].bit;
	}
	if (unnamed)
		answer_fault(answer, "an error of unknown meaning");
}

/*
 * A ZE500 with its head open left the pause bit clear while its ~HS said
 * paused: beside another error a clear pause bit says nothing.
 */
static void conclude_errors(const struct flags *error, const struct flags *warning,
                            struct printer_answer *answer)
{
	struct hal_printer_condition *condition = &answer->condition;
	uint32_t bits = error->group_1;

	condition->paper_out = hal_tri_of(bits & MEDIA_OUT);
	condition->ribbon_out = hal_tri_of(bits & RIBBON_OUT);
	condition->head_open = hal_tri_of(bits & HEAD_OPEN);
	condition->paused = hal_tri_of(bits & PAUSED);
	if (condition->paused == HAL_NO && (bits || error->present))
		condition->paused = HAL_UNKNOWN;
	name_errors(bits, answer);
	if (error->group_2 || (error->present && !bits))
		answer_fault(answer, "an error of unknown meaning");
	answer_conclude(answer, !(warning->group_1 & CALIBRATE) && !warning->group_2);
}

static void take_errors(struct scan *scan, struct printer_answer *answer)
{
	struct flags error = take_flags(scan, "ERRORS:");
	struct flags warning;

	skip(scan, " \t\r\n");
	warning = take_flags(scan, "WARNINGS:");
	if (!scan->wrong && !scan->more)
		conclude_errors(&error, &warning, answer);
}

static void take_answer(struct scan *scan, struct printer_answer *answer)
{
	struct host_status status = { 0 };

	switch (*scan->at) {
	case 'P':
		expect_text(scan, "PRINTER STATUS");
		skip(scan, " \t\r\n");
		take_errors(scan, answer);
		return;
	case 'E': /* where the heading got lost */
		take_errors(scan, answer);
		return;
	case STX:
		take_framed(scan, &status);
		break;
	case '"':
		take_quoted(scan, &status);
		break;
	default: /* open: bytes */
		scan->wrong = true;
		return;
	}
	if (!scan->wrong && !scan->more)
		conclude_host_status(&status, answer);
}

enum answer_cut zpl_parse(unsigned query, const uint8_t *bytes, size_t len, size_t *ret_used,
                          struct printer_answer *ret_answer)
{
	struct scan scan = { .at = bytes, .end = bytes + len };
	struct printer_answer answer = answer_nothing();

	(void)query;
	if (len == 0)
		return ANSWER_MORE;
	take_answer(&scan, &answer);
	if (scan.wrong) {
		*ret_used = 1;
		return ANSWER_NOISE;
	}
	if (scan.more)
		return ANSWER_MORE;
	*ret_used = (size_t)(scan.at - bytes);
	*ret_answer = answer;
	return ANSWER_WHOLE;
}
