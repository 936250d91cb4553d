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

const struct printer_language tspl_language = {
	.name = "tspl",
	.darkness_max = 15,
	.speed_max = 14,
	.encode = tspl_encode,
	.parse = tspl_parse_byte,
	.queries = { PRINTER_WORDS("\x1B!?") },
	.query_count = 1,
	.cancel = PRINTER_WORDS("\x1B!.\r\nCLS\r\n"),
	.tells = true,
};

static enum hal_status tspl_open(const struct driver_env *env, struct hal_stream *stream,
                                 const struct printer_options *options,
                                 const struct hal_printer_listener *listener, void *owner,
                                 struct hal_printer **ret_printer, struct hal_fault *reterr_fault)
{
	return printer_open(&tspl_language, env, stream, options, listener, owner, ret_printer,
	                    reterr_fault);
}

const struct printer_driver tspl_driver = {
	.name = "tspl",
	.summary = "TSC, Gprinter, Xprinter, HPRT and others in TSPL",
	.status = true,
	.open = tspl_open,
};
