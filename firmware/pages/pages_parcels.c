/* SPDX-License-Identifier: MIT */
/* Parcels by whatever is known of them, and those that have not left or came back. */
#include "pages.h"

/* clang-format off */

#define SOURCE "parcel p JOIN notice n ON n.number = p.notice"
#define NAME   "json_extract(n.body, '$.recipient.name')"

/* By notice, order or tracking number, or the beginning of a name or of a word of it. */
#define SEARCH \
	"n.number IN (SELECT number FROM notice WHERE number IN (:q, upper(:q))" \
	" UNION ALL SELECT number FROM notice WHERE tracking IN (:q, upper(:q))" \
	" UNION ALL SELECT notice FROM notice_order WHERE number = :q" \
	" UNION ALL SELECT notice FROM parcel WHERE tracking IN (:q, upper(:q))" \
	" UNION ALL SELECT notice FROM notice_name WHERE word >= :q_low AND word < :q_high)"

static const struct page_filter filters[] = {
	{ "q",       PAGE_SEARCH, SEARCH, NULL, NULL, 0 },
	{ "status",  PAGE_CHOICE, "p.status = :status",
	  "waiting|packing|parked|packed|recalled|pulled-back|handed-over|returned", "parcel", 0 },
	{ "from",    PAGE_FROM,   "p.packed_us >= :from", "92", NULL, 0 },
	{ "until",   PAGE_UNTIL,  "p.packed_us < :until", NULL, NULL, 0 },
	{ "packer",  PAGE_LISTED, "p.packer = :packer", PAGES_PEOPLE, NULL, 0 },
	{ "country", PAGE_LISTED, "+n.country = :country", PAGES_COUNTRIES, "country", 0 },
	{ "sku",     PAGE_EXACT,  "EXISTS (SELECT 1 FROM parcel_item i WHERE i.notice = p.notice"
	  " AND i.parcel = p.parcel AND i.sku IN (:sku, upper(:sku)))", NULL, NULL, 0 },
	{ .name = NULL },
};

static const struct page_column parcel_columns[] = {
	{ "notice",    PAGE_NOTICE,    NULL,     false },
	{ "orders",    PAGE_TEXT_CELL, NULL,     true },
	{ "parcel",    PAGE_NUMBER,    NULL,     false },
	{ "recipient", PAGE_TEXT_CELL, NULL,     false },
	{ "country",   PAGE_COUNTRY,   NULL,     false },
	{ "method",    PAGE_WORD,      "method", false },
	{ "tracking",  PAGE_TEXT_CELL, NULL,     true },
	{ "status",    PAGE_STATE,     "parcel", false },
	{ "weight",    PAGE_MASS,      NULL,     false },
	{ "packed",    PAGE_TIME,      NULL,     false },
	{ "packer",    PAGE_TEXT_CELL, NULL,     true },
	{ "due",       PAGE_DAY,       NULL,     false },
	{ NULL, 0, NULL, false },
};
#define LATER "9223372036854775807"
#define SELECT \
	"n.number, " PAGES_ORDERS("n.number") ", p.parcel, " NAME ", n.country, n.method," \
	" p.tracking, p.status, p.gross_mg, nullif(p.packed_us, " LATER "), p.packer, n.due"

static const struct page_table packed = {
	.name = "parcels", .columns = parcel_columns, .select = SELECT, .from = SOURCE,
	.where = "p.packed_us IS NOT NULL",
	.row = "p.notice, p.parcel",
	.keys = { { "p.packed_us", false }, { "p.notice", true }, { "p.parcel", false } },
};
/* Not packed is later than any day that is asked about. */
static const struct page_table unpacked = {
	.name = "unpacked", .columns = parcel_columns, .select = SELECT,
	.from = "(SELECT notice, parcel, tracking, status, gross_mg, packer, " LATER " AS packed_us"
		" FROM parcel WHERE packed_us IS NULL) p JOIN notice n ON n.number = p.notice",
	.where = "n.status IN (1, 2, 3, 6)",
	.row = "p.notice, p.parcel",
	.keys = { { "+n.id", false }, { "p.parcel", false } },
	.rows = 20,
};

static const struct page_part parcel_parts[] = {
	{ &packed, NULL }, { &unpacked, NULL }, { NULL, NULL } };

const struct page page_parcels = {
	.path = "/parcels", .filters = filters, .parts = parcel_parts,
};

/* ---- Packed and not handed over --------------------------------------------------------------- */

/* As the index of what is open has it, word by word: else it is not used. */
#define OPEN \
	"p.status IN ('packing', 'parked', 'packed', 'recalled', 'pulled-back')"

static const struct page_column leaving_columns[] = {
	{ "notice",   PAGE_NOTICE,    NULL,     false },
	{ "orders",   PAGE_TEXT_CELL, NULL,     true },
	{ "parcel",   PAGE_NUMBER,    NULL,     false },
	{ "country",  PAGE_COUNTRY,   NULL,     false },
	{ "method",   PAGE_WORD,      "method", false },
	{ "tracking", PAGE_TEXT_CELL, NULL,     true },
	{ "status",   PAGE_STATE,     "parcel", false },
	{ "bag",      PAGE_BAG,       NULL,     false },
	{ "weight",   PAGE_MASS,      NULL,     false },
	{ "packed",   PAGE_TIME,      NULL,     false },
	{ "lies",     PAGE_AGE,       NULL,     false },
	{ NULL, 0, NULL, false },
};
static const struct page_table leaving = {
	.name = "leaving",
	.columns = leaving_columns,
	.select = "n.number, " PAGES_ORDERS("n.number") ", p.parcel, n.country, n.method, p.tracking,"
		" p.status, p.bag, p.gross_mg, p.packed_us, :now - p.packed_us",
	.from = SOURCE,
	.where = OPEN " AND p.status NOT IN ('packing', 'parked') AND +p.packed_us IS NOT NULL",
	.keys = { { "+p.packed_us", false }, { "p.notice", true }, { "p.parcel", false } },
	.rising = true,
};
static const struct page_column method_columns[] = {
	{ "method", PAGE_WORD, "method", false }, { "count", PAGE_NUMBER, NULL, false },
	{ "weight", PAGE_MASS, NULL, false },     { "oldest", PAGE_TIME, NULL, false },
	{ NULL, 0, NULL, false },
};
static const struct page_table leaving_by_method = {
	.name = "leaving-methods",
	.columns = method_columns,
	.select = "n.method, count(*), sum(p.gross_mg), min(p.packed_us)",
	.from = SOURCE,
	.where = OPEN " AND p.status = 'packed'",
	.group = "1", .order = "2 DESC", .rows = 30, .unfiltered = true,
};
static const struct page_filter leaving_filters[] = {
	{ "method", PAGE_LISTED, "n.method = :method", PAGES_METHODS, "method", 0 },
	{ .name = NULL },
};
static const struct page_part leaving_parts[] = {
	{ &leaving_by_method, NULL }, { &leaving, NULL }, { NULL, NULL } };

const struct page page_leaving = {
	.path = "/leaving", .filters = leaving_filters, .parts = leaving_parts,
};

/* ---- Came back --------------------------------------------------------------------------------- */

static const struct page_column returned_columns[] = {
	{ "returned",   PAGE_TIME,       NULL,     false },
	{ "notice",     PAGE_NOTICE,     NULL,     false },
	{ "orders",     PAGE_TEXT_CELL,  NULL,     true },
	{ "country",    PAGE_COUNTRY,    NULL,     false },
	{ "method",     PAGE_WORD,       "method", false },
	{ "tracking",   PAGE_TEXT_CELL,  NULL,     true },
	{ "handed",     PAGE_TIME,       NULL,     false },
	{ "weight",     PAGE_MASS,       NULL,     false },
	{ "came-back",  PAGE_MASS,       NULL,     false },
	{ "difference", PAGE_DIFFERENCE, NULL,     false },
	{ NULL, 0, NULL, false },
};
static const struct page_table returned = {
	.name = "returned",
	.columns = returned_columns,
	.select = "p.returned_us, n.number, " PAGES_ORDERS("n.number") ", n.country, n.method,"
		" p.tracking, p.handed_us, p.gross_mg, p.returned_mg, p.returned_mg - p.gross_mg",
	.from = SOURCE,
	.where = "p.returned_us IS NOT NULL",
	.keys = { { "p.returned_us", false }, { "p.notice", true }, { "p.parcel", false } },
};
static const struct page_filter returned_filters[] = {
	{ "from",    PAGE_FROM,   "p.returned_us >= :from", NULL, NULL, 0 },
	{ "until",   PAGE_UNTIL,  "p.returned_us < :until", NULL, NULL, 0 },
	{ "country", PAGE_LISTED, "n.country = :country", PAGES_COUNTRIES, "country", 0 },
	{ .name = NULL },
};
static const struct page_part returned_parts[] = { { &returned, NULL }, { NULL, NULL } };

const struct page page_returned = {
	.path = "/returned", .filters = returned_filters, .parts = returned_parts,
};
/* clang-format on */
