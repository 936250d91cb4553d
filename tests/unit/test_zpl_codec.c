/* SPDX-License-Identifier: MIT */
/* What ZPL printers answer: rows from real printers' logs and from the manual. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "printer/zpl_codec.h"
#include "printer_rows.h"

#define STX  "\x02"
#define ETX  "\x03\r\n"
#define HEAD "\x02\r\n\r\n  PRINTER STATUS                            \r\n"

/* clang-format off */
static const struct answer_row status_rows[] = {
	/*                                             ready paper head ribbon paused busy */
	{ "ZT410, paper and ribbon out, logged as bytes",
	  BYTES(STX "030,1,1,1225,000,0,0,0,000,0,0,0" ETX STX "001,0,0,1,1,2,6,0,00000000,1,000" ETX
	        STX "1234,0" ETX), "nynyy-", "", 0, 1225 },
	{ "ZE500, head open, logged as bytes",
	  BYTES(STX "014,0,1,1225,009,0,0,0,000,1,0,0" ETX STX "001,0,1,0,1,4,6,0,00000000,1,000" ETX
	        STX "1234,0" ETX), "nnynyy", "settings in RAM lost", 9, 1225 },
	{ "ZT410, device.host_status, logged",
	  BYTES("\"030,1,1,1225,000,0,0,0,000,0,0,0\n001,0,0,1,1,2,6,0,00000000,1,000\n1234,0\""),
	  "nynyy-", "", 0, 1225 },
	{ "device.host_status on one line, as the SGD manual shows it",
	  BYTES("\"030,0,0,1225,000,0,0,0,000,0,0,0 001,0,0,0,1,2,6,0,00000000,1,000 1234,0\""),
	  "ynnnn-", "", 0, 1225 },
	{ "healthy, a label length of three digits",
	  BYTES(STX "030,0,0,800,000,0,0,0,000,0,0,0" ETX STX "001,0,0,0,1,2,6,0,00000000,1,000" ETX
	        STX "1234,0" ETX), "ynnnn-", "", 0, 800 },
	{ "paused alone",
	  BYTES(STX "030,0,1,1225,000,0,0,0,000,0,0,0" ETX STX "001,0,0,0,1,2,6,0,00000000,1,000" ETX
	        STX "1234,0" ETX), "nnnny-", "", 0, 1225 },
	{ "field n is not the head",
	  BYTES(STX "030,0,0,1225,000,0,0,0,000,0,0,0" ETX STX "001,1,0,0,1,2,6,0,00000000,1,000" ETX
	        STX "1234,0" ETX), "ynnnn-", "", 0, 1225 },
	{ "field o is the head",
	  BYTES(STX "030,0,0,1225,000,0,0,0,000,0,0,0" ETX STX "001,0,1,0,1,2,6,0,00000000,1,000" ETX
	        STX "1234,0" ETX), "nnynn-", "", 0, 1225 },
	{ "formats wait",
	  BYTES(STX "030,0,0,1225,003,0,0,0,000,0,0,0" ETX STX "001,0,0,0,1,2,6,0,00000000,1,000" ETX
	        STX "1234,0" ETX), "nnnnny", "", 3, 1225 },
	{ "labels of a batch remain",
	  BYTES(STX "030,0,0,1225,000,0,0,0,000,0,0,0" ETX STX "001,0,0,0,1,2,6,0,00000012,1,000" ETX
	        STX "1234,0" ETX), "nnnnny", "", 0, 1225 },
	{ "half a format came",
	  BYTES(STX "030,0,0,1225,000,0,0,1,000,0,0,0" ETX STX "001,0,0,0,1,2,6,0,00000000,1,000" ETX
	        STX "1234,0" ETX), "nnnnny", "", 0, 1225 },
	{ "a label waits at the peel bar",
	  BYTES(STX "030,0,0,1225,000,0,0,0,000,0,0,0" ETX STX "001,0,0,0,1,1,6,1,00000000,1,000" ETX
	        STX "1234,0" ETX), "nnnnny", "", 0, 1225 },
	{ "buffer full", BYTES(STX "030,0,0,1225,000,1,0,0,000,0,0,0" ETX
	        STX "001,0,0,0,1,2,6,0,00000000,1,000" ETX STX "1234,0" ETX),
	  "nnnnn-", "receive buffer full", 0, 1225 },
	{ "diagnostic mode, too cold, too hot", BYTES(STX "030,0,0,1225,000,0,1,0,000,0,1,1" ETX
	        STX "001,0,0,0,1,2,6,0,00000000,1,000" ETX STX "1234,0" ETX),
	  "nnnnn-", "head too hot, head too cold, in diagnostic mode", 0, 1225 },
	{ "print mode as a letter, line ends of LF only", BYTES(STX "030,0,0,1225,000,0,0,0,000,0,0,0\x03\n"
	        STX "001,0,0,0,1,K,6,0,00000000,1,000\x03\n" STX "1234,0\x03"), "ynnnn-", "", 0, 1225 },
	{ "ZT410, ~HQES, logged: paused, paper and ribbon out",
	  BYTES("  PRINTER STATUS                            \r\n"
	        "   ERRORS:         1 00000000 00010003      \r\n"
	        "   WARNINGS:       0 00000000 00000000      \r\n"), "nynyy-", "", -1, -1 },
	{ "ZE500, ~HQES, logged: head open, of the pause it says nothing",
	  BYTES("  PRINTER STATUS                            \n"
	        "   ERRORS:         1 00000000 00000004      \n"
	        "   WARNINGS:       0 00000000 00000000       \n"), "nnyn--", "", -1, -1 },
	{ "~HQES healthy, framed",
	  BYTES(HEAD "   ERRORS:         0 00000000 00000000      \r\n"
	        "   WARNINGS:       0 00000000 00000000      \r\n\x03"), "ynnnn-", "", -1, -1 },
	{ "~HQES of an Oki, on one line",
	  BYTES("PRINTER STATUS ERRORS: 0 00000000 00000000 WARNINGS: 0 00000000 00000000"),
	  "ynnnn-", "", -1, -1 },
	{ "~HQES of an Oki: feed jam, head disconnected, cutter",
	  BYTES("PRINTER STATUS ERRORS: 1 00000000 00000148 WARNINGS: 0 00000000 00000000"),
	  "nnnn--", "cutter, head defective, ribbon, feed or firmware", -1, -1 },
	{ "~HQES: paused alone",
	  BYTES(HEAD "   ERRORS:         1 00000000 00010000\r\n"
	        "   WARNINGS:       0 00000000 00000000\r\n\x03"), "nnnny-", "", -1, -1 },
	{ "~HQES: an error without a bit",
	  BYTES(HEAD "   ERRORS:         1 00000000 00000000\r\n"
	        "   WARNINGS:       0 00000000 00000000\r\n\x03"),
	  "nnnn--", "an error of unknown meaning", -1, -1 },
	{ "~HQES: a bit without the error digit",
	  BYTES(HEAD "   ERRORS:         0 00000000 00000001\r\n"
	        "   WARNINGS:       0 00000000 00000000\r\n\x03"), "nynn--", "", -1, -1 },
	{ "~HQES: an error in the other group",
	  BYTES(HEAD "   ERRORS:         1 00000001 00000000\r\n"
	        "   WARNINGS:       0 00000000 00000000\r\n\x03"),
	  "nnnn--", "an error of unknown meaning", -1, -1 },
	{ "~HQES: the head wants cleaning, and prints",
	  BYTES(HEAD "   ERRORS:         0 00000000 00000000\r\n"
	        "   WARNINGS:       1 00000000 00000002\r\n\x03"), "ynnnn-", "", -1, -1 },
	{ "GX420t class, ~HS, healthy, logged (WebZLP)",
	  BYTES(STX "014,0,0,0633,000,0,0,0,000,0,0,0" ETX STX "000,0,0,0,0,2,6,0,00000000,1,000" ETX
	        STX "1234,0" ETX), "ynnnn-", "", 0, 633 },
	{ "a barcode station's sample, ~HS, healthy",
	  BYTES(STX "014,0,0,0214,000,0,0,0,000,0,0,0" ETX STX "001,0,0,0,1,2,3,0,00000000,1,000" ETX
	        STX "1234,0" ETX), "ynnnn-", "", 0, 214 },
	{ "~HQES of a ZD420, logged: out of media and paused",
	  BYTES(HEAD "   ERRORS:         1 00000000 00010001\r\n"
	        "   WARNINGS:       0 00000000 00000000\r\n\x03"), "nynny-", "", -1, -1 },
	{ "~HQES, example of the guide: head open, media out, head to be cleaned",
	  BYTES("  PRINTER STATUS\r\n   ERRORS:         1 00000000 00000005\r\n"
	        "   WARNINGS:       1 00000000 00000002\r\n"), "nyyn--", "", -1, -1 },
	{ "~HQES: head too hot and open",
	  BYTES(HEAD "   ERRORS:         1 00000000 00000014\r\n"
	        "   WARNINGS:       0 00000000 00000000\r\n\x03"), "nnyn--", "head too hot", -1, -1 },
	{ "~HQES, logged (Ladder99): head open and paused, warnings of sensors",
	  BYTES(HEAD "   ERRORS:          1 00000000 00010004  \r\n"
	        "   WARNINGS:        1 00000000 00000100   \r\n\x03"), "nnyny-", "", -1, -1 },
	{ "~HS, logged (a Japanese note): peel mode, direct thermal",
	  BYTES(STX "159,0,0,0364,000,0,0,0,000,0,0,0" ETX STX "000,0,0,0,0,1,4,0,00000000,1,000" ETX
	        STX "0000,0" ETX), "ynnnn-", "", 0, 364 },
	{ "the same as device.host_status",
	  BYTES("\"159,0,0,0364,000,0,0,0,000,0,0,0\r\n000,0,0,0,0,1,4,0,00000000,1,000\r\n"
	        "0000,0\"\r\n"), "ynnnn-", "", 0, 364 },
	{ "zpl.system_status, example of the SGD guide: paused, head open",
	  BYTES("\"1,1,00000000,00000004,0,00000000,00000000\""), "nnyny-", "", -1, -1 },
	{ "zpl.system_status: nothing", BYTES("\"0,0,00000000,00000000,0,00000000,00000000\""),
	  "ynnnn-", "", -1, -1 },
	{ "zpl.system_status: a warning that does not matter",
	  BYTES("\"0,0,00000000,00000000,1,00000000,00000008\""), "ynnnn-", "", -1, -1 },
	{ "zpl.system_status: paused alone", BYTES("\"1,0,00000000,00000000,0,00000000,00000000\""),
	  "nnnny-", "", -1, -1 },
	{ "zpl.system_status: media out, ribbon out, not paused",
	  BYTES("\"0,1,00000000,00000003,0,00000000,00000000\""), "nynyn-", "", -1, -1 },
	{ "ZT410, sensor.paper_supply, logged", BYTES("\"out\""), "ny----", "", -1, -1 },
	{ "head.latch, SGD guide", BYTES("\"open\""), "n-y---", "", -1, -1 },
	{ "~HQES: not calibrated: who knows where it prints",
	  BYTES(HEAD "   ERRORS:         0 00000000 00000000\r\n"
	        "   WARNINGS:       1 00000000 00000001\r\n\x03"), "-nnnn-", "", -1, -1 },
};
/* clang-format on */

#define ROWS (sizeof(status_rows) / sizeof(status_rows[0]))

static void every_answer_says_what_its_row_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS; i++)
		check_row(&status_rows[i], zpl_parse, 0);
}

/* Behind the last flag only ETX, the quote, or blanks and line ends follow. */
static void an_answer_cut_short_is_none(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS; i++) {
		size_t needed = status_rows[i].len;

		while (strchr(" \r\n\x03", status_rows[i].bytes[needed - 1]))
			needed--;
		if (status_rows[i].bytes[0] == '\x02' && status_rows[i].bytes[1] != '\r')
			needed++;
		check_cuts(&status_rows[i], zpl_parse, needed);
	}
}

static void a_damaged_answer_stays_in_bounds(void **state)
{
	(void)state;
	srand(1);
	for (size_t i = 0; i < ROWS; i++)
		check_damage(&status_rows[i], zpl_parse);
}

static void several_answers_are_several_and_a_partial_one_between_is_none(void **state)
{
	static const char text[] =
		"0,1225,000,0,0,0,000,0,0,0" ETX STX "001,0,0,0,1,2,6,0,00000000,1,000" ETX STX
		"1234,0" ETX /* began before we listened */
			STX "030,0,0,1225,000,0,0,0,000,0,0,0" ETX STX
		"001,0,0,0,1,2,6,0,00000000,1,000" ETX STX "1234,0" ETX                  /* whole */
			STX "030,0,0,1225,000,0,0,0,000,0,0,0" ETX STX "001,0,0,0,1,2,6" /* cut */
		STX "030,1,1,1225,000,0,0,0,000,0,0,0" ETX STX
		"001,0,0,1,1,2,6,0,00000000,1,000" ETX STX "1234,0" ETX /* whole */
		"\"ok\"\r\n" STX "ZT410-200dpi,V75.19.15Z,8,4096KB" ETX /* something else */
			STX "030,0,0,1225";                             /* not over */
	struct hearing hearing = hear_all(zpl_parse, 0, text, sizeof(text) - 1);

	(void)state;
	assert_int_equal(hearing.answers, 2);
	assert_int_equal(hearing.last.condition.paper_out, HAL_YES);
	assert_int_equal(hearing.left, 13);
}

/* Whatever single character of a healthy answer is lost, it never becomes a ready one of its own.
 */
static void lost_characters_never_make_it_ready(void **state)
{
	const struct answer_row *row = &status_rows[0];
	char text[128];

	(void)state;
	for (size_t lost = 0; lost < row->len; lost++) {
		memcpy(text, row->bytes, lost);
		memcpy(text + lost, row->bytes + lost + 1, row->len - lost - 1);
		assert_false(hear_all(zpl_parse, 0, text, row->len - 1).any_ready);
	}
}

/* What a ZT410 and a ZE500 were logged to say when asked for something else. */
static void other_answers_of_real_printers_are_none_of_a_state(void **state)
{
	static const char *const others[] = {
		"\"18J161604846\"\r\n",
		"\"6.0\"\r\n",
		"\"313247 INCHES, 795649 CENTIMETERS\"\r\n",
		"\"00 days 00 hours 41 mins 15 secs\"\r\n",
		"\"no\"\r\n",
		"\"ok\"\r\n",
		"\"?\"\r\n",
		"\"\"\r\n",
		"  MAC ADDRESS                               \r\n   00:07:4D:69:58:80\r\n",
		"  HEAD TEST RESULTS                         \r\n   0,A,0000,0000,0000\r\n",
		"  PLUG AND PLAY MESSAGES                    \r\n   MFG: Zebra Technologies\r\n"
		"   CMD: ZPL\r\n   MDL: ZT410\r\n",
		"  PRINT METERS                              \r\n   TOTAL NONRESETTABLE:  2457 "
		"\"\r\n",
		STX "ZE500-4 LH-200dpi ,V53.17.22Z,8,10840KB" ETX,
		"Head Temp = 22\r\nAmbient Temp = 153\r\nCOMMAND PFX = ~ : FORMAT PFX = ^\r\n",
		"  READY               ZBI STATUS        \r\n  DISABLED            ZBI\r\n",
		"~HS\r\n",
		"030,0,0,1225,000,0,0,0,000,0,0,0\r\n001,0,0,0,1,2,6,0,00000000,1,000\r\n1234,"
		"0\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		print_message("    %s\n", others[i]);
		assert_int_equal(hear_all(zpl_parse, 0, others[i], strlen(others[i])).answers, 0);
	}
}

static void flags_are_nought_or_one_and_nothing_else(void **state)
{
	static const char *const wrong[] = {
		"\"0,2,00000000,00000000,0,00000000,00000000\"",
		"\"0,0,0000000,00000000,0,00000000,00000000\"",
		"\"0,0,00000000,00000000,0,00000000\"",
		STX "030,2,0,1225,000,0,0,0,000,0,0,0" ETX STX
		    "001,0,0,0,1,2,6,0,00000000,1,000" ETX STX "1234,0" ETX,
		STX "030,0,0,1225,000,0,0,0,000,0,0" ETX STX
		    "001,0,0,0,1,2,6,0,00000000,1,000" ETX STX "1234,0" ETX,
		STX "030,0,0,,000,0,0,0,000,0,0,0" ETX STX
		    "001,0,0,0,1,2,6,0,00000000,1,000" ETX STX "1234,0" ETX,
		STX "030,0,0,1225,000,0,0,0,000,0,0,0,0" ETX STX
		    "001,0,0,0,1,2,6,0,00000000,1,000" ETX STX "1234,0" ETX,
		"PRINTER STATUS ERRORS: 2 00000000 00000000 WARNINGS: 0 00000000 00000000",
		"PRINTER STATUS ERRORS: 0 0000000 00000000 WARNINGS: 0 00000000 00000000",
		"PRINTER STATUS ERRORS: 0 00000000 0000000G WARNINGS: 0 00000000 00000000",
		"\"030,0,0,1225,000,0,0,0,000,0,0,0001,0,0,0,1,2,6,0,00000000,1,000 1234,0\"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(hear_all(zpl_parse, 0, wrong[i], strlen(wrong[i])).answers, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_answer_says_what_its_row_says),
		cmocka_unit_test(an_answer_cut_short_is_none),
		cmocka_unit_test(a_damaged_answer_stays_in_bounds),
		cmocka_unit_test(several_answers_are_several_and_a_partial_one_between_is_none),
		cmocka_unit_test(lost_characters_never_make_it_ready),
		cmocka_unit_test(other_answers_of_real_printers_are_none_of_a_state),
		cmocka_unit_test(flags_are_nought_or_one_and_nothing_else),
	};

	return cmocka_run_group_tests_name("zpl_codec", tests, NULL, NULL);
}
