/* SPDX-License-Identifier: MIT */
#include "printer/epl2_codec.h"

static uint32_t dots_of(uint32_t mm10, uint32_t dpi)
{
	return mm10 * dpi / 254;
}

/*
 * The first line end closes whatever a cut job left half said.  GW takes 0 for
 * black, the other way round than ZPL.
 */
void epl2_encode(const struct printer_setup *setup, const struct hal_page *page,
                 const struct hal_paper *paper, struct sink *sink)
{
	struct raster_area area = raster_crop(page);

	sink_text(sink, "\nN\nq%u\nQ%u,%u\nR0,0\nZT\n", page->width_dots, page->height_dots,
	          dots_of(paper->gap_mm10, paper->dpi));
	if (setup->speed)
		sink_text(sink, "S%u\n", setup->speed);
	if (setup->darkness)
		sink_text(sink, "D%u\n", setup->darkness);
	if (area.rows > 0) {
		sink_text(sink, "GW%u,%u,%u,%u\n", area.column * 8, area.row, area.columns,
		          area.rows);
		raster_inverted(sink, page, &area);
		sink_text(sink, "\n");
	}
	sink_text(sink, "P1\n");
}

struct reading {
	unsigned code;
	unsigned labels;
};

static bool take_digits(const uint8_t **at, const uint8_t *end, unsigned least, unsigned most,
                        unsigned *ret_number)
{
	unsigned number = 0, count = 0;

	for (; count < most && *at < end && **at >= '0' && **at <= '9'; count++, (*at)++)
		number = number * 10 + (unsigned)(**at - '0');
	*ret_number = number;
	return count >= least;
}

/* nn[Pnnn[Lyyyyy]] and nothing else on the line. */
static bool read_line(const uint8_t *at, const uint8_t *end, struct reading *reading)
{
	unsigned lines;

	*reading = (struct reading){ 0 };
	if (!take_digits(&at, end, 2, 2, &reading->code))
		return false;
	if (at < end && *at == 'P') {
		at++;
		if (!take_digits(&at, end, 1, 5, &reading->labels))
			return false;
		if (at < end && *at == 'L') {
			at++;
			if (!take_digits(&at, end, 1, 5, &lines))
				return false;
		}
	}
	return at == end;
}

/* clang-format off */
/* Code 07 is paper or ribbon: it does not say which, so both stay unknown. */
static const struct {
	unsigned code;
	enum hal_tri head_open, paused, busy;
	const char *words;
} codes[] = {
	{ 1,  HAL_UNKNOWN, HAL_UNKNOWN, HAL_UNKNOWN, "syntax error" },
	{ 2,  HAL_UNKNOWN, HAL_UNKNOWN, HAL_UNKNOWN, "dots beyond the label" },
	{ 3,  HAL_UNKNOWN, HAL_UNKNOWN, HAL_UNKNOWN, "wrong length of data" },
	{ 4,  HAL_UNKNOWN, HAL_UNKNOWN, HAL_UNKNOWN, "memory full" },
	{ 6,  HAL_UNKNOWN, HAL_UNKNOWN, HAL_UNKNOWN, "transmission error" },
	{ 7,  HAL_UNKNOWN, HAL_UNKNOWN, HAL_UNKNOWN, "paper or ribbon out" },
	{ 10, HAL_UNKNOWN, HAL_UNKNOWN, HAL_UNKNOWN, "not in entry mode" },
	{ 11, HAL_YES,     HAL_UNKNOWN, HAL_UNKNOWN, NULL },
	{ 12, HAL_UNKNOWN, HAL_YES,     HAL_UNKNOWN, NULL },
	{ 13, HAL_UNKNOWN, HAL_UNKNOWN, HAL_UNKNOWN, "head too hot" },
	{ 50, HAL_UNKNOWN, HAL_UNKNOWN, HAL_YES,     NULL },
	{ 81, HAL_UNKNOWN, HAL_UNKNOWN, HAL_UNKNOWN, "cutter jam" },
	{ 84, HAL_UNKNOWN, HAL_UNKNOWN, HAL_UNKNOWN, "feeds without end" },
};
/* clang-format on */

static void read_code(unsigned code, struct printer_answer *answer)
{
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		if (codes[i].code != code)
			continue;
		answer->condition.head_open = codes[i].head_open;
		answer->condition.paused = codes[i].paused;
		answer->condition.busy = codes[i].busy;
		if (codes[i].words)
			answer_fault(answer, codes[i].words);
		return;
	}
	answer_fault(answer, "an error of unknown meaning");
}

static void read_healthy(struct printer_answer *answer)
{
	answer->condition.paper_out = HAL_NO;
	answer->condition.ribbon_out = HAL_NO;
	answer->condition.head_open = HAL_NO;
	answer->condition.paused = HAL_NO;
}

static void conclude(const struct reading *reading, struct printer_answer *answer)
{
	if (reading->code == 0)
		read_healthy(answer);
	else
		read_code(reading->code, answer);
	if (reading->labels > 0) {
		answer->condition.busy = HAL_YES;
		answer->holds = HAL_YES;
	}
	answer_conclude(answer, reading->code == 0);
}

static bool ends_line(uint8_t byte)
{
	return byte == '\r' || byte == '\n';
}

/* A line is read whole or dropped whole: the tail of "100" must not become a "00". */
enum answer_cut epl2_parse(unsigned query, const uint8_t *bytes, size_t len, size_t *ret_used,
                           struct printer_answer *ret_answer)
{
	struct printer_answer answer = answer_nothing();
	struct reading reading;
	size_t line = 0;

	(void)query;
	while (line < len && !ends_line(bytes[line]))
		line++;
	if (line == len)
		return ANSWER_MORE;
	*ret_used = line + 1;
	if (!read_line(bytes, bytes + line, &reading))
		return ANSWER_NOISE;
	conclude(&reading, &answer);
	*ret_answer = answer;
	return ANSWER_WHOLE;
}
