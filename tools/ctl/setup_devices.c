/* SPDX-License-Identifier: MIT */
/* Which device is the scale, which the scanner, which the printer. */
#include "setup.h"

#include <stdio.h>
#include <string.h>

#include "driver.h"
#include "scale/scale_codec.h"
#include "scale_guess.h"

static const char none[] = "none, or not plugged in yet";

static bool is_kind(const struct device *device, const char *kind)
{
	return strcmp(device->kind, kind) == 0;
}

static bool may_weigh(const struct device *device)
{
	return is_kind(device, "scale") || (is_kind(device, "serial") && !device_may_scan(device));
}

static bool may_scan(const struct device *device)
{
	return is_kind(device, "scanner") || (is_kind(device, "serial") && device_may_scan(device));
}

static bool may_be_scanner(const struct device *device)
{
	return may_scan(device) || is_kind(device, "keyboard");
}

static bool may_print(const struct device *device)
{
	return is_kind(device, "printer");
}

/* On the USB and in use already for something else: no candidate twice. */
static bool is_taken(const struct setup *setup, const struct device *device)
{
	return device->port[0] && (strcmp(setup->config.scale.port, device->port) == 0 ||
	                           strcmp(setup->config.scanner[0].port, device->port) == 0);
}

/* The one there is, or the one that is chosen; NULL: none. */
static const struct device *choose(struct setup *setup, const char *question,
                                   bool (*fits)(const struct device *device))
{
	const struct device *found[SETUP_DEVICES];
	const char *choices[SETUP_DEVICES + 1];
	size_t count = 0, chosen;

	for (unsigned i = 0; i < setup->device_count; i++)
		if (fits(&setup->devices[i]) && !is_taken(setup, &setup->devices[i])) {
			choices[count] = setup->devices[i].name;
			found[count++] = &setup->devices[i];
		}
	if (count < 2)
		return count ? found[0] : NULL;
	choices[count] = none;
	chosen = ask_choice(&setup->ask, question, choices, count + 1, 0);
	return chosen < count ? found[chosen] : NULL;
}

static bool is_scale_driver(void *context, const char *answer)
{
	(void)context;
	if (find_scale_driver(answer))
		return true;
	fputs("no such protocol; 'stationctl scale protocols' lists them\n", stderr);
	return false;
}

/* "serial:/dev/..." with neither baud nor format. */
static void bare_port(const struct device *device, char *text, size_t size)
{
	snprintf(text, size, "%.*s", (int)strcspn(device->port, "?"), device->port);
}

static void set_scale_port(struct setup *setup, const struct device *device, const char *line)
{
	char port[512], body[sizeof(device->port)];
	unsigned baud = 9600;
	char format[8] = "8N1";

	if (is_kind(device, "serial")) {
		sscanf(line, "%u %7s", &baud, format);
		bare_port(device, body, sizeof(body));
		snprintf(port, sizeof(port), "%s?baud=%u&format=%s", body, baud, format);
		setup_set(setup, "scale", "port", port);
	} else {
		setup_set(setup, "scale", "port", device->port);
	}
}

/* A serial scale is listened to, unless its protocol was given. */
static void guess_protocol(const struct device *device, struct scale_guess *guess)
{
	char port[sizeof(device->port)];

	bare_port(device, port, sizeof(port));
	fprintf(stderr, "Listening to %s ...\n", device->name);
	if (scale_guess_port(port + strlen("serial:"), guess))
		fprintf(stderr, "  it speaks %s at %s (%u frames)\n", guess->driver, guess->line,
		        guess->frames);
	else
		fputs("  nothing is heard that is understood; is it switched on, and sending?\n",
		      stderr);
}

static void format_division(int64_t mg, char *text, size_t size)
{
	if (mg >= 1000)
		snprintf(text, size, "%d g", (int)(mg / 1000));
	else
		snprintf(text, size, "%d mg", (int)mg);
}

static bool is_unit(void *context, const char *answer)
{
	const struct scale_codec *codec = context;
	struct scale_decoder decoder;

	if (scale_decoder_init(&decoder, codec, "", answer) == HAL_OK)
		return true;
	fputs("a unit is wanted: g, kg, lb or oz\n", stderr);
	return false;
}

/* Frames that do not say their unit: none is offered, as the wrong one weighs wrongly. */
static void ask_unit(struct setup *setup, const char *driver)
{
	const struct scale_codec *codec = find_scale_driver(driver)->codec;
	char unit[8];

	if (!codec->unitless)
		return;
	ask_text(&setup->ask, "The unit it shows, g, kg, lb or oz", "", is_unit,
	         (void *)(uintptr_t)codec, unit, sizeof(unit));
	if (unit[0])
		setup_set(setup, "scale", "unit", unit);
	else
		fputs("  without a unit it has no weight: set [scale] unit\n", stderr);
}

static void describe_scale(struct setup *setup, const struct scale_guess *guess)
{
	char division[32] = "1 g";

	if (guess->division_mg > 0)
		format_division(guess->division_mg, division, sizeof(division));
	setup_ask(setup, "scale", "division", "The scale's division, d on its plate", division);
	setup_ask(setup, "scale", "capacity", "The most it weighs, Max on its plate", "3 kg");
}

static void set_scale(struct setup *setup)
{
	const struct device *device = choose(setup, "Which one is the scale?", may_weigh);
	struct scale_guess guess = { .driver = "sics", .line = "9600 8N1" };
	char driver[32];

	if (!device)
		return;
	if (setup->scale_driver)
		guess.driver = setup->scale_driver;
	else if (is_kind(device, "serial"))
		guess_protocol(device, &guess);
	else
		guess.driver = device->driver; /* it said so itself */
	if (setup->ask.silent && !setup->scale_driver && guess.frames == 0 && !device->id[0])
		return; /* every board has such a port, and hardly one a scale at it */
	if (setup->scale_driver || guess.frames > 0 || !is_kind(device, "serial"))
		snprintf(driver, sizeof(driver), "%s", guess.driver);
	else
		ask_text(&setup->ask, "The scale's protocol", guess.driver, is_scale_driver, NULL,
		         driver, sizeof(driver));
	setup_section(setup, "scale");
	setup_set(setup, "scale", "driver", driver);
	set_scale_port(setup, device,
	               guess.frames > 0 ? guess.line : find_scale_driver(driver)->line);
	ask_unit(setup, driver);
	describe_scale(setup, &guess);
}

static void set_scanner(struct setup *setup)
{
	const struct device *device = choose(setup, "Which one is the scanner?", may_scan);

	if (!device)
		device = choose(setup, "Which keyboard is the scanner?", may_be_scanner);
	if (!device || (setup->ask.silent && is_kind(device, "keyboard")))
		return;
	setup_section(setup, "scanner");
	setup_set(setup, "scanner", "driver", device->driver[0] ? device->driver : "line");
	setup_set(setup, "scanner", "port", device->port);
}

static void set_printer(struct setup *setup)
{
	const struct device *device = choose(setup, "Which one prints labels?", may_print);
	const char *languages[16];
	size_t count = 0;

	if (!device)
		return;
	while (printer_drivers[count] && count < sizeof(languages) / sizeof(languages[0])) {
		languages[count] = printer_drivers[count]->name;
		count++;
	}
	setup_section(setup, "printer");
	if (device->driver[0])
		setup_set(setup, "printer", "driver", device->driver);
	else
		setup_set(
			setup, "printer", "driver",
			languages[ask_choice(&setup->ask,
		                             "The printer does not say its language; which is it?",
		                             languages, count, 0)]);
	setup_set(setup, "printer", "port", device->port);
	if (setup->size)
		setup_set(setup, "printer", "size", setup->size);
	else
		setup_ask(setup, "printer", "size", "Labels, in millimetres", "100x150");
}

void setup_devices(struct setup *setup)
{
	set_scale(setup);
	set_scanner(setup);
	set_printer(setup);
}
