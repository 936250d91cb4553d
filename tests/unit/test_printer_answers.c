/* SPDX-License-Identifier: MIT */
/* What printers answer in TSPL, EPL2, ESC/POS, Brother's raster language and over USB itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "printer/brother_codec.h"
#include "printer/epl2_codec.h"
#include "printer/escpos_codec.h"
#include "printer/tspl_codec.h"
#include "printer/usb_codec.h"
#include "printer_rows.h"

/* clang-format off */
static const struct answer_row tspl_rows[] = {
	/* Gprinter GP-2120T manual, "Hex Receive";      ready paper head ribbon paused busy */
	{ "00 normal",                                   BYTES("\x00"), "ynnnnn", "", -1, -1 },
	{ "01 head opened",                              BYTES("\x01"), "nnynnn", "", -1, -1 },
	{ "03 paper jam and head opened",                BYTES("\x03"), "nnynnn", "paper jam", -1, -1 },
	{ "04 out of paper",                             BYTES("\x04"), "nynnnn", "", -1, -1 },
	{ "05 out of paper and head opened",             BYTES("\x05"), "nyynnn", "", -1, -1 },
	{ "08 out of ribbon",                            BYTES("\x08"), "nnnynn", "", -1, -1 },
	{ "09 out of ribbon and head opened",            BYTES("\x09"), "nnyynn", "", -1, -1 },
	{ "0A out of ribbon and paper jam",              BYTES("\x0A"), "nnnynn", "paper jam", -1, -1 },
	{ "0B out of ribbon, paper jam and head opened", BYTES("\x0B"), "nnyynn", "paper jam", -1, -1 },
	{ "0C out of ribbon and out of paper",           BYTES("\x0C"), "nynynn", "", -1, -1 },
	{ "0D out of ribbon, of paper and head opened",  BYTES("\x0D"), "nyyynn", "", -1, -1 },
	{ "10 pause",                                    BYTES("\x10"), "nnnnyn", "", -1, -1 },
	{ "20 printing",                                 BYTES("\x20"), "nnnnny", "", -1, -1 },
	{ "40 cover opened (option)",                    BYTES("\x40"), "nnnnnn", "cover open", -1, -1 },
	{ "80 temperature over range (option)",          BYTES("\x80"), "nnnnnn", "temperature out of range", -1, -1 },
	/* TSC programming manual, "<ESC>!S" */
	{ "normal",               BYTES("\x02@@@@\x03\r\n"), "ynnnnn", "", -1, -1 },
	{ "pause",                BYTES("\x02`@@@\x03\r\n"), "nnnny-", "", -1, -1 },
	{ "backing label",        BYTES("\x02" "B@@@\x03\r\n"), "nnnnny", "", -1, -1 },
	{ "cutting",              BYTES("\x02" "C@@@\x03\r\n"), "nnnnny", "", -1, -1 },
	{ "error: paper empty",   BYTES("\x02" "E@@A\x03\r\n"), "nynn--", "printer error", -1, -1 },
	{ "error: paper jam",     BYTES("\x02" "E@@B\x03\r\n"), "nnnn--", "printer error, paper jam", -1, -1 },
	{ "error: ribbon empty",  BYTES("\x02" "E@@D\x03\r\n"), "nnny--", "printer error", -1, -1 },
	{ "error: head open",     BYTES("\x02" "E@@`\x03\r\n"), "nnyn--", "printer error", -1, -1 },
	{ "error: head too hot",  BYTES("\x02" "E@A@\x03\r\n"), "nnnn--", "printer error, head too hot", -1, -1 },
	{ "error: motor too hot", BYTES("\x02" "E@B@\x03\r\n"), "nnnn--", "printer error, motor too hot", -1, -1 },
	{ "error: cutter jam",    BYTES("\x02" "E@H@\x03\r\n"), "nnnn--", "printer error, cutter jam", -1, -1 },
	{ "error: memory",        BYTES("\x02" "E@P@\x03\r\n"), "nnnn--", "printer error, memory full", -1, -1 },
	{ "feeding",              BYTES("\x02" "F@@@\x03\r\n"), "nnnnny", "", -1, -1 },
	{ "waits for the key",    BYTES("\x02K@@@\x03\r\n"), "nnnn-y", "waits for its print key", -1, -1 },
	{ "waits for the label",  BYTES("\x02L@@@\x03\r\n"), "nnnn-y", "waits for the label to be taken", -1, -1 },
	{ "printing a batch",     BYTES("\x02P@@@\x03\r\n"), "nnnnny", "", -1, -1 },
	{ "imaging",              BYTES("\x02W@@@\x03\r\n"), "nnnnny", "", -1, -1 },
	{ "receive buffer full",  BYTES("\x02@H@@\x03\r\n"), "nnnnnn", "receive buffer full", -1, -1 },
	{ "normal, yet paper is empty", BYTES("\x02@@@A\x03\r\n"), "nynnnn", "", -1, -1 },
	{ "a letter nobody listed",     BYTES("\x02Z@@@\x03\r\n"), "-nnn--", "", -1, -1 },
};

static const struct answer_row epl2_rows[] = {
	/* EPL2 manual, error codes;                     ready paper head ribbon paused busy */
	{ "00 no error",             BYTES("00\r\n"),          "ynnnn-", "", -1, -1 },
	{ "00 and labels to go",     BYTES("00P003\r\n"),      "nnnnny", "", -1, -1 },
	{ "00 and none to go",       BYTES("00P000\r\n"),      "ynnnn-", "", -1, -1 },
	{ "01 syntax",               BYTES("01\r\n"),          "n-----", "syntax error", -1, -1 },
	{ "07 paper or ribbon",      BYTES("07P003\r\n"),      "n----y", "paper or ribbon out", -1, -1 },
	{ "07 with lines (UT)",      BYTES("07P003L01234\r\n"), "n----y", "paper or ribbon out", -1, -1 },
	{ "10 not in entry mode",    BYTES("10\r\n"),          "n-----", "not in entry mode", -1, -1 },
	{ "11 head up",              BYTES("11\r\n"),          "n-y---", "", -1, -1 },
	{ "12 paused",               BYTES("12P001\r\n"),      "n---yy", "", -1, -1 },
	{ "13 head hot",             BYTES("13\r\n"),          "n-----", "head too hot", -1, -1 },
	{ "50 busy",                 BYTES("50\r\n"),          "n----y", "", -1, -1 },
	{ "81 cutter",               BYTES("81\r\n"),          "n-----", "cutter jam", -1, -1 },
	{ "84 excessive feed",       BYTES("84\r\n"),          "n-----", "feeds without end", -1, -1 },
	{ "a code nobody listed",    BYTES("77\r\n"),          "n-----", "an error of unknown meaning", -1, -1 },
};

static const struct {
	unsigned query;
	struct answer_row row;
} escpos_rows[] = {
	/* ESC/POS guide, DLE EOT n;                        ready paper head ribbon paused busy */
	{ 1, { "1: on line",                 BYTES("\x12"), "y-----", "", -1, -1 } },
	{ 1, { "1: on line, drawer signal",  BYTES("\x16"), "y-----", "", -1, -1 } },
	{ 1, { "1: off line",                BYTES("\x1A"), "n-----", "off line", -1, -1 } },
	{ 2, { "2: nothing",                 BYTES("\x12"), "--n---", "", -1, -1 } },
	{ 2, { "2: cover open",              BYTES("\x16"), "n-y---", "", -1, -1 } },
	{ 2, { "2: fed by the button",       BYTES("\x1A"), "n-n--y", "", -1, -1 } },
	{ 2, { "2: paper end",               BYTES("\x32"), "nyn---", "", -1, -1 } },
	{ 2, { "2: error",                   BYTES("\x52"), "n-n---", "printer error", -1, -1 } },
	{ 3, { "3: nothing",                 BYTES("\x12"), "------", "", -1, -1 } },
	{ 3, { "3: cutter",                  BYTES("\x1A"), "n-----", "cutter", -1, -1 } },
	{ 3, { "3: unrecoverable",           BYTES("\x32"), "n-----", "unrecoverable error", -1, -1 } },
	{ 4, { "4: paper",                   BYTES("\x12"), "-n----", "", -1, -1 } },
	{ 4, { "4: paper near its end",      BYTES("\x1E"), "-n----", "", -1, -1 } },
	{ 4, { "4: paper out",               BYTES("\x72"), "ny----", "", -1, -1 } },
	{ 4, { "4: paper out, near end too", BYTES("\x7E"), "ny----", "", -1, -1 } },
	{ 4, { "4: one of the two bits",     BYTES("\x32"), "ny----", "", -1, -1 } },
};

#define BROTHER(e1, e2, media, type, phase) \
	BYTES("\x80\x20\x42\x30\x4F\x30\x00\x00" e1 e2 "\x3E" media \
	      "\x00\x00\x15\x00\x00\x00" type phase "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")

static const struct answer_row brother_rows[] = {
	/* byte 14 is 0x15 on a QL-500;                                  ready paper head ribbon paused busy */
	{ "reply, receiving", BROTHER("\x00", "\x00", "\x0A", "\x00", "\x00"), "ynn--n", "", -1, -1 },
	{ "reply, printing",  BROTHER("\x00", "\x00", "\x0A", "\x00", "\x01"), "nnn--y", "", -1, -1 },
	{ "completed, still printing", BROTHER("\x00", "\x00", "\x0B", "\x01", "\x01"), "nnn--y", "", -1, -1 },
	{ "completed, half of the word", BROTHER("\x00", "\x00", "\x0B", "\x01", "\x00"), "-nn---", "", -1, -1 },
	{ "phase: receiving, the other half", BROTHER("\x00", "\x00", "\x4A", "\x06", "\x00"), "-nn---", "", -1, -1 },
	{ "phase: printing", BROTHER("\x00", "\x00", "\x4A", "\x06", "\x01"), "nnn--y", "", -1, -1 },
	{ "no media",         BROTHER("\x01", "\x00", "\x00", "\x02", "\x00"), "nyn---", "", -1, -1 },
	{ "end of media",     BROTHER("\x02", "\x00", "\x0A", "\x02", "\x00"), "nyn---", "", -1, -1 },
	{ "no media loaded, no error yet", BROTHER("\x00", "\x00", "\x00", "\x00", "\x00"), "nyn--n", "", -1, -1 },
	{ "cover open",       BROTHER("\x00", "\x10", "\x0A", "\x02", "\x00"), "nny---", "", -1, -1 },
	{ "cutter",           BROTHER("\x04", "\x00", "\x0A", "\x02", "\x00"), "nnn---", "cutter jam", -1, -1 },
	{ "wrong media",      BROTHER("\x00", "\x01", "\x0A", "\x02", "\x00"), "nnn---", "wrong media", -1, -1 },
	{ "cannot feed, system", BROTHER("\x00", "\xC0", "\x0A", "\x02", "\x00"), "nnn---",
	  "cannot feed, system error", -1, -1 },
	{ "error without a bit", BROTHER("\x00", "\x00", "\x0A", "\x02", "\x00"), "nnn---",
	  "an error of unknown meaning", -1, -1 },
};

static const struct answer_row usb_rows[] = {
	/* USB printer class 1.1, 4.2.2;                ready paper head ribbon paused busy */
	{ "18, which proves nothing",    BYTES("\x18"), "------", "", -1, -1 },
	{ "38 paper empty",              BYTES("\x38"), "ny----", "", -1, -1 },
	{ "10 error",                    BYTES("\x10"), "n-----", "printer error", -1, -1 },
	{ "08 not selected",             BYTES("\x08"), "n-----", "not on line", -1, -1 },
	{ "58 jam, a vendor's own bit",  BYTES("\x58"), "n-----", "paper jam", -1, -1 },
	{ "98 cover, a vendor's own bit", BYTES("\x98"), "n-----", "cover open", -1, -1 },
	{ "00",                          BYTES("\x00"), "n-----", "printer error, not on line", -1, -1 },
};
/* clang-format on */

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void every_tspl_answer_says_what_its_row_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(tspl_rows); i++)
		check_row(&tspl_rows[i], tspl_parse, 0);
}

static void a_long_tspl_answer_is_whole_or_none(void **state)
{
	static const char damaged[] = "\x02@@@@\x00\r\n";
	struct hearing hearing;

	(void)state;
	for (size_t i = 0; i < COUNT(tspl_rows); i++)
		if (tspl_rows[i].len == 8)
			check_cuts(&tspl_rows[i], tspl_parse, 8);
	/* A damaged one must not leave a tail that reads as "00: normal". */
	hearing = hear_all(tspl_parse, 0, damaged, sizeof(damaged) - 1);
	assert_false(hearing.any_ready);
}

static void a_lone_02_of_tspl_is_a_jam_only_when_nothing_follows(void **state)
{
	static const struct answer_row jam = {
		"02 paper jam", BYTES("\x02"), "nnnnnn", "paper jam", -1, -1
	};

	(void)state;
	assert_int_equal(hear_all(tspl_parse, 0, "\x02", 1).left, 1);
	check_row(&jam, tspl_parse_byte, 0);
}

static void every_epl2_report_says_what_its_row_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(epl2_rows); i++)
		check_row(&epl2_rows[i], epl2_parse, 0);
}

static void an_epl2_line_is_read_whole_or_dropped_whole(void **state)
{
	static const char *const wrong[] = {
		"100\r\n", "0\r\n",   "00P\r\n", "07P003L\r\n",
		"00 \r\n", "x00\r\n", "UQ\r\n",  "00P1X\r\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_int_equal(hear_all(epl2_parse, 0, wrong[i], strlen(wrong[i])).answers, 0);
	for (size_t i = 0; i < COUNT(epl2_rows); i++)
		check_cuts(&epl2_rows[i], epl2_parse, epl2_rows[i].len - 1);
}

static void every_escpos_status_says_what_its_row_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(escpos_rows); i++)
		check_row(&escpos_rows[i].row, escpos_parse, escpos_rows[i].query);
}

static void a_byte_of_another_form_is_no_escpos_status(void **state)
{
	(void)state;
	for (unsigned byte = 0; byte < 256; byte++) {
		uint8_t sent = (uint8_t)byte;
		bool fits = (byte & 0x80) == 0 && (byte & 0x13) == 0x12;

		for (unsigned query = 1; query <= 4; query++)
			assert_int_equal(hear_all(escpos_parse, query, &sent, 1).answers, fits);
	}
}

static void every_brother_status_says_what_its_row_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(brother_rows); i++) {
		check_row(&brother_rows[i], brother_parse, 0);
		check_cuts(&brother_rows[i], brother_parse, 32);
	}
}

static void every_port_status_says_what_its_row_says_and_none_says_ready(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(usb_rows); i++)
		check_row(&usb_rows[i], usb_parse, 0);
	for (unsigned byte = 0; byte < 256; byte++) {
		uint8_t sent = (uint8_t)byte;

		assert_false(hear_all(usb_parse, 0, &sent, 1).any_ready);
	}
}

static void damaged_answers_stay_in_bounds(void **state)
{
	(void)state;
	srand(2);
	for (size_t i = 0; i < COUNT(tspl_rows); i++)
		check_damage(&tspl_rows[i], tspl_parse);
	for (size_t i = 0; i < COUNT(epl2_rows); i++)
		check_damage(&epl2_rows[i], epl2_parse);
	for (size_t i = 0; i < COUNT(escpos_rows); i++)
		check_damage(&escpos_rows[i].row, escpos_parse);
	for (size_t i = 0; i < COUNT(brother_rows); i++)
		check_damage(&brother_rows[i], brother_parse);
}

/* clang-format off */
static const struct {
	const char *id;
	size_t len;
	const char *manufacturer, *model, *serial, *languages, *language;
} id_rows[] = {
	{ BYTES("\x00\x4EMFG:Zebra Technologies ;CMD:ZPL;MDL:ZTC GK420d;CLS:PRINTER;OPTIONS:XML;SN:2;"),
	  "Zebra Technologies", "ZTC GK420d", "2", "zpl", "zpl" },
	{ BYTES("\x4E\x00MFG:Zebra Technologies ;CMD:ZPL;MDL:ZTC GK420d;CLS:PRINTER;OPTIONS:XML;SN:2;"),
	  "Zebra Technologies", "ZTC GK420d", "2", "zpl", "zpl" },
	{ BYTES("\x00\x4CMFG:Zebra Technologies ;CMD:ZPL;MDL:ZTC GK420d;CLS:PRINTER;OPTIONS:XML;SN:2;"),
	  "Zebra Technologies", "ZTC GK420d", "2", "zpl", "zpl" },
	{ BYTES("\x00\x1DMFG:TSC;CMD:TSPL2;MDL:TE2;MFG:what was in the buffer before;"),
	  "TSC", "TE2", "", "tspl", "tspl" },
	{ BYTES("MANUFACTURER:Zebra;MODEL:LP2844;COMMAND SET:EPL,ZPL;SERIALNUMBER:42A;"),
	  "Zebra", "LP2844", "42A", "epl2 zpl", "zpl" },
	{ BYTES("MFG:        ;MDL:        ;CMD:  ;"), "", "", "", "", "" },
	{ BYTES("MFG:Printer;MDL:Thermal Printer;"), "Printer", "Thermal Printer", "", "", "" },
	{ BYTES("MFG:Munbyn;CMD:XPP,XL;MDL:ITPP941;CLS:PRINTER;"),
	  "Munbyn", "ITPP941", "", "tspl xl", "tspl" },
	{ BYTES("mfg: Xprinter ; cmd: ESC/POS , TSPL ; mdl: XP-460B ;"),
	  "Xprinter", "XP-460B", "", "escpos tspl", "tspl" },
	{ BYTES("MFG:Gprinter;MDL:GP-58;CMD:ESC/POS;"), "Gprinter", "GP-58", "", "escpos", "escpos" },
	{ BYTES("MFG:EPSON;CMD:ESCPOS;MDL:TM-T20;"), "EPSON", "TM-T20", "", "escpos", "escpos" },
	{ BYTES("MFG:HPRT;CMD:CPCL;MDL:HM-A300S;"), "HPRT", "HM-A300S", "", "cpcl", "" },
	{ BYTES("MFG:Zebra;MDL:ZTC LP2844-Z;"), "Zebra", "ZTC LP2844-Z", "", "", "zpl" },
	{ BYTES("MFG:Zebra;MDL:LP2844;CMD:;"), "Zebra", "LP2844", "", "", "epl2" },
	{ BYTES("MFG:Zebra;MDL:ZTC GK420d (EPL);"), "Zebra", "ZTC GK420d (EPL)", "", "", "epl2" },
	{ BYTES("MFG:TSC;MDL:TTP-245C"), "TSC", "TTP-245C", "", "", "tspl" },
	{ BYTES("MFG:Brother;CMD:PT-CBP;MDL:QL-700;"), "Brother", "QL-700", "", "pt-cbp", "" },
	{ BYTES("\r\nMFG:Rollo Printer;\r\nMDL:X1038;\r\nCMD:\r\n"), "Rollo Printer", "X1038", "", "", "tspl" },
	{ BYTES("MFG:A:B;MDL:C"), "A:B", "C", "", "", "" },
};
/* clang-format on */

static void join(const struct usb_device_id *id, char *text, size_t cap)
{
	text[0] = '\0';
	for (unsigned i = 0; i < id->language_count; i++)
		snprintf(text + strlen(text), cap - strlen(text), "%s%s", i ? " " : "",
		         id->languages[i]);
}

static void every_device_id_says_what_its_row_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(id_rows); i++) {
		struct usb_device_id id;
		char languages[512];

		print_message("    %s\n", id_rows[i].id + (id_rows[i].id[0] < ' ' ? 2 : 0));
		assert_true(
			usb_parse_device_id((const uint8_t *)id_rows[i].id, id_rows[i].len, &id));
		join(&id, languages, sizeof(languages));
		assert_string_equal(id.manufacturer, id_rows[i].manufacturer);
		assert_string_equal(id.model, id_rows[i].model);
		assert_string_equal(id.serial, id_rows[i].serial);
		assert_string_equal(languages, id_rows[i].languages);
		assert_string_equal(id.language ? id.language : "", id_rows[i].language);
	}
}

static void what_has_no_key_is_no_device_id(void **state)
{
	struct usb_device_id id;

	(void)state;
	assert_false(usb_parse_device_id((const uint8_t *)"", 0, &id));
	assert_false(usb_parse_device_id((const uint8_t *)"\x00\x02", 2, &id));
	assert_false(usb_parse_device_id((const uint8_t *)"Zebra GK420d;ZPL", 16, &id));
	assert_false(usb_parse_device_id((const uint8_t *)":;:x", 4, &id));
}

static void device_ids_of_chance_stay_in_bounds(void **state)
{
	static const char letters[] = "MFGDLCS:;, ZPLTE\x00\x01\x40\xFF";
	struct usb_device_id id;

	(void)state;
	srand(3);
	for (unsigned round = 0; round < 20000; round++) {
		size_t len = (unsigned)rand() % 200;
		uint8_t *bytes = malloc(len + 1);

		for (size_t i = 0; i < len; i++)
			bytes[i] = (uint8_t)letters[(unsigned)rand() % (sizeof(letters) - 1)];
		if (usb_parse_device_id(bytes, len, &id))
			assert_true(id.language_count <= USB_LANGUAGES_MAX);
		free(bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_tspl_answer_says_what_its_row_says),
		cmocka_unit_test(a_long_tspl_answer_is_whole_or_none),
		cmocka_unit_test(a_lone_02_of_tspl_is_a_jam_only_when_nothing_follows),
		cmocka_unit_test(every_epl2_report_says_what_its_row_says),
		cmocka_unit_test(an_epl2_line_is_read_whole_or_dropped_whole),
		cmocka_unit_test(every_escpos_status_says_what_its_row_says),
		cmocka_unit_test(a_byte_of_another_form_is_no_escpos_status),
		cmocka_unit_test(every_brother_status_says_what_its_row_says),
		cmocka_unit_test(every_port_status_says_what_its_row_says_and_none_says_ready),
		cmocka_unit_test(damaged_answers_stay_in_bounds),
		cmocka_unit_test(every_device_id_says_what_its_row_says),
		cmocka_unit_test(what_has_no_key_is_no_device_id),
		cmocka_unit_test(device_ids_of_chance_stay_in_bounds),
	};

	return cmocka_run_group_tests_name("printer_answers", tests, NULL, NULL);
}
