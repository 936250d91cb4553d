/* SPDX-License-Identifier: MIT */
#include "scenario.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eye.h"
#include "journal.h"

struct words {
	char *at[SCENARIO_WORDS];
	size_t count;
	char *line; /* whole, for JSON */
};

static void complain(struct scenario *scenario, const char *what, const char *word)
{
	fprintf(stderr, "%s:%d: %s '%s'\n", scenario->path, scenario->line, what, word);
	scenario->broken = true;
}

static const char *word(const struct words *words, size_t i)
{
	return i < words->count ? words->at[i] : "";
}

/* The word behind a keyword anywhere in the line, or NULL. */
static const char *after(const struct words *words, const char *key)
{
	for (size_t i = 1; i + 1 < words->count; i++)
		if (strcmp(words->at[i], key) == 0)
			return words->at[i + 1];
	return NULL;
}

static double number_after(const struct words *words, const char *key, double otherwise)
{
	const char *text = after(words, key);

	return text ? strtod(text, NULL) : otherwise;
}

static int64_t span_of(const char *number, const char *unit)
{
	double value = strtod(number, NULL);

	if (strcmp(unit, "ms") == 0)
		return (int64_t)(value * 1e3);
	if (strcmp(unit, "min") == 0)
		return (int64_t)(value * 60e6);
	if (strcmp(unit, "h") == 0)
		return (int64_t)(value * 3600e6);
	return (int64_t)(value * 1e6);
}

/* Setting the bench up. */

static void do_person(struct scenario *scenario, const struct words *words)
{
	bench_add_person(scenario->bench, word(words, 1), word(words, 2),
	                 strcmp(word(words, 3), "supervisor") == 0);
}

static void do_import(struct scenario *scenario, const struct words *words)
{
	char path[256];
	unsigned refused;

	snprintf(path, sizeof(path), "%s/%s", scenario->data, word(words, 1));
	refused = bench_import(scenario->bench, path);
	if (refused != (unsigned)number_after(words, "refused", 0))
		complain(scenario, "rows were refused in", path);
}

static void do_catalogue(struct scenario *scenario, const struct words *words)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", scenario->data, word(words, 1));
	if (bench_import_catalogue(scenario->bench, path) > 0)
		complain(scenario, "rows were refused in", path);
}

/* notice {...}: the JSON as it comes from the shop. */
static void do_notice(struct scenario *scenario, const struct words *words)
{
	char path[128];
	const char *json = strchr(words->line, '{');
	FILE *file;

	snprintf(path, sizeof(path), "%s/notice.jsonl", scenario->bench->folder);
	file = json ? fopen(path, "w") : NULL;
	if (!file) {
		complain(scenario, "no JSON in", words->line);
		return;
	}
	fputs(json, file);
	fclose(file);
	if (bench_import(scenario->bench, path) > 0 && !strstr(words->line, "refused"))
		complain(scenario, "the notice was refused:", json);
}

static void do_weighs(struct scenario *scenario, const struct words *words)
{
	goods_set(&scenario->goods, word(words, 1), strtod(word(words, 2), NULL) * 1e3,
	          strtod(word(words, 4), NULL) * 1e3);
}

/* range METHOD FIRST LAST: serials of RR...CN numbers */
static void do_range(struct scenario *scenario, const struct words *words)
{
	bench_add_range(scenario->bench, word(words, 1),
	                (uint32_t)strtoul(word(words, 2), NULL, 10),
	                (uint32_t)strtoul(word(words, 3), NULL, 10));
}

static void do_start(struct scenario *scenario, const struct words *words)
{
	(void)words;
	bench_start(scenario->bench);
	scenario->started = true;
}

/* Hands. */

static void do_badge(struct scenario *scenario, const struct words *words)
{
	char code[NOTICE_KEY];

	snprintf(code, sizeof(code), "PS-BADGE-%.30s", word(words, 1));
	bench_scan(scenario->bench, code);
}

static void do_scan(struct scenario *scenario, const struct words *words)
{
	bench_scan(scenario->bench, word(words, 1));
}

static void do_command(struct scenario *scenario, const struct words *words)
{
	char code[NOTICE_KEY];

	snprintf(code, sizeof(code), "PS-CMD-%.36s", word(words, 1));
	bench_scan(scenario->bench, code);
}

static void do_put(struct scenario *scenario, const struct words *words)
{
	const char *settling = after(words, "settling");
	double grams = strtod(word(words, 1), NULL);

	if (strcmp(word(words, 2), "kg") == 0)
		grams *= 1000;
	bench_put(scenario->bench, (struct hal_mass){ (int32_t)(grams * 1e3 + 0.5) },
	          settling ? span_of(settling, "ms") : HAL_MS(300));
}

static void do_take_off(struct scenario *scenario, const struct words *words)
{
	(void)words;
	bench_take_off(scenario->bench);
	bench_run(scenario->bench, HAL_SEC(2));
}

static struct packer_task task_of(const struct words *words)
{
	struct packer_task task = { .number = word(words, 1) };
	const char *without = after(words, "without");
	const char *extra = after(words, "extra");

	task.packaging = after(words, "in");
	if (without) {
		task.mistake = MISTAKE_MISSING;
		task.sku = without;
	} else if (extra) {
		task.mistake = MISTAKE_EXTRA;
		task.sku = extra;
	}
	return task;
}

static void do_pack(struct scenario *scenario, const struct words *words)
{
	struct packer_task task = task_of(words);

	scenario->result = packer_pack(&scenario->packer, &task);
}

static void do_go_on(struct scenario *scenario, const struct words *words)
{
	struct packer_task task = task_of(words);

	scenario->result = packer_go_on(&scenario->packer, &task);
}

static void do_decide(struct scenario *scenario, const struct words *words)
{
	struct station_decision decision = {
		.supervisor = after(words, "by") ? after(words, "by") : "",
		.decision = strcmp(word(words, 1), "allow") == 0    ? DECISION_ALLOW
		            : strcmp(word(words, 1), "refuse") == 0 ? DECISION_REFUSE
		                                                    : DECISION_AGAIN,
		.reason = after(words, "reason") ? after(words, "reason") : "other",
		.note = "",
	};

	if (!station_decide(scenario->bench->station, &decision))
		complain(scenario, "no decision was wanted of", decision.supervisor);
	bench_settle(scenario->bench, HAL_SEC(2));
}

static void do_wait(struct scenario *scenario, const struct words *words)
{
	bench_run(scenario->bench, span_of(word(words, 1), word(words, 2)));
}

/* Misfortune. */

static void do_printer(struct scenario *scenario, const struct words *words)
{
	struct bench *bench = scenario->bench;
	struct zpl_printer_model *printer = &bench->printer;
	const char *what = word(words, 1);
	uint32_t dots = (uint32_t)number_after(words, "stock", 153) * 203 * 10 / 254;

	if (strcmp(what, "unplug") == 0)
		wire_unplug(&bench->printer_wire);
	else if (strcmp(what, "plug") == 0)
		wire_plug(&bench->printer_wire);
	else if (strcmp(what, "paper-left") == 0)
		press_leave_paper(&printer->press, (int64_t)strtol(word(words, 2), NULL, 10) * 8);
	else if (strcmp(what, "load") == 0)
		press_load_paper(&printer->press, (uint32_t)strtol(word(words, 2), NULL, 10), dots);
	else if (strcmp(what, "open") == 0)
		press_open_head(&printer->press);
	else if (strcmp(what, "close") == 0)
		press_close_head(&printer->press);
	else if (strcmp(what, "pause") == 0)
		press_pause(&printer->press);
	else if (strcmp(what, "key") == 0)
		press_key(&printer->press);
	else if (strcmp(what, "mute") == 0)
		printer->mute = true;
	else if (strcmp(what, "off") == 0)
		zpl_printer_model_power_off(printer);
	else if (strcmp(what, "on") == 0)
		zpl_printer_model_power_on(printer);
	else
		complain(scenario, "a printer cannot", what);
}

static void do_scale(struct scenario *scenario, const struct words *words)
{
	if (!scenario_scale(scenario, word(words, 1), word(words, 2)))
		complain(scenario, "a scale cannot", word(words, 1));
}

static void do_scanner(struct scenario *scenario, const struct words *words)
{
	struct scanner_keys_model *scanner = &scenario->bench->scanner;
	const char *what = word(words, 1);

	if (strcmp(what, "unplug") == 0)
		scanner_keys_model_unplug(scanner);
	else if (strcmp(what, "plug") == 0)
		scanner_keys_model_plug(scanner);
	else if (strcmp(what, "lose") == 0)
		scanner->lose_count = (unsigned)strtol(word(words, 2), NULL, 10);
	else
		complain(scenario, "a scanner cannot", what);
}

static void do_power_cut(struct scenario *scenario, const struct words *words)
{
	(void)words;
	bench_power_cut(scenario->bench);
	bench_run(scenario->bench, HAL_SEC(20));
	bench_start(scenario->bench);
}

/* Until the next start. */
static void do_power_off(struct scenario *scenario, const struct words *words)
{
	(void)words;
	bench_power_cut(scenario->bench);
	bench_run(scenario->bench, HAL_SEC(20));
}

static void do_disk(struct scenario *scenario, const struct words *words)
{
	scenario->bench->vwork.queues[HAL_QUEUE_JOURNAL].delay_us =
		span_of(word(words, 1), word(words, 2));
}

/* Expectations. */

static void check(struct scenario *scenario, bool good, const char *wanted, const char *is)
{
	const struct station_view *view = bench_view(scenario->bench);

	scenario->passed += good;
	scenario->failed += !good;
	if (!good)
		printf("%s:%d: wants %s, is %s (state %s, note %s %s, screen %s)\n", scenario->path,
		       scenario->line, wanted, is, machine_facts(view->state)->name, view->note.key,
		       view->note.args[0], view->say.key);
}

/* What a scanner reads of the last label. */
static const char *label_facet(const struct scenario *scenario, const char *what, char *room,
                               size_t size)
{
	const struct paper_label *label = paper_last(&scenario->bench->printer.press.paper, 0);
	bool bars = strcmp(what, "bars") == 0;

	if (!bars && strcmp(what, "mark") != 0)
		return NULL;
	if (!label || !(bars ? eye_read_bars : eye_read_mark)(label, room, size))
		snprintf(room, size, "none");
	return room;
}

/* A device's name: what a hand must do to it, or "ok". */
static const char *device_facet(const struct station_view *view, const char *what)
{
	static const char *const names[DEVICE_COUNT] = {
		[DEVICE_SCANNER] = "scanner", [DEVICE_SCALE] = "scale",
		[DEVICE_PRINTER] = "printer", [DEVICE_TOWER] = "tower",
		[DEVICE_STORAGE] = "storage",
	};

	for (int i = 0; i < DEVICE_COUNT; i++)
		if (strcmp(what, names[i]) == 0)
			return view->devices[i].remedy.key[0] ? view->devices[i].remedy.key : "ok";
	return NULL;
}

static const char *facet(const struct scenario *scenario, const char *what, char *room, size_t size)
{
	const struct station_view *view = bench_view(scenario->bench);
	const struct packer_result *result = &scenario->result;
	const struct paper *paper = &scenario->bench->printer.press.paper;

	if (strcmp(what, "state") == 0)
		return view->state ? machine_facts(view->state)->name : "none";
	if (strcmp(what, "note") == 0)
		return view->note.key ? view->note.key : "";
	if (strcmp(what, "refusal") == 0)
		return view->note.args[0];
	if (strcmp(what, "refused-for") == 0)
		return view->note.args[1];
	if (strcmp(what, "say") == 0)
		return view->say.key;
	if (strcmp(what, "expected") == 0) {
		snprintf(room, size, "%d", view->has_band ? (int)view->expected.mg : -1);
		return room;
	}
	if (strcmp(what, "cause") == 0)
		return view->cause_count ? view->causes[0].say.args[0] : "none";
	if (strcmp(what, "finding") == 0)
		return view->finding_count ? view->findings[0][CUSTOMS_ENGLISH] : "none";
	if (strcmp(what, "tone") == 0)
		return view->tone;
	if (strcmp(what, "lead") == 0)
		return view->lead.key;
	if (strcmp(what, "insert") == 0)
		return view->insert_count ? view->inserts[0].name : "none";
	if (strcmp(what, "next") == 0)
		return view->next.key;
	if (strcmp(what, "packer") == 0)
		return view->packer;
	if (strcmp(what, "remedy") == 0)
		return view->devices[DEVICE_PRINTER].remedy.key[0]
		               ? view->devices[DEVICE_PRINTER].remedy.key
		               : view->devices[DEVICE_SCALE].remedy.key;
	if (strcmp(what, "labels") == 0)
		snprintf(room, size, "%u", (unsigned)paper->whole_count);
	else if (strcmp(what, "printed") == 0)
		snprintf(room, size, "%s", result->printed ? "yes" : "no");
	else if (strcmp(what, "held") == 0)
		snprintf(room, size, "%s", result->held ? "yes" : "no");
	else if (strcmp(what, "refused") == 0)
		snprintf(room, size, "%s", result->refused ? "yes" : "no");
	else if (strcmp(what, "caught") == 0)
		snprintf(room, size, "%s", result->caught ? "yes" : "no");
	else if (strcmp(what, "parcels") == 0)
		snprintf(room, size, "%u", result->parcels);
	else if (strcmp(what, "shorts") == 0)
		snprintf(room, size, "%u", result->shorts);
	else if (strcmp(what, "weight") == 0)
		snprintf(room, size, "%d", view->has_weight ? (int)view->weight.mg : -1);
	else if (strcmp(what, "early") == 0)
		snprintf(room, size, "%d", view->has_early ? (int)view->early.mg : -1);
	else if (strcmp(what, "errors") == 0)
		snprintf(room, size, "%u", scenario->bench->errors_logged);
	else if (!label_facet(scenario, what, room, size))
		return device_facet(view, what);
	return room;
}

/* Pairs of what and wanted; a wanted word may be the beginning of what is shown. */
static bool all_true(struct scenario *scenario, const struct words *words, size_t from,
                     size_t *ret_wrong)
{
	char room[64];

	for (size_t i = from; i + 1 < words->count; i += 2) {
		const char *is = facet(scenario, words->at[i], room, sizeof(room));

		if (!is) {
			complain(scenario, "nothing is called", words->at[i]);
			return true;
		}
		*ret_wrong = i;
		if (strncmp(is, words->at[i + 1], strlen(words->at[i + 1])) != 0)
			return false;
	}
	return true;
}

static void report(struct scenario *scenario, const struct words *words, bool good, size_t wrong)
{
	char room[64];

	check(scenario, good, words->line,
	      good ? "so" : facet(scenario, words->at[wrong], room, sizeof(room)));
}

static void do_expect(struct scenario *scenario, const struct words *words)
{
	size_t wrong = 1;
	bool good = all_true(scenario, words, 1, &wrong);

	report(scenario, words, good, wrong);
}

static void do_within(struct scenario *scenario, const struct words *words)
{
	int64_t end_us = scenario->bench->vloop.now_us + span_of(word(words, 1), word(words, 2));
	size_t wrong = 3;
	bool good = all_true(scenario, words, 3, &wrong);

	while (!good && scenario->bench->vloop.now_us < end_us) {
		bench_run(scenario->bench, HAL_MS(20));
		good = all_true(scenario, words, 3, &wrong);
	}
	report(scenario, words, good, wrong);
}

static void do_verify(struct scenario *scenario, const struct words *words)
{
	struct journal_check checked;
	struct hal_fault fault = { "" };
	enum hal_status status;

	bench_settle(scenario->bench, HAL_SEC(5));
	status = journal_verify(scenario->bench->store, NULL, 0, &checked, &fault);
	check(scenario, status == HAL_OK, words->line, fault.text[0] ? fault.text : "unbroken");
}

/* count TABLE-CONDITION wanted: rows in the database, by name. */
static void do_count(struct scenario *scenario, const struct words *words)
{
	long is = bench_count(scenario->bench, word(words, 1));
	char text[24];

	snprintf(text, sizeof(text), "%ld", is);
	if (is < 0)
		complain(scenario, "nothing can be counted as", word(words, 1));
	check(scenario, strcmp(text, word(words, 2)) == 0, words->line, text);
}

/* label-png FILE: what came out last, to be looked at. */
static void do_label_png(struct scenario *scenario, const struct words *words)
{
	const struct paper_label *label = paper_last(&scenario->bench->printer.press.paper, 0);

	if (!label || !paper_write_png(label, word(words, 1)))
		complain(scenario, "no label could be kept as", word(words, 1));
}

/* clang-format off */
static const struct {
	const char *name;
	void (*run)(struct scenario *scenario, const struct words *words);
} verbs[] = {
	{ "person",    do_person },   { "import",  do_import },  { "catalogue", do_catalogue },
	{ "notice",    do_notice },   { "weighs",  do_weighs },  { "start",     do_start },
	{ "badge",     do_badge },    { "scan",    do_scan },    { "command",   do_command },
	{ "put",       do_put },      { "take-off", do_take_off }, { "pack",    do_pack },
	{ "go-on",     do_go_on },    { "decide",  do_decide },  { "wait",      do_wait },
	{ "printer",   do_printer },  { "scale",   do_scale },   { "scanner",   do_scanner },
	{ "power-cut", do_power_cut },
	{ "power-off", do_power_off }, { "disk",   do_disk },    { "expect",    do_expect },
	{ "label-png", do_label_png }, { "range",  do_range },
	{ "within",    do_within },   { "verify",  do_verify },  { "count",     do_count },
};
/* clang-format on */

/* Words between blanks; "..." holds several together; # ends the line. */
static void split(char *line, struct words *words)
{
	char *at = line;

	words->count = 0;
	while (*at && words->count < SCENARIO_WORDS) {
		while (isspace((unsigned char)*at))
			at++;
		if (*at == '\0' || *at == '#')
			return;
		if (*at == '"') {
			words->at[words->count++] = ++at;
			at += strcspn(at, "\"");
		} else {
			words->at[words->count++] = at;
			at += strcspn(at, " \t\n");
		}
		if (*at)
			*at++ = '\0';
	}
}

static void run_line(struct scenario *scenario, const char *text)
{
	static char line[16384], whole[16384];
	struct words words = { .line = whole };

	snprintf(line, sizeof(line), "%s", text);
	snprintf(whole, sizeof(whole), "%s", text);
	whole[strcspn(whole, "\n")] = '\0';
	split(line, &words);
	if (words.count == 0)
		return;
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i].name, words.at[0]) == 0) {
			verbs[i].run(scenario, &words);
			return;
		}
	complain(scenario, "no step is called", words.at[0]);
}

void scenario_run(struct scenario *scenario, const char *path, const char *rules)
{
	static char text[16384];
	FILE *file = fopen(path, "r");

	scenario->path = path;
	scenario->line = 0;
	if (!file) {
		complain(scenario, "cannot be read:", path);
		return;
	}
	bench_init(scenario->bench, rules);
	goods_init(&scenario->goods, 20261123);
	packer_init(&scenario->packer, &scenario->bench->world, &scenario->goods);
	while (!scenario->broken && fgets(text, sizeof(text), file)) {
		scenario->line++;
		run_line(scenario, text);
	}
	fclose(file);
	scenario->failed += scenario->broken;
	bench_finish(scenario->bench);
}
