/* SPDX-License-Identifier: MIT */
/* Whatever comes in: no number that is none, nothing out of bounds, no memory taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "weighing_bench.h"

#define SKUS   24
#define ROUNDS 4000

/* The linker leads every call that the archives make through these. */
static long asked_for_memory;
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_malloc(size_t size)
{
	asked_for_memory++;
	return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	asked_for_memory++;
	return __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	asked_for_memory++;
	return __real_realloc(old, size);
}

struct hostile {
	struct weighing_bench bench;
	struct weighing_line lines[8];
	struct weighing_parcel parcel;
	int accepted, refused;
};

static int32_t wild(struct weighing_bench *bench)
{
	static const int32_t rows[] = { 0,   1,      -1,   INT32_MAX, INT32_MIN,
		                        100, -30000, 1000, 1000000000 };

	return rows[weighing_bench_pick(bench, sizeof(rows) / sizeof(rows[0]))];
}

static int set_up(void **state)
{
	static struct hostile hostile;
	struct weighing_bench *bench = &hostile.bench;
	char name[8] = "SKU-?";

	memset(&hostile, 0, sizeof(hostile));
	weighing_bench_open(bench, SKUS);
	for (int i = 0; i < SKUS; i++) {
		struct weighing_sku sku = { .name = name,
			                    .catalogue = { i % 5 ? 700 * (i + 1) : wild(bench) },
			                    .step = { i % 7 ? 0 : wild(bench) },
			                    .material = i % 3 == 0   ? WEIGHING_HYGRO
			                                : i % 3 == 1 ? WEIGHING_METAL
			                                             : WEIGHING_OTHER,
			                    .goods =
			                            i % 6 == 5 ? WEIGHING_INSERT : WEIGHING_GOODS };
		int32_t index;

		name[4] = (char)('A' + i);
		assert_int_equal(weighing_sku_add(bench->weighing, &sku, &index), HAL_OK);
	}
	*state = &hostile;
	return 0;
}

static int tear_down(void **state)
{
	struct hostile *hostile = *state;

	weighing_bench_close(&hostile->bench);
	return 0;
}

static int32_t some(struct weighing_bench *bench, int32_t below)
{
	if (weighing_bench_dice(bench) < .01)
		return wild(bench);
	return (int32_t)weighing_bench_pick(bench, (uint32_t)below);
}

static void draw_parcel(struct hostile *hostile)
{
	struct weighing_bench *bench = &hostile->bench;
	struct weighing_parcel *parcel = &hostile->parcel;

	*parcel = weighing_bench_parcel(bench, hostile->lines, 1 + weighing_bench_pick(bench, 8));
	for (size_t i = 0; i < parcel->line_count; i++)
		hostile->lines[i] =
			(struct weighing_line){ some(bench, SKUS), some(bench, 9), some(bench, 9) };
	parcel->pack = weighing_bench_dice(bench) < .2 ? WEIGHING_NONE : some(bench, 1);
	parcel->extra_count = weighing_bench_pick(bench, 3);
	parcel->tared = weighing_bench_dice(bench) < .2;
	parcel->tare.mg = some(bench, 60000);
	parcel->fragile = weighing_bench_dice(bench) < .2;
	parcel->parts = (uint32_t)some(bench, 4);
	parcel->at_s =
		weighing_bench_dice(bench) < .05 ? wild(bench) : (int64_t)some(bench, 1 << 30);
}

static struct hal_mass draw_mass(struct hostile *hostile)
{
	return (struct hal_mass){ weighing_bench_dice(&hostile->bench) < .1
		                          ? wild(&hostile->bench)
		                          : some(&hostile->bench, 400000) };
}

static bool probability(double p)
{
	return p >= 0 && p <= 1;
}

static void check_verdict(const struct weighing_verdict *verdict)
{
	assert_true(probability(verdict->p_complete));
	assert_true(probability(verdict->p_value));
	assert_true(probability(verdict->power));
	assert_true(isfinite(verdict->score_short) && isfinite(verdict->mu_mg));
	assert_true(isfinite(verdict->sigma_mg) && verdict->sigma_mg > 0);
	assert_true(isfinite(verdict->difference_mg) && isfinite(verdict->log_likelihood));
	assert_true(isfinite(verdict->ln_times_likelier));
	assert_in_range(verdict->decision, WEIGHING_COMPLETE, WEIGHING_UNPROVABLE);
	assert_in_range(verdict->cause_count, 1, WEIGHING_CAUSES_MAX);
	for (uint32_t i = 0; i < verdict->cause_count; i++) {
		assert_true(probability(verdict->causes[i].probability));
		assert_true(isfinite(verdict->causes[i].mu_mg));
		assert_true(isfinite(verdict->causes[i].sigma_mg));
	}
}

static void check_tables(struct hostile *hostile)
{
	struct weighing_scale_view scale;
	struct weighing_pack_view pack;

	for (int32_t i = 0; i < SKUS; i++) {
		struct weighing_sku_view view = weighing_bench_look(&hostile->bench, i);

		assert_true(isfinite(view.mean_mg) && view.mean_mg > 0);
		assert_true(isfinite(view.sd_mg) && isfinite(view.spread_mg));
		assert_true(isfinite(view.parcels) && isfinite(view.disagreement));
	}
	assert_int_equal(weighing_scale_look(hostile->bench.weighing, 0, &scale), HAL_OK);
	assert_true(isfinite(scale.offset_mg) && isfinite(scale.offset_sd_mg));
	assert_true(isfinite(scale.gain_ppm) && isfinite(scale.lambda));
	assert_int_equal(weighing_pack_look(hostile->bench.weighing, 0, &pack), HAL_OK);
	assert_true(isfinite(pack.mean_mg) && isfinite(pack.sd_mg) && isfinite(pack.spread_mg));
}

static void do_something_rare(struct hostile *hostile)
{
	struct weighing_bench *bench = &hostile->bench;
	static const double odd[] = { NAN, INFINITY, -1, 0, 1e-300, 1e300, 12000 };
	int32_t sku = some(bench, SKUS);
	double mean = odd[weighing_bench_pick(bench, 7)], sd = odd[weighing_bench_pick(bench, 7)];
	enum hal_status status = HAL_OK;

	if (weighing_bench_dice(bench) < .02)
		status = weighing_sku_pin(bench->weighing, sku, mean, sd);
	else if (weighing_bench_dice(bench) < .02)
		status = weighing_sku_new_lot(bench->weighing, sku);
	else if (weighing_bench_dice(bench) < .02)
		status = weighing_note_rezeroed(bench->weighing, some(bench, 1));
	assert_true(status == HAL_OK || status == HAL_E_ARG);
}

static void live_once(struct hostile *hostile)
{
	struct weighing *weighing = hostile->bench.weighing;
	struct weighing_forecast forecast;
	struct weighing_verdict verdict;
	struct hal_mass mass = draw_mass(hostile);

	draw_parcel(hostile);
	do_something_rare(hostile);
	if (weighing_forecast(weighing, &hostile->parcel, &forecast) != HAL_OK) {
		assert_int_equal(weighing_judge(weighing, &hostile->parcel, mass, &verdict),
		                 HAL_E_ARG);
		hostile->refused++;
		return;
	}
	assert_true(isfinite(forecast.mu_mg) && isfinite(forecast.sigma_mg));
	assert_true(probability(forecast.power) && probability(forecast.pack_first_power));
	assert_int_equal(weighing_judge(weighing, &hostile->parcel, mass, &verdict), HAL_OK);
	check_verdict(&verdict);
	assert_int_equal(weighing_learn(weighing, &hostile->parcel, mass,
	                                (enum weighing_how)weighing_bench_pick(&hostile->bench, 3)),
	                 HAL_OK);
	weighing_changes_stored(weighing);
	hostile->accepted++;
}

static void no_input_makes_a_number_that_is_none(void **state)
{
	struct hostile *hostile = *state;

	for (int i = 0; i < ROUNDS; i++) {
		live_once(hostile);
		if (i % 100 == 0)
			check_tables(hostile);
	}
	assert_true(hostile->refused > ROUNDS / 10);
	assert_true(hostile->accepted > ROUNDS / 10);
}

static void deciding_and_learning_take_no_memory(void **state)
{
	struct hostile *hostile = *state;
	long before = asked_for_memory;

	assert_true(before > 0); /* set-up took some, so the count is alive */
	for (int i = 0; i < 200; i++)
		live_once(hostile);
	assert_int_equal(asked_for_memory, before);
	assert_true(hostile->accepted > 20);
}

/* ---- Stored records that were tampered with -------------------------------------- */

struct tamper {
	struct weighing_visitor base;
	struct hostile *hostile;
	int accepted, refused;
};

static void set_tampered(struct weighing_visitor *visitor, const struct weighing_record *record)
{
	struct tamper *tamper = (struct tamper *)(void *)visitor;
	struct weighing_bench *bench = &tamper->hostile->bench;
	union {
		unsigned char bytes[WEIGHING_RECORD_MAX];
		double align;
	} copy;
	struct weighing_record changed = *record;

	memcpy(copy.bytes, record->data, record->size);
	for (int i = 0; i < 3; i++)
		copy.bytes[weighing_bench_pick(bench, (uint32_t)record->size)] =
			(unsigned char)weighing_bench_pick(bench, 256);
	changed.data = copy.bytes;
	if (weighing_record_set(bench->weighing, &changed) == HAL_OK)
		tamper->accepted++;
	else
		tamper->refused++;
}

static void tampered_records_make_no_number_that_is_none(void **state)
{
	struct hostile *hostile = *state;
	struct tamper tamper = { .base.record = set_tampered, .hostile = hostile };

	for (int i = 0; i < 300; i++)
		live_once(hostile);
	for (int i = 0; i < 40; i++) {
		weighing_records(hostile->bench.weighing, &tamper.base);
		weighing_restored(hostile->bench.weighing);
		for (int k = 0; k < 20; k++)
			live_once(hostile);
		check_tables(hostile);
	}
	assert_true(tamper.accepted > 100);
	assert_true(tamper.refused > 100);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(no_input_makes_a_number_that_is_none),
		TEST(deciding_and_learning_take_no_memory),
		TEST(tampered_records_make_no_number_that_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
