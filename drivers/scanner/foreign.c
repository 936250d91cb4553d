/* SPDX-License-Identifier: MIT */
#include "scanner/foreign.h"

#include <string.h>

static const char own[] = "PS-";

#define OWN_LEN (sizeof(own) - 1)

void foreign_init(struct foreign *foreign, const struct keymap_layout *ours)
{
	*foreign = (struct foreign){ .ours = ours };
	for (size_t i = 0; keymap_layouts[i] && i < FOREIGN_LAYOUTS_MAX; i++)
		keymap_init(&foreign->keymaps[i], keymap_layouts[i]);
}

void foreign_begin(struct foreign *foreign)
{
	memset(foreign->fits, 0, sizeof(foreign->fits));
}

/* True when this character completes the beginning; a wrong one puts it out of reach. */
static bool fit(size_t *fits, uint32_t c)
{
	if (*fits >= OWN_LEN)
		return false;
	*fits = c == (uint32_t)own[*fits] ? *fits + 1 : OWN_LEN + 1;
	return *fits == OWN_LEN;
}

const struct keymap_layout *foreign_key(struct foreign *foreign, uint16_t code, int value)
{
	const struct keymap_layout *found = NULL;

	for (size_t i = 0; keymap_layouts[i] && i < FOREIGN_LAYOUTS_MAX; i++) {
		uint32_t chars[KEYMAP_CHARS_MAX];
		size_t count = keymap_key(&foreign->keymaps[i], code, value, chars);

		for (size_t k = 0; k < count; k++)
			if (fit(&foreign->fits[i], chars[k]))
				found = keymap_layouts[i];
	}
	return found == foreign->ours ? NULL : found;
}
