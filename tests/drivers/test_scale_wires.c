/* SPDX-License-Identifier: MIT */
/* Recorded conversations of tests/fixtures/wires/, played to the drivers on virtual time. */
#include "scale_bench.h"

#include <glob.h>
#include <stdio.h>

#include "wire_file.h"

struct stage {
	struct scale_bench bench;
	char driver[32], unit[8];
	unsigned poll_ms;
	char pan[16];
	long long mg;
	char told[WIRE_BYTES_MAX]; /* what the driver said and the recording did not yet show */
	size_t told_len;
};

static void take_told(void *self, const uint8_t *data, size_t len)
{
	struct stage *stage = self;

	assert_true(stage->told_len + len <= sizeof(stage->told));
	memcpy(stage->told + stage->told_len, data, len);
	stage->told_len += len;
}

/* The remarks that are for this test. */
static void read_remarks(struct stage *stage, FILE *file)
{
	char line[256];

	while (fgets(line, sizeof(line), file)) {
		const char *unit = strstr(line, " unit="), *poll = strstr(line, " poll_ms=");

		if (sscanf(line, "# driver %31[a-z0-9-]", stage->driver) == 1) {
			if (unit)
				sscanf(unit, " unit=%7[a-z]", stage->unit);
			if (poll)
				stage->poll_ms = (unsigned)atoi(poll + 9);
		}
		sscanf(line, "# shows %15s %lld", stage->pan, &stage->mg);
	}
	rewind(file);
	assert_true(stage->driver[0] && stage->pan[0]);
}

static void expect_told(struct stage *stage, const struct wire_event *event)
{
	for (int ms = 0; stage->told_len < event->len && ms < 2000; ms++)
		vloop_run(&stage->bench.vloop, HAL_MS(1));
	assert_true(stage->told_len >= event->len);
	assert_memory_equal(stage->told, event->bytes, event->len);
	stage->told_len -= event->len;
	memmove(stage->told, stage->told + event->len, stage->told_len);
}

static void act(struct stage *stage, const struct wire_event *event, int64_t *last_us)
{
	if (event->kind == WIRE_TO_DEVICE) {
		expect_told(stage, event);
	} else {
		if (event->at_us > *last_us)
			vloop_run(&stage->bench.vloop, event->at_us - *last_us);
		if (event->kind == WIRE_UP)
			wire_plug(&stage->bench.wire);
		else if (event->kind == WIRE_FROM_DEVICE)
			wire_send(&stage->bench.wire, event->bytes, event->len);
		else
			wire_unplug(&stage->bench.wire);
	}
	*last_us = event->at_us;
}

static void assert_shown(const struct stage *stage)
{
	static const struct {
		const char *word;
		enum hal_pan pan;
	} pans[] = {
		{ "stable", HAL_PAN_STABLE }, { "moving", HAL_PAN_MOVING },
		{ "untold", HAL_PAN_UNTOLD }, { "over", HAL_PAN_OVER },
		{ "under", HAL_PAN_UNDER },
	};

	assert_true(stage->bench.readings > 0);
	for (size_t i = 0; i < sizeof(pans) / sizeof(pans[0]); i++)
		if (strcmp(pans[i].word, stage->pan) == 0) {
			assert_int_equal(stage->bench.reading.pan, pans[i].pan);
			assert_int_equal(stage->bench.reading.mass.mg, stage->mg);
			return;
		}
	fail_msg("'%s' is no pan", stage->pan);
}

static void play(const char *path)
{
	static struct stage stage;
	static struct wire_reader reader;
	static struct wire_event event;
	struct scale_port port = { .stream = &stage.bench.wire.host };
	enum wire_read got;
	int64_t last_us = 0;

	print_message("    %s\n", path);
	stage = (struct stage){ .poll_ms = 0 };
	reader = (struct wire_reader){ .file = fopen(path, "re") };
	assert_non_null(reader.file);
	read_remarks(&stage, reader.file);
	bench_start(&stage.bench, 115200);
	stage.bench.wire.from_host = take_told;
	stage.bench.wire.model = &stage;
	bench_open_port(&stage.bench, stage.driver,
	                &(struct scale_options){ .unit = stage.unit, .poll_ms = stage.poll_ms },
	                &port);
	while ((got = wire_file_read(&reader, &event)) == WIRE_READ_EVENT)
		act(&stage, &event, &last_us);
	assert_int_equal(got, WIRE_READ_END);
	assert_shown(&stage);
	hal_scale_close(stage.bench.scale);
	fclose(reader.file);
}

static void every_recorded_conversation_shows_what_it_says(void **state)
{
	glob_t files;

	(void)state;
	assert_int_equal(glob("tests/fixtures/wires/*.wire", 0, NULL, &files), 0);
	assert_true(files.gl_pathc >= 4);
	for (size_t i = 0; i < files.gl_pathc; i++)
		play(files.gl_pathv[i]);
	globfree(&files);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_recorded_conversation_shows_what_it_says),
	};

	return cmocka_run_group_tests_name("scale_wires", tests, NULL, NULL);
}
