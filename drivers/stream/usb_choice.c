/* SPDX-License-Identifier: MIT */
#include "stream/usb_device.h"

#define CLASS_PRINTER    7
#define SUBCLASS_PRINTER 1

/* Zero: no way to print.  Two-way beats one-way; 1284.4 and IPP over USB are other protocols. */
static unsigned rank(const struct libusb_interface_descriptor *setting)
{
	if (setting->bInterfaceClass == CLASS_PRINTER &&
	    setting->bInterfaceSubClass == SUBCLASS_PRINTER)
		return setting->bInterfaceProtocol == 2   ? 3
		       : setting->bInterfaceProtocol == 1 ? 2
		                                          : 0;
	/* Some label printers call themselves vendor specific and take the same bytes. */
	return setting->bInterfaceClass == LIBUSB_CLASS_VENDOR_SPEC ? 1 : 0;
}

static uint8_t find_bulk(const struct libusb_interface_descriptor *setting, uint8_t direction)
{
	for (int i = 0; i < setting->bNumEndpoints; i++) {
		const struct libusb_endpoint_descriptor *endpoint = &setting->endpoint[i];

		if ((endpoint->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK) ==
		            LIBUSB_TRANSFER_TYPE_BULK &&
		    (endpoint->bEndpointAddress & LIBUSB_ENDPOINT_DIR_MASK) == direction)
			return endpoint->bEndpointAddress;
	}
	return 0;
}

static bool is_better(const struct libusb_interface_descriptor *setting, unsigned *best)
{
	unsigned ours = rank(setting);

	if (ours <= *best || !find_bulk(setting, LIBUSB_ENDPOINT_OUT))
		return false;
	*best = ours;
	return true;
}

static struct usb_choice describe(const struct libusb_interface_descriptor *setting,
                                  int setting_count)
{
	bool answers = setting->bInterfaceProtocol != 1;

	return (struct usb_choice){
		.interface = setting->bInterfaceNumber,
		.alternate = setting->bAlternateSetting,
		.protocol = setting->bInterfaceProtocol,
		.out = find_bulk(setting, LIBUSB_ENDPOINT_OUT),
		.in = answers ? find_bulk(setting, LIBUSB_ENDPOINT_IN) : 0,
		.has_alternates = setting_count > 1,
	};
}

bool usb_choose(const struct libusb_config_descriptor *config, struct usb_choice *ret_choice)
{
	unsigned best = 0;

	for (int i = 0; i < config->bNumInterfaces; i++) {
		const struct libusb_interface *interface = &config->interface[i];

		for (int k = 0; k < interface->num_altsetting; k++)
			if (is_better(&interface->altsetting[k], &best))
				*ret_choice = describe(&interface->altsetting[k],
				                       interface->num_altsetting);
	}
	return best > 0;
}
