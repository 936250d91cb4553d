/* SPDX-License-Identifier: MIT */
#include "device_list.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libudev.h>

#include "common/hid_descriptor.h"
#include "gpio/bank.h"
#include "printer/usb_codec.h"

struct listing {
	struct udev *udev;
	void (*each)(void *context, const struct device *device);
	void *context;
	unsigned count;
};

__attribute__((format(printf, 3, 4))) static void put(char *text, size_t cap, const char *format,
                                                      ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(text, cap, format, args);
	va_end(args);
	for (; *text; text++) /* a device's own words may be anything */
		if ((unsigned char)*text < ' ' || *text == '\x7f')
			*text = ' ';
}

static void show(struct listing *listing, const struct device *device)
{
	listing->count++;
	listing->each(listing->context, device);
}

static const char *attribute(struct udev_device *device, const char *name)
{
	const char *value = device ? udev_device_get_sysattr_value(device, name) : NULL;

	return value ? value : "";
}

static void set_node(struct device *entry, struct udev_device *device)
{
	const char *node = udev_device_get_devnode(device);

	put(entry->node, sizeof(entry->node), "%s", node ? node : "");
}

static struct udev_device *usb_parent(struct udev_device *device)
{
	return udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_device");
}

/* "Zebra Technologies ZD220 (0a5f:0164)", of what the device says of itself. */
static void name_usb(struct udev_device *usb, struct device *entry)
{
	put(entry->id, sizeof(entry->id), "%s:%s", attribute(usb, "idVendor"),
	    attribute(usb, "idProduct"));
	put(entry->name, sizeof(entry->name), "%s%s%s (%s)", attribute(usb, "manufacturer"),
	    attribute(usb, "manufacturer")[0] ? " " : "", attribute(usb, "product"), entry->id);
}

static bool is_same_device(const char *link, const char *node)
{
	struct stat ours, theirs;

	return stat(link, &ours) == 0 && stat(node, &theirs) == 0 && S_ISCHR(ours.st_mode) &&
	       ours.st_rdev == theirs.st_rdev;
}

/* The link in a folder that leads to the node. */
static bool find_link(const char *folder, const char *node, char *ret_link, size_t cap)
{
	DIR *links = opendir(folder);
	const struct dirent *entry;
	bool found = false;

	while (links && !found && (entry = readdir(links))) {
		snprintf(ret_link, cap, "%s/%s", folder, entry->d_name);
		found = is_same_device(ret_link, node);
	}
	if (links)
		closedir(links);
	return found;
}

/* The best of a node's names: by serial number, by socket, or as the kernel has it. */
static const char *lasting_name(struct udev_device *device, const char *group)
{
	static char link[512];
	bool has_serial = attribute(usb_parent(device), "serial")[0];
	const char *node = udev_device_get_devnode(device);

	for (int i = 0; i < 2; i++) {
		char folder[64];

		snprintf(folder, sizeof(folder), "/dev/%s/%s", group,
		         has_serial == (i == 0) ? "by-id" : "by-path");
		if (find_link(folder, node, link, sizeof(link)))
			return link;
	}
	return node;
}

/* A ttyS without a chip behind it is the kernel's idea of what there could be. */
static bool is_real_port(struct udev_device *device)
{
	const char *type = attribute(device, "type");

	return udev_device_get_parent(device) && strcmp(type, "0") != 0;
}

static void show_serial(struct listing *listing, struct udev_device *device)
{
	struct device entry = { .kind = "serial" };
	struct udev_device *usb = usb_parent(device);

	set_node(&entry, device);
	if (!entry.node[0] || !is_real_port(device))
		return;
	if (usb)
		name_usb(usb, &entry);
	else
		put(entry.name, sizeof(entry.name), "serial port of the board");
	put(entry.port, sizeof(entry.port), "serial:%s?baud=9600", lasting_name(device, "serial"));
	show(listing, &entry);
}

/* usblp keeps the printer's own description; while the station holds the printer it is not there.
 */
static void describe_printer(struct udev_device *interface, struct device *entry)
{
	const char *text = attribute(interface, "ieee1284_id");
	struct usb_device_id id;

	if (!text[0] || !usb_parse_device_id((const uint8_t *)text, strlen(text), &id))
		return;
	if (id.model[0])
		put(entry->name, sizeof(entry->name), "%s %s (%s)", id.manufacturer, id.model,
		    entry->id);
	if (id.language)
		put(entry->driver, sizeof(entry->driver), "%s", id.language);
}

static void show_printer(struct listing *listing, struct udev_device *interface)
{
	struct udev_device *usb = usb_parent(interface);
	struct device entry = { .kind = "printer" };
	const char *serial = attribute(usb, "serial");

	if (!usb || strcmp(attribute(interface, "bInterfaceSubClass"), "01") != 0)
		return;
	set_node(&entry, usb);
	name_usb(usb, &entry);
	describe_printer(interface, &entry);
	if (serial[0])
		put(entry.port, sizeof(entry.port), "usb:%s:%s", entry.id, serial);
	else
		put(entry.port, sizeof(entry.port), "usb:%s?port=%s", entry.id,
		    udev_device_get_sysname(usb));
	show(listing, &entry);
}

/* Makers of scanners, and the words they use; a keyboard of another maker stays a keyboard. */
static bool looks_like_scanner(const char *name, const char *vendor)
{
	static const char *const words[] = { "scan",    "barcode",   "bar code",   "imag",
		                             "symbol",  "honeywell", "metrologic", "datalogic",
		                             "newland", "zebra",     "reader",     "hand held" };
	static const char *const makers[] = {
		"05e0", "0c2e", "0536", "05f9", "1eab", "0c27", "23d0"
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasestr(name, words[i]))
			return true;
	for (size_t i = 0; i < sizeof(makers) / sizeof(makers[0]); i++)
		if (strcmp(vendor, makers[i]) == 0)
			return true;
	return false;
}

static void show_keys(struct listing *listing, struct udev_device *device)
{
	const char *typed = udev_device_get_property_value(device, "ID_INPUT_KEYBOARD");
	struct udev_device *usb = usb_parent(device);
	struct device entry = { .kind = "keyboard" };

	set_node(&entry, device);
	if (!entry.node[0] || !typed || !usb ||
	    strncmp(udev_device_get_sysname(device), "event", 5) != 0)
		return;
	name_usb(usb, &entry);
	entry.kind =
		looks_like_scanner(entry.name, attribute(usb, "idVendor")) ? "scanner" : "keyboard";
	put(entry.driver, sizeof(entry.driver), "keyboard");
	put(entry.port, sizeof(entry.port), "evdev:%s", lasting_name(device, "input"));
	show(listing, &entry);
}

static void note_page(void *owner, const struct hid_field *field)
{
	unsigned page = field->usage >> 16;

	if (page == 0x8c || page == 0x8d)
		*(unsigned *)owner = page;
}

/* The usage page of the reports of a hidraw device that concerns us, else 0. */
static unsigned report_page(struct udev_device *device)
{
	char path[512];
	uint8_t descriptor[4096];
	unsigned page = 0;
	size_t len = 0;
	FILE *file;

	snprintf(path, sizeof(path), "%s/device/report_descriptor",
	         udev_device_get_syspath(device));
	file = fopen(path, "re");
	if (file) {
		len = fread(descriptor, 1, sizeof(descriptor), file);
		fclose(file);
	}
	return hid_walk(descriptor, len, note_page, &page) ? page : 0;
}

static void show_reports(struct listing *listing, struct udev_device *device)
{
	unsigned page = report_page(device);
	struct udev_device *usb = usb_parent(device);
	struct device entry = { .kind = page == 0x8d ? "scale" : "scanner" };

	set_node(&entry, device);
	if (page == 0 || !entry.node[0])
		return;
	if (usb)
		name_usb(usb, &entry);
	put(entry.driver, sizeof(entry.driver), page == 0x8d ? "hid" : "hidpos");
	put(entry.port, sizeof(entry.port), "hidraw:%s", lasting_name(device, "hid"));
	show(listing, &entry);
}

/* Adapters whose serial port brltty pulls away; without a port they are of no use to anybody. */
static void warn_of_lost_port(struct listing *listing, struct udev_device *usb)
{
	static const char *const adapters[] = { "1a86:7523", "1a86:55d3", "10c4:ea60",
		                                "0403:6001" };
	struct udev_enumerate *ports = udev_enumerate_new(listing->udev);
	struct device entry = { .kind = "" };
	bool known = false;

	name_usb(usb, &entry);
	for (size_t i = 0; i < sizeof(adapters) / sizeof(adapters[0]); i++)
		known |= strcmp(entry.id, adapters[i]) == 0;
	if (known && ports && udev_enumerate_add_match_subsystem(ports, "tty") >= 0 &&
	    udev_enumerate_add_match_parent(ports, usb) >= 0 &&
	    udev_enumerate_scan_devices(ports) >= 0 && !udev_enumerate_get_list_entry(ports))
		fprintf(stderr,
		        "stationctl devices: %s is there but has no serial port; brltty takes such "
		        "adapters for itself: remove it, then plug the adapter in again\n",
		        entry.name);
	udev_enumerate_unref(ports);
}

/* clang-format off */
static const struct kind {
	const char *subsystem;
	const char *attribute, *value; /* what it must have, or NULL */
	void (*show)(struct listing *listing, struct udev_device *device);
} kinds[] = {
	{ "tty",    NULL,              NULL, show_serial },
	{ "usb",    "bInterfaceClass", "07", show_printer },
	{ "input",  NULL,              NULL, show_keys },
	{ "hidraw", NULL,              NULL, show_reports },
	{ "usb",    "idVendor",        NULL, warn_of_lost_port },
};
/* clang-format on */

static void show_kind(struct listing *listing, const struct kind *kind)
{
	struct udev_enumerate *all = udev_enumerate_new(listing->udev);
	struct udev_list_entry *at;

	if (!all)
		return;
	udev_enumerate_add_match_subsystem(all, kind->subsystem);
	if (kind->attribute)
		udev_enumerate_add_match_sysattr(all, kind->attribute, kind->value);
	udev_enumerate_scan_devices(all);
	udev_list_entry_foreach(at, udev_enumerate_get_list_entry(all))
	{
		struct udev_device *device =
			udev_device_new_from_syspath(listing->udev, udev_list_entry_get_name(at));

		if (device)
			kind->show(listing, device);
		udev_device_unref(device);
	}
	udev_enumerate_unref(all);
}

static int is_chip(const struct dirent *entry)
{
	return strncmp(entry->d_name, "gpiochip", 8) == 0;
}

static void show_chip(struct listing *listing, const char *name)
{
	struct device entry = { .kind = "gpio" };
	char label[64];
	struct stat status;
	unsigned lines;

	put(entry.node, sizeof(entry.node), "/dev/%s", name);
	if (lstat(entry.node, &status) != 0 || S_ISLNK(status.st_mode))
		return; /* a link to a chip that has its own line */
	if (!bank_describe(entry.node, label, sizeof(label), &lines)) {
		fprintf(stderr, "stationctl devices: %s: %s\n", entry.node, strerror(errno));
		return;
	}
	put(entry.name, sizeof(entry.name), "%s, %u lines", name, lines);
	put(entry.port, sizeof(entry.port), "%s", label);
	show(listing, &entry);
}

static void show_chips(struct listing *listing)
{
	struct dirent **chips;
	int count = scandir("/dev", &chips, is_chip, alphasort);

	for (int i = 0; i < count; i++) {
		show_chip(listing, chips[i]->d_name);
		free(chips[i]);
	}
	if (count >= 0)
		free(chips);
}

int device_list_each(void (*each)(void *context, const struct device *device), void *context)
{
	struct listing listing = { .udev = udev_new(), .each = each, .context = context };

	if (!listing.udev)
		return -1;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		show_kind(&listing, &kinds[i]);
	show_chips(&listing);
	udev_unref(listing.udev);
	return (int)listing.count;
}

bool device_may_scan(const struct device *device)
{
	char vendor[5] = "";

	snprintf(vendor, sizeof(vendor), "%.4s", device->id);
	return strcmp(device->kind, "scanner") == 0 || looks_like_scanner(device->name, vendor);
}

bool device_is_usable(const struct device *device)
{
	return !device->node[0] || access(device->node, R_OK | W_OK) == 0;
}

void device_line(const struct device *device, char *text, size_t size)
{
	if (strcmp(device->kind, "gpio") == 0)
		snprintf(text, size, "chip = %s", device->port);
	else
		snprintf(text, size, "%s%s%sport = %s", device->driver[0] ? "driver = " : "",
		         device->driver, device->driver[0] ? ", " : "", device->port);
}
