/* SPDX-License-Identifier: MIT */
/* The clerk's lists: what to mend, what waits, what the shop has not been told. */
#include "pages.h"

/* clang-format off */

/* ---- Notices that do not get on ---------------------------------------------------------------- */

static const struct page_column overdue_columns[] = {
	{ "notice",  PAGE_NOTICE,    NULL,     false },
	{ "orders",  PAGE_TEXT_CELL, NULL,     true },
	{ "due",     PAGE_DAY,       NULL,     false },
	{ "late",    PAGE_AGE,       NULL,     false },
	{ "country", PAGE_COUNTRY,   NULL,     false },
	{ "method",  PAGE_WORD,      "method", false },
	{ "status",  PAGE_STATE,     "notice", false },
	{ "bench",   PAGE_TEXT_CELL, NULL,     true },
	{ NULL, 0, NULL, false },
};
static const struct page_table overdue = {
	.name = "overdue",
	.columns = overdue_columns,
	.select = "n.number, " PAGES_ORDERS("n.number") ", n.due,"
		" :today - CAST(strftime('%s', n.due, 'utc') AS INTEGER) * 1000000, n.country, n.method,"
		" n.status, n.bench",
	.from = "notice n",
	.where = "n.status IN (1, 2, 3, 6) AND n.due < :day",
	.keys = { { "n.due", true }, { "n.number", true } },
	.rising = true,
};

static const struct page_column held_columns[] = {
	{ "notice",  PAGE_NOTICE,    NULL,    false },
	{ "orders",  PAGE_TEXT_CELL, NULL,    true },
	{ "due",     PAGE_DAY,       NULL,    false },
	{ "level",   PAGE_STATE,     "level", false },
	{ "mend",    PAGE_WORD,      "rule",  false },
	{ "rule",    PAGE_TEXT_CELL, NULL,    true },
	{ "text",    PAGE_TEXT_CELL, NULL,    false },
	{ "item",    PAGE_SKU,       NULL,    false },
	{ "waits",   PAGE_AGE,       NULL,    false },
	{ NULL, 0, NULL, false },
};
static const struct page_table held = {
	.name = "held",
	.columns = held_columns,
	.select = "n.number, " PAGES_ORDERS("n.number") ", n.due, f.level, f.rule, f.rule, f.text,"
		" json_extract(n.body, '$.items[' || f.item || '].sku'), :now - n.changed_us",
	.from = "notice n JOIN finding f ON f.notice = n.number AND f.revision = n.revision",
	.where = "n.status = 2 AND f.level = 3 AND f.decided IS NULL",
	.keys = { { "n.number", true }, { "f.number", false } },
	.rising = true,
};

static const struct page_column stopped_columns[] = {
	{ "notice", PAGE_NOTICE, NULL, false }, { "orders", PAGE_TEXT_CELL, NULL, true },
	{ "due", PAGE_DAY, NULL, false },       { "hold", PAGE_WORD, "hold", false },
	{ "waits", PAGE_AGE, NULL, false },     { NULL, 0, NULL, false },
};
static const struct page_table stopped = {
	.name = "stopped",
	.columns = stopped_columns,
	.select = "n.number, " PAGES_ORDERS("n.number") ", n.due, n.hold, :now - n.changed_us",
	.from = "notice n",
	.where = "n.status = 2 AND n.hold <> 'lint'",
	.keys = { { "n.number", true } },
	.rising = true,
};

static const struct page_column goods_columns[] = {
	{ "wait-day", PAGE_WORD,      "wait", false },
	{ "notice",   PAGE_NOTICE,    NULL,   false },
	{ "orders",   PAGE_TEXT_CELL, NULL,   true },
	{ "goods",    PAGE_TEXT_CELL, NULL,   false },
	{ "country",  PAGE_COUNTRY,   NULL,   false },
	{ "due",      PAGE_DAY,       NULL,   false },
	{ "since",    PAGE_TIME,      NULL,   false },
	{ NULL, 0, NULL, false },
};
static const struct page_table goods = {
	.name = "goods-waited",
	.columns = goods_columns,
	.select = "CASE WHEN n.waiting_us >= :today THEN '1' WHEN n.waiting_us >= :today - 86400000000"
		" THEN '2' ELSE '3' END, n.number, " PAGES_ORDERS("n.number") ","
		" (SELECT group_concat(i.quantity || ' \xc3\x97 ' || i.sku, ', ') FROM parcel_item i"
		"  WHERE i.notice = n.number), n.country, n.due, n.waiting_us",
	.from = "notice n",
	.where = "n.status = 3",
	.keys = { { "n.number", true } },
	.rising = true,
};

static const struct page_filter notice_filters[] = {
	{ "method",  PAGE_LISTED, "n.method = :method", PAGES_METHODS, "method", 0 },
	{ "country", PAGE_LISTED, "n.country = :country", PAGES_COUNTRIES, "country", 0 },
	{ .name = NULL },
};
static const struct page_part notice_parts[] = {
	{ &held, NULL }, { &stopped, NULL }, { &goods, NULL }, { &overdue, NULL }, { NULL, NULL },
};

const struct page page_notices = {
	.path = "/notices", .filters = notice_filters, .parts = notice_parts,
};

/* ---- What the shop and the carrier say ---------------------------------------------------------- */

#define SENT "p.status IN ('packed', 'handed-over', 'returned') AND p.packed_us IS NOT NULL"

static const struct page_column untold_columns[] = {
	{ "packed",   PAGE_TIME,      NULL,     false },
	{ "notice",   PAGE_NOTICE,    NULL,     false },
	{ "orders",   PAGE_TEXT_CELL, NULL,     true },
	{ "platform", PAGE_TEXT_CELL, NULL,     false },
	{ "method",   PAGE_WORD,      "method", false },
	{ "tracking", PAGE_TEXT_CELL, NULL,     false },
	{ "country",  PAGE_COUNTRY,   NULL,     false },
	{ "weight",   PAGE_MASS,      NULL,     false },
	{ "status",   PAGE_STATE,     "parcel", false },
	{ NULL, 0, NULL, false },
};
static const struct page_table untold = {
	.name = "untold",
	.columns = untold_columns,
	.select = "p.packed_us, n.number, " PAGES_ORDERS("n.number") ", n.platform, n.method,"
		" p.tracking, n.country, p.gross_mg, p.status",
	.from = "parcel p JOIN notice n ON n.number = p.notice",
	.where = "p.told_us IS NULL AND " SENT " AND p.packed_us >= coalesce(:since, :today)",
	.keys = { { "p.packed_us", false }, { "p.notice", true }, { "p.parcel", false } },
};

static const struct page_column carrier_columns[] = {
	{ "date",       PAGE_DAY,        NULL,     false },
	{ "notice",     PAGE_NOTICE,     NULL,     false },
	{ "tracking",   PAGE_TEXT_CELL,  NULL,     true },
	{ "method",     PAGE_WORD,       "method", false },
	{ "weight",     PAGE_MASS,       NULL,     false },
	{ "carrier",    PAGE_MASS,       NULL,     false },
	{ "difference", PAGE_DIFFERENCE, NULL,     false },
	{ NULL, 0, NULL, false },
};
static const struct page_table carrier = {
	.name = "carrier-weights",
	.columns = carrier_columns,
	.select = "c.date, p.notice, c.tracking, n.method, p.gross_mg, c.weight_mg,"
		" c.weight_mg - p.gross_mg",
	.from = "carrier_weight c LEFT JOIN parcel p ON p.tracking = c.tracking"
		" LEFT JOIN notice n ON n.number = p.notice",
	.where = ":beyond IS NULL OR abs(c.weight_mg - p.gross_mg) >= :beyond * 1000",
	.keys = { { "c.date", true }, { "c.tracking", true } },
};
static const struct page_filter shipped_filters[] = {
	{ "since",  PAGE_FROM,  NULL, NULL, NULL, 0 },
	{ "method", PAGE_LISTED, "n.method = :method", PAGES_METHODS, "method", 0 },
	{ "beyond", PAGE_EXACT, NULL, NULL, NULL, 0 },
	{ .name = NULL },
};
static const struct page_part shipped_parts[] = {
	{ &untold, NULL }, { &carrier, NULL }, { NULL, NULL } };

const struct page page_shipped = {
	.path = "/shipped", .filters = shipped_filters, .parts = shipped_parts,
};

/* ---- Bags and their manifests -------------------------------------------------------------------- */

static const struct page_column bag_columns[] = {
	{ "bag",    PAGE_BAG,    NULL,     false }, { "bag-state", PAGE_STATE, "bag", false },
	{ "method", PAGE_WORD,   "method", false }, { "count", PAGE_NUMBER, NULL, false },
	{ "weight", PAGE_MASS,   NULL,     false }, { "closed", PAGE_TIME, NULL, false },
	{ "handed", PAGE_TIME,   NULL,     false }, { NULL, 0, NULL, false },
};
static const struct page_table bags = {
	.name = "bags",
	.columns = bag_columns,
	.select = "b.code, b.state, b.method, (SELECT count(*) FROM parcel p WHERE p.bag = b.code),"
		" (SELECT sum(p.gross_mg) FROM parcel p WHERE p.bag = b.code), b.closed_us, b.handed_us",
	.from = "bag b",
	.unfiltered = true,
	.keys = { { "b.opened_us", false }, { "b.code", true } },
};
static const struct page_column manifest_columns[] = {
	{ "bag",      PAGE_BAG,       NULL, false }, { "tracking", PAGE_TEXT_CELL, NULL, false },
	{ "notice",   PAGE_NOTICE,    NULL, false }, { "parcel", PAGE_NUMBER, NULL, false },
	{ "country",  PAGE_COUNTRY,   NULL, false }, { "weight", PAGE_MASS, NULL, false },
	{ "status",   PAGE_STATE, "parcel", false }, { "handed", PAGE_TIME, NULL, false },
	{ NULL, 0, NULL, false },
};
static const struct page_table manifest = {
	.name = "manifest",
	.columns = manifest_columns,
	.select = "p.bag, p.tracking, p.notice, p.parcel, n.country, p.gross_mg, p.status, p.handed_us",
	.from = "parcel p JOIN notice n ON n.number = p.notice",
	.where = "p.bag IS NOT NULL",
	.keys = { { "p.bag", true }, { "p.notice", true }, { "p.parcel", false } },
};
static const struct page_filter bag_filters[] = {
	{ "bag", PAGE_EXACT, "p.bag = :bag", NULL, NULL, 0 }, { .name = NULL },
};
static const struct page_part bag_parts[] = {
	{ &bags, NULL }, { &manifest, NULL }, { NULL, NULL } };

const struct page page_bags = {
	.path = "/bags", .filters = bag_filters, .parts = bag_parts,
};

/* ---- The registers: decisions, and labels printed again ------------------------------------------ */

static const struct page_column decision_columns[] = {
	{ "time",       PAGE_TIME,      NULL,       false },
	{ "supervisor", PAGE_TEXT_CELL, NULL,       false },
	{ "decided",    PAGE_WORD,      "decision", false },
	{ "notice",     PAGE_NOTICE,    NULL,       false },
	{ "about",      PAGE_TEXT_CELL, NULL,       true },
	{ "reason",     PAGE_WORD,      "why",      false },
	{ "note",       PAGE_TEXT_CELL, NULL,       true },
	{ "before",     PAGE_TEXT_CELL, NULL,       false },
	{ "after",      PAGE_TEXT_CELL, NULL,       false },
	{ "packer",     PAGE_TEXT_CELL, NULL,       false },
	{ "record",     PAGE_NUMBER,    NULL,       false },
	{ NULL, 0, NULL, false },
};
static const struct page_table decisions = {
	.name = "decisions",
	.columns = decision_columns,
	.select = "d.at_us, d.supervisor, d.what, d.notice, d.subject, d.reason, d.note, d.before,"
		" d.after, d.packer, d.sequence",
	.from = "decision d",
	.where = "(:from IS NULL OR d.at_us >= :from) AND (:until IS NULL OR d.at_us < :until)"
		" AND (:packer IS NULL OR d.packer = :packer)",
	.keys = { { "d.at_us", false }, { "d.sequence", false } },
};
static const struct page_column reprint_columns[] = {
	{ "asked",    PAGE_TIME,      NULL,    false },
	{ "notice",   PAGE_NOTICE,    NULL,    false },
	{ "tracking", PAGE_TEXT_CELL, NULL,    true },
	{ "parcel",   PAGE_NUMBER,    NULL,    false },
	{ "copy",     PAGE_NUMBER,    NULL,    false },
	{ "copy-state", PAGE_STATE,   "copy",  false },
	{ "reason",   PAGE_WORD,      "event", false },
	{ "packer",   PAGE_TEXT_CELL, NULL,    false },
	{ "out",      PAGE_TIME,      NULL,    false },
	{ NULL, 0, NULL, false },
};
static const struct page_table reprints = {
	.name = "reprints",
	.columns = reprint_columns,
	.select = "l.asked_us, l.notice, l.tracking, l.parcel, l.copy, l.state,"
		" coalesce((SELECT v.reason FROM label v WHERE v.notice = l.notice AND v.parcel = l.parcel"
		"  AND v.copy = l.copy - 1), l.reason), l.packer, l.out_us",
	.from = "label l",
	.where = "l.copy > 1 AND (:from IS NULL OR l.asked_us >= :from)"
		" AND (:until IS NULL OR l.asked_us < :until) AND (:packer IS NULL OR l.packer = :packer)",
	.keys = { { "l.asked_us", false }, { "l.notice", true }, { "l.copy", false } },
};
static const struct page_filter register_filters[] = {
	{ "from",   PAGE_FROM,   NULL, NULL, NULL, 0 },
	{ "until",  PAGE_UNTIL,  NULL, NULL, NULL, 0 },
	{ "packer", PAGE_LISTED, NULL, PAGES_PEOPLE, NULL, 0 },
	{ .name = NULL },
};
static const struct page_part register_parts[] = {
	{ &reprints, NULL }, { &decisions, NULL }, { NULL, NULL } };

const struct page page_register = {
	.path = "/register", .filters = register_filters, .parts = register_parts,
};
/* clang-format on */
