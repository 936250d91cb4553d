/* SPDX-License-Identifier: MIT */
#include "printer/zpl_errors.h"

#include <stddef.h>

/* clang-format off */
static const struct answer_bit errors[] = {
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
	{ 0,        NULL },
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

static void name_errors(uint32_t bits, struct printer_answer *answer)
{
	bits &= ~(MEDIA_OUT | RIBBON_OUT | HEAD_OPEN | PAUSED);
	if (answer_name_bits(answer, errors, bits))
		answer_fault(answer, "an error of unknown meaning");
}

static void conclude(const struct flags *error, const struct flags *warning, enum hal_tri paused,
                     struct printer_answer *answer)
{
	struct hal_printer_condition *condition = &answer->condition;
	uint32_t bits = error->group_1;

	condition->paper_out = hal_tri_of(bits & MEDIA_OUT);
	condition->ribbon_out = hal_tri_of(bits & RIBBON_OUT);
	condition->head_open = hal_tri_of(bits & HEAD_OPEN);
	condition->paused = bits & PAUSED ? HAL_YES : paused;
	name_errors(bits, answer);
	if (error->group_2 || (error->present && !bits))
		answer_fault(answer, "an error of unknown meaning");
	answer_conclude(answer, !(warning->group_1 & CALIBRATE) && !warning->group_2);
}

/* What stands between two values: blanks in words, a comma in the SGD variable. */
static void take_gap(struct scan *scan, char gap)
{
	scan_expect(scan, gap);
	if (gap == ' ')
		scan_skip(scan, " \t");
}

static struct flags take_flags(struct scan *scan, char gap)
{
	struct flags flags;

	flags.present = scan_number(scan, 2, 1, 1);
	take_gap(scan, gap);
	flags.group_2 = scan_number(scan, 16, 8, 8);
	take_gap(scan, gap);
	flags.group_1 = scan_number(scan, 16, 8, 8);
	return flags;
}

static struct flags take_named_flags(struct scan *scan, const char *name)
{
	scan_expect_text(scan, name);
	scan_skip(scan, " \t");
	return take_flags(scan, ' ');
}

/*
 * A ZE500 with its head open left the pause bit clear while its ~HS said
 * paused: beside another error a clear pause bit says nothing.
 */
void zpl_take_errors(struct scan *scan, struct printer_answer *answer)
{
	struct flags error = take_named_flags(scan, "ERRORS:");
	struct flags warning;
	bool quiet = !error.present && !error.group_1;

	scan_skip(scan, " \t\r\n");
	warning = take_named_flags(scan, "WARNINGS:");
	if (scan_is_well(scan))
		conclude(&error, &warning, quiet ? HAL_NO : HAL_UNKNOWN, answer);
}

void zpl_take_system_status(struct scan *scan, struct printer_answer *answer)
{
	struct flags error, warning;
	uint32_t paused;

	scan_expect(scan, '"');
	paused = scan_number(scan, 2, 1, 1);
	scan_expect(scan, ',');
	error = take_flags(scan, ',');
	scan_expect(scan, ',');
	warning = take_flags(scan, ',');
	scan_expect(scan, '"');
	if (scan_is_well(scan))
		conclude(&error, &warning, hal_tri_of(paused), answer);
}
