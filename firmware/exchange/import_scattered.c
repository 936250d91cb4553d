/* SPDX-License-Identifier: MIT */
#include "import_scattered.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

struct import_scattered {
	sqlite3 *db;
	sqlite3_stmt *meet, *has;
	char last[256];
	bool any; /* most files have none, and are asked nothing */
};

static const char tables[] = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
			     "CREATE TABLE met (number TEXT PRIMARY KEY, times INTEGER NOT NULL)"
			     " WITHOUT ROWID; BEGIN";

static const char meet[] = "INSERT INTO met VALUES (?1, 1)"
			   " ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times";

static const char has[] = "SELECT times > 1 FROM met WHERE number = ?1";

enum hal_status import_scattered_create(struct import_scattered **ret_scattered,
                                        struct hal_fault *reterr_fault)
{
	struct import_scattered *scattered = calloc(1, sizeof(*scattered));

	if (!scattered || sqlite3_open("", &scattered->db) != SQLITE_OK ||
	    sqlite3_exec(scattered->db, tables, NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(scattered->db, meet, -1, &scattered->meet, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(scattered->db, has, -1, &scattered->has, NULL) != SQLITE_OK) {
		hal_fault_set(reterr_fault, "no temporary database: %s",
		              scattered ? sqlite3_errmsg(scattered->db) : "out of memory");
		import_scattered_destroy(scattered);
		return HAL_E_SYSTEM;
	}
	*ret_scattered = scattered;
	return HAL_OK;
}

void import_scattered_destroy(struct import_scattered *scattered)
{
	if (!scattered)
		return;
	sqlite3_finalize(scattered->meet);
	sqlite3_finalize(scattered->has);
	sqlite3_close(scattered->db);
	free(scattered);
}

static int ask(sqlite3_stmt *statement, const char *number, int *ret_answer)
{
	int code;

	sqlite3_bind_text(statement, 1, number, -1, SQLITE_STATIC);
	code = sqlite3_step(statement);
	*ret_answer = code == SQLITE_ROW ? sqlite3_column_int(statement, 0) : 0;
	sqlite3_reset(statement);
	return code;
}

enum hal_status import_scattered_meet(struct import_scattered *scattered, const char *number,
                                      struct hal_fault *reterr_fault)
{
	int times;

	if (!number[0] || strcmp(scattered->last, number) == 0)
		return HAL_OK;
	snprintf(scattered->last, sizeof(scattered->last), "%s", number);
	if (ask(scattered->meet, number, &times) != SQLITE_ROW) {
		hal_fault_set(reterr_fault, "temporary database: %s",
		              sqlite3_errmsg(scattered->db));
		return HAL_E_SYSTEM;
	}
	scattered->any |= times > 1;
	return HAL_OK;
}

bool import_scattered_has(struct import_scattered *scattered, const char *number)
{
	int again = 0;

	if (scattered->any)
		ask(scattered->has, number, &again);
	return again != 0;
}
