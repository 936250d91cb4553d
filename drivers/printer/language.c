/* SPDX-License-Identifier: MIT */
#include "printer/language.h"

#include <string.h>

#include "printer/printer_drivers.h"

static const struct printer_language *const languages[] = {
	&zpl_language,
	&tspl_language,
	&epl2_language,
	&escpos_language,
};

const struct printer_language *find_printer_language(const char *name)
{
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
		if (strcmp(languages[i]->name, name) == 0)
			return languages[i];
	return NULL;
}

enum hal_status language_encode(const struct printer_language *language,
                                const struct printer_setup *setup, const struct hal_page *page,
                                const struct hal_paper *paper, uint8_t *bytes, size_t cap,
                                size_t *ret_len)
{
	struct sink sink;

	if (!raster_fits(page, paper) || (setup->dpi && setup->dpi != paper->dpi))
		return HAL_E_ARG;
	sink_init(&sink, bytes, cap);
	language->encode(setup, page, paper, &sink);
	return sink_finish(&sink, ret_len);
}
