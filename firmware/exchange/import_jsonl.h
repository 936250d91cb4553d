/* SPDX-License-Identifier: MIT */
/*
 * import_jsonl.h - a file of JSON objects, one a line
 *
 * Threads:    as the import's.
 */
#ifndef FIRMWARE_EXCHANGE_IMPORT_JSONL_H
#define FIRMWARE_EXCHANGE_IMPORT_JSONL_H

#include "import_run.h"

typedef void import_take_line(struct import_run *run, void *context, json_t *root, int64_t line,
                              const char *text);

/* Reads objects for take; a line that is none is refused here.  text: as it came, without
 * needless blanks.  context, for free(), goes with the reader. */
void import_jsonl_open(struct import_run *run, import_take_line *take, void *context);

/* What the file is, when nobody said. */
enum import_format import_find_format(const struct import *import);

#endif /* FIRMWARE_EXCHANGE_IMPORT_JSONL_H */
