/* SPDX-License-Identifier: MIT */
#include "scale/ecr_codec.h"

#include "scale/fields.h"

#define LEN      15
#define BODY     2  /* where the checked part begins */
#define BODY_LEN 10 /* status, sign, weight, unit */

static bool check_holds(const char *text)
{
	unsigned sum = 0;

	for (size_t i = BODY; i < BODY + BODY_LEN; i++)
		sum ^= (uint8_t)text[i];
	return sum == (uint8_t)text[BODY + BODY_LEN];
}

static size_t ecr_match(struct scale_decoder *decoder, struct scale_frame *ret_frame)
{
	const char *text = scale_tail(decoder, LEN);
	struct scale_fields fields;
	struct scale_number number;

	if (!text || text[0] != '\x01' || text[1] != '\x02' || text[13] != '\x03' ||
	    text[14] != '\x04' || !check_holds(text) ||
	    !scale_layout_fits("ff~~~~~~uu", text + BODY, BODY_LEN, &fields) ||
	    (fields.flags[0] != 'S' && fields.flags[0] != 'U'))
		return 0;
	ret_frame->stable = hal_tri_of(fields.flags[0] == 'S');
	scale_frame_note_unit(ret_frame, fields.unit, fields.unit_len);
	if (fields.flags[1] == 'F') {
		ret_frame->status = SCALE_OVER;
		return LEN;
	}
	if ((fields.flags[1] != ' ' && fields.flags[1] != '-') ||
	    !scale_number_parse(text + BODY + 2, 6, &number) || number.negative)
		return 0;
	number.negative = fields.flags[1] == '-';
	scale_frame_weigh(ret_frame, decoder, &number, fields.unit, fields.unit_len);
	return LEN;
}

const struct scale_codec ecr_codec = {
	.match = ecr_match,
};
