/* SPDX-License-Identifier: MIT */
#include "scale/scale_codec.h"

#include <string.h>

#include "scale/fields.h"

/* What is kept of a window that ran full: no frame is longer. */
#define KEPT (SCALE_WINDOW / 2)

static bool find_variant(const struct scale_codec *codec, const char *name, unsigned *ret_variant)
{
	const struct scale_variant *variants = codec->variants;

	*ret_variant = 0;
	if (!name || !*name)
		return true;
	for (unsigned i = 0; variants && variants[i].name; i++)
		if (strcmp(variants[i].name, name) == 0) {
			*ret_variant = i;
			return true;
		}
	return false;
}

enum hal_status scale_decoder_init(struct scale_decoder *decoder, const struct scale_codec *codec,
                                   const char *variant, const char *unit)
{
	*decoder = (struct scale_decoder){ .codec = codec };
	if (!find_variant(codec, variant, &decoder->variant))
		return HAL_E_ARG;
	if (!unit || !*unit)
		return HAL_OK;
	decoder->unit = find_scale_unit(unit, strlen(unit));
	return decoder->unit ? HAL_OK : HAL_E_ARG;
}

void scale_decoder_reset(struct scale_decoder *decoder)
{
	decoder->len = 0;
	decoder->reported = decoder->follows = decoder->cr_lf = false;
	decoder->memory = 0;
	decoder->skipped = 0;
}

static void make_room(struct scale_decoder *decoder)
{
	if (decoder->reported) {
		decoder->reported = false;
		decoder->follows = true;
		decoder->len = 0;
	}
	if (decoder->len < SCALE_WINDOW)
		return;
	decoder->skipped += SCALE_WINDOW - KEPT;
	memmove(decoder->window, decoder->window + SCALE_WINDOW - KEPT, KEPT);
	decoder->len = KEPT;
	decoder->follows = false;
}

bool scale_decoder_push(struct scale_decoder *decoder, uint8_t byte, struct scale_frame *ret_frame)
{
	struct scale_frame frame = { .status = SCALE_NONE };
	size_t len;

	make_room(decoder);
	decoder->window[decoder->len++] = byte;
	len = decoder->codec->match(decoder, &frame);
	if (len == 0)
		return false;
	frame.bytes = decoder->window + decoder->len - len;
	frame.len = len;
	decoder->skipped += decoder->len - len;
	decoder->reported = true;
	decoder->cr_lf |= len > 1 && frame.bytes[len - 2] == '\r' && frame.bytes[len - 1] == '\n';
	*ret_frame = frame;
	return true;
}

size_t scale_decoder_pending(const struct scale_decoder *decoder, const uint8_t **ret_bytes)
{
	*ret_bytes = decoder->window;
	return decoder->reported ? 0 : decoder->len;
}
