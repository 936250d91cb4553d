/* SPDX-License-Identifier: MIT */
#include "wiring.h"

#include <stdlib.h>
#include <string.h>

#include "gpio/lines.h"

struct wired_scanner {
	struct scanner_port port;
	struct hal_scanner *scanner;
};

struct wiring {
	struct driver_env env;
	struct driver_ports *ports;
	const struct config *config;
	struct station *station;
	struct scale_port scale_port;
	struct hal_scale *scale;
	struct wired_scanner scanners[CONFIG_SCANNERS];
	struct hal_stream *printer_port;
	struct hal_printer *printer;
	struct gpio_lines *tower_lines, *button_lines;
	struct hal_tower *tower;
	struct hal_buttons *buttons;
};

static bool has_scheme(const char *uri, const char *scheme)
{
	size_t len = strlen(scheme);

	return strncmp(uri, scheme, len) == 0 && uri[len] == ':';
}

static enum hal_status unknown_driver(struct hal_fault *fault, const char *what, const char *name,
                                      const char *where)
{
	hal_fault_set(fault, "[%s] driver = '%s': there is none of that name; see stationctl %s",
	              what, name, where);
	return HAL_E_ARG;
}

static enum hal_status open_scale(struct wiring *wiring, struct hal_fault *fault)
{
	const struct config *config = wiring->config;
	const struct scale_driver *driver = find_scale_driver(config->scale.driver);
	struct scale_options options = {
		.variant = config->scale.variant,
		.unit = config->scale.unit,
		.poll_ms = (unsigned)config->scale.poll_ms,
		.address = (unsigned)config->scale.address,
	};
	enum hal_status status;

	if (!config->scale.driver[0])
		return HAL_OK;
	if (!driver)
		return unknown_driver(fault, "scale", config->scale.driver, "scale protocols");
	if (has_scheme(config->scale.port, "hidraw"))
		status = wiring->ports->ops->report(wiring->ports, config->scale.port,
		                                    &wiring->scale_port.report, fault);
	else
		status = wiring->ports->ops->stream(wiring->ports, config->scale.port,
		                                    &wiring->scale_port.stream, fault);
	if (status == HAL_OK)
		status = driver->open(driver, &wiring->env, &wiring->scale_port, &options,
		                      &station_scale_listener, wiring->station, &wiring->scale,
		                      fault);
	if (status != HAL_OK)
		hal_fault_prefix(fault, "[scale]");
	return status;
}

static enum hal_status open_scanner_port(struct wiring *wiring, const char *uri,
                                         struct scanner_port *port, struct hal_fault *fault)
{
	if (has_scheme(uri, "evdev"))
		return wiring->ports->ops->keys(wiring->ports, uri, &port->keys, fault);
	if (has_scheme(uri, "hidraw"))
		return wiring->ports->ops->report(wiring->ports, uri, &port->report, fault);
	return wiring->ports->ops->stream(wiring->ports, uri, &port->stream, fault);
}

static enum hal_status open_scanner(struct wiring *wiring, int which, struct hal_fault *fault)
{
	const struct config_scanner *config = &wiring->config->scanner[which];
	struct wired_scanner *wired = &wiring->scanners[which];
	const struct scanner_driver *driver = find_scanner_driver(config->driver);
	struct scanner_options options = {
		.prefix = config->prefix,
		.suffix = config->suffix,
		.layout = config->layout,
		.aim = config->aim,
		.gap_ms = (unsigned)config->gap_ms,
		.double_ms = (unsigned)config->double_ms,
	};
	enum hal_status status;

	if (!config->driver[0])
		return HAL_OK;
	if (!driver)
		return unknown_driver(fault, "scanner", config->driver, "devices");
	status = open_scanner_port(wiring, config->port, &wired->port, fault);
	if (status == HAL_OK)
		status = driver->open(&wiring->env, &wired->port, &options,
		                      &station_scanner_listener, wiring->station, &wired->scanner,
		                      fault);
	if (status != HAL_OK)
		hal_fault_prefix(fault, "[scanner]");
	return status;
}

static enum hal_status open_printer(struct wiring *wiring, struct hal_fault *fault)
{
	const struct config *config = wiring->config;
	const struct printer_driver *driver = find_printer_driver(config->printer.driver);
	struct printer_options options = {
		.dpi = (unsigned)config->printer.dpi,
		.darkness = (unsigned)config->printer.darkness,
		.speed = (unsigned)config->printer.speed,
		.compress = config->printer.compress,
	};
	enum hal_status status;

	if (!config->printer.driver[0])
		return HAL_OK;
	if (!driver)
		return unknown_driver(fault, "printer", config->printer.driver,
		                      "printer languages");
	status = wiring->ports->ops->stream(wiring->ports, config->printer.port,
	                                    &wiring->printer_port, fault);
	if (status == HAL_OK)
		status = driver->open(&wiring->env, wiring->printer_port, &options,
		                      &station_printer_listener, wiring->station, &wiring->printer,
		                      fault);
	if (status != HAL_OK)
		hal_fault_prefix(fault, "[printer]");
	return status;
}

static enum hal_status open_tower(struct wiring *wiring, struct hal_fault *fault)
{
	const struct config *config = wiring->config;
	struct gpio_request request = {
		.chip = config->tower.chip,
		.names = { config->tower.red, config->tower.yellow, config->tower.green,
		           config->tower.buzzer },
		.count = HAL_TOWER_LINES,
		.direction = GPIO_OUTPUT,
		.active_low = config->tower.active_low,
	};
	enum hal_status status;

	if (!config->tower.chip[0])
		return HAL_OK;
	status = wiring->ports->ops->lines(wiring->ports, &request, &wiring->tower_lines, fault);
	if (status == HAL_OK)
		status = tower_open(&wiring->env, wiring->tower_lines, &station_tower_listener,
		                    wiring->station, &wiring->tower);
	return status;
}

static enum hal_status open_buttons(struct wiring *wiring, struct hal_fault *fault)
{
	const struct config *config = wiring->config;
	struct gpio_request request = {
		.chip = config->buttons.chip,
		.direction = GPIO_INPUT,
		.active_low = config->buttons.active_low,
	};
	enum hal_status status;

	if (!config->buttons.chip[0])
		return HAL_OK;
	while (request.count < CONFIG_BUTTONS && config->buttons.line[request.count][0]) {
		request.names[request.count] = config->buttons.line[request.count];
		request.count++;
	}
	status = wiring->ports->ops->lines(wiring->ports, &request, &wiring->button_lines, fault);
	if (status == HAL_OK)
		status = buttons_open(&wiring->env, wiring->button_lines,
		                      (unsigned)config->buttons.debounce_ms,
		                      &station_buttons_listener, wiring->station, &wiring->buttons);
	return status;
}

static enum hal_status open_all(struct wiring *wiring, struct hal_fault *fault)
{
	enum hal_status status = open_scale(wiring, fault);

	for (int i = 0; i < CONFIG_SCANNERS && status == HAL_OK; i++)
		status = open_scanner(wiring, i, fault);
	if (status == HAL_OK)
		status = open_printer(wiring, fault);
	if (status == HAL_OK)
		status = open_tower(wiring, fault);
	if (status == HAL_OK)
		status = open_buttons(wiring, fault);
	return status;
}

enum hal_status wiring_open(const struct driver_env *env, struct driver_ports *ports,
                            const struct config *config, struct station *station,
                            struct wiring **ret_wiring, struct hal_fault *reterr_fault)
{
	struct wiring *wiring = calloc(1, sizeof(*wiring));
	struct station_devices devices = { 0 };
	enum hal_status status;

	if (!wiring)
		return HAL_E_SYSTEM;
	wiring->env = *env;
	wiring->ports = ports;
	wiring->config = config;
	wiring->station = station;
	status = open_all(wiring, reterr_fault);
	if (status != HAL_OK) {
		wiring_close(wiring);
		return status;
	}
	devices.scale = wiring->scale;
	devices.printer = wiring->printer;
	devices.tower = wiring->tower;
	for (int i = 0; i < CONFIG_SCANNERS; i++)
		devices.scanners += wiring->scanners[i].scanner != NULL;
	station_attach(station, &devices);
	*ret_wiring = wiring;
	return HAL_OK;
}

void wiring_close(struct wiring *wiring)
{
	if (!wiring)
		return;
	hal_buttons_close(wiring->buttons);
	gpio_lines_close(wiring->button_lines);
	hal_tower_close(wiring->tower);
	gpio_lines_close(wiring->tower_lines);
	hal_printer_close(wiring->printer);
	hal_stream_close(wiring->printer_port);
	for (int i = 0; i < CONFIG_SCANNERS; i++) {
		hal_scanner_close(wiring->scanners[i].scanner);
		hal_stream_close(wiring->scanners[i].port.stream);
		hal_keys_close(wiring->scanners[i].port.keys);
		hal_report_close(wiring->scanners[i].port.report);
	}
	hal_scale_close(wiring->scale);
	hal_stream_close(wiring->scale_port.stream);
	hal_report_close(wiring->scale_port.report);
	free(wiring);
}

enum hal_status wiring_check(const struct config *config, struct hal_fault *reterr_fault)
{
	if (config->scale.driver[0] && !find_scale_driver(config->scale.driver))
		return unknown_driver(reterr_fault, "scale", config->scale.driver,
		                      "scale protocols");
	if (config->printer.driver[0] && !find_printer_driver(config->printer.driver))
		return unknown_driver(reterr_fault, "printer", config->printer.driver,
		                      "printer languages");
	for (int i = 0; i < CONFIG_SCANNERS; i++)
		if (config->scanner[i].driver[0] && !find_scanner_driver(config->scanner[i].driver))
			return unknown_driver(reterr_fault, "scanner", config->scanner[i].driver,
			                      "devices");
	return HAL_OK;
}
