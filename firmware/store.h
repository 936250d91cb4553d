/* SPDX-License-Identifier: MIT */
/*
 * store.h - the bench's one database: notices, catalogue, journal
 *
 * SQLite in WAL mode with synchronous FULL, one transaction a step.  The store
 * holds two connections: a writer, used by the journal thread (or by stationctl
 * when no daemon runs), and a reader, used by the clerk thread for pages and
 * look-ups.  Checkpoints are made by hand, when no parcel is open.
 *
 * Ownership:  open() hands out a store for store_close().
 * Errors:     HAL_E_BUSY: another process writes; HAL_E_SYSTEM: disk or library;
 *             after a failed commit the writer is closed for good and every
 *             further write says HAL_E_SYSTEM: the station takes no more parcels.
 *             A schema newer than this program: HAL_E_ARG.
 * Threads:    functions named in journal.h and inbox.h as writing: one thread;
 *             those named as reading: one other thread.
 */
#ifndef FIRMWARE_STORE_H
#define FIRMWARE_STORE_H

#include "hal_clock.h"
#include "hal_status.h"

struct store;

HAL_MUST_USE enum hal_status store_open(const char *path, struct store **ret_store,
                                        struct hal_fault *reterr_fault);
void store_close(struct store *store);

/* Moves the write-ahead log into the database; call when no parcel is open.  Writing. */
HAL_MUST_USE enum hal_status store_checkpoint(struct store *store);

#endif /* FIRMWARE_STORE_H */
