/* SPDX-License-Identifier: MIT */
/* Printers that speak ZPL II: Zebra and those that follow them.  Oddities: zpl.md. */
#include "printer/printer.h"
#include "printer/printer_drivers.h"
#include "printer/zpl_codec.h"

static const struct printer_language zpl_language = {
	.darkness_max = 30,
	.speed_max = 14,
	.encode = zpl_encode,
	.parse = zpl_parse,
	.queries = { PRINTER_WORDS("~HS") },
	.query_count = 1,
	.cancel = PRINTER_WORDS("~JA"),
	.tells = true,
	.counts = true,
	.goes_on = true,
};

const struct printer_driver zpl_driver = {
	.name = "zpl",
	.summary = "Zebra and others in ZPL II, graphics compressed (Z64)",
	.language = &zpl_language,
	.open = printer_open,
};
