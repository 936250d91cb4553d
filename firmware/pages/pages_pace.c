/* SPDX-License-Identifier: MIT */
/* How much was packed, by the hour, the day and the packer. */
#include "pages.h"

#include <string.h>

#include "html.h"
#include "plot.h"

/* clang-format off */
#define DAY  "strftime('%Y-%m-%d', p.packed_us / 1000000, 'unixepoch', 'localtime')"
#define HOUR "CAST(strftime('%H', p.packed_us / 1000000, 'unixepoch', 'localtime') AS INTEGER)"

static const struct page_filter filters[] = {
	{ "from",   PAGE_FROM,   "p.packed_us >= :from", "14", NULL, 31 },
	{ "until",  PAGE_UNTIL,  "p.packed_us < :until", NULL, NULL, 0 },
	{ "packer", PAGE_LISTED, "p.packer = :packer", PAGES_PEOPLE, NULL, 0 },
	{ "bench",  PAGE_LISTED, "p.bench = :bench", "SELECT bench FROM bench_state ORDER BY 1", NULL, 0 },
	{ .name = NULL },
};

static const struct page_column day_columns[] = {
	{ "day", PAGE_DAY, NULL, false },        { "parcels", PAGE_NUMBER, NULL, false },
	{ "packers", PAGE_NUMBER, NULL, false }, { "weight", PAGE_MASS, NULL, false },
	{ "first", PAGE_TIME, NULL, false },     { "last", PAGE_TIME, NULL, false },
	{ NULL, 0, NULL, false },
};
static const struct page_table by_day = {
	.name = "pace-day", .columns = day_columns,
	.select = DAY ", count(*), count(DISTINCT p.packer), sum(p.gross_mg), min(p.packed_us),"
		" max(p.packed_us)",
	.from = "parcel p", .where = "p.packed_us IS NOT NULL", .group = "1", .order = "1 DESC",
	.rows = 60,
};

static const struct page_column packer_columns[] = {
	{ "packer", PAGE_TEXT_CELL, NULL, false }, { "parcels", PAGE_NUMBER, NULL, false },
	{ "hours", PAGE_NUMBER, NULL, false },     { "per-hour", PAGE_NUMBER, NULL, false },
	{ NULL, 0, NULL, false },
};
/* An hour counts when something was packed in it. */
static const struct page_table by_packer = {
	.name = "pace-packer", .columns = packer_columns,
	.select = "p.packer, count(*), count(DISTINCT p.packed_us / 3600000000),"
		" count(*) / count(DISTINCT p.packed_us / 3600000000)",
	.from = "parcel p", .where = "p.packed_us IS NOT NULL", .group = "1", .order = "2 DESC",
	.rows = 60,
};
/* clang-format on */

struct hours {
	int64_t today[24],
		usual[24]; /* usual: the mean of the days before on which it was worked */
	int64_t most;
};

static const char hours_query[] =
	"SELECT " HOUR ", sum(p.packed_us >= :today), sum(p.packed_us < :today) /"
	" nullif(count(DISTINCT CASE WHEN p.packed_us < :today THEN " DAY " END), 0)"
	" FROM parcel p WHERE p.packed_us IS NOT NULL";

static void count_hours(struct page_run *run, struct hours *hours)
{
	struct page_sql sql = { .len = 0 };
	sqlite3_stmt *row;

	memset(hours, 0, sizeof(*hours));
	hours->most = 1;
	page_sql_add(&sql, "%s", hours_query);
	page_sql_filters(run, &sql);
	page_sql_add(&sql, " GROUP BY 1");
	row = page_query(run, sql.text);
	while (page_row(run, row)) {
		int hour = sqlite3_column_int(row, 0) % 24;

		hours->today[hour] = sqlite3_column_int64(row, 1);
		hours->usual[hour] = sqlite3_column_int64(row, 2);
		if (hours->today[hour] > hours->most)
			hours->most = hours->today[hour];
		if (hours->usual[hour] > hours->most)
			hours->most = hours->usual[hour];
	}
}

static void draw_scale(const struct plot *plot)
{
	int64_t step = plot_step(plot->y_high, 4);
	char text[24];

	for (int64_t at = 0; at <= plot->y_high; at += step) {
		page_format_count(at, text, sizeof(text));
		plot_line(plot, "grid", plot->left, plot_y(plot, at), plot->right,
		          plot_y(plot, at));
		plot_text(plot, "end", plot->left - 60, plot_y(plot, at) + 150, text);
	}
	for (int hour = 0; hour < 24; hour += 2) {
		store_say(text, sizeof(text), "%d:00", hour);
		plot_text(plot, hour % 6 ? "mid minor" : "mid", plot_x(plot, hour * 10 + 5), 9900,
		          text);
	}
}

static void draw_hours(struct page_run *run)
{
	struct hours hours;
	struct plot plot = { .out = run->out,
		             .x_low = 0,
		             .x_high = 240,
		             .left = 800,
		             .right = 9950,
		             .top = 500,
		             .foot = 8800 };

	count_hours(run, &hours);
	plot.y_high = hours.most;
	html_print(run->out,
	           "<figure class=\"wideplot\"><figcaption>%s<small>%s</small></figcaption>",
	           page_word(run, "plot", "pace"), page_word(run, "plot", "pace-how"));
	plot_begin(&plot, "plot", page_word(run, "plot", "pace"));
	draw_scale(&plot);
	for (int hour = 0; hour < 24; hour++) {
		int x = plot_x(&plot, hour * 10 + 1), width = plot_x(&plot, hour * 10 + 9) - x;
		int usual = plot_y(&plot, hours.usual[hour]),
		    now = plot_y(&plot, hours.today[hour]);

		plot_box(&plot, "bar-usual", x, usual, width, plot.foot - usual);
		plot_box(&plot, "bar-now", x + width / 4, now, width / 2, plot.foot - now);
	}
	plot_end(&plot);
	fputs("</figure>\n", run->out);
}

static bool finding(struct page_run *run, char *text, size_t size)
{
	char today[24], hour[24];
	const char *gaps[2] = { today, hour };

	page_format_count(
		page_number(run, "SELECT count(*) FROM parcel WHERE packed_us >= :today", 0), today,
		sizeof(today));
	page_format_count(
		page_number(run, "SELECT count(*) FROM parcel WHERE packed_us >= :now - 3600000000",
	                    0),
		hour, sizeof(hour));
	words_fill(text, size, page_word(run, "finding", "pace"), gaps, 2);
	return true;
}

static const struct page_part parts[] = {
	{ NULL, draw_hours }, { &by_day, NULL }, { &by_packer, NULL }, { NULL, NULL }
};

const struct page page_pace = {
	.path = "/pace", .filters = filters, .parts = parts, .finding = finding
};
