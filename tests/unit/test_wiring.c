/* SPDX-License-Identifier: MIT */
/* A configuration that changed while the bench works: what differs is opened anew, nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bench.h"

/* How often each port was opened, in front of the bench's own ports. */
struct counted {
	struct bench bench;
	const struct driver_ports_ops *own;
	unsigned scale, printer, scanner;
};

static struct counted *counted;

static enum hal_status open_stream(struct driver_ports *ports, const char *uri,
                                   struct hal_stream **ret_stream, struct hal_fault *reterr_fault)
{
	if (strstr(uri, "nowhere")) {
		hal_fault_set(reterr_fault, "%s: no such port", uri);
		return HAL_E_ARG;
	}
	if (strstr(uri, "scale"))
		counted->scale++;
	else
		counted->printer++;
	return counted->own->stream(ports, uri, ret_stream, reterr_fault);
}

static enum hal_status open_keys(struct driver_ports *ports, const char *uri,
                                 struct hal_keys **ret_keys, struct hal_fault *reterr_fault)
{
	counted->scanner++;
	return counted->own->keys(ports, uri, ret_keys, reterr_fault);
}

static const struct driver_ports_ops counting = { .stream = open_stream, .keys = open_keys };

static int set_up(void **state)
{
	(void)state;
	counted = calloc(1, sizeof(*counted));
	assert_non_null(counted);
	bench_init(&counted->bench, "config/rules");
	counted->own = counted->bench.ports.ops;
	counted->bench.ports.ops = &counting;
	bench_add_person(&counted->bench, "packer-03", "P", false);
	bench_start(&counted->bench);
	bench_run(&counted->bench, HAL_SEC(2));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	bench_finish(&counted->bench);
	free(counted);
	return 0;
}

/* A port that was opened anew tells its link, as a real one does. */
static void tell_links(const struct counted *before)
{
	struct bench *bench = &counted->bench;

	if (counted->scale != before->scale) {
		wire_unplug(&bench->scale_wire);
		wire_plug(&bench->scale_wire);
	}
	if (counted->printer != before->printer) {
		wire_unplug(&bench->printer_wire);
		wire_plug(&bench->printer_wire);
	}
	if (counted->scanner != before->scanner) {
		scanner_keys_model_unplug(&bench->scanner);
		scanner_keys_model_plug(&bench->scanner);
	}
}

static enum hal_status reload(const struct config *fresh, struct hal_fault *fault)
{
	static struct counted before;
	struct bench *bench = &counted->bench;
	enum hal_status status;

	before = *counted;
	status = wiring_reload(bench->wiring, &bench->config, fresh, fault);
	tell_links(&before);
	bench_run(bench, HAL_SEC(4));
	return status;
}

static void expect_opened(unsigned scale, unsigned printer, unsigned scanner)
{
	assert_int_equal(counted->scale, scale);
	assert_int_equal(counted->printer, printer);
	assert_int_equal(counted->scanner, scanner);
}

static void expect_healthy(void)
{
	const struct station_view *view = bench_view(&counted->bench);

	assert_int_equal(view->devices[DEVICE_SCALE].health, HEALTH_OK);
	assert_int_equal(view->devices[DEVICE_PRINTER].health, HEALTH_OK);
	assert_int_equal(view->devices[DEVICE_SCANNER].health, HEALTH_OK);
}

static void what_did_not_change_is_not_touched(void **state)
{
	struct config fresh = counted->bench.config;
	struct hal_fault fault = { "" };

	(void)state;
	expect_opened(1, 1, 1);
	strcpy(fresh.sender.city, "HANGZHOU");
	assert_int_equal(reload(&fresh, &fault), HAL_OK);
	expect_opened(1, 1, 1);
	expect_healthy();
}

static void each_device_is_opened_anew_by_its_own_section(void **state)
{
	struct config fresh = counted->bench.config;
	struct hal_fault fault = { "" };

	(void)state;
	fresh.scale.poll_ms = 200;
	assert_int_equal(reload(&fresh, &fault), HAL_OK);
	expect_opened(2, 1, 1);
	expect_healthy();
	fresh.printer.darkness = 12;
	assert_int_equal(reload(&fresh, &fault), HAL_OK);
	expect_opened(2, 2, 1);
	expect_healthy();
	fresh.scanner[0].double_ms = 0;
	assert_int_equal(reload(&fresh, &fault), HAL_OK);
	expect_opened(2, 2, 2);
	expect_healthy();
	assert_int_equal(counted->bench.config.printer.darkness, 12);
	bench_scan(&counted->bench, "PS-BADGE-packer-03");
	assert_int_equal(bench_view(&counted->bench)->state, ST_IDLE);
}

static void a_driver_that_is_not_there_changes_nothing(void **state)
{
	struct config fresh = counted->bench.config;
	struct hal_fault fault = { "" };

	(void)state;
	fresh.scale.poll_ms = 200;
	strcpy(fresh.printer.driver, "zpl3000");
	assert_int_equal(reload(&fresh, &fault), HAL_E_ARG);
	assert_non_null(strstr(fault.text, "zpl3000"));
	expect_opened(1, 1, 1);
	expect_healthy();
}

static void a_port_that_cannot_be_opened_leaves_the_device_as_it_was(void **state)
{
	struct config fresh = counted->bench.config;
	struct hal_fault fault = { "" };

	(void)state;
	strcpy(fresh.printer.port, "usb:nowhere");
	assert_int_equal(reload(&fresh, &fault), HAL_E_ARG);
	assert_non_null(strstr(fault.text, "no such port"));
	assert_string_equal(counted->bench.config.printer.port, "usb:printer");
	expect_healthy();
}

static void a_device_taken_out_of_the_file_is_absent_and_comes_back(void **state)
{
	struct config fresh = counted->bench.config, before = fresh;
	struct hal_fault fault = { "" };
	const struct station_view *view = bench_view(&counted->bench);

	(void)state;
	fresh.scanner[0].driver[0] = '\0';
	fresh.scale.driver[0] = '\0';
	assert_int_equal(reload(&fresh, &fault), HAL_OK);
	assert_int_equal(view->devices[DEVICE_SCANNER].health, HEALTH_ABSENT);
	assert_int_equal(view->devices[DEVICE_SCALE].health, HEALTH_ABSENT);
	assert_int_equal(reload(&before, &fault), HAL_OK);
	expect_healthy();
}

#define WIRING_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIRING_TEST(what_did_not_change_is_not_touched),
		WIRING_TEST(each_device_is_opened_anew_by_its_own_section),
		WIRING_TEST(a_driver_that_is_not_there_changes_nothing),
		WIRING_TEST(a_port_that_cannot_be_opened_leaves_the_device_as_it_was),
		WIRING_TEST(a_device_taken_out_of_the_file_is_absent_and_comes_back),
	};

	return cmocka_run_group_tests_name("wiring", tests, NULL, NULL);
}
