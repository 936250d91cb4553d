/* SPDX-License-Identifier: MIT */
/* What Toledo continuous remembers from frame to frame; the frames are in tests/fixtures/scale/. */
#include "scale_rows.h"

#include "scale/toledo_continuous_codec.h"

static const char checked[] = "\x02-0 001234000000\r\x2a";

static void check_characters_are_required_once_two_were_right(void **state)
{
	struct scale_decoder decoder;
	struct scale_frame frame;
	char bad[sizeof(checked)];

	(void)state;
	memcpy(bad, checked, sizeof(checked));
	bad[6] ^= 1;
	assert_int_equal(scale_decoder_init(&decoder, &toledo_continuous_codec, "", ""), HAL_OK);
	assert_int_equal(row_push(&decoder, checked, 18, &frame), 1);
	assert_int_equal(row_push(&decoder, checked, 18, &frame), 1);
	assert_int_equal(row_push(&decoder, bad, 18, &frame), 0);
	assert_int_equal(row_push(&decoder, checked, 18, &frame), 1);
	assert_int_equal(frame.len, 18);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(row_push(&decoder, bad, 18, &frame), 0);
	assert_int_equal(row_push(&decoder, checked, 18, &frame), 1);
}

static void a_plain_scale_after_a_checked_one_loses_one_frame(void **state)
{
	struct scale_decoder decoder;
	struct scale_frame frame;

	(void)state;
	assert_int_equal(scale_decoder_init(&decoder, &toledo_continuous_codec, "", ""), HAL_OK);
	for (unsigned i = 0; i < 5; i++)
		assert_int_equal(row_push(&decoder, checked, 18, &frame), 1);
	assert_int_equal(row_push(&decoder, checked, 17, &frame), 0);
	assert_int_equal(row_push(&decoder, checked, 17, &frame), 1);
	assert_int_equal(row_push(&decoder, checked, 17, &frame), 1);
}

/* Its check character would be an LF: that must not be taken for one. */
static void a_scale_that_ends_with_cr_lf_is_not_taken_for_a_checked_one(void **state)
{
	static const char lf[] = "\x02-0 099996000000\r\n", other[] = "\x02-0 001234000000\r\n";
	struct scale_decoder decoder;
	struct scale_frame frame;
	unsigned sum = 0;

	(void)state;
	for (size_t i = 0; i < 17; i++)
		sum += (unsigned char)lf[i];
	assert_int_equal((0x80 - (sum & 0x7f)) & 0x7f, '\n');
	assert_int_equal(scale_decoder_init(&decoder, &toledo_continuous_codec, "", ""), HAL_OK);
	for (unsigned i = 0; i < 10; i++)
		assert_int_equal(row_push(&decoder, lf, 18, &frame), 1);
	for (unsigned i = 0; i < 10; i++)
		assert_int_equal(row_push(&decoder, other, 18, &frame), 1);
}

static void no_single_wrong_bit_passes_the_check_character(void **state)
{
	(void)state;
	for (size_t byte = 0; byte < 18; byte++)
		for (unsigned bit = 0; bit < 7; bit++) {
			struct scale_decoder decoder;
			struct scale_frame frame;
			char bad[sizeof(checked)];

			memcpy(bad, checked, sizeof(checked));
			bad[byte] = (char)(bad[byte] ^ (1 << bit));
			assert_int_equal(scale_decoder_init(&decoder, &toledo_continuous_codec,
			                                    "checksum", ""),
			                 HAL_OK);
			assert_int_equal(row_push(&decoder, bad, 18, &frame), 0);
		}
}

static void a_scale_that_sends_tares_never_turns_short(void **state)
{
	struct scale_decoder decoder;
	struct scale_frame frame;

	(void)state;
	assert_int_equal(scale_decoder_init(&decoder, &toledo_continuous_codec, "", ""), HAL_OK);
	assert_int_equal(row_push(&decoder, "\x02-0 001234000000\r", 17, &frame), 1);
	assert_int_equal(row_push(&decoder, "\x02-0 000000\r", 11, &frame), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check_characters_are_required_once_two_were_right),
		cmocka_unit_test(a_plain_scale_after_a_checked_one_loses_one_frame),
		cmocka_unit_test(a_scale_that_ends_with_cr_lf_is_not_taken_for_a_checked_one),
		cmocka_unit_test(no_single_wrong_bit_passes_the_check_character),
		cmocka_unit_test(a_scale_that_sends_tares_never_turns_short),
	};

	return cmocka_run_group_tests_name("toledo_continuous_codec", tests, NULL, NULL);
}
