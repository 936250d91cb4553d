/* SPDX-License-Identifier: MIT */
/* What units weigh: by the catalogue, and as the parcels taught it. */
#include "pages.h"

/* clang-format off */

#define SOURCE \
	"catalogue c LEFT JOIN learnt l ON l.kind = CASE c.kind WHEN 3 THEN 'p' ELSE 'k' END" \
	" AND l.name = c.sku"
#define WEIGHT "coalesce(c.accepted_mg, nullif(max(c.weight_mg, 0), 0))"

/* Fewer parcels than this prove nothing about a unit. */
#define FEW "5000"

#define STATE \
	"CASE WHEN l.name IS NULL OR l.parcels_milli < " FEW " THEN 'few'" \
	" WHEN " WEIGHT " IS NULL THEN 'none' WHEN l.wrong OR (c.kind = 3 AND" \
	"  abs(l.weight_mg - " WEIGHT ") > max(3 * l.sure_mg, " WEIGHT " / 20)) THEN 'wrong'" \
	" WHEN c.accepted_mg IS NOT NULL THEN 'accepted' ELSE 'agrees' END"

static const struct page_filter filters[] = {
	{ "sku",   PAGE_EXACT,  "c.sku >= upper(:sku) AND c.sku < upper(:sku) || char(1114111)", NULL, NULL, 0 },
	{ "state", PAGE_CHOICE, STATE " = :state", "wrong|none|few|agrees|accepted", "weight", 0 },
	{ "kind",  PAGE_CHOICE, "c.kind = CASE :kind WHEN 'goods' THEN 1 WHEN 'insert' THEN 2 ELSE 3 END",
	  "goods|insert|packaging", "kind", 0 },
	{ .name = NULL },
};

static const struct page_column columns[] = {
	{ "sku",        PAGE_SKU,        NULL,     false },
	{ "name",       PAGE_TEXT_CELL,  NULL,     false },
	{ "catalogue",  PAGE_FINE,       NULL,     false },
	{ "learnt",     PAGE_FINE,       NULL,     false },
	{ "sure",       PAGE_FINE,       NULL,     true },
	{ "spread",     PAGE_FINE,       NULL,     false },
	{ "difference", PAGE_DIFFERENCE, NULL,     false },
	{ "parcels",    PAGE_NUMBER,     NULL,     false },
	{ "weight-state", PAGE_STATE,    "weight", false },
	{ "hs",         PAGE_TEXT_CELL,  NULL,     false },
	{ "origin",     PAGE_COUNTRY,    NULL,     true },
	{ NULL, 0, NULL, false },
};
#define SELECT \
	"c.sku, coalesce(nullif(c.name, ''), c.description), " WEIGHT ", nullif(l.weight_mg, 0)," \
	" nullif(l.sure_mg, 0), nullif(l.spread_mg, 0), CASE WHEN l.weight_mg > 0 THEN" \
	" l.weight_mg - " WEIGHT " END, l.parcels_milli / 1000, " STATE ", nullif(c.hs, '')," \
	" nullif(c.origin, '')"

/* The furthest off first. */
static const struct page_table suspects = {
	.name = "suspects", .columns = columns, .select = SELECT, .from = SOURCE,
	.where = STATE " IN ('wrong', 'none')",
	.order = "abs(coalesce(l.weight_mg - " WEIGHT ", l.weight_mg)) DESC, c.sku",
	.rows = 20, .unfiltered = true,
};
static const struct page_table catalogue = {
	.name = "catalogue", .columns = columns, .select = SELECT, .from = SOURCE,
	.keys = { { "c.sku", true } }, .rising = true,
};

static const struct page_part parts[] = {
	{ &suspects, NULL }, { &catalogue, NULL }, { NULL, NULL } };
/* clang-format on */

static bool finding(struct page_run *run, char *text, size_t size)
{
	int64_t count = page_number(
		run, "SELECT count(*) FROM " SOURCE " WHERE " STATE " IN ('wrong', 'none')", 0);
	char figure[24];
	const char *gap = figure;

	page_format_count(count, figure, sizeof(figure));
	words_fill(text, size, page_word(run, "finding", count ? "catalogue" : "catalogue-agrees"),
	           &gap, 1);
	return true;
}

const struct page page_catalogue = {
	.path = "/catalogue", .filters = filters, .parts = parts, .finding = finding
};
