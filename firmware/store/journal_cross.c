/* SPDX-License-Identifier: MIT */
#include "journal_cross.h"

#include <stddef.h>

#define SAID(path) "coalesce(j.body ->> '$." path "', '')"

/* clang-format off */
static const struct {
	const char *what, *sql;
} questions[] = {
	{ "the weighing beside it is another",
	  "SELECT t.sequence FROM weighing t JOIN journal j ON j.sequence = t.sequence WHERE"
	  " (coalesce(t.notice, ''), t.measured_mg, t.expected_mg, t.spread_mg, t.verdict, t.cause,"
	  "  t.scale, t.packer, t.at_us) IS NOT"
	  " (" SAID("notice") ", j.body ->> '$.weighing.measured_mg',"
	  "  j.body ->> '$.weighing.expected_mg', j.body ->> '$.weighing.spread_mg',"
	  "  " SAID("weighing.verdict") ", " SAID("weighing.cause") ", " SAID("weighing.scale") ","
	  "  " SAID("packer") ", j.body ->> '$.at_us') ORDER BY 1 LIMIT 1" },
	{ "the decision beside it is another",
	  "SELECT t.sequence FROM decision t JOIN journal j ON j.sequence = t.sequence WHERE"
	  " (coalesce(t.notice, ''), t.supervisor, t.what, t.subject, t.reason, t.note, t.before,"
	  "  t.after, t.packer) IS NOT"
	  " (" SAID("notice") ", " SAID("decision.supervisor") ", " SAID("decision.what") ","
	  "  " SAID("subject") ", " SAID("decision.reason") ", " SAID("decision.note") ","
	  "  " SAID("decision.before") ", " SAID("decision.after") ", " SAID("packer") ")"
	  " ORDER BY 1 LIMIT 1" },
	{ "the label beside it is in another state",
	  "SELECT t.sequence FROM label t JOIN journal j ON j.sequence = t.sequence WHERE"
	  " (t.notice, t.parcel, t.copy, CASE t.state WHEN 1 THEN 'asked' WHEN 2 THEN 'out' WHEN 3"
	  "  THEN 'uncertain' WHEN 4 THEN 'quiet' ELSE 'void' END) IS NOT"
	  " (" SAID("notice") ", j.body ->> '$.parcel', j.body ->> '$.label.copy',"
	  "  " SAID("label.state") ") ORDER BY 1 LIMIT 1" },
	{ "the approval beside it is another",
	  "SELECT t.sequence FROM approval t JOIN journal j ON j.sequence = t.sequence WHERE"
	  " (t.notice, t.supervisor) IS NOT (" SAID("notice") ", " SAID("decision.supervisor") ")"
	  " ORDER BY 1 LIMIT 1" },
	{ "the carrier's weight beside it is another",
	  "SELECT t.sequence FROM carrier_weight t JOIN journal j ON j.sequence = t.sequence WHERE"
	  " (t.tracking, t.date, t.weight_mg) IS NOT"
	  " (" SAID("subject") ", " SAID("date") ", j.body ->> '$.weight_mg') ORDER BY 1 LIMIT 1" },
};
/* clang-format on */

static int64_t ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *row = NULL;
	int64_t sequence = -1;
	int code;

	if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK)
		return -1;
	code = sqlite3_step(row);
	if (code == SQLITE_ROW)
		sequence = sqlite3_column_int64(row, 0);
	else if (code == SQLITE_DONE)
		sequence = 0;
	sqlite3_finalize(row);
	return sequence;
}

int64_t journal_cross_find(sqlite3 *db, const char **ret_what)
{
	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		int64_t sequence = ask(db, questions[i].sql);

		*ret_what = questions[i].what;
		if (sequence != 0)
			return sequence;
	}
	return 0;
}
