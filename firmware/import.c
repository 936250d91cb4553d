/* SPDX-License-Identifier: MIT */
#include "import.h"

#include <stdlib.h>
#include <string.h>

#include "import_csv.h"
#include "import_jsonl.h"
#include "import_run.h"

FILE *import_spool(FILE *pipe)
{
	FILE *file = tmpfile();
	char bytes[16 * 1024];
	size_t got;

	while (file && (got = fread(bytes, 1, sizeof(bytes), pipe)) > 0)
		if (fwrite(bytes, 1, got, file) != got)
			break;
	if (file && (ferror(pipe) || ferror(file) || fflush(file) != 0)) {
		fclose(file);
		return NULL;
	}
	return file;
}

enum import_format import_find_format(const struct import *import)
{
	int c;

	if (import->format != IMPORT_FIND_OUT)
		return import->format;
	rewind(import->file);
	do
		c = getc(import->file);
	while (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == 0xef || c == 0xbb ||
	       c == 0xbf);
	rewind(import->file);
	return c == '{' ? IMPORT_JSONL : IMPORT_CSV;
}

/* Reads one line as a notice; what is wrong is told by line and path. */
static void take_line(struct import_run *run, void *context, json_t *root, int64_t line,
                      const char *text)
{
	struct import_refusal refusal = { .line = line };
	const char *number = json_string_value(json_object_get(root, "notice"));

	(void)context;
	run->totals.rows++;
	if (import_run_notice(run, root, text, line))
		return;
	snprintf(refusal.notice, sizeof(refusal.notice), "%.47s", number ? number : "");
	for (unsigned i = 0; i < run->faults.count; i++) {
		const struct notice_fault *fault = &run->faults.faults[i];

		import_refusal_add(&refusal, fault->path, fault->path, fault->reason);
	}
	import_run_refuse(run, &refusal);
}

enum hal_status import_notices(const struct import *import, struct import_totals *ret_totals,
                               struct hal_fault *reterr_fault)
{
	struct import_run *run = import_run_create(import, reterr_fault);

	if (!run)
		return HAL_E_SYSTEM;
	if (import_find_format(import) == IMPORT_JSONL)
		import_jsonl(run, take_line, NULL);
	else
		import_csv_notices(run);
	return import_run_finish(run, ret_totals);
}
