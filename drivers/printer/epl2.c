/* SPDX-License-Identifier: MIT */
/*
 * Printers that speak EPL2: Zebra LP2844 and its kin.  They report trouble but
 * have no word that connects a report with a job.  Oddities: epl2.md.
 */
#include "printer/epl2_codec.h"
#include "printer/printer.h"
#include "printer/printer_drivers.h"

static const struct printer_language epl2_language = {
	.darkness_max = 15,
	.speed_max = 6,
	.encode = epl2_encode,
	.parse = epl2_parse,
	.queries = { PRINTER_WORDS("\n^ee\n") },
	.query_count = 1,
	.cancel = PRINTER_WORDS("\nN\n"),
};

const struct printer_driver epl2_driver = {
	.name = "epl2",
	.summary = "Zebra LP2844 and others in EPL2",
	.language = &epl2_language,
	.open = printer_open,
};
