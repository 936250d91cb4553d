/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "chip.h"

#include <stdio.h>
#include <unistd.h>

#include "desk.h"

#define DEVICE "/sys/kernel/config/gpio-sim/packing"
#define BANK   DEVICE "/bank0"
#define LINES  8

const char *const chip_names[] = {
	[CHIP_RED] = "LAMP_RED",   [CHIP_YELLOW] = "LAMP_YELLOW", [CHIP_GREEN] = "LAMP_GREEN",
	[CHIP_BUZZER] = "BUZZER",  [CHIP_OK] = "BUTTON_OK",       [CHIP_UNDO] = "BUTTON_UNDO",
	[CHIP_CALL] = "FOOT_CALL",
};

static void make_chip(void)
{
	desk_make(DEVICE);
	desk_make(BANK);
	assert_true(desk_put(BANK "/num_lines", "8"));
	assert_true(desk_put(BANK "/label", CHIP_LABEL));
	for (unsigned i = 0; i < sizeof(chip_names) / sizeof(chip_names[0]); i++) {
		char path[128];

		snprintf(path, sizeof(path), BANK "/line%u", i);
		desk_make(path);
		snprintf(path, sizeof(path), BANK "/line%u/name", i);
		assert_true(desk_put(path, chip_names[i]));
	}
}

void chip_plug(void)
{
	if (access(DEVICE, F_OK) != 0)
		make_chip();
	chip_unplug(); /* a test that failed may have left it */
	assert_true(desk_put(DEVICE "/live", "1"));
}

void chip_unplug(void)
{
	char name[32], node[64], live[8];

	desk_get(DEVICE "/live", live, sizeof(live));
	if (live[0] != '1')
		return;
	desk_get(BANK "/chip_name", name, sizeof(name));
	snprintf(node, sizeof(node), "/dev/%s", name);
	assert_true(desk_put(DEVICE "/live", "0"));
	assert_true(desk_gone(node));
}

static void wire_path(enum chip_line line, const char *file, char *path, size_t cap)
{
	char device[64], chip[32];

	desk_get(DEVICE "/dev_name", device, sizeof(device));
	desk_get(BANK "/chip_name", chip, sizeof(chip));
	snprintf(path, cap, "/sys/devices/platform/%s/%s/sim_gpio%u/%s", device, chip, line, file);
}

bool chip_is_high(enum chip_line line)
{
	char path[256], value[8];

	wire_path(line, "value", path, sizeof(path));
	desk_get(path, value, sizeof(value));
	return value[0] == '1';
}

void chip_pull(enum chip_line line, bool up)
{
	char path[256];

	wire_path(line, "pull", path, sizeof(path));
	assert_true(desk_put(path, up ? "pull-up" : "pull-down"));
}
