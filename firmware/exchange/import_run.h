/* SPDX-License-Identifier: MIT */
/*
 * import_run.h - one notice of an import: read, completed, looked at, put in
 *
 * Threads:    as the import's.
 */
#ifndef FIRMWARE_EXCHANGE_IMPORT_RUN_H
#define FIRMWARE_EXCHANGE_IMPORT_RUN_H

#include "import.h"

/* A file being read: one row at a time, so that an import can be done in slices. */
struct import_reader {
	/* False at the end of the file, or when run->status says that nothing follows. */
	bool (*next)(struct import_run *run, void *reading);
	void (*close)(void *reading);
};

struct import_run {
	const struct import *import;
	enum import_what what;
	const struct import_reader *reader; /* NULL: the file could not be begun */
	void *reading;
	struct import_totals totals;
	struct hal_fault *fault;
	enum hal_status status;  /* the first failure that ends the import */
	bool batched;            /* a transaction is open */
	struct notice notice;    /* as it came */
	struct notice completed; /* from the catalogue */
	struct notice_faults faults;
	struct customs_report findings;
	struct inbox_put_result result;
};

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

/* After a row of CSV: false when it was the last. */
bool import_run_goes_on(struct import_run *run, enum csv_result result);

/* Begins the transaction that carries the slice's rows; nothing in a dry run. */
void import_run_batch(struct import_run *run);

/* Ends it. */
void import_run_commit(struct import_run *run);

#endif /* FIRMWARE_EXCHANGE_IMPORT_RUN_H */
