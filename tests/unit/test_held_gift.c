/* SPDX-License-Identifier: MIT */
/*
 * A gift that was sold: linted, held, decided on, taken by a bench and printed.
 * The form is that of the decision, and the decision is in the journal.
 */
#include "label_gallery.h"

#include "customs_rules.h"
#include "rules.h"
#include "temp_store.h"

static struct customs_rules rules;

struct desk {
	struct temp_store temp;
	struct customs_report report;
	struct inbox_taken taken;
	struct label_engine *engine;
};

static const struct gallery_row sold = { "13-handcraft-sold", FORM_CN22, "en+fr" };

static void put(struct desk *desk)
{
	const struct customs_case what = { .notice = &gallery_notice };
	struct inbox_put_result result;
	struct inbox_put put = {
		.notice = &gallery_notice,
		.findings = &desk->report,
		.source = "test:1",
		.bench = "bench-1",
		.at = { .us = 1000000 },
	};

	gallery_load(&sold);
	customs_lint(&rules, &what, &desk->report);
	assert_int_equal(inbox_put(desk->temp.store, &put, &result, &desk->temp.fault), HAL_OK);
}

static enum inbox_refusal take(struct desk *desk)
{
	struct inbox_take take = { .claim_us = 2000000, .numbers = true };

	snprintf(take.number, sizeof(take.number), "%s", gallery_notice.number);
	snprintf(take.bench, sizeof(take.bench), "bench-1");
	snprintf(take.trusted_source, sizeof(take.trusted_source), "supervisor-1");
	assert_int_equal(inbox_take(desk->temp.store, &take, &desk->taken, &desk->temp.fault),
	                 HAL_OK);
	return desk->taken.refusal;
}

static void decide(struct desk *desk, struct journal_decision *decision)
{
	struct journal_step step = { .kind = JOURNAL_DECISION,
		                     .bench = "bench-1",
		                     .subject = "gift-on-sale",
		                     .decision = decision };
	struct journal_receipt receipt;

	snprintf(decision->supervisor, sizeof(decision->supervisor), "s2");
	snprintf(step.notice, sizeof(step.notice), "%s", gallery_notice.number);
	assert_int_equal(journal_commit(desk->temp.store, &step, &receipt, &desk->temp.fault),
	                 HAL_OK);
}

/* The cross on the form of what was taken: one, in the box of that nature. */
static struct mark cross_of(struct desk *desk, enum notice_nature nature)
{
	struct mark cross = { 0 };
	struct label_request request;

	gallery_notice = desk->taken.notice;
	gallery_notice.nature = nature;
	request = gallery_request(&sold, LABEL_100X150, 203);
	gallery_draw(desk->engine, &request);
	for (unsigned i = 0; i < desk->engine->marks.count; i++)
		if (desk->engine->marks.list[i].kind == MARK_CROSS)
			cross = desk->engine->marks.list[i];
	return cross;
}

static void expect_ticked(struct desk *desk, enum notice_nature ticked, enum notice_nature other)
{
	struct mark is = cross_of(desk, desk->taken.notice.nature);
	struct mark wanted = cross_of(desk, ticked), not_wanted = cross_of(desk, other);

	assert_true(is.x == wanted.x && is.y == wanted.y);
	assert_false(is.x == not_wanted.x && is.y == not_wanted.y);
}

static void it_waits_for_a_supervisor(void **state)
{
	struct desk *desk = *state;

	put(desk);
	assert_int_equal(take(desk), INBOX_LINT_HOLD);
	assert_non_null(strstr(desk->taken.detail, "gift-on-sale"));
}

static void corrected_to_a_sale_it_prints_as_one(void **state)
{
	struct desk *desk = *state;
	struct journal_decision decision = {
		.what = "nature", .reason = "sold", .before = "gift", .after = "sale"
	};

	put(desk);
	decide(desk, &decision);
	assert_int_equal(take(desk), INBOX_TAKEN);
	assert_int_equal(desk->taken.notice.nature, NATURE_SALE);
	expect_ticked(desk, NATURE_SALE, NATURE_GIFT);
}

static void let_stand_because_nothing_was_paid_it_prints_as_a_gift(void **state)
{
	struct desk *desk = *state;
	struct journal_decision decision = { .what = "allow-lint",
		                             .reason = "nothing-was-paid",
		                             .note = "a replacement, see the order's messages",
		                             .before = "gift" };

	put(desk);
	decide(desk, &decision);
	assert_int_equal(take(desk), INBOX_TAKEN);
	assert_int_equal(desk->taken.notice.nature, NATURE_GIFT);
	expect_ticked(desk, NATURE_GIFT, NATURE_SALE);
}

/* Values are no part of any decision. */
static void neither_decision_touches_a_value(void **state)
{
	struct desk *desk = *state;
	struct journal_decision decision = { .what = "nature", .reason = "sold", .after = "sale" };
	struct money declared;

	put(desk);
	declared = gallery_notice.items[0].unit_value;
	decide(desk, &decision);
	assert_int_equal(take(desk), INBOX_TAKEN);
	assert_int_equal(desk->taken.notice.items[0].unit_value.minor, declared.minor);
	assert_string_equal(desk->taken.notice.items[0].unit_value.currency, declared.currency);
}

static int set_up(void **state)
{
	static struct desk desk;

	memset(&desk, 0, sizeof(desk));
	temp_store_init(&desk.temp);
	temp_store_open(&desk.temp);
	desk.engine = gallery_engine();
	*state = &desk;
	return 0;
}

static int tear_down(void **state)
{
	struct desk *desk = *state;

	label_engine_destroy(desk->engine);
	temp_store_drop(&desk->temp);
	return 0;
}

static int load(void **state)
{
	struct hal_fault fault = { 0 };

	(void)state;
	return rules_load("config/rules", &rules, &fault) == HAL_OK ? 0 : 1;
}

#define DESK_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(it_waits_for_a_supervisor),
		DESK_TEST(corrected_to_a_sale_it_prints_as_one),
		DESK_TEST(let_stand_because_nothing_was_paid_it_prints_as_a_gift),
		DESK_TEST(neither_decision_touches_a_value),
	};

	return cmocka_run_group_tests_name("held_gift", tests, load, NULL);
}
