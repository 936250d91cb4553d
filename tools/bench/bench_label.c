/* SPDX-License-Identifier: MIT */
/*
 * bench_label: what a label costs, beside Cairo and Pango drawing the same one
 *
 * Both draw the same words at the same places in the same run, turn by turn, so
 * that a busy machine slows both.  Times are CPU time of this process; ratios
 * are of medians.  Exit 1 when a limit is not met.
 */
#include <libgen.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <pango/pangocairo.h>

#include "engine.h"
#include "label_notice.h"
#include "printer/zpl_codec.h"

#define ROUNDS    61
#define COLD_RUNS 9
#define WEIGHT_MG 312400
#define ZPL_BYTES (1u << 20)
#define THRESHOLD 128

static unsigned failures;
static unsigned serial;

static double cpu_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double quantile(double *values, unsigned count, double q)
{
	qsort(values, count, sizeof(values[0]), by_size);
	return values[(unsigned)(q * (count - 1))];
}

static void tell(const char *what, double value, const char *unit, double limit, bool at_most)
{
	bool met = at_most ? value <= limit : value >= limit;

	printf("%-44s %9.3f %-5s (%s %g)  %s\n", what, value, unit,
	       at_most ? "at most" : "at least", limit, met ? "ok" : "MISSED");
	failures += !met;
}

static void die(const char *words)
{
	fprintf(stderr, "bench_label: %s\n", words);
	exit(1);
}

static void draw(struct label_engine *engine, const char *captions)
{
	struct hal_fault fault = { "" };
	struct label_request request;
	unsigned sheets;

	bench_vary(++serial);
	request = bench_request(captions);
	if (label_prepare(engine, &request, &sheets, &fault) != HAL_OK ||
	    label_finish(engine, (struct hal_mass){ .mg = WEIGHT_MG }, &fault) != HAL_OK)
		die(fault.text);
}

struct peer {
	cairo_surface_t *surface;
	cairo_t *cairo;
	PangoLayout *layout;
	PangoFontDescription *fonts[2][256];
	struct symbols symbols;
	struct symbol symbol;
	uint8_t bits[LABEL_PAGE_BYTES];
};

static struct peer peer;

static void peer_open(const struct hal_page *page)
{
	struct hal_fault fault = { "" };

	peer.surface = cairo_image_surface_create(CAIRO_FORMAT_A8, (int)page->width_dots,
	                                          (int)page->height_dots);
	peer.cairo = cairo_create(peer.surface);
	peer.layout = pango_cairo_create_layout(peer.cairo);
	if (symbols_init(&peer.symbols, &fault) != HAL_OK)
		die(fault.text);
}

static const PangoFontDescription *peer_font(const struct text_style *style)
{
	PangoFontDescription **font = &peer.fonts[style->bold][style->px];

	if (!*font) {
		*font = pango_font_description_from_string(
			"DejaVu Sans Condensed, Noto Sans CJK SC");
		pango_font_description_set_weight(*font, style->bold ? PANGO_WEIGHT_BOLD
		                                                     : PANGO_WEIGHT_NORMAL);
		pango_font_description_set_absolute_size(*font, (double)style->px * PANGO_SCALE);
	}
	return *font;
}

static void peer_text(const struct mark *mark)
{
	const struct text_line *line = mark->as.line;

	pango_layout_set_font_description(peer.layout, peer_font(&line->style));
	pango_layout_set_text(peer.layout, line->text, line->len);
	cairo_move_to(peer.cairo, mark->x,
	              mark->y - (double)pango_layout_get_baseline(peer.layout) / PANGO_SCALE);
	pango_cairo_show_layout(peer.cairo, peer.layout);
}

static void peer_symbol(const struct label_engine *engine, const struct mark *mark)
{
	struct hal_fault fault = { "" };
	bool bars = engine->marks.symbols[mark->as.symbol.index].kind == SYMBOL_CODE128;
	int module = mark->as.symbol.module, height = bars ? mark->height : module;

	if (symbol_encode(&peer.symbols, bars ? SYMBOL_CODE128 : SYMBOL_DATAMATRIX,
	                  bars ? bench_tracking : bench_mark, &peer.symbol, &fault) != HAL_OK)
		die(fault.text);
	for (unsigned row = 0; row < peer.symbol.rows; row++)
		for (unsigned x = 0; x < peer.symbol.width; x++)
			if (symbol_is_dark(&peer.symbol, row, x))
				cairo_rectangle(peer.cairo, mark->x + (int)x * module,
				                mark->y + (int)row * module, module, height);
	cairo_fill(peer.cairo);
}

static void peer_cross(const struct mark *mark)
{
	cairo_set_line_width(peer.cairo, mark->as.pen);
	cairo_move_to(peer.cairo, mark->x, mark->y);
	cairo_line_to(peer.cairo, mark->x + mark->width, mark->y + mark->height);
	cairo_move_to(peer.cairo, mark->x + mark->width, mark->y);
	cairo_line_to(peer.cairo, mark->x, mark->y + mark->height);
	cairo_stroke(peer.cairo);
}

static void peer_threshold(const struct hal_page *page)
{
	const uint8_t *grey = cairo_image_surface_get_data(peer.surface);
	size_t stride = (size_t)cairo_image_surface_get_stride(peer.surface);

	for (uint32_t y = 0; y < page->height_dots; y++)
		for (uint32_t x = 0; x < page->stride; x++) {
			const uint8_t *from = grey + y * stride + x * 8;
			uint8_t byte = 0;

			for (unsigned bit = 0; bit < 8 && x * 8 + bit < page->width_dots; bit++)
				byte |= (uint8_t)((from[bit] >= THRESHOLD) << (7 - bit));
			peer.bits[y * page->stride + x] = byte;
		}
}

/* The layout is given to it for nothing: only shaping, drawing and dots are counted. */
static void peer_draw(const struct label_engine *engine)
{
	cairo_set_operator(peer.cairo, CAIRO_OPERATOR_CLEAR);
	cairo_paint(peer.cairo);
	cairo_set_operator(peer.cairo, CAIRO_OPERATOR_OVER);
	for (unsigned i = 0; i < engine->marks.count; i++) {
		const struct mark *mark = &engine->marks.list[i];

		if (mark->kind == MARK_TEXT)
			peer_text(mark);
		else if (mark->kind == MARK_SYMBOL)
			peer_symbol(engine, mark);
		else if (mark->kind == MARK_CROSS)
			peer_cross(mark);
		else
			cairo_rectangle(peer.cairo, mark->x, mark->y, mark->width, mark->height);
		if (mark->kind == MARK_BOX)
			cairo_fill(peer.cairo);
	}
	cairo_surface_flush(peer.surface);
	peer_threshold(label_page(engine, 0));
}

static void measure_warm(struct label_engine *engine)
{
	double ours[ROUNDS], theirs[ROUNDS], median;

	draw(engine, "en+fr+zh");
	peer_open(label_page(engine, 0));
	for (int i = -3; i < ROUNDS; i++) {
		double start = cpu_ms(), middle;

		draw(engine, "en+fr+zh");
		middle = cpu_ms();
		peer_draw(engine);
		if (i >= 0) {
			ours[i] = middle - start;
			theirs[i] = cpu_ms() - middle;
		}
	}
	median = quantile(ours, ROUNDS, 0.5);
	tell("warm label 100x150 203 dpi, median", median, "ms", 1, true);
	printf("%-44s %9.3f ms\n", "  slowest", ours[ROUNDS - 1]);
	printf("%-44s %9.3f ms\n", "  Cairo and Pango, median", quantile(theirs, ROUNDS, 0.5));
	tell("  times faster than Cairo and Pango", theirs[ROUNDS / 2] / median, "x", 4.5, false);
}

/* What follows the weight: the dots of the weight, and the bytes for the printer. */
static size_t encode_often(struct label_engine *engine, double *after_weight, double *encoding)
{
	static uint8_t bytes[ZPL_BYTES];
	struct printer_setup setup = { .dpi = 203, .raster = raster_create() };
	struct hal_fault fault = { "" };
	size_t len = 0;

	for (int i = -1; i < ROUNDS; i++) {
		struct sink sink;
		double start = cpu_ms(), middle;

		if (label_finish(engine, (struct hal_mass){ .mg = WEIGHT_MG + i * 1000 }, &fault))
			die(fault.text);
		middle = cpu_ms();
		sink_init(&sink, bytes, sizeof(bytes));
		zpl_encode(&setup, label_page(engine, 0), label_paper(engine), &sink);
		if (sink_finish(&sink, &len) != HAL_OK)
			die("the label does not fit its buffer");
		if (i < 0)
			continue;
		encoding[i] = cpu_ms() - middle;
		after_weight[i] = cpu_ms() - start;
	}
	raster_destroy(setup.raster);
	return len;
}

static void measure_after_weight(struct label_engine *engine)
{
	double after_weight[ROUNDS], encoding[ROUNDS];
	size_t len;

	draw(engine, "en+fr");
	len = encode_often(engine, after_weight, encoding);
	tell("weight known to bytes for the stream, median", quantile(after_weight, ROUNDS, 0.5),
	     "ms", 3, true);
	tell("Z64 bytes of the reference label", (double)len / 1000, "KB", 25, true);
	tell("  encoded in, median", quantile(encoding, ROUNDS, 0.5), "ms", 0.6, true);
	draw(engine, "en+fr+zh");
	len = encode_often(engine, after_weight, encoding);
	printf("%-44s %9.3f KB\n", "  with Chinese captions", (double)len / 1000);
	printf("%-44s %9.3f ms\n", "  encoded in, median", quantile(encoding, ROUNDS, 0.5));
}

static double run_cold(const char *program, long *ret_kib)
{
	struct rusage usage;
	int code;
	pid_t pid = fork();

	if (pid == 0) {
		execl(program, program, (char *)NULL);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &code, 0, &usage) != pid || !WIFEXITED(code) || WEXITSTATUS(code))
		die("bench_label_cold fails");
	*ret_kib = usage.ru_maxrss;
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

/* Before anything else: a child counts the pages of its parent until it is another program. */
static void measure_cold(const char *self)
{
	char here[4096], program[4200];
	double spent[COLD_RUNS];
	long kib = 0;

	snprintf(here, sizeof(here), "%s", self);
	snprintf(program, sizeof(program), "%s/bench_label_cold", dirname(here));
	for (unsigned i = 0; i < COLD_RUNS; i++) {
		long now;

		spent[i] = run_cold(program, &now);
		kib = now > kib ? now : kib;
	}
	tell("first label of a cold process, median", quantile(spent, COLD_RUNS, 0.5), "ms", 20,
	     true);
	tell("  memory at its peak", (double)kib / 1024, "MiB", 24, true);
}

int main(int argc, char **argv)
{
	struct label_engine *engine;
	struct hal_fault fault = { "" };

	(void)argc;
	measure_cold(argv[0]);
	bench_fill();
	if (label_engine_create(&engine, &fault) != HAL_OK)
		die(fault.text);
	measure_warm(engine);
	measure_after_weight(engine);
	label_engine_destroy(engine);
	return failures ? 1 : 0;
}
