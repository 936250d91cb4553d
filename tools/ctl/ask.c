/* SPDX-License-Identifier: MIT */
#include "ask.h"

#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define TRIES 3

/* False: nobody answers. */
static bool read_line(struct ask *ask, char *line, size_t size)
{
	line[0] = '\0';
	if (ask->silent || !fgets(line, (int)size, ask->in))
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	return true;
}

void ask_text(struct ask *ask, const char *question, const char *offer,
              bool (*fits)(void *context, const char *answer), void *context, char *ret_answer,
              size_t size)
{
	char line[256];

	for (int i = 0; i < TRIES && !ask->silent; i++) {
		fprintf(stderr, "%s [%s]: ", question, offer);
		if (!read_line(ask, line, sizeof(line)) || !line[0])
			break;
		if (strlen(line) < size && (!fits || fits(context, line))) {
			memcpy(ret_answer, line, strlen(line) + 1);
			return;
		}
	}
	snprintf(ret_answer, size, "%s", offer);
}

size_t ask_choice(struct ask *ask, const char *question, const char *const *choices, size_t count,
                  size_t offer)
{
	char line[64];

	if (ask->silent)
		return offer;
	fprintf(stderr, "%s\n", question);
	for (size_t i = 0; i < count; i++)
		fprintf(stderr, "  %zu) %s\n", i + 1, choices[i]);
	for (int i = 0; i < TRIES; i++) {
		size_t number;

		fprintf(stderr, "which [%zu]: ", offer + 1);
		if (!read_line(ask, line, sizeof(line)) || !line[0])
			break;
		number = strtoul(line, NULL, 10);
		if (number >= 1 && number <= count)
			return number - 1;
	}
	return offer;
}

void ask_secret(struct ask *ask, const char *question, char *ret_answer, size_t size)
{
	int fd = fileno(ask->in);
	struct termios before, mute;
	bool terminal = !ask->silent && isatty(fd) && tcgetattr(fd, &before) == 0;

	if (!ask->silent)
		fprintf(stderr, "%s: ", question);
	if (terminal) {
		mute = before;
		mute.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(fd, TCSAFLUSH, &mute);
	}
	read_line(ask, ret_answer, size);
	if (terminal) {
		tcsetattr(fd, TCSAFLUSH, &before);
		fputc('\n', stderr);
	}
}
