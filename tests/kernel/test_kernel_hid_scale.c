/* SPDX-License-Identifier: MIT */
/* A USB HID scale on the real kernel: uhid below, hidraw above. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk.h"
#include "hid_scale_model.h"
#include "loadcell.h"
#include "uhid.h"

struct bench {
	struct desk desk;
	struct uhid uhid;
	struct loadcell cell;
	struct hid_scale_model model;
	struct hal_report *report;
	struct hal_scale *scale;
	struct hal_scale_reading reading;
	unsigned readings;
	bool up;
	enum hal_status why;
};

static struct bench bench;

static void on_reading(void *owner, const struct hal_scale_reading *reading)
{
	(void)owner;
	bench.reading = *reading;
	bench.readings++;
}

static void on_link(void *owner, bool up, enum hal_status why, const char *heard)
{
	(void)owner;
	(void)heard;
	bench.up = up;
	bench.why = why;
}

static const struct hal_scale_listener listener = { on_reading, on_link };

static int set_up(void **state)
{
	const struct scale_driver *driver = find_scale_driver("hid");
	struct hal_fault fault = { .text = "" };
	struct driver_ports *ports;
	struct scale_port port;

	(void)state;
	bench = (struct bench){ .up = false };
	uhid_open(&bench.uhid, "Bench Works Scale", 0x0922, 0x8003);
	desk_open(&bench.desk);
	loadcell_init(&bench.cell, bench.desk.env.loop);
	hid_scale_model_init(&bench.model, bench.desk.env.loop, &bench.cell);
	uhid_join(&bench.uhid, &bench.model.host);
	ports = desk_ports(&bench.desk);
	if (ports->ops->report(ports, "hidraw:" UHID_NODE, &bench.report, &fault) != HAL_OK)
		fail_msg("%s", fault.text);
	port = (struct scale_port){ .report = bench.report };
	assert_int_equal(driver->open(driver, &bench.desk.env, &port, &(struct scale_options){ 0 },
	                              &listener, NULL, &bench.scale, &fault),
	                 HAL_OK);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	hal_scale_close(bench.scale);
	hal_report_close(bench.report);
	if (bench.model.plugged)
		hid_scale_model_unplug(&bench.model);
	desk_close(&bench.desk);
	uhid_close(&bench.uhid);
	return 0;
}

struct shown {
	enum hal_pan pan;
	int32_t mg;
};

static bool shows(const void *self)
{
	const struct shown *shown = self;

	return bench.up && bench.readings > 0 && bench.reading.pan == shown->pan &&
	       bench.reading.mass.mg == shown->mg;
}

static void assert_shows(enum hal_pan pan, int32_t mg)
{
	assert_true(desk_wait(&bench.desk, shows, &(struct shown){ pan, mg }));
}

static bool is_down(const void *self)
{
	(void)self;
	return !bench.up;
}

static void a_weight_comes_to_rest_and_a_limit_is_a_state(void **state)
{
	(void)state;
	loadcell_load(&bench.cell, (struct hal_mass){ 1234000 }, 0);
	hid_scale_model_plug(&bench.model);
	assert_shows(HAL_PAN_STABLE, 1234000);
	loadcell_load(&bench.cell, (struct hal_mass){ 60000000 }, 0);
	assert_shows(HAL_PAN_OVER, 0);
	loadcell_load(&bench.cell, (struct hal_mass){ -50000 }, 0);
	assert_shows(HAL_PAN_UNDER, 0);
}

/* The kernel keeps what came before the node was opened; the first report may be old. */
static void the_first_report_after_plugging_is_not_believed(void **state)
{
	(void)state;
	bench.model.stale_grams = 999;
	bench.model.stale = true;
	loadcell_load(&bench.cell, (struct hal_mass){ 500000 }, 0);
	hid_scale_model_plug(&bench.model);
	for (int i = 0; i < 300 && bench.readings < 5; i++) {
		desk_turn(&bench.desk, 20);
		assert_int_not_equal(bench.reading.mass.mg, 999000);
	}
	assert_shows(HAL_PAN_STABLE, 500000);
}

static void a_pulled_scale_is_told_and_found_again(void **state)
{
	(void)state;
	loadcell_load(&bench.cell, (struct hal_mass){ 1234000 }, 0);
	hid_scale_model_plug(&bench.model);
	assert_shows(HAL_PAN_STABLE, 1234000);
	hid_scale_model_unplug(&bench.model);
	assert_true(desk_wait(&bench.desk, is_down, NULL));
	assert_int_equal(bench.why, HAL_E_LINK);
	assert_true(desk_gone(UHID_NODE));
	loadcell_load(&bench.cell, (struct hal_mass){ 77000 }, 0);
	hid_scale_model_plug(&bench.model);
	assert_shows(HAL_PAN_STABLE, 77000);
}

static void a_scale_that_falls_asleep_is_told(void **state)
{
	(void)state;
	hid_scale_model_plug(&bench.model);
	assert_shows(HAL_PAN_STABLE, 0);
	bench.model.deaf = true;
	assert_true(desk_wait(&bench.desk, is_down, NULL));
	assert_int_equal(bench.why, HAL_E_TIMEOUT);
	bench.model.deaf = false;
	assert_shows(HAL_PAN_STABLE, 0);
}

static bool has_heard(const void *self)
{
	(void)self;
	return uhid_hear(&bench.uhid);
}

static void zero_reaches_the_scale(void **state)
{
	(void)state;
	loadcell_load(&bench.cell, (struct hal_mass){ 20000 }, 0);
	hid_scale_model_plug(&bench.model);
	assert_shows(HAL_PAN_STABLE, 20000);
	assert_int_equal(hal_scale_zero(bench.scale), HAL_OK);
	assert_true(desk_wait(&bench.desk, has_heard, NULL));
	assert_shows(HAL_PAN_STABLE, 0);
}

#define BENCH_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		BENCH_TEST(a_weight_comes_to_rest_and_a_limit_is_a_state),
		BENCH_TEST(the_first_report_after_plugging_is_not_believed),
		BENCH_TEST(a_pulled_scale_is_told_and_found_again),
		BENCH_TEST(a_scale_that_falls_asleep_is_told),
		BENCH_TEST(zero_reaches_the_scale),
	};

	return cmocka_run_group_tests_name("kernel_hid_scale", tests, NULL, NULL);
}
