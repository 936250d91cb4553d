/* SPDX-License-Identifier: MIT */
/* Which interface of a USB device is its printer: descriptors as real printers have them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "stream/usb_device.h"

#define SETTINGS_MAX 4
#define BULK         LIBUSB_TRANSFER_TYPE_BULK
#define INTERRUPT    LIBUSB_TRANSFER_TYPE_INTERRUPT

/* One alternate setting; class 0 ends the list. */
struct setting {
	uint8_t interface, alternate, class, subclass, protocol;
	uint8_t endpoints[2]; /* addresses; 0: none */
	uint8_t type;
};

/* clang-format off */
static const struct {
	const char *what;
	struct setting settings[SETTINGS_MAX];
	bool printer;
	uint8_t interface, alternate, out, in;
	bool has_alternates;
} rows[] = {
	{ "Gprinter ZH-380: endpoints 84 and 03",
	  { { 0, 0, 7, 1, 2, { 0x84, 0x03 }, BULK } }, true, 0, 0, 0x03, 0x84, false },
	{ "Gprinter GP-58: endpoints 81 and 02",
	  { { 0, 0, 7, 1, 2, { 0x81, 0x02 }, BULK } }, true, 0, 0, 0x02, 0x81, false },
	{ "Munbyn RW403B: a printer and a drive with its driver",
	  { { 0, 0, 7, 1, 2, { 0x03, 0x83 }, BULK }, { 1, 0, 8, 6, 0x50, { 0x81, 0x01 }, BULK } },
	  true, 0, 0, 0x03, 0x83, false },
	{ "the drive first",
	  { { 0, 0, 8, 6, 0x50, { 0x81, 0x01 }, BULK }, { 1, 0, 7, 1, 2, { 0x03, 0x83 }, BULK } },
	  true, 1, 0, 0x03, 0x83, false },
	{ "DeTong DP30S: one way, and a keyboard beside it",
	  { { 0, 0, 3, 1, 1, { 0x82, 0 }, INTERRUPT }, { 1, 0, 7, 1, 1, { 0x01, 0x81 }, BULK } },
	  true, 1, 0, 0x01, 0, false },
	{ "settings for one way, two ways, IEEE 1284.4 and IPP: two ways",
	  { { 0, 0, 7, 1, 1, { 0x01, 0 }, BULK }, { 0, 1, 7, 1, 2, { 0x01, 0x82 }, BULK },
	    { 0, 2, 7, 1, 3, { 0x01, 0x82 }, BULK }, { 0, 3, 7, 1, 4, { 0x01, 0x82 }, BULK } },
	  true, 0, 1, 0x01, 0x82, true },
	{ "IPP over USB is no printer of ours",
	  { { 0, 0, 7, 1, 4, { 0x01, 0x81 }, BULK } }, false, 0, 0, 0, 0, false },
	{ "IEEE 1284.4 neither",
	  { { 0, 0, 7, 1, 3, { 0x01, 0x81 }, BULK } }, false, 0, 0, 0, 0, false },
	{ "a label printer that calls itself vendor specific",
	  { { 0, 0, 0xFF, 0, 0, { 0x02, 0x82 }, BULK } }, true, 0, 0, 0x02, 0x82, false },
	{ "vendor specific beside a printer: the printer",
	  { { 0, 0, 0xFF, 0, 0, { 0x02, 0x82 }, BULK }, { 1, 0, 7, 1, 1, { 0x03, 0 }, BULK } },
	  true, 1, 0, 0x03, 0, false },
	{ "a printer without a way in",
	  { { 0, 0, 7, 1, 2, { 0x81, 0 }, BULK } }, false, 0, 0, 0, 0, false },
	{ "a printer whose only way in is no bulk endpoint",
	  { { 0, 0, 7, 1, 2, { 0x01, 0x81 }, INTERRUPT } }, false, 0, 0, 0, 0, false },
	{ "a keyboard", { { 0, 0, 3, 1, 1, { 0x81, 0 }, INTERRUPT } }, false, 0, 0, 0, 0, false },
	{ "nothing at all", { { 0, 0, 0, 0, 0, { 0, 0 }, 0 } }, false, 0, 0, 0, 0, false },
};
/* clang-format on */

/* What libusb makes of a row. */
struct device {
	struct libusb_endpoint_descriptor endpoints[SETTINGS_MAX][2];
	struct libusb_interface_descriptor settings[SETTINGS_MAX];
	struct libusb_interface interfaces[SETTINGS_MAX];
	struct libusb_config_descriptor config;
};

static void describe(struct device *device, size_t at, const struct setting *setting)
{
	struct libusb_interface_descriptor *to = &device->settings[at];

	*to = (struct libusb_interface_descriptor){
		.bInterfaceNumber = setting->interface,
		.bAlternateSetting = setting->alternate,
		.bInterfaceClass = setting->class,
		.bInterfaceSubClass = setting->subclass,
		.bInterfaceProtocol = setting->protocol,
		.endpoint = device->endpoints[at],
	};
	for (size_t i = 0; i < 2 && setting->endpoints[i]; i++) {
		device->endpoints[at][i].bEndpointAddress = setting->endpoints[i];
		device->endpoints[at][i].bmAttributes = setting->type;
		to->bNumEndpoints++;
	}
}

/* Settings of one interface stand one after the other. */
static void build(struct device *device, const struct setting *settings)
{
	memset(device, 0, sizeof(*device));
	for (size_t i = 0; i < SETTINGS_MAX && settings[i].class; i++) {
		struct libusb_interface *interface = &device->interfaces[settings[i].interface];

		describe(device, i, &settings[i]);
		if (interface->num_altsetting++ == 0) {
			interface->altsetting = &device->settings[i];
			device->config.bNumInterfaces++;
		}
	}
	device->config.interface = device->interfaces;
}

static void every_device_is_taken_by_the_interface_of_its_row(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct usb_choice choice = { 0 };
		struct device device;

		print_message("    %s\n", rows[i].what);
		build(&device, rows[i].settings);
		assert_int_equal(usb_choose(&device.config, &choice), rows[i].printer);
		if (!rows[i].printer)
			continue;
		assert_int_equal(choice.interface, rows[i].interface);
		assert_int_equal(choice.alternate, rows[i].alternate);
		assert_int_equal(choice.out, rows[i].out);
		assert_int_equal(choice.in, rows[i].in);
		assert_int_equal(choice.has_alternates, rows[i].has_alternates);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_device_is_taken_by_the_interface_of_its_row),
	};

	return cmocka_run_group_tests_name("usb_choice", tests, NULL, NULL);
}
