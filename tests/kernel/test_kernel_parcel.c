/* SPDX-License-Identifier: MIT */
/* The unmodified daemon packs parcels on real kernel drivers, whatever happens to its cables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

#include <jansson.h>

#include "customs.h"
#include "eye.h"
#include "chip.h"
#include "floor.h"
#include "label.h"
#include "notice_json.h"
#include "rules.h"

static struct floor floor_;

static int set_up(void **state)
{
	(void)state;
	floor_open(&floor_);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	floor_close(&floor_);
	return 0;
}

static struct packer_result pack(const struct packer_task *task, struct floor_event *events,
                                 size_t count)
{
	floor_.events = events;
	floor_.event_count = count;
	return packer_pack(&floor_.packer, task);
}

static struct packer_result pack_one(const char *number, struct floor_event *event)
{
	struct packer_task task = { .number = number };

	return pack(&task, event, event ? 1 : 0);
}

static void assert_packed(const struct packer_result *result, unsigned labels)
{
	if (!result->printed)
		fail_msg("not printed (refused %d held %d lost %d): %s", result->refused,
		         result->held, result->lost, result->why);
	assert_int_equal(result->labels, labels);
}

/* What the journal says was weighed. */
static struct hal_mass get_gross(const char *number)
{
	json_t *sheet = json_loads(floor_ctl(0, "evidence %s --format json", number), 0, NULL);
	json_t *notice = json_array_get(json_object_get(sheet, "notices"), 0);
	json_t *parcel = json_array_get(json_object_get(notice, "parcels"), 0);
	double grams = json_number_value(json_object_get(parcel, "gross_g"));

	assert_true(grams > 0);
	json_decref(sheet);
	return (struct hal_mass){ (int32_t)(grams * 1000 + 0.5) };
}

static void get_notice(const char *number, struct notice *ret_notice)
{
	const char *text = floor_ctl(0, "notice %s", number);
	struct notice_faults faults = { 0 };
	json_t *json = json_loads(text, 0, NULL);

	assert_non_null(json);
	json_object_del(json, "status");
	assert_int_equal(notice_json_read(json, ret_notice, &faults), HAL_OK);
	json_decref(json);
}

/* The label engine's own picture of this parcel's first copy. */
static const struct hal_page *paint(struct label_engine *engine, const char *number)
{
	static struct notice notice;
	static struct customs_rules rules;
	static const struct notice_party sender = {
		.name = "LI NA",
		.lines = { "NO. 7 TIANCHI ROAD" },
		.line_count = 1,
		.city = "YIWU",
		.region = "ZHEJIANG",
		.postcode = "322000",
		.country = "CN",
	};
	struct hal_fault fault = { .text = "" };
	char mark[96], folder[512], date[12];
	time_t now = time(NULL);
	unsigned sheets;

	get_notice(number, &notice);
	snprintf(folder, sizeof(folder), "%s/config/rules", getenv("BENCH_TREE"));
	snprintf(mark, sizeof(mark), "PS-LBL-%s-1-1", number);
	strftime(date, sizeof(date), "%Y-%m-%d", localtime(&now));
	assert_int_equal(rules_load(folder, &rules, &fault), HAL_OK);
	struct label_request request = {
		.notice = &notice,
		.sender = &sender,
		.tracking = notice.tracking,
		.copy_mark = mark,
		.copy = 1,
		.form = customs_choose_form(&rules, &notice),
		.date = date,
		.bench = "floor-1",
		.packer = "packer-03",
		.captions = "en+fr",
		.size = LABEL_100X150,
		.dpi = 203,
	};
	if (label_prepare(engine, &request, &sheets, &fault) != HAL_OK ||
	    label_finish(engine, get_gross(number), &fault) != HAL_OK)
		fail_msg("%s", fault.text);
	assert_int_equal(sheets, 1);
	return label_page(engine, 0);
}

static void assert_is_page(const struct paper_label *label, const struct hal_page *page)
{
	assert_true(label->width_dots >= page->width_dots);
	assert_true(label->height_dots >= page->height_dots);
	for (uint32_t y = 0; y < page->height_dots; y++)
		for (uint32_t x = 0; x < page->width_dots; x++) {
			bool black = page->bits[y * page->stride + x / 8] >> (7 - x % 8) & 1;

			if (paper_dot(label, x, y) != black)
				fail_msg("the dot at %u, %u is not the page's", x, y);
		}
}

static void a_whole_parcel_goes_from_scan_to_the_dots_on_its_label(void **state)
{
	static const char number[] = "N20261123-0003";
	struct label_engine *engine;
	struct packer_result result;
	const struct paper_label *label;
	char text[128];

	(void)state;
	result = pack_one(number, NULL);
	assert_packed(&result, 1);
	label = paper_last(&floor_.paper, 0);
	assert_true(eye_read_mark(label, text, sizeof(text)));
	assert_string_equal(text, "PS-LBL-N20261123-0003-1-1");
	assert_true(eye_read_bars(label, text, sizeof(text)));
	assert_string_equal(text, "RR473100031CN");
	assert_int_equal(label_engine_create(&engine, NULL), HAL_OK);
	assert_is_page(label, paint(engine, number));
	label_engine_destroy(engine);
	floor_ctl(0, "verify");
}

static void a_short_parcel_is_red_and_gets_its_label_when_it_is_whole(void **state)
{
	struct packer_task task = { .number = "N20261123-0003",
		                    .mistake = MISTAKE_MISSING,
		                    .sku = "QHJ014" };
	struct packer_result result;

	(void)state;
	result = pack(&task, NULL, 0);
	assert_packed(&result, 1);
	assert_true(result.caught);
	assert_int_equal(result.shorts, 1);
	assert_true(floor_.red_seen);
}

static void a_scanner_that_was_pulled_is_missed_and_then_works_again(void **state)
{
	struct packer_result result;

	(void)state;
	maker_say(&floor_.scanner, "vanish");
	assert_true(floor_wait_healthy(&floor_, "scanner", false));
	maker_say(&floor_.scanner, "return");
	assert_true(floor_wait_healthy(&floor_, "scanner", true));
	result = pack_one("N20261123-0003", NULL);
	assert_packed(&result, 1);
}

static void pull_scale(void *self)
{
	struct floor *floor = self;

	floor_unplug_scale(floor);
	floor_plug_scale(floor);
}

static void a_scale_pulled_while_it_is_awaited_weighs_when_it_is_back(void **state)
{
	struct floor_event event = { .when = ST_WEIGHING, .act = pull_scale };
	struct packer_result result;

	(void)state;
	result = pack_one("N20261123-0003", &event);
	assert_packed(&result, 1);
	assert_true(event.done);
}

static void a_tower_that_was_pulled_is_missed_and_comes_back(void **state)
{
	struct packer_result result;

	(void)state;
	chip_unplug();
	assert_true(floor_wait_healthy(&floor_, "tower", false));
	chip_plug();
	assert_true(floor_wait_healthy(&floor_, "tower", true));
	result = pack_one("N20261123-0003", NULL);
	assert_packed(&result, 1);
}

static void load_paper(void *self)
{
	struct floor *floor = self;

	maker_say(&floor->printer, "paper in");
	maker_say(&floor->printer, "pause off");
}

static void without_paper_the_label_waits_and_then_comes_once(void **state)
{
	struct floor_event event = { .when = ST_PRINTING, .after_ms = 4000, .act = load_paper };
	struct packer_result result;

	(void)state;
	maker_say(&floor_.printer, "paper out");
	assert_true(floor_wait_healthy(&floor_, "printer", false));
	result = pack_one("N20261123-0003", &event);
	assert_packed(&result, 1);
	assert_true(event.done);
}

static void plug_printer(void *self)
{
	struct floor *floor = self;

	maker_say(&floor->printer, "return");
}

/* Half a label went out: the printer is emptied before anything is asked, and one comes out. */
static void a_printer_pulled_within_a_label_prints_it_once_in_the_end(void **state)
{
	struct floor_event event = { .when = ST_UNCERTAIN, .after_ms = 2000, .act = plug_printer };
	struct packer_result result;

	(void)state;
	maker_say(&floor_.printer, "cut 2000");
	result = pack_one("N20261123-0003", &event);
	assert_packed(&result, 1);
	assert_true(event.done);
}

/* The printer has all of the label and the station does not know: it must not send another. */
static void a_label_swallowed_with_the_cable_is_found_on_the_table(void **state)
{
	struct floor_event event = { .when = ST_UNCERTAIN, .after_ms = 4000, .act = plug_printer };
	struct packer_result result;

	(void)state;
	maker_say(&floor_.printer, "swallow");
	result = pack_one("N20261123-0003", &event);
	assert_packed(&result, 1);
	assert_int_equal(floor_.paper.whole_count, 1);
}

static void kill_daemon(void *self)
{
	floor_kill_daemon(self);
	floor_start_daemon(self);
}

static void a_daemon_killed_while_it_weighs_stands_where_it_stood(void **state)
{
	struct floor_event event = { .when = ST_WEIGHING, .act = kill_daemon };
	struct packer_result result;

	(void)state;
	result = pack_one("N20261123-0003", &event);
	assert_packed(&result, 1);
	assert_true(event.done);
	floor_ctl(0, "verify");
}

static void a_daemon_killed_while_it_prints_asks_and_never_prints_twice(void **state)
{
	struct floor_event event = { .when = ST_PRINTING, .act = kill_daemon };
	struct packer_result result;

	(void)state;
	result = pack_one("N20261123-0003", &event);
	assert_packed(&result, 1);
	assert_true(event.done);
	assert_int_equal(floor_.paper.whole_count, 1);
	floor_ctl(0, "verify");
}

#define FLOOR_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FLOOR_TEST(a_whole_parcel_goes_from_scan_to_the_dots_on_its_label),
		FLOOR_TEST(a_short_parcel_is_red_and_gets_its_label_when_it_is_whole),
		FLOOR_TEST(a_scanner_that_was_pulled_is_missed_and_then_works_again),
		FLOOR_TEST(a_scale_pulled_while_it_is_awaited_weighs_when_it_is_back),
		FLOOR_TEST(a_tower_that_was_pulled_is_missed_and_comes_back),
		FLOOR_TEST(without_paper_the_label_waits_and_then_comes_once),
		FLOOR_TEST(a_printer_pulled_within_a_label_prints_it_once_in_the_end),
		FLOOR_TEST(a_label_swallowed_with_the_cable_is_found_on_the_table),
		FLOOR_TEST(a_daemon_killed_while_it_weighs_stands_where_it_stood),
		FLOOR_TEST(a_daemon_killed_while_it_prints_asks_and_never_prints_twice),
	};

	return cmocka_run_group_tests_name("kernel_parcel", tests, NULL, NULL);
}
