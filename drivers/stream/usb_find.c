/* SPDX-License-Identifier: MIT */
#include "stream/usb_find.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include <libudev.h>

/* Four digits and what follows them; sysfs writes them in lower case. */
static bool parse_id(const char **at, char *ret_id)
{
	for (int i = 0; i < 4; i++, (*at)++) {
		if (!isxdigit((unsigned char)**at))
			return false;
		ret_id[i] = (char)tolower((unsigned char)**at);
	}
	ret_id[4] = '\0';
	return true;
}

static bool parse_body(const char *body, struct usb_wanted *wanted)
{
	if (!parse_id(&body, wanted->vendor) || *body++ != ':' || !parse_id(&body, wanted->product))
		return false;
	if (*body == ':')
		snprintf(wanted->serial, sizeof(wanted->serial), "%s", body + 1);
	return *body == '\0' || wanted->serial[0];
}

enum hal_status usb_find_parse(const char *uri, struct usb_wanted *ret_wanted,
                               struct hal_fault *reterr_fault)
{
	struct uri_option port = { "port", "" };
	struct usb_wanted wanted = { .serial = "" };
	char body[URI_BODY_MAX];
	enum hal_status status = uri_parse(uri, body, &port, 1, reterr_fault);

	if (status != HAL_OK)
		return status;
	if (!parse_body(body, &wanted)) {
		hal_fault_set(reterr_fault,
		              "'%s' is not vendor:product or vendor:product:serial, like 0a5f:0164",
		              body);
		return HAL_E_ARG;
	}
	snprintf(wanted.port, sizeof(wanted.port), "%s", port.value);
	*ret_wanted = wanted;
	return HAL_OK;
}

static void keep_lowest(struct udev_device *device, struct usb_found *found)
{
	const char *node = udev_device_get_devnode(device);
	const char *port = udev_device_get_sysname(device);

	if (!node)
		return;
	if (found->count++ > 0 && strcmp(found->port, port) <= 0)
		return;
	snprintf(found->node, sizeof(found->node), "%s", node);
	snprintf(found->port, sizeof(found->port), "%s", port);
}

static void look_at_all(struct udev *udev, struct udev_enumerate *all, struct usb_found *found)
{
	struct udev_list_entry *entry;

	udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(all))
	{
		struct udev_device *device =
			udev_device_new_from_syspath(udev, udev_list_entry_get_name(entry));

		if (device)
			keep_lowest(device, found);
		udev_device_unref(device);
	}
}

static void narrow(struct udev_enumerate *all, const struct usb_wanted *wanted)
{
	udev_enumerate_add_match_subsystem(all, "usb");
	udev_enumerate_add_match_sysattr(all, "idVendor", wanted->vendor);
	udev_enumerate_add_match_sysattr(all, "idProduct", wanted->product);
	if (wanted->serial[0])
		udev_enumerate_add_match_sysattr(all, "serial", wanted->serial);
	if (wanted->port[0])
		udev_enumerate_add_match_sysname(all, wanted->port);
}

enum hal_status usb_find(const struct usb_wanted *wanted, struct usb_found *ret_found)
{
	struct usb_found found = { .count = 0 };
	struct udev *udev = udev_new();
	struct udev_enumerate *all = udev ? udev_enumerate_new(udev) : NULL;

	if (all) {
		narrow(all, wanted);
		if (udev_enumerate_scan_devices(all) >= 0)
			look_at_all(udev, all, &found);
	}
	udev_enumerate_unref(all);
	udev_unref(udev);
	if (found.count == 0)
		return HAL_E_LINK;
	*ret_found = found;
	return HAL_OK;
}
