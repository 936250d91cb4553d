/* SPDX-License-Identifier: MIT */
/*
 * wedge.c - a barcode scanner in keyboard mode, made of uinput, for the bench kernel
 *
 * wedge [COUNTRY]
 *
 * Says where it is ("ready /dev/input/event3") and then does what each line of
 * stdin says, answering "done": `read TEXT` types a code and Enter, `alt on|off`
 * the mode with numbers, `pace MICROSECONDS` between two key events, `vanish` and
 * `return` its cable.  Which keys write a code comes from the scanner model.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libevdev/libevdev-uinput.h>
#include <libevdev/libevdev.h>

#include "scanner_keys_model.h"
#include "vloop.h"

struct wedge {
	struct vloop vloop;
	struct scanner_keys_model model;
	struct libevdev_uinput *device; /* NULL: pulled out */
	unsigned pace_us;
};

static void wedge_up(void *owner)
{
	(void)owner;
}

static void wedge_key(void *owner, uint16_t code, int value, int64_t taken_us)
{
	struct wedge *wedge = owner;

	(void)taken_us;
	if (!wedge->device)
		return;
	libevdev_uinput_write_event(wedge->device, EV_KEY, code, value);
	libevdev_uinput_write_event(wedge->device, EV_SYN, SYN_REPORT, 0);
	if (wedge->pace_us > 0)
		usleep(wedge->pace_us);
}

static void wedge_dropped(void *owner)
{
	(void)owner;
}

static void wedge_down(void *owner, enum hal_status why)
{
	(void)owner;
	(void)why;
}

static const struct hal_keys_listener wedge_listener = {
	.up = wedge_up,
	.key = wedge_key,
	.dropped = wedge_dropped,
	.down = wedge_down,
};

static bool plug_in(struct wedge *wedge)
{
	struct libevdev *kind = libevdev_new();
	int failed;

	libevdev_set_name(kind, "Bench Works Barcode Scanner");
	libevdev_set_id_bustype(kind, BUS_USB);
	libevdev_set_id_vendor(kind, 0x05E0);
	libevdev_set_id_product(kind, 0x1200);
	libevdev_set_uniq(kind, "SCAN0001");
	for (unsigned code = KEY_ESC; code <= KEY_COMPOSE; code++)
		libevdev_enable_event_code(kind, EV_KEY, code, NULL);
	failed = libevdev_uinput_create_from_device(kind, LIBEVDEV_UINPUT_OPEN_MANAGED,
	                                            &wedge->device);
	libevdev_free(kind);
	if (failed) {
		fprintf(stderr, "wedge: uinput: %s\n", strerror(-failed));
		wedge->device = NULL;
	}
	return !failed;
}

static void pull_out(struct wedge *wedge)
{
	if (wedge->device)
		libevdev_uinput_destroy(wedge->device);
	wedge->device = NULL;
}

static void obey(struct wedge *wedge, const char *word, const char *value)
{
	if (strcmp(word, "read") == 0) {
		scanner_keys_model_read(&wedge->model, value);
		while (vloop_step(&wedge->vloop))
			;
	} else if (strcmp(word, "alt") == 0) {
		wedge->model.alt = strcmp(value, "on") == 0;
	} else if (strcmp(word, "pace") == 0) {
		wedge->pace_us = (unsigned)atoi(value);
	} else if (strcmp(word, "vanish") == 0) {
		pull_out(wedge);
	} else if (strcmp(word, "return") == 0 && !wedge->device) {
		plug_in(wedge);
	}
	puts("done");
}

int main(int argc, char **argv)
{
	static struct wedge wedge = { .pace_us = 1000 };
	char line[512];

	setvbuf(stdout, NULL, _IOLBF, 0);
	vloop_init(&wedge.vloop);
	scanner_keys_model_init(&wedge.model, &wedge.vloop.base);
	wedge.model.country = argc > 1 ? argv[1] : "us";
	hal_keys_attach(&wedge.model.host, &wedge_listener, &wedge);
	scanner_keys_model_plug(&wedge.model);
	if (!plug_in(&wedge))
		return 3;
	printf("ready %s\n", libevdev_uinput_get_devnode(wedge.device));
	while (fgets(line, sizeof(line), stdin)) {
		char *value;

		line[strcspn(line, "\n")] = '\0';
		value = strchr(line, ' ');
		if (value)
			*value++ = '\0';
		obey(&wedge, line, value ? value : "");
	}
	pull_out(&wedge);
	return 0;
}
