/* SPDX-License-Identifier: MIT */
/*
 * Printers that speak EPL2: Zebra LP2844 and its kin.  They report trouble but
 * have no word that connects a report with a job.  Oddities: epl2.md.
 */
#include "printer/epl2_codec.h"
#include "printer/printer.h"
#include "printer/printer_drivers.h"

const struct printer_language epl2_language = {
	.name = "epl2",
	.darkness_max = 15,
	.speed_max = 6,
	.encode = epl2_encode,
	.parse = epl2_parse,
	.queries = { PRINTER_WORDS("\n^ee\n") },
	.query_count = 1,
	.cancel = PRINTER_WORDS("\nN\n"),
};

static enum hal_status epl2_open(const struct driver_env *env, struct hal_stream *stream,
                                 const struct printer_options *options,
                                 const struct hal_printer_listener *listener, void *owner,
                                 struct hal_printer **ret_printer, struct hal_fault *reterr_fault)
{
	return printer_open(&epl2_language, env, stream, options, listener, owner, ret_printer,
	                    reterr_fault);
}

const struct printer_driver epl2_driver = {
	.name = "epl2",
	.summary = "Zebra LP2844 and others in EPL2",
	.status = true,
	.open = epl2_open,
};
