/* SPDX-License-Identifier: MIT */
#include "wire_replay.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "ctl.h"
#include "wire_file.h"

#define PATIENCE_MS 20000 /* for the station to open the terminal, ask, or read */
#define LOOK_MS     10
#define QUIET       5   /* looks at a terminal without a byte: all was read */
#define SETTLE_MS   200 /* whoever opens a terminal sets it and forgets what came before */

struct replay {
	const char *path, *link;
	bool fast;
	int master, slave; /* -1: pulled out */
	int64_t last_us;   /* of the recording */
	unsigned differences;
	struct wire_reader reader;
	struct wire_event event;
};

static int complain(const struct replay *replay, const char *what)
{
	fprintf(stderr, "stationctl: wiretap: '%s' line %u: %s\n", replay->path,
	        replay->reader.line, what);
	return CTL_OUTSIDE;
}

/* A terminal that nobody has open is hung up; the station's opening shows so. */
static bool wait_for_station(const struct replay *replay)
{
	struct pollfd fd = { .fd = replay->master };

	for (int ms = 0; ms < PATIENCE_MS; ms += LOOK_MS) {
		if (poll(&fd, 1, 0) == 0) {
			poll(NULL, 0, SETTLE_MS);
			return true;
		}
		poll(NULL, 0, LOOK_MS);
	}
	errno = ETIMEDOUT;
	return false;
}

static bool make_raw(const char *name)
{
	int slave = name ? open(name, O_RDWR | O_NOCTTY | O_CLOEXEC) : -1;
	struct termios line;
	bool raw = false;

	if (slave >= 0 && tcgetattr(slave, &line) == 0) {
		cfmakeraw(&line);
		raw = tcsetattr(slave, TCSANOW, &line) == 0;
	}
	if (slave >= 0)
		close(slave);
	return raw;
}

/* The other side is held open here too, so that what was not read yet can be counted. */
static bool plug_in(struct replay *replay)
{
	const char *name;

	replay->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (replay->master < 0 || grantpt(replay->master) != 0 || unlockpt(replay->master) != 0)
		return false;
	name = ptsname(replay->master);
	if (!make_raw(name) || (unlink(replay->link) != 0 && errno != ENOENT) ||
	    symlink(name, replay->link) != 0 || !wait_for_station(replay))
		return false;
	replay->slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	return replay->slave >= 0;
}

static void pull_out(struct replay *replay)
{
	if (replay->slave >= 0)
		close(replay->slave);
	if (replay->master >= 0)
		close(replay->master);
	if (replay->master >= 0)
		unlink(replay->link);
	replay->master = replay->slave = -1;
}

static void pass_time(const struct replay *replay, int64_t us)
{
	struct timespec span = { us / 1000000, us % 1000000 * 1000 };

	if (!replay->fast && us > 0)
		nanosleep(&span, NULL);
}

/*
 * A terminal's last bytes are lost when it is hung up before they were read, and
 * what was just written takes a moment to be there at all.
 */
static void let_read(const struct replay *replay)
{
	int waiting, quiet = 0;

	for (int ms = 0; ms < PATIENCE_MS && replay->slave >= 0 && quiet < QUIET; ms += LOOK_MS) {
		poll(NULL, 0, LOOK_MS);
		if (ioctl(replay->slave, FIONREAD, &waiting) != 0)
			return;
		quiet = waiting > 0 ? 0 : quiet + 1;
	}
}

static bool say(const struct replay *replay)
{
	size_t at = 0;

	while (at < replay->event.len) {
		ssize_t n = write(replay->master, replay->event.bytes + at, replay->event.len - at);

		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return false;
		at += n > 0 ? (size_t)n : 0;
	}
	return true;
}

/* Reads as many bytes as the device was told; fewer when none come any more. */
static size_t hear(const struct replay *replay, uint8_t *bytes, size_t len)
{
	struct pollfd fd = { .fd = replay->master, .events = POLLIN };
	size_t at = 0;

	while (at < len && poll(&fd, 1, PATIENCE_MS) > 0) {
		ssize_t n = read(replay->master, bytes + at, len - at);

		if (n <= 0)
			break;
		at += (size_t)n;
	}
	return at;
}

static void expect(struct replay *replay)
{
	static uint8_t heard[WIRE_BYTES_MAX];
	size_t len = hear(replay, heard, replay->event.len);

	if (len == replay->event.len && memcmp(heard, replay->event.bytes, len) == 0)
		return;
	replay->differences++;
	fprintf(stderr, "stationctl: wiretap: '%s' line %u: told something else:\n", replay->path,
	        replay->reader.line);
	wire_file_write_bytes(stderr, replay->event.at_us, WIRE_TO_DEVICE, heard, len);
}

static int act(struct replay *replay)
{
	switch (replay->event.kind) {
	case WIRE_UP:
		if (replay->event.len > 0)
			return complain(replay, "a HID device has no terminal");
		pull_out(replay);
		return plug_in(replay) ? CTL_DONE : complain(replay, strerror(errno));
	case WIRE_DOWN:
		let_read(replay);
		pull_out(replay);
		return CTL_DONE;
	case WIRE_FROM_DEVICE:
		return say(replay) ? CTL_DONE : complain(replay, strerror(errno));
	case WIRE_TO_DEVICE:
		expect(replay);
		return CTL_DONE;
	case WIRE_KEY:
	case WIRE_DROPPED:
		return complain(replay, "keys have no terminal");
	}
	return CTL_OUTSIDE;
}

static int play(struct replay *replay)
{
	enum wire_read got;

	while ((got = wire_file_read(&replay->reader, &replay->event)) == WIRE_READ_EVENT) {
		bool speaks = replay->event.kind != WIRE_TO_DEVICE;
		int code;

		if (speaks)
			pass_time(replay, replay->event.at_us - replay->last_us);
		if (replay->event.kind != WIRE_UP && replay->master < 0)
			return complain(replay, "before the device is up");
		code = act(replay);
		if (code != CTL_DONE)
			return code;
		replay->last_us = replay->event.at_us;
	}
	return got == WIRE_READ_END ? CTL_DONE : complain(replay, "this is no event");
}

int wire_replay(const char *path, const char *link, bool fast)
{
	static struct replay replay;
	int code;

	replay = (struct replay){
		.path = path, .link = link, .fast = fast, .master = -1, .slave = -1
	};
	replay.reader.file = fopen(path, "re");
	if (!replay.reader.file) {
		fprintf(stderr, "stationctl: wiretap: '%s': %s\n", path, strerror(errno));
		return CTL_OUTSIDE;
	}
	code = play(&replay);
	let_read(&replay);
	pull_out(&replay);
	fclose(replay.reader.file);
	if (code == CTL_DONE && replay.differences > 0)
		code = CTL_NO;
	return code;
}
