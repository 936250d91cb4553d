/* SPDX-License-Identifier: MIT */
/* The finished label dot by dot, as PNG. */
#include "engine.h"

#include <string.h>

#include <cairo.h>

struct outlet {
	label_sink *sink;
	void *owner;
};

static cairo_status_t pass_on(void *closure, const unsigned char *bytes, unsigned len)
{
	struct outlet *outlet = closure;

	return outlet->sink(outlet->owner, bytes, len) ? CAIRO_STATUS_SUCCESS
	                                               : CAIRO_STATUS_WRITE_ERROR;
}

static enum hal_status tell(cairo_status_t status, struct hal_fault *reterr_fault)
{
	if (status == CAIRO_STATUS_SUCCESS)
		return HAL_OK;
	hal_fault_set(reterr_fault, "label: %s", cairo_status_to_string(status));
	return HAL_E_SYSTEM;
}

static void copy_dots(const struct hal_page *page, uint8_t *pixels, int stride)
{
	for (uint32_t y = 0; y < page->height_dots; y++)
		for (uint32_t x = 0; x < page->width_dots; x++) {
			const uint8_t *row = page->bits + y * page->stride;
			uint32_t pixel = row[x / 8] >> (7 - x % 8) & 1 ? 0xFF000000u : 0xFFFFFFFFu;

			memcpy(pixels + (size_t)y * (size_t)stride + x * 4, &pixel, 4);
		}
}

enum hal_status label_write_png(struct label_engine *engine, unsigned first, unsigned count,
                                label_sink *sink, void *owner, struct hal_fault *reterr_fault)
{
	struct outlet outlet = { sink, owner };
	const struct hal_page *page = label_page(engine, first);
	cairo_surface_t *surface;
	cairo_status_t status;
	int stride;

	if (!page || count == 0 || first + count > engine->sheet_count) {
		hal_fault_set(reterr_fault, "label: no such sheet");
		return HAL_E_ARG;
	}
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)page->width_dots,
	                                     (int)(page->height_dots * count));
	status = cairo_surface_status(surface);
	if (status == CAIRO_STATUS_SUCCESS) {
		cairo_surface_flush(surface);
		stride = cairo_image_surface_get_stride(surface);
		for (unsigned i = 0; i < count; i++)
			copy_dots(&engine->pages[first + i],
			          cairo_image_surface_get_data(surface) +
			                  (size_t)i * page->height_dots * (size_t)stride,
			          stride);
		cairo_surface_mark_dirty(surface);
		status = cairo_surface_write_to_png_stream(surface, pass_on, &outlet);
	}
	cairo_surface_destroy(surface);
	return tell(status, reterr_fault);
}
