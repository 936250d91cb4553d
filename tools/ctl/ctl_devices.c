/* SPDX-License-Identifier: MIT */
/* stationctl devices: what is plugged in, and the line of the configuration that uses it. */
#include "ctl.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
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

static const char usage[] =
	"usage: stationctl devices [--json]\n\n"
	"One line a device: what it is, and the line of the configuration that uses it.\n"
	"Names that survive another socket or another order of plugging come first: the\n"
	"serial number where the device has one, else the socket.  Nothing is opened but\n"
	"GPIO chips, and nothing is asked of a device.\n"
	"--json: one object a line: kind, name, id, line, usable.  Exit 1: nothing found.\n";

struct listing {
	struct udev *udev;
	bool json;
	unsigned count;
};

struct entry {
	const char *kind;
	char name[160];
	char id[16];    /* vendor:product */
	char line[400]; /* for the configuration */
	const char *node;
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

static bool is_usable(const char *node)
{
	return !node || access(node, R_OK | W_OK) == 0;
}

static void show_json(const struct entry *entry)
{
	json_t *object =
		json_pack("{s:s, s:s, s:s, s:s, s:b}", "kind", entry->kind, "name", entry->name,
	                  "id", entry->id, "line", entry->line, "usable", is_usable(entry->node));

	if (!object)
		return; /* its words are no text */
	json_dumpf(object, stdout, JSON_PRESERVE_ORDER);
	putchar('\n');
	json_decref(object);
}

static void show(struct listing *listing, const struct entry *entry)
{
	listing->count++;
	if (listing->json) {
		show_json(entry);
		return;
	}
	printf("%-8s %-44s %s%s\n", entry->kind, entry->name, entry->line,
	       is_usable(entry->node) ? "" : "  (this user may not open it)");
}

static const char *attribute(struct udev_device *device, const char *name)
{
	const char *value = device ? udev_device_get_sysattr_value(device, name) : NULL;

	return value ? value : "";
}

static struct udev_device *usb_parent(struct udev_device *device)
{
	return udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_device");
}

/* "Zebra Technologies ZD220 (0a5f:0164)", of what the device says of itself. */
static void name_usb(struct udev_device *usb, struct entry *entry)
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
	struct entry entry = { .kind = "serial", .node = udev_device_get_devnode(device) };
	struct udev_device *usb = usb_parent(device);

	if (!entry.node || !is_real_port(device))
		return;
	if (usb)
		name_usb(usb, &entry);
	else
		put(entry.name, sizeof(entry.name), "serial port of the board");
	put(entry.line, sizeof(entry.line), "port = serial:%s?baud=9600",
	    lasting_name(device, "serial"));
	show(listing, &entry);
}

/* usblp keeps the printer's own description; while the station holds the printer it is not there.
 */
static void describe_printer(struct udev_device *interface, struct entry *entry, char *line,
                             size_t cap)
{
	const char *text = attribute(interface, "ieee1284_id");
	struct usb_device_id id;

	if (!text[0] || !usb_parse_device_id((const uint8_t *)text, strlen(text), &id))
		return;
	if (id.model[0])
		put(entry->name, sizeof(entry->name), "%s %s (%s)", id.manufacturer, id.model,
		    entry->id);
	if (id.language)
		put(line, cap, "driver = %s, ", id.language);
}

static void show_printer(struct listing *listing, struct udev_device *interface)
{
	struct udev_device *usb = usb_parent(interface);
	struct entry entry = { .kind = "printer" };
	char driver[32] = "";
	const char *serial = attribute(usb, "serial");

	if (!usb || strcmp(attribute(interface, "bInterfaceSubClass"), "01") != 0)
		return;
	entry.node = udev_device_get_devnode(usb);
	name_usb(usb, &entry);
	describe_printer(interface, &entry, driver, sizeof(driver));
	if (serial[0])
		put(entry.line, sizeof(entry.line), "%sport = usb:%s:%s", driver, entry.id, serial);
	else
		put(entry.line, sizeof(entry.line), "%sport = usb:%s?port=%s", driver, entry.id,
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
	struct entry entry = { .node = udev_device_get_devnode(device) };

	if (!entry.node || !typed || !usb ||
	    strncmp(udev_device_get_sysname(device), "event", 5) != 0)
		return;
	name_usb(usb, &entry);
	entry.kind =
		looks_like_scanner(entry.name, attribute(usb, "idVendor")) ? "scanner" : "keyboard";
	put(entry.line, sizeof(entry.line), "driver = keyboard, port = evdev:%s",
	    lasting_name(device, "input"));
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
	struct entry entry = { .kind = page == 0x8d ? "scale" : "scanner",
		               .node = udev_device_get_devnode(device) };

	if (page == 0 || !entry.node)
		return;
	if (usb)
		name_usb(usb, &entry);
	put(entry.line, sizeof(entry.line), "driver = %s, port = hidraw:%s",
	    page == 0x8d ? "hid" : "hidpos", lasting_name(device, "hid"));
	show(listing, &entry);
}

/* Adapters whose serial port brltty pulls away; without a port they are of no use to anybody. */
static void warn_of_lost_port(struct listing *listing, struct udev_device *usb)
{
	static const char *const adapters[] = { "1a86:7523", "1a86:55d3", "10c4:ea60",
		                                "0403:6001" };
	struct udev_enumerate *ports = udev_enumerate_new(listing->udev);
	struct entry entry = { .kind = "" };
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
	struct entry entry = { .kind = "gpio" };
	char node[288], label[64];
	struct stat status;
	unsigned lines;

	snprintf(node, sizeof(node), "/dev/%s", name);
	if (lstat(node, &status) != 0 || S_ISLNK(status.st_mode))
		return; /* a link to a chip that has its own line */
	if (!bank_describe(node, label, sizeof(label), &lines)) {
		fprintf(stderr, "stationctl devices: %s: %s\n", node, strerror(errno));
		return;
	}
	put(entry.name, sizeof(entry.name), "%s, %u lines", name, lines);
	put(entry.line, sizeof(entry.line), "chip = %s", label);
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

int ctl_devices(int argc, char **argv)
{
	struct listing listing = { .udev = NULL };

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--help") == 0) {
			fputs(usage, stdout);
			return CTL_DONE;
		}
		if (strcmp(argv[i], "--json") != 0) {
			fprintf(stderr, "stationctl devices: unknown word '%s'\n%s", argv[i],
			        usage);
			return CTL_USAGE;
		}
		listing.json = true;
	}
	listing.udev = udev_new();
	if (!listing.udev) {
		fprintf(stderr, "stationctl devices: udev: %s\n", strerror(errno));
		return CTL_OUTSIDE;
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		show_kind(&listing, &kinds[i]);
	show_chips(&listing);
	udev_unref(listing.udev);
	if (listing.count == 0)
		fputs("stationctl devices: nothing of a packing bench is plugged in\n", stderr);
	return listing.count > 0 ? CTL_DONE : CTL_NO;
}
