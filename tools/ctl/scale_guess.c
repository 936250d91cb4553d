/* SPDX-License-Identifier: MIT */
#include "scale_guess.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "driver.h"
#include "scale/conversation.h"
#include "scale/scale_codec.h"

#define LISTEN_MS 1500
#define ANSWER_MS 500
#define HEARD     2048
#define PERCENT   80 /* of the bytes must be explained */

/* ---- What bytes say ----------------------------------------------------------------------- */

/* What the last digit of "  100.25 g" stands for. */
static int64_t division_of(const struct scale_frame *frame)
{
	const uint8_t *point = memchr(frame->bytes, '.', frame->len);
	static const struct {
		const char *name;
		int64_t mg;
	} units[] = { { "g", 1000 }, { "kg", 1000000 } };

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		int64_t mg = units[i].mg;
		const uint8_t *end = frame->bytes + frame->len;

		if (strcmp(frame->unit, units[i].name) != 0)
			continue;
		for (const uint8_t *at = point ? point + 1 : end;
		     at < end && *at >= '0' && *at <= '9'; at++)
			mg /= 10;
		return mg;
	}
	return 0;
}

static void try_protocol(const struct scale_driver *driver, const uint8_t *bytes, size_t len,
                         struct scale_guess *best, size_t *best_explained)
{
	struct scale_guess guess = { .driver = driver->name, .line = driver->line };
	struct scale_decoder decoder;
	struct scale_frame frame;
	size_t explained = 0;

	if (scale_decoder_init(&decoder, driver->codec, "", "g") != HAL_OK)
		return;
	for (size_t i = 0; i < len; i++) {
		if (!scale_decoder_push(&decoder, bytes[i], &frame))
			continue;
		guess.frames++;
		explained += frame.len;
		if (frame.status == SCALE_OK)
			guess.division_mg = division_of(&frame);
	}
	if (guess.frames == 0 || explained * 100 < len * PERCENT || explained <= *best_explained)
		return;
	*best = guess;
	*best_explained = explained;
}

bool scale_guess_bytes(const uint8_t *bytes, size_t len, const char *line,
                       struct scale_guess *ret_guess)
{
	size_t explained = 0;

	for (size_t i = 0; scale_drivers[i]; i++)
		if (strcmp(scale_drivers[i]->line, line) == 0)
			try_protocol(scale_drivers[i], bytes, len, ret_guess, &explained);
	return explained > 0;
}

/* ---- At the port -------------------------------------------------------------------------- */

static bool set_line(int fd, const char *line)
{
	struct termios termios;
	unsigned baud = 0, bits = 0;
	char parity = 'N';

	if (sscanf(line, "%u %1u%c", &baud, &bits, &parity) != 3 || tcgetattr(fd, &termios) != 0)
		return false;
	cfmakeraw(&termios);
	cfsetspeed(&termios, baud == 2400 ? B2400 : B9600);
	termios.c_cflag &= ~(tcflag_t)(CSIZE | PARENB | PARODD | CSTOPB | CRTSCTS);
	termios.c_cflag |= (bits == 7 ? CS7 : CS8) | CREAD | CLOCAL;
	if (parity != 'N')
		termios.c_cflag |= PARENB;
	if (parity == 'O')
		termios.c_cflag |= PARODD;
	return tcsetattr(fd, TCSANOW, &termios) == 0;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static size_t listen_to(int fd, int patience_ms, uint8_t *bytes)
{
	int64_t until_ms = now_ms() + patience_ms, left_ms;
	size_t len = 0;

	while (len < HEARD && (left_ms = until_ms - now_ms()) > 0) {
		struct pollfd wait = { .fd = fd, .events = POLLIN };
		ssize_t got;

		if (poll(&wait, 1, (int)left_ms) != 1)
			break;
		got = read(fd, bytes + len, HEARD - len);
		if (got <= 0)
			break;
		len += (size_t)got;
	}
	return len;
}

/* Each setting once, in the order of the registry. */
static bool is_first_of_line(size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (strcmp(scale_drivers[i]->line, scale_drivers[at]->line) == 0)
			return false;
	return scale_drivers[at]->line[0] != '\0';
}

static bool overhear(int fd, struct scale_guess *ret_guess)
{
	uint8_t bytes[HEARD];

	for (size_t i = 0; scale_drivers[i]; i++)
		if (is_first_of_line(i) && set_line(fd, scale_drivers[i]->line) &&
		    scale_guess_bytes(bytes, listen_to(fd, LISTEN_MS, bytes),
		                      scale_drivers[i]->line, ret_guess))
			return true;
	return false;
}

static const char *words_of(const struct scale_driver *driver)
{
	if (!driver->talk)
		return NULL;
	return driver->talk->request ? driver->talk->request : driver->talk->greeting;
}

static bool inquire(int fd, struct scale_guess *ret_guess)
{
	uint8_t bytes[HEARD];

	for (size_t i = 0; scale_drivers[i]; i++) {
		const char *words = words_of(scale_drivers[i]);
		size_t explained = 0, len;

		if (!words || !scale_drivers[i]->line[0] || !set_line(fd, scale_drivers[i]->line) ||
		    write(fd, words, strlen(words)) < 0)
			continue;
		len = listen_to(fd, ANSWER_MS, bytes);
		try_protocol(scale_drivers[i], bytes, len, ret_guess, &explained);
		if (explained > 0)
			return true;
	}
	return false;
}

bool scale_guess_port(const char *path, struct scale_guess *ret_guess)
{
	int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	bool found = fd >= 0 && (overhear(fd, ret_guess) || inquire(fd, ret_guess));

	if (fd >= 0)
		close(fd);
	return found;
}
