/* SPDX-License-Identifier: MIT */
/* A scanner in HID POS mode on the real kernel: uhid below, hidraw above. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "scanner_hidpos_model.h"
#include "uhid.h"
#include "vloop.h"

struct bench {
	struct desk desk;
	struct vloop vloop; /* the model's own time */
	struct scanner_hidpos_model model;
	struct uhid uhid;
	struct hal_report *report;
	struct hal_scanner *scanner;
	char code[HAL_SCAN_MAX + 1];
	char symbology[4];
	unsigned refusals;
	bool up;
};

static struct bench bench;

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
	uhid_join(&bench.uhid, &bench.model.host);
	scanner_hidpos_model_plug(&bench.model);
}

static int set_up(void **state)
{
	struct hal_fault fault = { .text = "" };
	struct scanner_port port;

	(void)state;
	bench = (struct bench){ .scanner = NULL };
	uhid_open(&bench.uhid, "Bench Works HID POS Scanner", 0x0C2E, 0x0B87);
	vloop_init(&bench.vloop);
	desk_open(&bench.desk);
	if (desk_ports(&bench.desk)
	            ->ops->report(desk_ports(&bench.desk), "hidraw:" UHID_NODE, &bench.report,
	                          &fault) != HAL_OK)
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
	uhid_close(&bench.uhid);
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
		assert_true(desk_gone(UHID_NODE));
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
	assert_true(desk_gone(UHID_NODE));
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
