/* SPDX-License-Identifier: MIT */
#include "printer/zpl_codec.h"

/* Settings that a previous job may have left behind and that move or flip dots. */
#define DEFAULTS "^LH0,0^LS0^PON^PMN^LRN"

static void write_band(const struct printer_setup *setup, const struct hal_page *page,
                       const struct raster_area *band, struct sink *sink)
{
	uint32_t len = band->columns * band->rows;

	/* The counts stay those of the plain bitmap, however it is packed. */
	sink_text(sink, "^FO%u,%u^GFA,%u,%u,%u,", band->column * 8, band->row, len, len,
	          band->columns);
	if (setup->acs)
		raster_acs(sink, page, band);
	else
		raster_z64(setup->raster, sink, page, band);
	sink_text(sink, "^FS\n");
}

static void write_bands(const struct printer_setup *setup, const struct hal_page *page,
                        struct sink *sink)
{
	struct raster_area area = raster_crop(page);
	uint32_t most = area.columns ? RASTER_BAND_MAX / area.columns : 0;

	while (area.rows > 0) {
		struct raster_area band = area;

		if (band.rows > most)
			band.rows = most;
		write_band(setup, page, &band, sink);
		area.row += band.rows;
		area.rows -= band.rows;
	}
}

/*
 * ^JZY: a label interrupted by paper or head is printed again, whole, once the
 * printer goes on; with ^JZN it would be lost and the printer would look idle.
 * ^PQ1: one, whatever an earlier format left behind.
 */
void zpl_encode(const struct printer_setup *setup, const struct hal_page *page,
                const struct hal_paper *paper, struct sink *sink)
{
	if (setup->darkness)
		sink_text(sink, "~SD%02u", setup->darkness);
	sink_text(sink, "^XA" DEFAULTS "^JZY^PW%u^LL%u^MN%c", page->width_dots, page->height_dots,
	          paper->gap_mm10 ? 'Y' : 'N');
	if (setup->speed)
		sink_text(sink, "^PR%u", setup->speed);
	sink_text(sink, "\n");
	write_bands(setup, page, sink);
	/* A format without a field may be dropped: a blank page has one white dot row. */
	if (raster_crop(page).rows == 0)
		sink_text(sink, "^FO0,0^GFA,1,1,1,00^FS\n");
	sink_text(sink, "^PQ1,0,1,Y^XZ\n");
}
