/* SPDX-License-Identifier: MIT */
/* A scanner in HID POS mode on the real kernel: uhid below, hidraw above. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/uhid.h>
#include <stdlib.h>
#include <unistd.h>

#include "desk.h"
#include "scanner_hidpos_model.h"
#include "vloop.h"

#define NODE "/dev/hidraw0"

struct bench {
	struct desk desk;
	struct vloop vloop; /* the model's own time */
	struct scanner_hidpos_model model;
	int uhid;
	struct hal_report *report;
	struct hal_scanner *scanner;
	char code[HAL_SCAN_MAX + 1];
	char symbology[4];
	unsigned refusals;
	bool up;
};

static struct bench bench;

static void tell_kernel(const struct uhid_event *event)
{
	assert_int_equal(write(bench.uhid, event, sizeof(*event)), sizeof(*event));
}

static void device_up(void *owner, const uint8_t *descriptor, size_t len)
{
	struct uhid_event event = { .type = UHID_CREATE2 };
	struct uhid_create2_req *create = &event.u.create2;

	(void)owner;
	snprintf((char *)create->name, sizeof(create->name), "Bench Works HID POS Scanner");
	memcpy(create->rd_data, descriptor, len);
	create->rd_size = (uint16_t)len;
	create->bus = BUS_USB;
	create->vendor = 0x0C2E;
	create->product = 0x0B87;
	tell_kernel(&event);
}

static void device_report(void *owner, const uint8_t *data, size_t len)
{
	struct uhid_event event = { .type = UHID_INPUT2 };

	(void)owner;
	memcpy(event.u.input2.data, data, len);
	event.u.input2.size = (uint16_t)len;
	tell_kernel(&event);
}

static void device_down(void *owner, enum hal_status why)
{
	struct uhid_event event = { .type = UHID_DESTROY };

	(void)owner;
	(void)why;
	tell_kernel(&event);
}

static const struct hal_report_listener device = {
	.up = device_up,
	.report = device_report,
	.down = device_down,
};

static void on_scan(void *owner, const struct hal_scan *scan)
{
	(void)owner;
	memcpy(bench.code, scan->text, scan->len + 1);
	memcpy(bench.symbology, scan->symbology, sizeof(bench.symbology));
}

static void on_refused(void *owner, enum hal_scan_refusal why)
{
	(void)owner;
	(void)why;
	bench.refusals++;
}

static void on_link(void *owner, bool up, enum hal_status why)
{
	(void)owner;
	(void)why;
	bench.up = up;
}

static const struct hal_scanner_listener listener = { on_scan, on_refused, on_link };

static bool is_up(const void *self)
{
	(void)self;
	return bench.up;
}

static bool is_down(const void *self)
{
	(void)self;
	return !bench.up;
}

static bool has_code(const void *self)
{
	return strcmp(bench.code, self) == 0;
}

static void plug_in(enum scanner_hidpos_maker maker)
{
	scanner_hidpos_model_init(&bench.model, &bench.vloop.base, maker);
	hal_report_attach(&bench.model.host, &device, NULL);
	scanner_hidpos_model_plug(&bench.model);
}

static int set_up(void **state)
{
	struct hal_fault fault = { .text = "" };
	struct scanner_port port;

	(void)state;
	bench = (struct bench){ .uhid = open("/dev/uhid", O_RDWR | O_CLOEXEC) };
	assert_true(bench.uhid >= 0);
	vloop_init(&bench.vloop);
	desk_open(&bench.desk);
	if (desk_ports(&bench.desk)
	            ->ops->report(desk_ports(&bench.desk), "hidraw:" NODE, &bench.report, &fault) !=
	    HAL_OK)
		fail_msg("%s", fault.text);
	port = (struct scanner_port){ .report = bench.report };
	assert_int_equal(find_scanner_driver("hidpos")->open(
				 &bench.desk.env, &port, &(struct scanner_options){ 0 }, &listener,
				 NULL, &bench.scanner, &fault),
	                 HAL_OK);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	hal_scanner_close(bench.scanner);
	hal_report_close(bench.report);
	desk_close(&bench.desk);
	close(bench.uhid);
	assert_true(desk_gone(NODE));
	return 0;
}

static void assert_read(const char *text)
{
	bench.code[0] = '\0';
	scanner_hidpos_model_read(&bench.model, text, "]Q1");
	while (vloop_step(&bench.vloop))
		;
	assert_true(desk_wait(&bench.desk, has_code, text));
	assert_int_equal(bench.refusals, 0);
}

static void codes_of_one_and_of_several_reports_arrive_from_every_make(void **state)
{
	(void)state;
	for (unsigned maker = 0; maker < 4; maker++) {
		char text[HAL_SCAN_MAX + 1];

		plug_in(maker);
		assert_true(desk_wait(&bench.desk, is_up, NULL));
		snprintf(text, sizeof(text), "N20261121-000%u", maker);
		assert_read(text);
		memset(text, 'a' + (int)maker, HAL_SCAN_MAX);
		text[HAL_SCAN_MAX] = '\0';
		assert_read(text);
		assert_string_equal(bench.symbology, maker == SCANNER_HIDPOS_HONEYWELL ||
		                                                     maker == SCANNER_HIDPOS_ENGINE
		                                             ? "]Q1"
		                                             : "");
		scanner_hidpos_model_unplug(&bench.model);
		assert_true(desk_wait(&bench.desk, is_down, NULL));
		assert_true(desk_gone(NODE));
	}
}

static void a_scanner_pulled_within_a_code_is_lost_and_found_again(void **state)
{
	char text[HAL_SCAN_MAX + 1];

	(void)state;
	memset(text, 'x', HAL_SCAN_MAX);
	text[HAL_SCAN_MAX] = '\0';
	plug_in(SCANNER_HIDPOS_HONEYWELL);
	assert_true(desk_wait(&bench.desk, is_up, NULL));
	bench.model.reports_left = 1;
	scanner_hidpos_model_read(&bench.model, text, "]Q1");
	while (vloop_step(&bench.vloop))
		;
	desk_turn(&bench.desk, 100);
	scanner_hidpos_model_unplug(&bench.model);
	assert_true(desk_wait(&bench.desk, is_down, NULL));
	assert_true(desk_gone(NODE));
	plug_in(SCANNER_HIDPOS_HONEYWELL);
	assert_true(desk_wait(&bench.desk, is_up, NULL));
	assert_read("BACK");
}

#define BENCH_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(codes_of_one_and_of_several_reports_arrive_from_every_make),
		BENCH_TEST(a_scanner_pulled_within_a_code_is_lost_and_found_again),
	};

	return cmocka_run_group_tests_name("kernel_hid", tests, NULL, NULL);
}
