/* SPDX-License-Identifier: MIT */
/* What the weighing model says and learns, against arithmetic done by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "weighing.h"

struct bench {
	void *mem;
	struct weighing *weighing;
	int32_t scale, pack;
};

static const struct weighing_limits limits = { .skus = 64, .packs = 4, .scales = 2 };

static int set_up(void **state)
{
	struct bench *bench = calloc(1, sizeof(*bench));
	struct weighing_scale scale = { .name = "S", .step = { 100 }, .e = { 1000 } };
	struct weighing_pack pack = { .name = "BM-4", .mean_mg = 30000, .sd_mg = 500 };

	bench->mem = malloc(weighing_size(&limits));
	bench->weighing = weighing_init(bench->mem, weighing_size(&limits), &limits);
	assert_non_null(bench->weighing);
	assert_int_equal(weighing_scale_add(bench->weighing, &scale, &bench->scale), HAL_OK);
	assert_int_equal(weighing_pack_add(bench->weighing, &pack, &bench->pack), HAL_OK);
	*state = bench;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *bench = *state;

	free(bench->mem);
	free(bench);
	return 0;
}

static int32_t add_sku(struct bench *bench, const char *name, int32_t mg)
{
	struct weighing_sku sku = { .name = name, .catalogue = { mg }, .step = { 100 } };
	int32_t index;

	assert_int_equal(weighing_sku_add(bench->weighing, &sku, &index), HAL_OK);
	return index;
}

static struct weighing_parcel parcel_of(const struct bench *bench,
                                        const struct weighing_line *lines, size_t count)
{
	return (struct weighing_parcel){
		.scale = bench->scale, .pack = bench->pack, .lines = lines, .line_count = count
	};
}

static struct weighing_verdict judge(struct bench *bench, const struct weighing_parcel *parcel,
                                     int32_t mg)
{
	struct weighing_verdict verdict;

	assert_int_equal(weighing_judge(bench->weighing, parcel, (struct hal_mass){ mg }, &verdict),
	                 HAL_OK);
	return verdict;
}

static void a_parcel_of_the_right_weight_is_complete(void **state)
{
	struct bench *bench = *state;
	struct weighing_line line = { add_sku(bench, "RING", 12500), 4, WEIGHING_NONE };
	struct weighing_parcel parcel = parcel_of(bench, &line, 1);
	struct weighing_verdict verdict;

	assert_int_equal(weighing_sku_pin(bench->weighing, line.sku, 12500, 20), HAL_OK);
	verdict = judge(bench, &parcel, 80000);
	assert_int_equal(verdict.decision, WEIGHING_COMPLETE);
	assert_true(verdict.p_complete > .99);
	assert_true(verdict.ln_times_likelier > 9);
}

static void a_missing_piece_is_named_with_its_weight(void **state)
{
	struct bench *bench = *state;
	struct weighing_line lines[2] = { { add_sku(bench, "RING", 12500), 4, WEIGHING_NONE },
		                          { add_sku(bench, "CHAIN", 21000), 2, WEIGHING_NONE } };
	struct weighing_parcel parcel = parcel_of(bench, lines, 2);
	struct weighing_verdict verdict;

	assert_int_equal(weighing_sku_pin(bench->weighing, lines[0].sku, 12500, 20), HAL_OK);
	assert_int_equal(weighing_sku_pin(bench->weighing, lines[1].sku, 21000, 20), HAL_OK);
	verdict = judge(bench, &parcel, 30000 + 4 * 12500 + 21000);
	assert_int_equal(verdict.decision, WEIGHING_SHORT);
	assert_int_equal(verdict.causes[0].fault, WEIGHING_MISSING);
	assert_int_equal(verdict.causes[0].sku, lines[1].sku);
	assert_true(fabs(verdict.causes[0].mu_mg - 101000) < 400);
	assert_true(fabs(verdict.difference_mg + 21000) < 400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_parcel_of_the_right_weight_is_complete, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(a_missing_piece_is_named_with_its_weight, set_up,
		                                tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
