/* SPDX-License-Identifier: MIT */
/* Waiting for paths: folders that come and go, shared folders, and stopping in the middle of it. */
#include "port_bench.h"

#include "gpio/lines.h"
#include "host/hotplug.h"
#include "host/ports.h"

struct waiter {
	struct hotplug_watch watch;
	char path[160];
	unsigned calls;
	struct hotplug_watch *stops;
	struct hotplug *hotplug;
};

static void on_changed(struct hotplug_watch *watch)
{
	struct waiter *waiter = hal_container_of(watch, struct waiter, watch);

	waiter->calls++;
	if (waiter->stops)
		hotplug_stop(waiter->hotplug, waiter->stops);
}

static void wait_for(struct port_bench *bench, struct waiter *waiter, const char *name)
{
	*waiter = (struct waiter){ .hotplug = bench->hotplug };
	snprintf(waiter->path, sizeof(waiter->path), "%s/%s", bench->folder, name);
	waiter->watch = (struct hotplug_watch){ .changed = on_changed, .path = waiter->path };
	hotplug_start(bench->hotplug, &waiter->watch);
}

static void touch(struct port_bench *bench, const char *name)
{
	char path[160];

	snprintf(path, sizeof(path), "%s/%s", bench->folder, name);
	close(open(path, O_CREAT | O_WRONLY, 0600));
}

static void make(struct port_bench *bench, const char *name)
{
	char path[160];

	snprintf(path, sizeof(path), "%s/%s", bench->folder, name);
	assert_int_equal(mkdir(path, 0755), 0);
}

static void drop(struct port_bench *bench, const char *name)
{
	char path[160];

	snprintf(path, sizeof(path), "%s/%s", bench->folder, name);
	assert_int_equal(remove(path), 0);
}

static void only_what_is_waited_for_is_told(void **state)
{
	struct port_bench *bench = *state;
	struct waiter scale, printer;

	wait_for(bench, &scale, "scale");
	wait_for(bench, &printer, "printer");
	touch(bench, "scales");
	touch(bench, "scal");
	serve_until_quiet(bench, HAL_MS(20));
	assert_int_equal(scale.calls + printer.calls, 0);
	touch(bench, "printer");
	serve_until_quiet(bench, HAL_MS(20));
	assert_int_equal(scale.calls, 0);
	assert_true(printer.calls > 0);
	hotplug_stop(bench->hotplug, &printer.watch);
	touch(bench, "scale"); /* the folder they shared is still waited in */
	serve_until_quiet(bench, HAL_MS(20));
	assert_true(scale.calls > 0);
	hotplug_stop(bench->hotplug, &scale.watch);
	hotplug_stop(bench->hotplug, &scale.watch);
}

static void new_permissions_are_a_reason_to_look_again(void **state)
{
	struct port_bench *bench = *state;
	struct waiter scale;

	touch(bench, "scale");
	wait_for(bench, &scale, "scale");
	serve_until_quiet(bench, HAL_MS(20));
	assert_int_equal(scale.calls, 0);
	assert_int_equal(chmod(scale.path, 0666), 0);
	serve_until_quiet(bench, HAL_MS(20));
	assert_int_equal(scale.calls, 1);
	hotplug_stop(bench->hotplug, &scale.watch);
}

static void folders_may_come_go_and_come_back(void **state)
{
	struct port_bench *bench = *state;
	struct waiter scale;

	wait_for(bench, &scale, "serial/by-id/scale");
	for (unsigned round = 1; round <= 3; round++) {
		scale.calls = 0;
		make(bench, "serial");
		make(bench, "serial/by-id");
		touch(bench, "serial/by-id/scale");
		serve_until_quiet(bench, HAL_MS(20));
		assert_true(scale.calls > 0);
		drop(bench, "serial/by-id/scale");
		drop(bench, "serial/by-id");
		drop(bench, "serial");
		serve_until_quiet(bench, HAL_MS(20));
	}
	hotplug_stop(bench->hotplug, &scale.watch);
}

static void a_file_where_a_folder_should_be_is_waited_out(void **state)
{
	struct port_bench *bench = *state;
	struct waiter scale;

	touch(bench, "serial");
	wait_for(bench, &scale, "serial/scale");
	serve_until_quiet(bench, HAL_MS(20));
	drop(bench, "serial");
	make(bench, "serial");
	touch(bench, "serial/scale");
	serve_until_quiet(bench, HAL_MS(20));
	assert_true(scale.calls > 0);
	hotplug_stop(bench->hotplug, &scale.watch);
}

static void a_watch_may_stop_another_that_was_hit_by_the_same_events(void **state)
{
	struct port_bench *bench = *state;
	struct waiter first, second;

	wait_for(bench, &second, "device");
	wait_for(bench, &first, "device");
	first.stops = &second.watch;
	second.stops = &first.watch;
	touch(bench, "device");
	serve_until_quiet(bench, HAL_MS(20));
	assert_int_equal(first.calls + second.calls, 1);
	hotplug_stop(bench->hotplug, &first.watch);
	hotplug_stop(bench->hotplug, &second.watch);
}

static void a_storm_of_events_is_not_missed(void **state)
{
	struct port_bench *bench = *state;
	struct waiter scale;
	char name[32];

	wait_for(bench, &scale, "scale");
	for (int i = 0; i < 20000; i++) { /* more than the kernel keeps */
		snprintf(name, sizeof(name), "x%d", i);
		touch(bench, name);
	}
	touch(bench, "scale");
	serve_until_quiet(bench, HAL_MS(50));
	assert_true(scale.calls > 0);
	hotplug_stop(bench->hotplug, &scale.watch);
}

/* clang-format off */
static const struct {
	const char *uri;
	char kind; /* s stream, k keys, r report */
	enum hal_status status;
	const char *words;
} rows[] = {
	{ "serial:/dev/nowhere?baud=1200",  's', HAL_OK,    "" },
	{ "usb:0a5f:0164",                  's', HAL_OK,    "" },
	{ "tcp:127.0.0.1:9",                's', HAL_OK,    "" },
	{ "chardev:/dev/usb/nowhere",       's', HAL_OK,    "" },
	{ "evdev:/dev/input/by-id/nothing", 'k', HAL_OK,    "" },
	{ "hidraw:/dev/hidraw-nowhere",     'r', HAL_OK,    "" },
	{ "serial:/dev/nowhere?bau=1200",   's', HAL_E_ARG, "serial: unknown option 'bau'" },
	{ "usb:0a5f",                       's', HAL_E_ARG, "usb: '0a5f' is not vendor:product" },
	{ "tcp:printer:x",                  's', HAL_E_ARG, "tcp: 'printer:x' is not a host" },
	{ "chardev:usb/lp0",                's', HAL_E_ARG, "chardev: 'usb/lp0' is not a path" },
	{ "evdev:event3",                   'k', HAL_E_ARG, "evdev: 'event3' is not a path" },
	{ "hidraw:",                        'r', HAL_E_ARG, "hidraw: 'hidraw:' does not say" },
	{ "/dev/ttyUSB0",                   's', HAL_E_ARG, "port '/dev/ttyUSB0' is of no kind" },
	{ "evdev:/dev/input/event3",        's', HAL_E_ARG, "of no kind known here (serial:, usb:" },
	{ "serial:/dev/ttyUSB0",            'k', HAL_E_ARG, "of no kind known here (evdev:)" },
	{ "serial:/dev/ttyUSB0",            'r', HAL_E_ARG, "of no kind known here (hidraw:)" },
};
/* clang-format on */

static enum hal_status open_and_close(struct driver_ports *ports, const char *uri, char kind,
                                      struct hal_fault *fault)
{
	struct hal_stream *stream = NULL;
	struct hal_keys *keys = NULL;
	struct hal_report *report = NULL;
	enum hal_status status;

	if (kind == 's')
		status = ports->ops->stream(ports, uri, &stream, fault);
	else if (kind == 'k')
		status = ports->ops->keys(ports, uri, &keys, fault);
	else
		status = ports->ops->report(ports, uri, &report, fault);
	hal_stream_close(stream);
	hal_keys_close(keys);
	hal_report_close(report);
	return status;
}

static void every_port_opens_without_its_device_or_is_refused_with_words(void **state)
{
	struct port_bench *bench = *state;
	struct driver_env env = { .loop = bench->host.loop,
		                  .work = bench->host.work,
		                  .log = bench->host.log };
	struct ports *ports;
	struct hal_fault fault = { .text = "" };

	assert_int_equal(ports_open(&env, &ports, &fault), HAL_OK);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		fault.text[0] = '\0';
		print_message("    '%s'\n", rows[i].uri);
		assert_int_equal(
			open_and_close(ports_base(ports), rows[i].uri, rows[i].kind, &fault),
			rows[i].status);
		if (!strstr(fault.text, rows[i].words))
			fail_msg("%s", fault.text);
	}
	ports_close(ports);
}

static void a_request_for_lines_needs_a_chip_and_names(void **state)
{
	struct port_bench *bench = *state;
	struct driver_env env = { .loop = bench->host.loop, .work = bench->host.work };
	struct gpio_request nameless = { .chip = "pinctrl-rp1", .names = { "", NULL }, .count = 2 };
	struct gpio_request chipless = { .chip = "", .names = { "RED" }, .count = 1 };
	struct gpio_request good = { .chip = "pinctrl-rp1", .names = { "", "RED" }, .count = 2 };
	struct gpio_lines *lines = NULL;
	struct ports *ports;
	struct hal_fault fault = { .text = "" };

	assert_int_equal(ports_open(&env, &ports, &fault), HAL_OK);
	assert_int_equal(
		ports_base(ports)->ops->lines(ports_base(ports), &nameless, &lines, &fault),
		HAL_E_ARG);
	assert_int_equal(
		ports_base(ports)->ops->lines(ports_base(ports), &chipless, &lines, &fault),
		HAL_E_ARG);
	assert_non_null(strstr(fault.text, "a chip's label and the names"));
	assert_int_equal(ports_base(ports)->ops->lines(ports_base(ports), &good, &lines, &fault),
	                 HAL_OK);
	assert_int_equal(gpio_lines_set(lines, 2), HAL_E_LINK);
	serve_until_quiet(bench, HAL_MS(50));
	gpio_lines_close(lines);
	ports_close(ports);
}

#define HOTPLUG_TEST(test) cmocka_unit_test_setup_teardown(test, bench_set_up, bench_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		HOTPLUG_TEST(only_what_is_waited_for_is_told),
		HOTPLUG_TEST(new_permissions_are_a_reason_to_look_again),
		HOTPLUG_TEST(folders_may_come_go_and_come_back),
		HOTPLUG_TEST(a_file_where_a_folder_should_be_is_waited_out),
		HOTPLUG_TEST(a_watch_may_stop_another_that_was_hit_by_the_same_events),
		HOTPLUG_TEST(a_storm_of_events_is_not_missed),
		HOTPLUG_TEST(every_port_opens_without_its_device_or_is_refused_with_words),
		HOTPLUG_TEST(a_request_for_lines_needs_a_chip_and_names),
	};

	return cmocka_run_group_tests_name("hotplug", tests, NULL, NULL);
}
