/* SPDX-License-Identifier: MIT */
#include "gpio/gpio_port.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gpio/bank.h"
#include "host/finder.h"

#define NAME_CAP 64
#define NODE_CAP 288

struct gpio_fd {
	struct hal_watch watch;
	struct gpio_port *port;
	size_t index; /* of the bank's descriptors */
};

struct gpio_port {
	struct gpio_lines base;
	struct host host;
	struct finder finder;
	struct hotplug_watch leaves; /* outputs have no descriptor that would tell */
	struct gpio_request request; /* the lines there are, pointing into the two below */
	char chip[NAME_CAP];
	char names[GPIO_LINES_MAX][NAME_CAP];
	unsigned asked_as[GPIO_LINES_MAX]; /* what the owner calls each of them */
	char node[NODE_CAP];               /* of the chip while up */
	struct bank bank;
	struct gpio_fd fds[GPIO_LINES_MAX];
	struct hal_timer fall; /* ends the link outside of a call that failed */
	bool up;
};

static void shut(struct gpio_port *port)
{
	hal_timer_stop(port->host.loop, &port->fall);
	hotplug_stop(port->host.hotplug, &port->leaves);
	for (size_t i = 0; i < port->bank.fd_count; i++)
		hal_watch_stop(port->host.loop, &port->fds[i].watch);
	bank_close(&port->bank);
	port->up = false;
}

static void lose(struct gpio_port *port)
{
	shut(port);
	finder_lost(&port->finder);
	if (port->base.listener)
		port->base.listener->down(port->base.owner, HAL_E_LINK);
}

static void on_fall(struct hal_timer *timer)
{
	lose(hal_container_of(timer, struct gpio_port, fall));
}

static void tell_edges(struct gpio_port *port, const struct bank_event *events, int count)
{
	for (int i = 0; i < count && port->base.listener; i++)
		if (events[i].line < port->request.count)
			port->base.listener->edge(port->base.owner, port->asked_as[events[i].line],
			                          events[i].high, events[i].taken_us);
}

static void on_edges(struct hal_watch *watch, unsigned what)
{
	const struct gpio_fd *fd = hal_container_of(watch, struct gpio_fd, watch);
	struct gpio_port *port = fd->port;
	struct bank_event events[BANK_EVENTS_MAX];
	int count = (what & HAL_READ) ? bank_read(&port->bank, fd->index, events) : 0;

	tell_edges(port, events, count);
	if (count < 0 || (what & HAL_HUP))
		lose(port);
}

static void on_leaves(struct hotplug_watch *watch)
{
	struct gpio_port *port = hal_container_of(watch, struct gpio_port, leaves);

	if (port->up && access(port->node, F_OK) != 0)
		lose(port);
}

static unsigned to_owner(const struct gpio_port *port, unsigned levels)
{
	unsigned asked = 0;

	for (size_t i = 0; i < port->request.count; i++)
		asked |= (levels >> i & 1u) << port->asked_as[i];
	return asked;
}

static unsigned from_owner(const struct gpio_port *port, unsigned asked)
{
	unsigned levels = 0;

	for (size_t i = 0; i < port->request.count; i++)
		levels |= (asked >> port->asked_as[i] & 1u) << i;
	return levels;
}

static enum hal_status watch_edges(struct gpio_port *port)
{
	for (size_t i = 0; i < port->bank.fd_count; i++) {
		port->fds[i] = (struct gpio_fd){ .port = port, .index = i };
		port->fds[i].watch = (struct hal_watch){ .ready = on_edges,
			                                 .fd = port->bank.fds[i],
			                                 .wanted = HAL_READ };
		if (hal_watch_start(port->host.loop, &port->fds[i].watch) != HAL_OK)
			return HAL_E_SYSTEM;
	}
	return HAL_OK;
}

/* Sets node; a link names a chip that is there under its own name too. */
static bool is_chip(struct gpio_port *port, const char *name)
{
	struct stat status;

	if (strncmp(name, "gpiochip", 8) != 0)
		return false;
	snprintf(port->node, sizeof(port->node), "/dev/%s", name);
	return lstat(port->node, &status) == 0 && !S_ISLNK(status.st_mode);
}

/* HAL_E_ARG from a chip means: another one's label. */
static enum hal_status try_all(struct gpio_port *port, DIR *folder, struct hal_fault *reterr_fault)
{
	enum hal_status status = HAL_E_ARG;
	const struct dirent *entry;

	while (status == HAL_E_ARG && (entry = readdir(folder))) {
		if (!is_chip(port, entry->d_name))
			continue;
		status = bank_open(&port->bank, port->node, port->chip, &port->request,
		                   reterr_fault);
	}
	return status;
}

static enum hal_status find_chip(struct gpio_port *port, struct hal_fault *reterr_fault)
{
	enum hal_status status;
	DIR *folder;

	if (port->chip[0] == '/') {
		snprintf(port->node, sizeof(port->node), "%s", port->chip);
		return bank_open(&port->bank, port->node, NULL, &port->request, reterr_fault);
	}
	folder = opendir("/dev");
	if (!folder)
		return finder_tell_errno("/dev", errno, reterr_fault);
	status = try_all(port, folder, reterr_fault);
	closedir(folder);
	if (status != HAL_E_ARG)
		return status;
	hal_fault_set(reterr_fault, "no GPIO chip is labelled '%s'", port->chip);
	return HAL_E_LINK;
}

static enum hal_status reach(struct finder *finder, struct hal_fault *reterr_fault)
{
	struct gpio_port *port = hal_container_of(finder, struct gpio_port, finder);
	enum hal_status status = find_chip(port, reterr_fault);
	unsigned levels = 0;

	if (status != HAL_OK)
		return status;
	if (watch_edges(port) != HAL_OK ||
	    (port->request.direction == GPIO_INPUT && bank_get(&port->bank, &levels) != HAL_OK)) {
		hal_fault_set(reterr_fault, "lines of chip '%s' cannot be read", port->chip);
		shut(port);
		return HAL_E_SYSTEM;
	}
	port->up = true;
	hotplug_start(port->host.hotplug, &port->leaves);
	if (port->base.listener)
		port->base.listener->up(port->base.owner, to_owner(port, levels));
	return HAL_OK;
}

/* A chip that takes no value any more is a chip that went. */
static enum hal_status port_set(struct gpio_lines *base, unsigned levels)
{
	struct gpio_port *port = hal_container_of(base, struct gpio_port, base);
	enum hal_status status = HAL_E_LINK;

	if (port->up)
		status = bank_set(&port->bank, from_owner(port, levels));
	if (port->up && status != HAL_OK)
		hal_timer_start(port->host.loop, &port->fall, 1);
	return status;
}

static void port_close(struct gpio_lines *base)
{
	struct gpio_port *port = hal_container_of(base, struct gpio_port, base);

	finder_stop(&port->finder);
	shut(port);
	free(port);
}

static const struct gpio_lines_ops port_ops = { .close = port_close, .set = port_set };

static bool copy_name(char *ret_copy, const char *name)
{
	return snprintf(ret_copy, NAME_CAP, "%s", name) < NAME_CAP;
}

static bool copy_names(struct gpio_port *port, const struct gpio_request *request)
{
	size_t *count = &port->request.count;

	for (unsigned i = 0; i < request->count; i++) {
		if (!request->names[i] || !request->names[i][0])
			continue;
		if (!copy_name(port->names[*count], request->names[i]))
			return false;
		port->request.names[*count] = port->names[*count];
		port->asked_as[(*count)++] = i;
	}
	return *count > 0;
}

static enum hal_status copy_request(struct gpio_port *port, const struct gpio_request *request,
                                    struct hal_fault *reterr_fault)
{
	port->request = (struct gpio_request){ .chip = port->chip,
		                               .direction = request->direction,
		                               .active_low = request->active_low };
	if (request->count <= GPIO_LINES_MAX && request->chip && request->chip[0] &&
	    copy_name(port->chip, request->chip) && copy_names(port, request))
		return HAL_OK;
	hal_fault_set(reterr_fault,
	              "gpio: a chip's label and the names of 1 to %d lines are needed",
	              GPIO_LINES_MAX);
	return HAL_E_ARG;
}

enum hal_status gpio_port_open(const struct host *host, const struct gpio_request *request,
                               struct gpio_lines **ret_lines, struct hal_fault *reterr_fault)
{
	struct gpio_port *port = calloc(1, sizeof(*port));
	enum hal_status status;

	if (!port) {
		hal_fault_set(reterr_fault, "gpio: %s", strerror(ENOMEM));
		return HAL_E_SYSTEM;
	}
	status = copy_request(port, request, reterr_fault);
	if (status != HAL_OK) {
		free(port);
		return status;
	}
	port->base.ops = &port_ops;
	port->host = *host;
	port->leaves = (struct hotplug_watch){ .changed = on_leaves, .subsystem = "gpio" };
	port->finder = (struct finder){ .tag = "gpio", .reach = reach };
	port->fall.fire = on_fall;
	if (port->chip[0] == '/')
		port->finder.appears.path = port->chip;
	else
		port->finder.appears.subsystem = "gpio";
	finder_start(&port->finder, &port->host);
	*ret_lines = &port->base;
	return HAL_OK;
}
