/* SPDX-License-Identifier: MIT */
/* The first label of a fresh process, and nothing else: bench_label counts what it took. */
#include <stdio.h>

#include "label_notice.h"

int main(void)
{
	struct label_engine *engine;
	struct hal_fault fault = { "" };
	struct label_request request;
	unsigned sheets = 0;

	bench_fill();
	bench_vary(1);
	request = bench_request("en+fr+zh");
	if (label_engine_create(&engine, &fault) != HAL_OK)
		return 1;
	if (label_prepare(engine, &request, &sheets, &fault) != HAL_OK ||
	    label_finish(engine, (struct hal_mass){ .mg = 312400 }, &fault) != HAL_OK) {
		fprintf(stderr, "%s\n", fault.text);
		return 1;
	}
	label_engine_destroy(engine);
	return sheets == 1 ? 0 : 1;
}
