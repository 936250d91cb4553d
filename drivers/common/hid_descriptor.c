/* SPDX-License-Identifier: MIT */
#include "common/hid_descriptor.h"

#define RANGES_MAX 32
#define STACK_MAX  4
#define BITS_MAX   (512 * 8) /* no report is longer */

/* An item's tag and type, without the size in its two lowest bits. */
#define MAIN_INPUT      0x80
#define GLOBAL_PAGE     0x04
#define GLOBAL_SIZE     0x74
#define GLOBAL_ID       0x84
#define GLOBAL_COUNT    0x94
#define GLOBAL_PUSH     0xA4
#define GLOBAL_POP      0xB4
#define LOCAL_USAGE     0x08
#define LOCAL_USAGE_MIN 0x18
#define LOCAL_USAGE_MAX 0x28
#define LONG_ITEM       0xFE
#define INPUT_CONSTANT  1u

struct range {
	uint32_t first, last;
};

struct globals {
	uint32_t page, size, count;
	uint8_t id;
};

struct walk {
	void (*found)(void *owner, const struct hid_field *field);
	void *owner;
	struct globals now;
	struct globals stack[STACK_MAX];
	size_t depth;
	struct range usages[RANGES_MAX];
	size_t usage_count;
	uint16_t used[256]; /* bits so far, by report id */
};

/* The i-th usage of the present item; the last one stands for all that follow. */
static uint32_t get_usage(const struct walk *walk, uint32_t i)
{
	for (size_t at = 0; at < walk->usage_count; at++) {
		const struct range *range = &walk->usages[at];

		if (i <= range->last - range->first)
			return range->first + i;
		i -= range->last - range->first + 1;
	}
	return walk->usage_count ? walk->usages[walk->usage_count - 1].last : 0;
}

static bool add_input(struct walk *walk, uint32_t flags)
{
	const struct globals *now = &walk->now;
	uint16_t *used = &walk->used[now->id];

	if (now->size > BITS_MAX || now->count > BITS_MAX ||
	    *used + now->size * now->count > BITS_MAX)
		return false;
	for (uint32_t i = 0; i < now->count; i++) {
		struct hid_field field = {
			.usage = flags & INPUT_CONSTANT ? 0 : get_usage(walk, i),
			.report = now->id,
			.bit = *used,
			.bits = (uint16_t)now->size,
		};

		*used = (uint16_t)(*used + now->size);
		walk->found(walk->owner, &field);
	}
	return true;
}

static uint32_t full_usage(const struct walk *walk, uint32_t value, size_t size)
{
	return size == 4 ? value : HID_USAGE(walk->now.page, value);
}

static bool add_usage(struct walk *walk, uint32_t usage)
{
	if (walk->usage_count == RANGES_MAX)
		return false;
	walk->usages[walk->usage_count++] = (struct range){ usage, usage };
	return true;
}

static bool end_usage(struct walk *walk, uint32_t usage)
{
	struct range *range = walk->usage_count ? &walk->usages[walk->usage_count - 1] : NULL;

	if (!range || usage < range->first)
		return false;
	range->last = usage;
	return true;
}

static bool push(struct walk *walk)
{
	if (walk->depth == STACK_MAX)
		return false;
	walk->stack[walk->depth++] = walk->now;
	return true;
}

static bool pop(struct walk *walk)
{
	if (walk->depth == 0)
		return false;
	walk->now = walk->stack[--walk->depth];
	return true;
}

static bool take_id(struct walk *walk, uint32_t value)
{
	walk->now.id = (uint8_t)value;
	return value > 0 && value < 256;
}

static bool take_global_or_local(struct walk *walk, uint8_t tag, uint32_t value, size_t size)
{
	switch (tag) {
	case GLOBAL_PAGE:
		walk->now.page = value;
		return value <= 0xFFFF;
	case GLOBAL_SIZE:
		walk->now.size = value;
		return true;
	case GLOBAL_COUNT:
		walk->now.count = value;
		return true;
	case GLOBAL_ID:
		return take_id(walk, value);
	case GLOBAL_PUSH:
		return push(walk);
	case GLOBAL_POP:
		return pop(walk);
	case LOCAL_USAGE:
	case LOCAL_USAGE_MIN:
		return add_usage(walk, full_usage(walk, value, size));
	case LOCAL_USAGE_MAX:
		return end_usage(walk, full_usage(walk, value, size));
	default: /* open: units, limits, strings: nothing to do with where a field is */
		return true;
	}
}

static bool take_item(struct walk *walk, uint8_t tag, uint32_t value, size_t size)
{
	bool good = true;

	if ((tag & 0x0C) != 0)
		return take_global_or_local(walk, tag, value, size);
	if (tag == MAIN_INPUT)
		good = add_input(walk, value);
	walk->usage_count = 0;
	return good;
}

static uint32_t get_value(const uint8_t *at, size_t size)
{
	uint32_t value = 0;

	while (size-- > 0)
		value = value << 8 | at[size];
	return value;
}

bool hid_walk(const uint8_t *descriptor, size_t len,
              void (*found)(void *owner, const struct hid_field *field), void *owner)
{
	struct walk walk = { .found = found, .owner = owner };
	size_t size;

	for (size_t at = 0; at < len; at += 1 + size) {
		uint8_t head = descriptor[at];

		size = (head & 3) == 3 ? 4 : head & 3;
		if (head == LONG_ITEM) {
			size = at + 1 < len ? 2u + descriptor[at + 1] : len;
			continue;
		}
		if (at + 1 + size > len ||
		    !take_item(&walk, head & 0xFC, get_value(descriptor + at + 1, size), size))
			return false;
	}
	return true;
}
