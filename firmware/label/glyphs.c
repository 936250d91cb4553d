/* SPDX-License-Identifier: MIT */
#include "glyphs.h"

#include <string.h>

/* At three quarters the probing is still short. */
#define FULL (GLYPHS_SLOTS / 4 * 3)

uint32_t glyphs_key(uint8_t font, uint16_t px, uint16_t id)
{
	return ((uint32_t)font + 1) << 27 ^ (uint32_t)px << 16 ^ id;
}

static uint32_t slot_of(uint32_t key)
{
	return (key * 2654435761u) >> 19;
}

_Static_assert(GLYPHS_SLOTS == 1u << (32 - 19), "slot_of() reaches every slot and no other");

const struct glyph *glyphs_find(const struct glyphs *glyphs, uint32_t key)
{
	uint32_t slot = slot_of(key);

	while (glyphs->slots[slot].key != key) {
		if (!glyphs->slots[slot].key)
			return NULL;
		slot = (slot + 1) % GLYPHS_SLOTS;
	}
	return &glyphs->slots[slot];
}

struct glyph *glyphs_add(struct glyphs *glyphs, uint32_t key, uint16_t width, uint16_t height)
{
	uint32_t len = ((uint32_t)width + 7) / 8 * height;
	uint32_t slot;

	if (len > GLYPHS_BYTES)
		return NULL;
	if (glyphs->count >= FULL || glyphs->used + len > GLYPHS_BYTES)
		glyphs_empty(glyphs);
	for (slot = slot_of(key); glyphs->slots[slot].key; slot = (slot + 1) % GLYPHS_SLOTS)
		continue;
	glyphs->slots[slot] = (struct glyph){
		.key = key,
		.width = width,
		.height = height,
		.at = glyphs->used,
	};
	memset(glyphs->bytes + glyphs->used, 0, len);
	glyphs->used += len;
	glyphs->count++;
	return &glyphs->slots[slot];
}

void glyphs_empty(struct glyphs *glyphs)
{
	memset(glyphs->slots, 0, sizeof(glyphs->slots));
	glyphs->count = 0;
	glyphs->used = 0;
	glyphs->emptied++;
}
