/* SPDX-License-Identifier: MIT */
/* Are the devices of the configuration there, and may this user open them? */
#include "doctor.h"

#include <errno.h>
#include <grp.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "device_list.h"

#define PLUGGED_MOST   64
#define CONNECT_MS     2000
#define PLUG_IT_IN     "plug it in; 'stationctl devices' shows what is there, and its line"
#define NOT_CONFIGURED "'stationctl setup', or its keys in the configuration"

struct plugged {
	struct device devices[PLUGGED_MOST];
	unsigned count;
};

struct exam {
	struct doctor *doctor;
	const struct plugged *plugged;
	const char *what; /* "scale", as in the configuration */
	const char *driver;
	const char *port;
};

static void keep(void *context, const struct device *device)
{
	struct plugged *plugged = context;

	if (plugged->count < PLUGGED_MOST)
		plugged->devices[plugged->count++] = *device;
}

static void say_forbidden(const struct exam *exam, const char *node)
{
	const struct group *group = NULL;
	struct stat status;
	char remedy[256];

	if (stat(node, &status) == 0)
		group = getgrgid(status.st_gid);
	if (group && group->gr_gid != 0)
		snprintf(remedy, sizeof(remedy),
		         "usermod -aG %s %s, then sign in anew (or restart the service)",
		         group->gr_name, doctor_user());
	else
		snprintf(remedy, sizeof(remedy),
		         "put config/60-packing-station.rules into /etc/udev/rules.d and plug the "
		         "device in again");
	doctor_say(exam->doctor, DOCTOR_BAD, exam->what, remedy, "%s may not open %s",
	           doctor_user(), node);
}

/* The kernel's own names go to whatever comes first. */
static bool is_fleeting(const char *path)
{
	static const char *const names[] = { "/dev/ttyUSB", "/dev/ttyACM", "/dev/input/event",
		                             "/dev/hidraw" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strncmp(path, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

static void look_at_node(const struct exam *exam, const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0)
		doctor_say(exam->doctor, DOCTOR_BAD, exam->what, PLUG_IT_IN, "%s is not there",
		           path);
	else if (!S_ISCHR(status.st_mode))
		doctor_say(exam->doctor, DOCTOR_BAD, exam->what, PLUG_IT_IN, "%s is no device",
		           path);
	else if (access(path, R_OK | W_OK) != 0)
		say_forbidden(exam, path);
	else if (is_fleeting(path))
		doctor_say(exam->doctor, DOCTOR_NOTE, exam->what,
		           "take the lasting name that 'stationctl devices' gives",
		           "%s, %s: another device may get that name when it is plugged in first",
		           exam->driver, path);
	else
		doctor_say(exam->doctor, DOCTOR_GOOD, exam->what, NULL, "%s, %s", exam->driver,
		           path);
}

/* The whole port, or the numbers alone where the configuration names no serial number. */
static const struct device *find_usb(const struct exam *exam)
{
	for (unsigned i = 0; i < exam->plugged->count; i++) {
		const struct device *device = &exam->plugged->devices[i];
		const char *port = device->port;
		size_t len = strlen(exam->port);

		if (strncmp(port, exam->port, len) == 0 && strchr(":?", port[len]))
			return device;
	}
	return NULL;
}

static void look_at_usb(const struct exam *exam)
{
	const struct device *device = find_usb(exam);

	if (!device)
		doctor_say(exam->doctor, DOCTOR_BAD, exam->what, PLUG_IT_IN,
		           "%s is not plugged in, or is switched off", exam->port);
	else if (!device_is_usable(device))
		say_forbidden(exam, device->node);
	else if (device->driver[0] && strcmp(device->driver, exam->driver) != 0)
		doctor_say(exam->doctor, DOCTOR_NOTE, exam->what,
		           "take the language it says, unless labels come out right",
		           "%s says of itself that it speaks %s, not %s", device->name,
		           device->driver, exam->driver);
	else
		doctor_say(exam->doctor, DOCTOR_GOOD, exam->what, NULL, "%s, %s", exam->driver,
		           device->name);
}

static bool connects(const struct addrinfo *address)
{
	int fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	struct pollfd wait = { .fd = fd, .events = POLLOUT };
	int error = 0;
	socklen_t size = sizeof(error);
	bool done = fd >= 0 && (connect(fd, address->ai_addr, address->ai_addrlen) == 0 ||
	                        errno == EINPROGRESS);

	done = done && poll(&wait, 1, CONNECT_MS) == 1 &&
	       getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
	if (fd >= 0)
		close(fd);
	return done;
}

/* Such a printer takes one caller at a time: the running station is not pushed aside. */
static void look_at_network(const struct exam *exam, const char *host_port)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *address = NULL;
	const char *colon = strrchr(host_port, ':');
	char host[256];

	snprintf(host, sizeof(host), "%.*s",
	         colon ? (int)(colon - host_port) : (int)strlen(host_port), host_port);
	if (exam->doctor->running)
		doctor_say(exam->doctor, DOCTOR_GOOD, exam->what, NULL,
		           "%s, %s, which the station holds", exam->driver, exam->port);
	else if (getaddrinfo(host, colon ? colon + 1 : "9100", &hints, &address) == 0 &&
	         connects(address))
		doctor_say(exam->doctor, DOCTOR_GOOD, exam->what, NULL, "%s, %s", exam->driver,
		           exam->port);
	else
		doctor_say(exam->doctor, DOCTOR_BAD, exam->what,
		           "is it switched on, and in this network? 'ping' it",
		           "%s does not answer", exam->port);
	if (address)
		freeaddrinfo(address);
}

static void look_at_port(const struct exam *exam)
{
	const char *colon = strchr(exam->port, ':');
	char path[CONFIG_TEXT];

	if (!colon) {
		doctor_say(exam->doctor, DOCTOR_BAD, exam->what, NOT_CONFIGURED,
		           "driver = %s, but port = '%s' names no port", exam->driver, exam->port);
		return;
	}
	snprintf(path, sizeof(path), "%s", colon + 1);
	path[strcspn(path, "?")] = '\0';
	if (strncmp(exam->port, "usb:", 4) == 0)
		look_at_usb(exam);
	else if (strncmp(exam->port, "tcp:", 4) == 0)
		look_at_network(exam, path);
	else
		look_at_node(exam, path);
}

static void look_at_device(struct doctor *doctor, const struct plugged *plugged, const char *what,
                           const char *driver, const char *port)
{
	const struct exam exam = { doctor, plugged, what, driver, port };

	if (driver[0])
		look_at_port(&exam);
	else
		doctor_say(doctor, DOCTOR_BAD, what, NOT_CONFIGURED, "none is configured");
}

static void look_at_chip(struct doctor *doctor, const struct plugged *plugged, const char *what,
                         const char *chip)
{
	const struct exam exam = { doctor, plugged, what, "", chip };

	for (unsigned i = 0; chip[0] && i < plugged->count; i++) {
		const struct device *device = &plugged->devices[i];

		if (strcmp(device->kind, "gpio") != 0 || strcmp(device->port, chip) != 0)
			continue;
		if (device_is_usable(device))
			doctor_say(doctor, DOCTOR_GOOD, what, NULL, "%s", device->name);
		else
			say_forbidden(&exam, device->node);
		return;
	}
	if (chip[0])
		doctor_say(doctor, DOCTOR_BAD, what,
		           "'stationctl devices' shows the chips; a Raspberry Pi's has another "
		           "label from model to model",
		           "no GPIO chip is called '%s'", chip);
}

void doctor_look_at_devices(struct doctor *doctor)
{
	static struct plugged plugged;
	const struct config *config = doctor->config;

	plugged.count = 0;
	if (device_list_each(keep, &plugged) < 0)
		doctor_say(doctor, DOCTOR_BAD, "devices", "is udevd running?",
		           "udev does not answer: %s", strerror(errno));
	look_at_device(doctor, &plugged, "scale", config->scale.driver, config->scale.port);
	look_at_device(doctor, &plugged, "scanner", config->scanner[0].driver,
	               config->scanner[0].port);
	if (config->scanner[1].driver[0])
		look_at_device(doctor, &plugged, "scanner2", config->scanner[1].driver,
		               config->scanner[1].port);
	look_at_device(doctor, &plugged, "printer", config->printer.driver, config->printer.port);
	look_at_chip(doctor, &plugged, "tower", config->tower.chip);
	look_at_chip(doctor, &plugged, "buttons", config->buttons.chip);
}
