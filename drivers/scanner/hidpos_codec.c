/* SPDX-License-Identifier: MIT */
#include "scanner/hidpos_codec.h"

#include <string.h>

#include "common/hid_descriptor.h"
#include "scanner/aim.h"

#define SCANNER(id) HID_USAGE(0x8C, id)
#define BYTE_COUNT  HID_USAGE(0x01, 0x3B)

/* clang-format off */

#define BYTES(first, count) { (first) * 8, (count) * 8 }

/* Sixty-four bytes each; which one it is shows in the first report. */
static const struct hidpos_layout known[] = {
	{ /* Honeywell's, and engines of theirs in other makers' readers */
		.id = 2, .length = BYTES(1, 1), .data = BYTES(5, 56), .more = BYTES(63, 1),
		.symbology = { BYTES(2, 1), BYTES(3, 1), BYTES(4, 1) },
	},
	{ /* Newland's FM420; its byte 62 is a symbology number of its own */
		.id = 2, .length = BYTES(1, 1), .data = BYTES(2, 56), .more = BYTES(63, 1),
	},
};

/* clang-format on */

/* A description being read: fields of several reports, until one has data in it. */
struct search {
	struct hidpos_layout layout;
	bool found;
};

static struct hidpos_field field_at(const struct hid_field *field)
{
	return (struct hidpos_field){ (uint16_t)(field->bit + (field->report ? 8 : 0)),
		                      field->bits };
}

static void take_data(struct search *search, const struct hid_field *field)
{
	struct hidpos_field *data = &search->layout.data;

	if (!search->found) {
		search->found = true;
		*data = field_at(field);
	} else if (data->bit + data->bits == field_at(field).bit) {
		data->bits = (uint16_t)(data->bits + field->bits);
	}
}

/* Fields may stand before the data, so those of each report are kept until it has some or ends. */
static void take_field(void *owner, const struct hid_field *field)
{
	struct search *search = owner;
	struct hidpos_layout *layout = &search->layout;

	if (field->report != layout->id) {
		if (search->found)
			return;
		*layout = (struct hidpos_layout){ .id = field->report };
	}
	if (field->usage == BYTE_COUNT) {
		layout->length = field_at(field);
	} else if (field->usage == SCANNER(0xFE)) {
		take_data(search, field);
	} else if (field->usage == SCANNER(0xFF)) {
		layout->more = field_at(field);
	} else if (field->usage >= SCANNER(0xFB) && field->usage <= SCANNER(0xFD)) {
		layout->symbology[field->usage - SCANNER(0xFB)] = field_at(field);
	}
}

static bool is_bytes(const struct hidpos_field *field)
{
	return field->bit % 8 == 0 && field->bits % 8 == 0;
}

bool hidpos_describe(const uint8_t *descriptor, size_t len, struct hidpos_layout *ret_layout)
{
	struct search search = { .found = false };

	if (!hid_walk(descriptor, len, take_field, &search) || !search.found)
		return false;
	if (!is_bytes(&search.layout.data) || search.layout.more.bits > 8 ||
	    search.layout.length.bits > 16)
		return false;
	*ret_layout = search.layout;
	return true;
}

static unsigned get_bits(const uint8_t *report, const struct hidpos_field *field)
{
	unsigned value = 0;

	for (unsigned i = field->bits; i-- > 0;) {
		unsigned bit = field->bit + i;

		value = value << 1 | ((unsigned)report[bit / 8] >> bit % 8 & 1u);
	}
	return value;
}

static size_t end_of(const struct hidpos_field *field)
{
	return field->bits ? (field->bit + field->bits + 7u) / 8 : 0;
}

static bool reaches(const struct hidpos_layout *layout, size_t len)
{
	return end_of(&layout->length) <= len && end_of(&layout->data) <= len &&
	       end_of(&layout->more) <= len && end_of(&layout->symbology[0]) <= len &&
	       end_of(&layout->symbology[1]) <= len && end_of(&layout->symbology[2]) <= len;
}

static void get_symbology(const struct hidpos_layout *layout, const uint8_t *report,
                          char ret_symbology[AIM_LEN + 1])
{
	char text[AIM_LEN];

	for (size_t i = 0; i < AIM_LEN; i++)
		text[i] = (char)get_bits(report, &layout->symbology[i]);
	if (aim_find(text, AIM_LEN, ret_symbology) == 0)
		ret_symbology[0] = '\0';
}

enum hidpos_result hidpos_read(const struct hidpos_layout *layout, const uint8_t *report,
                               size_t len, struct hidpos_piece *ret_piece)
{
	size_t room = layout->data.bits / 8u;
	struct hidpos_piece piece;

	if (layout->id && (len == 0 || report[0] != layout->id))
		return HIDPOS_UNRELATED;
	if (!reaches(layout, len))
		return HIDPOS_MALFORMED;
	piece.data = report + layout->data.bit / 8;
	piece.len = layout->length.bits ? get_bits(report, &layout->length)
	                                : strnlen((const char *)piece.data, room);
	if (piece.len > room)
		return HIDPOS_MALFORMED;
	piece.more = get_bits(report, &layout->more) & 1u;
	get_symbology(layout, report, piece.symbology);
	*ret_piece = piece;
	return HIDPOS_PIECE;
}

/* A layout fits when its data ends where its length says, and its symbology is one. */
static bool fits(const struct hidpos_layout *layout, const uint8_t *report, size_t len)
{
	size_t room = layout->data.bits / 8u;
	struct hidpos_piece piece;

	if (hidpos_read(layout, report, len, &piece) != HIDPOS_PIECE)
		return false;
	if (layout->symbology[0].bits && !piece.symbology[0])
		return false;
	if (piece.len > 0 && piece.data[piece.len - 1] == 0)
		return false;
	for (size_t i = piece.len; i < room; i++)
		if (piece.data[i] != 0)
			return false;
	return true;
}

const struct hidpos_layout *hidpos_find_known(const uint8_t *report, size_t len)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (len == 64 && fits(&known[i], report, len))
			return &known[i];
	return NULL;
}
