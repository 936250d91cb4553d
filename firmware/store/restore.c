/* SPDX-License-Identifier: MIT */
#include "restore.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inbox.h"
#include "store_sql.h"

static enum hal_status system_fault(struct hal_fault *fault, const char *path)
{
	hal_fault_set(fault, "'%s': %s", path, strerror(errno));
	return HAL_E_SYSTEM;
}

/* Nothing is replaced by what is not whole itself. */
static enum hal_status check_backup(const char *path, struct journal_anchor *ret_head,
                                    struct hal_fault *fault)
{
	struct store *store = NULL;
	struct journal_check check;
	enum hal_status status = store_open_records(path, &store, fault);

	if (status == HAL_OK)
		status = journal_verify(store, NULL, 0, &check, fault);
	if (status == HAL_OK)
		*ret_head = check.head;
	store_close(store);
	if (status != HAL_OK)
		hal_fault_prefix(fault, "the backup '%s'", path);
	return status;
}

/*
 * The head of the database that is there, if it can still be read.  Opening it for
 * writing keeps the station out and brings its log in; HAL_E_BUSY is the only answer
 * that stops a restore, because a broken database is why one restores.
 */
static enum hal_status look_at_present(const char *path, struct restore_result *result,
                                       struct hal_fault *fault)
{
	struct store *store = NULL;
	enum hal_status status;

	if (access(path, F_OK) != 0)
		return HAL_OK;
	status = store_open(path, &store, fault);
	if (status == HAL_E_BUSY)
		return status;
	if (status == HAL_OK && journal_head(store, &result->lost) == HAL_OK)
		result->lost_known = result->lost.sequence > 0;
	store_close(store);
	return HAL_OK;
}

/*
 * A whole copy beside the database, with what is still in the backup's log: made while the
 * database stands where it stood, so that a full disk or a cut costs nothing.
 */
static enum hal_status make_part(const struct restore *restore, const char *part,
                                 struct hal_fault *fault)
{
	struct store *backup = NULL;
	enum hal_status status = store_open_records(restore->backup, &backup, fault);

	if (status == HAL_OK && unlink(part) != 0 && errno != ENOENT)
		status = system_fault(fault, part);
	if (status == HAL_OK)
		status = store_backup(backup, part, fault);
	store_close(backup);
	if (status == HAL_OK && chmod(part, 0640) != 0)
		status = system_fault(fault, part);
	return status;
}

static enum hal_status move_one(const char *from, const char *to, const char *tail,
                                struct hal_fault *fault)
{
	char source[600], target[600];

	snprintf(source, sizeof(source), "%s%s", from, tail);
	snprintf(target, sizeof(target), "%s%s", to, tail);
	if (rename(source, target) == 0 || errno == ENOENT)
		return HAL_OK;
	return system_fault(fault, source);
}

static enum hal_status move_aside(const struct restore *restore, struct restore_result *result,
                                  struct hal_fault *fault)
{
	static const char *const tails[] = { "-wal", "-shm", "" };
	enum hal_status status = HAL_OK;
	int len;

	if (access(restore->database, F_OK) != 0)
		return HAL_OK;
	len = snprintf(result->aside, sizeof(result->aside), "%s.before-%" PRId64,
	               restore->database, restore->at.us / 1000000);
	if (len < 0 || (size_t)len >= sizeof(result->aside)) {
		hal_fault_set(fault, "'%s': the path is too long", restore->database);
		return HAL_E_ARG;
	}
	for (size_t i = 0; status == HAL_OK && i < sizeof(tails) / sizeof(tails[0]); i++)
		status = move_one(restore->database, result->aside, tails[i], fault);
	return status;
}

/* ---- What the law had erased since ------------------------------------------------------- */

static enum hal_status erase_one(struct store *store, const struct restore *restore,
                                 const char *notice, struct restore_result *result,
                                 struct hal_fault *fault)
{
	struct journal_erasure erasure = { .by = "restore", .at = restore->at };
	struct journal_receipt receipt;
	enum hal_status status;

	snprintf(erasure.notice, sizeof(erasure.notice), "%s", notice);
	snprintf(erasure.bench, sizeof(erasure.bench), "%s", restore->bench);
	snprintf(erasure.reason, sizeof(erasure.reason), "erased before the backup was restored");
	status = journal_erase(store, &erasure, &receipt, fault);
	result->erased += status == HAL_OK;
	result->open += status == HAL_E_ARG;
	return status == HAL_E_ARG ? HAL_OK : status;
}

static const char erased_there[] =
	"SELECT notice FROM journal WHERE kind = 'erasure' AND notice IS NOT NULL";

/* Erased there and known here: what the backup does not have needs no erasing. */
static enum hal_status erase_again(struct store *store, const struct restore *restore,
                                   struct restore_result *result, struct hal_fault *fault)
{
	enum hal_status status = HAL_OK;
	struct hal_fault ignored;
	struct store *before = NULL;
	sqlite3_stmt *row = NULL;
	char *known = NULL;

	if (!result->aside[0] || store_open_records(result->aside, &before, &ignored) != HAL_OK)
		return HAL_OK;
	if (sqlite3_prepare_v2(before->reader, erased_there, -1, &row, NULL) == SQLITE_OK)
		while (status == HAL_OK && sqlite3_step(row) == SQLITE_ROW) {
			status = inbox_notice_text(store, store_column(row, 0), &known);
			if (status == HAL_OK && known)
				status = erase_one(store, restore, store_column(row, 0), result,
				                   fault);
			free(known);
			known = NULL;
		}
	sqlite3_finalize(row);
	store_close(before);
	return status;
}

static enum hal_status begin_epoch(const struct restore *restore, struct restore_result *result,
                                   struct hal_fault *fault)
{
	struct store *store = NULL;
	enum hal_status status = store_open(restore->database, &store, fault);

	if (status == HAL_OK)
		status = journal_begin_epoch(store, restore->bench, restore->at,
		                             result->lost_known ? &result->lost : NULL,
		                             &result->receipt, fault);
	if (status == HAL_OK)
		status = erase_again(store, restore, result, fault);
	store_close(store);
	return status;
}

enum hal_status restore_run(const struct restore *restore, struct restore_result *ret_result,
                            struct hal_fault *reterr_fault)
{
	struct restore_result result = { 0 };
	char part[600];
	enum hal_status status = check_backup(restore->backup, &result.found, reterr_fault);

	if (status == HAL_OK)
		status = look_at_present(restore->database, &result, reterr_fault);
	if (status == HAL_OK && restore->anchor &&
	    (!result.lost_known || restore->anchor->sequence > result.lost.sequence)) {
		result.lost = *restore->anchor;
		result.lost_known = true;
	}
	snprintf(part, sizeof(part), "%s.part", restore->database);
	if (status == HAL_OK)
		status = make_part(restore, part, reterr_fault);
	if (status == HAL_OK)
		status = move_aside(restore, &result, reterr_fault);
	if (status == HAL_OK && rename(part, restore->database) != 0)
		status = system_fault(reterr_fault, part);
	if (status == HAL_OK)
		status = begin_epoch(restore, &result, reterr_fault);
	*ret_result = result;
	return status;
}
