/* SPDX-License-Identifier: MIT */
/* What printers say they are: IEEE 1284 device ids, real ones and broken ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "printer/usb_codec.h"
#include "printer_rows.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

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
	/* As real printers were logged to say (CUPS, lprint, WebZLP, pcap). */
	{ BYTES("MFG:Zebra ;CMD:None;MDL:LP2844 ;"), "Zebra", "LP2844", "", "", "epl2" },
	{ BYTES("MFG:Zebra Technologies;CMD:EPL,ZPL;MDL:ZP 505;CLS:PRINTER;\n"),
	  "Zebra Technologies", "ZP 505", "", "epl2 zpl", "zpl" },
	{ BYTES("MFG:MARKLIFE ;CMD:XPP,XL;MDL:X4;CLS:PRINTER;DES:LABEL PRINTER;"),
	  "MARKLIFE", "X4", "", "tspl xl", "tspl" },
	{ BYTES("MFG: ;CMD:XPP,XL;MDL:PM-241-BT;CLS:PRINTER;DES:PM-241-BT;"),
	  "", "PM-241-BT", "", "tspl xl", "tspl" },
	{ BYTES("MFG:Munbyn;CMD:TSPL;MDL:RW403B;CMT:Label Printer;"), "Munbyn", "RW403B", "", "tspl", "tspl" },
	{ BYTES("\x00\x32MFG:4BARCODE;CMD:TSPL2;MDL:3B-363B;CLS:PRINTER;"),
	  "4BARCODE", "3B-363B", "", "tspl", "tspl" },
	{ BYTES("MFG:iDPRT;MDL:SP410;CMD:TSPL;"), "iDPRT", "SP410", "", "tspl", "tspl" },
	{ BYTES("CMD:ZPL;MODEL:RP425(ZPL 203DPI)"), "", "RP425(ZPL 203DPI)", "", "zpl", "zpl" },
	{ BYTES("MANUFACTURER:HPRT;COMMAND SET:CPCL;MODEL:HM-A300E;COMMENT:Impact Printer;ACTIVE COMMAND:CPC"),
	  "HPRT", "HM-A300E", "", "cpcl", "" },
	{ BYTES("MFG:Printer;MDL:POS-80;CMD:ESC/POS;CLS:PRINTER;"), "Printer", "POS-80", "", "escpos", "escpos" },
	{ BYTES("MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;DES:EPSON TM-T88V;CID:EpsonTM00000001;"),
	  "EPSON", "TM-T88V", "", "escpos", "escpos" },
	{ BYTES("\0QMFG:Brother;CMD:PT-CBP;MDL:PT-P700;CLS:PRINTER;CID:Brother LabelPrinter TypeA1;"),
	  "Brother", "PT-P700", "", "pt-cbp", "" },
	{ BYTES("MFG:DYMO;CMD: ;MDL:LabelWriter 450;CLASS:PRINTER;"
	        "DESCRIPTION:DYMO LabelWriter 450;SERN:01010112345600;"),
	  "DYMO", "LabelWriter 450", "01010112345600", "", "" },
	{ BYTES("\x00\x77MFG:hp;MDL:deskjet 3500;CMD:LDL,DYN;CLS:PRINTER;DES:3550;SN:TH37141451H76;"
	        "S:0380008000020020002c148105dc250105d;Z:003;"),
	  "hp", "deskjet 3500", "TH37141451H76", "ldl dyn", "" },
	{ BYTES("MFG:Kyocera Mita;Model:Kyocera Mita Ci-1100;COMMAND SET: POSTSCRIPT,PJL,PCL"),
	  "Kyocera Mita", "Kyocera Mita Ci-1100", "", "postscript pjl pcl", "" },
	{ BYTES("MFG:EPSON;CMD:ESCPL2,BDC,D4;MDL:L6270;SN:X4TY012345;"),
	  "EPSON", "L6270", "X4TY012345", "escpl2 bdc d4", "" },
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
		cmocka_unit_test(every_device_id_says_what_its_row_says),
		cmocka_unit_test(what_has_no_key_is_no_device_id),
		cmocka_unit_test(device_ids_of_chance_stay_in_bounds),
	};

	return cmocka_run_group_tests_name("device_id", tests, NULL, NULL);
}
