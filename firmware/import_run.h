/* SPDX-License-Identifier: MIT */
/*
 * import_run.h - one notice of an import: read, completed, looked at, put in
 *
 * Threads:    as the import's.
 */
#ifndef FIRMWARE_IMPORT_RUN_H
#define FIRMWARE_IMPORT_RUN_H

#include "import.h"

struct import_run {
	const struct import *import;
	struct import_totals totals;
	struct hal_fault *fault;
	enum hal_status status;  /* the first failure that ends the import */
	unsigned batched;        /* notices in the open transaction */
	struct notice notice;    /* as it came */
	struct notice completed; /* from the catalogue */
	struct notice_faults faults;
	struct customs_report findings;
	struct inbox_put_result result;
};

struct import_run *import_run_create(const struct import *import, struct hal_fault *fault);
/* Ends the open transaction; HAL_OK when all of it went well. */
HAL_MUST_USE enum hal_status import_run_finish(struct import_run *run,
                                               struct import_totals *ret_totals);

/*
 * Takes one notice.  body: its JSON as it came, NULL: written from the notice.  False:
 * refused, run->faults says where and why; the caller tells it by line and column.
 */
bool import_run_notice(struct import_run *run, json_t *root, const char *body, int64_t line);

/* Counts and tells a refused row. */
void import_run_refuse(struct import_run *run, const struct import_refusal *refusal);

/* A fault of a row into its refusal; what is beyond IMPORT_FAULTS is left out. */
void import_refusal_add(struct import_refusal *refusal, const char *column, const char *field,
                        const char *reason);

/* Begins, and every so often ends, the transaction that carries the rows; nothing in a dry run. */
void import_run_batch(struct import_run *run);

#endif /* FIRMWARE_IMPORT_RUN_H */
