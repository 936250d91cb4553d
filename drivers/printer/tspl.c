/* SPDX-License-Identifier: MIT */
/*
 * Printers that speak TSPL: TSC, Gprinter, Xprinter, HPRT, Munbyn and more.
 * Their status byte tells printing from not printing and counts nothing, so
 * that it can prove a job out, but never that nothing is left.  Oddities:
 * tspl.md.
 */
#include "printer/printer.h"
#include "printer/printer_drivers.h"
#include "printer/tspl_codec.h"

static const struct printer_language tspl_language = {
	.darkness_max = 15,
	.speed_max = 14,
	.encode = tspl_encode,
	.parse = tspl_parse_byte,
	.parse_kept = tspl_parse,
	.parse_rest = tspl_parse_byte,
	.queries = { PRINTER_WORDS("\x1B!?") },
	.query_count = 1,
	.cancel = PRINTER_WORDS("\x1B!.\r\nCLS\r\n"),
	.tells = true,
};

const struct printer_driver tspl_driver = {
	.name = "tspl",
	.summary = "TSC, Gprinter, Xprinter, HPRT and others in TSPL",
	.language = &tspl_language,
	.open = printer_open,
};
