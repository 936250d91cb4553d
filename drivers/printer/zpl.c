/* SPDX-License-Identifier: MIT */
/* Printers that speak ZPL II: Zebra and those that follow them.  Oddities: zpl.md. */
#include "printer/printer.h"
#include "printer/printer_drivers.h"
#include "printer/zpl_codec.h"

const struct printer_language zpl_language = {
	.name = "zpl",
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

static enum hal_status zpl_open(const struct driver_env *env, struct hal_stream *stream,
                                const struct printer_options *options,
                                const struct hal_printer_listener *listener, void *owner,
                                struct hal_printer **ret_printer, struct hal_fault *reterr_fault)
{
	return printer_open(&zpl_language, env, stream, options, listener, owner, ret_printer,
	                    reterr_fault);
}

const struct printer_driver zpl_driver = {
	.name = "zpl",
	.summary = "Zebra and others in ZPL II, graphics compressed (Z64)",
	.status = true,
	.open = zpl_open,
};
