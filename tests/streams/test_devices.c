/* SPDX-License-Identifier: MIT */
/* What stationctl finds plugged in, on a bench made by umockdev. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <string.h>

#include <cmocka.h>

#include "ctl.h"
#include "plugged.h"

static int run(char *option)
{
	char verb[] = "devices";
	char *argv[] = { verb, option, NULL };

	return run_verb(ctl_devices, option ? 2 : 1, argv, NULL);
}

static void an_adapter_with_a_serial_number_goes_by_it(void **state)
{
	(void)state;
	mock_add(testbed, USB_DEVICE("1-1", "0403", "6001", "FTDI", "FT232R USB UART",
	                             SERIAL("A50285BI")) TTY("1-1", "ttyUSB0", "0"));
	link_node("serial", "by-path", "pci-0-usb-0:1:1.0-port0", "../../ttyUSB0");
	link_node("serial", "by-id", "usb-FTDI_FT232R_A50285BI-if00-port0", "../../ttyUSB0");
	assert_int_equal(run(NULL), CTL_DONE);
	assert_heard("serial   FTDI FT232R USB UART (0403:6001)");
	assert_heard(
		"port = serial:/dev/serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0?baud=9600\n");
}

static void an_adapter_without_one_goes_by_its_socket(void **state)
{
	(void)state;
	mock_add(testbed, USB_DEVICE("1-1", "1a86", "7523", "QinHeng", "USB Serial", "")
	                          TTY("1-1", "ttyUSB1", "1"));
	link_node("serial", "by-id", "usb-1a86_USB_Serial-if00-port0", "../../ttyUSB1");
	link_node("serial", "by-path", "pci-0-usb-0:2:1.0-port0", "../../ttyUSB0");
	link_node("serial", "by-path", "pci-0-usb-0:1:1.0-port0", "../../ttyUSB1");
	assert_int_equal(run(NULL), CTL_DONE);
	assert_heard("port = serial:/dev/serial/by-path/pci-0-usb-0:1:1.0-port0?baud=9600\n");
}

static void an_adapter_that_lost_its_port_is_told(void **state)
{
	(void)state;
	mock_add(testbed, USB_DEVICE("1-1", "1a86", "7523", "QinHeng", "USB Serial", ""));
	run(NULL);
	assert_non_null(strstr(said, "(1a86:7523) is there but has no serial port; brltty"));
}

static void a_printer_says_its_language_where_the_kernel_has_read_it(void **state)
{
	(void)state;
	mock_add(
		testbed,
		USB_DEVICE("1-2", "0a5f", "0164", "Zebra", "ZTC ZD220",
	                   SERIAL("D4J1")) "P: /devices/usb1/1-2/1-2:1.0\nE: SUBSYSTEM=usb\nE: "
					   "DEVTYPE=usb_interface\n"
					   "A: bInterfaceClass=07\\n\nA: bInterfaceSubClass=01\\n\n"
					   "A: ieee1284_id=MFG:Zebra Technologies;CMD:ZPL;MDL:ZTC "
					   "ZD220-203dpi ZPL;\\n\n");
	assert_int_equal(run(NULL), CTL_DONE);
	assert_heard("printer  Zebra Technologies ZTC ZD220-203dpi ZPL (0a5f:0164)");
	assert_heard("driver = zpl, port = usb:0a5f:0164:D4J1");
}

static void a_printer_held_by_the_station_goes_by_its_socket(void **state)
{
	(void)state;
	mock_add(testbed, USB_DEVICE("1-2", "1203", "0140", "TSC", "TTP-245C",
	                             "") "P: /devices/usb1/1-2/1-2:1.0\nE: SUBSYSTEM=usb\nE: "
	                                 "DEVTYPE=usb_interface\n"
	                                 "A: bInterfaceClass=07\\n\nA: bInterfaceSubClass=01\\n\n");
	assert_int_equal(run(NULL), CTL_DONE);
	assert_heard("printer  TSC TTP-245C (1203:0140)");
	assert_heard(" port = usb:1203:0140?port=1-2");
}

static void what_types_is_a_scanner_by_its_maker_or_its_words(void **state)
{
	(void)state;
	mock_add(testbed, USB_DEVICE("1-3", "05e0", "1200", "Symbol", "Bar Code Scanner",
	                             SERIAL("7")) KEYS("1-3", "event9"));
	link_node("input", "by-id", "usb-Symbol_Bar_Code_Scanner_7-event-kbd", "../event9");
	assert_int_equal(run(NULL), CTL_DONE);
	assert_heard("scanner  Symbol Bar Code Scanner (05e0:1200)");
	assert_heard("driver = keyboard, "
	             "port = evdev:/dev/input/by-id/usb-Symbol_Bar_Code_Scanner_7-event-kbd");
}

static void a_keyboard_stays_a_keyboard(void **state)
{
	(void)state;
	mock_add(testbed, USB_DEVICE("1-3", "046d", "c31c", "Logitech", "Keyboard K120", "")
	                          KEYS("1-3", "event9"));
	assert_int_equal(run(NULL), CTL_DONE);
	assert_heard("keyboard Logitech Keyboard K120 (046d:c31c)");
}

static void a_hid_scale_is_known_by_its_own_description(void **state)
{
	(void)state;
	mock_add(testbed,
	         USB_DEVICE(
			 "1-4", "0922", "8003", "DYMO", "M10 Scale",
			 SERIAL("1")) "P: /devices/usb1/1-4/0003:0922:8003.0001\nE: SUBSYSTEM=hid\n"
	                              "H: "
	                              "report_descriptor=058D0920A101093215002501750895018102C0\n\n"
	                              "P: /devices/usb1/1-4/0003:0922:8003.0001/hidraw/hidraw3\nN: "
	                              "hidraw3\n"
	                              "E: DEVNAME=/dev/hidraw3\nE: SUBSYSTEM=hidraw\nE: "
	                              "MAJOR=240\nE: MINOR=3\n"
	                              "L: device=../../../0003:0922:8003.0001\n");
	assert_int_equal(run(NULL), CTL_DONE);
	assert_heard("scale    DYMO M10 Scale (0922:8003)");
	assert_heard("driver = hid, port = hidraw:/dev/hidraw3");
}

static void json_is_one_object_a_line(void **state)
{
	char option[] = "--json";

	(void)state;
	mock_add(testbed, USB_DEVICE("1-1", "0403", "6001", "FTDI", "FT232R \"USB\"", SERIAL("A5"))
	                          TTY("1-1", "ttyUSB0", "0"));
	assert_int_equal(run(option), CTL_DONE);
	assert_heard("{\"kind\": \"serial\", \"name\": \"FTDI FT232R \\\"USB\\\" (0403:6001)\", "
	             "\"id\": \"0403:6001\", \"line\": \"port = serial:/dev/ttyUSB0?baud=9600\", "
	             "\"usable\": true}\n");
}

static void an_empty_bench_is_the_answer_no(void **state)
{
	(void)state;
	mock_add(testbed, USB_DEVICE("1-9", "046d", "c077", "Logitech", "Mouse", ""));
	assert_int_equal(run(NULL), CTL_NO);
	assert_string_equal(heard, "");
	assert_non_null(strstr(said, "nothing of a packing bench"));
}

static void a_wrong_word_is_wrong_usage(void **state)
{
	char option[] = "--jsno";

	(void)state;
	assert_int_equal(run(option), CTL_USAGE);
}

#define DEVICES_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		DEVICES_TEST(an_adapter_with_a_serial_number_goes_by_it),
		DEVICES_TEST(an_adapter_without_one_goes_by_its_socket),
		DEVICES_TEST(an_adapter_that_lost_its_port_is_told),
		DEVICES_TEST(a_printer_says_its_language_where_the_kernel_has_read_it),
		DEVICES_TEST(a_printer_held_by_the_station_goes_by_its_socket),
		DEVICES_TEST(what_types_is_a_scanner_by_its_maker_or_its_words),
		DEVICES_TEST(a_keyboard_stays_a_keyboard),
		DEVICES_TEST(a_hid_scale_is_known_by_its_own_description),
		DEVICES_TEST(json_is_one_object_a_line),
		DEVICES_TEST(an_empty_bench_is_the_answer_no),
		DEVICES_TEST(a_wrong_word_is_wrong_usage),
	};

	(void)argc;
	if (!mock_enter(argv))
		return mock_missing(tests, sizeof(tests) / sizeof(tests[0]), "devices");
	return cmocka_run_group_tests_name("devices", tests, NULL, NULL);
}
