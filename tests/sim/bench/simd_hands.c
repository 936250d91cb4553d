/* SPDX-License-Identifier: MIT */
#include "simd_hands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "eye.h"

typedef bool hand(struct simd_hands *hands, const char *what);

static bool do_scan(struct simd_hands *hands, const char *what)
{
	scanner_line_model_read(hands->scanner, what);
	return what[0] != '\0';
}

static bool do_load(struct simd_hands *hands, const char *what)
{
	char *rest;
	double grams = strtod(what, &rest);
	int64_t settle_us = HAL_MS(strtol(rest, NULL, 10));

	loadcell_load(hands->pan, (struct hal_mass){ (int32_t)(grams * 1000.0 + 0.5) },
	              settle_us > 0 ? settle_us : HAL_MS(400));
	return rest != what;
}

static bool do_paper(struct simd_hands *hands, const char *what)
{
	if (strcmp(what, "out") == 0)
		press_leave_paper(&hands->printer->press, 0);
	else
		press_load_paper(&hands->printer->press, 4000, 1223);
	return true;
}

static bool do_head(struct simd_hands *hands, const char *what)
{
	if (strcmp(what, "open") == 0)
		press_open_head(&hands->printer->press);
	else
		press_close_head(&hands->printer->press);
	return true;
}

static bool do_power(struct simd_hands *hands, const char *what)
{
	if (strcmp(what, "off") == 0)
		zpl_printer_model_power_off(hands->printer);
	else
		zpl_printer_model_power_on(hands->printer);
	return true;
}

static bool do_pause(struct simd_hands *hands, const char *what)
{
	(void)what;
	press_pause(&hands->printer->press);
	return true;
}

static bool do_key(struct simd_hands *hands, const char *what)
{
	(void)what;
	press_key(&hands->printer->press);
	return true;
}

static struct wire *find_wire(const struct simd_hands *hands, const char *name)
{
	static const char *const names[] = { "scale", "scanner", "printer" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return hands->wires[i];
	return NULL;
}

static bool do_unplug(struct simd_hands *hands, const char *what)
{
	struct wire *wire = find_wire(hands, what);

	if (wire)
		wire_unplug(wire);
	return wire != NULL;
}

static bool do_plug(struct simd_hands *hands, const char *what)
{
	struct wire *wire = find_wire(hands, what);

	if (wire)
		wire_plug(wire);
	return wire != NULL;
}

static bool do_mark(struct simd_hands *hands, const char *what)
{
	const struct paper_label *label =
		paper_last(&hands->printer->press.paper, (uint32_t)strtoul(what, NULL, 10));
	char text[128];

	if (!label || !eye_read_mark(label, text, sizeof(text)))
		return false;
	printf("%s\n", text);
	return true;
}

static bool do_labels(struct simd_hands *hands, const char *what)
{
	(void)what;
	printf("%u\n", (unsigned)hands->printer->press.paper.whole_count);
	return true;
}

static bool do_end(struct simd_hands *hands, const char *what)
{
	(void)what;
	hands->ended = true;
	return true;
}

/* clang-format off */
static const struct {
	const char *name;
	hand *act;
} acts[] = {
	{ "scan", do_scan },     { "load", do_load },   { "paper", do_paper }, { "head", do_head },
	{ "power", do_power },   { "pause", do_pause }, { "key", do_key },
	{ "unplug", do_unplug }, { "plug", do_plug },   { "mark", do_mark },   { "labels", do_labels },
	{ "end", do_end },
};
/* clang-format on */

static void take_line(struct simd_hands *hands, char *line)
{
	size_t len = strcspn(line, " ");
	const char *what = line + len + (line[len] == ' ');
	bool done = false;

	line[len] = '\0';
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (strcmp(acts[i].name, line) == 0)
			done = acts[i].act(hands, what);
	puts(done ? "ok" : "what?");
}

static void take_lines(struct simd_hands *hands)
{
	char *end;

	while ((end = memchr(hands->line, '\n', hands->len)) != NULL) {
		size_t used = (size_t)(end - hands->line) + 1;

		*end = '\0';
		take_line(hands, hands->line);
		hands->len -= used;
		memmove(hands->line, hands->line + used, hands->len);
	}
	if (hands->len == sizeof(hands->line))
		hands->len = 0;
}

static void on_readable(struct hal_watch *watch, unsigned what)
{
	struct simd_hands *hands = hal_container_of(watch, struct simd_hands, watch);
	ssize_t got;

	(void)what;
	got = read(STDIN_FILENO, hands->line + hands->len, sizeof(hands->line) - hands->len);
	if (got <= 0) {
		hal_watch_stop(hands->loop, &hands->watch);
		hands->ended = true;
		return;
	}
	hands->len += (size_t)got;
	take_lines(hands);
}

bool simd_hands_open(struct simd_hands *hands)
{
	hands->watch = (struct hal_watch){
		.ready = on_readable,
		.fd = STDIN_FILENO,
		.wanted = HAL_READ,
	};
	return hal_watch_start(hands->loop, &hands->watch) == HAL_OK;
}
