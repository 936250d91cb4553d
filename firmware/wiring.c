/* SPDX-License-Identifier: MIT */
#include "wiring.h"

#include <stdlib.h>
#include <string.h>

#include "wiring_parts.h"

static enum hal_status open_all(struct wiring *wiring, struct hal_fault *fault)
{
	enum hal_status status = HAL_OK;

	for (size_t i = 0; i < wiring_part_count && status == HAL_OK; i++)
		status = wiring_parts[i].open(wiring, wiring_parts[i].which, fault);
	return status;
}

static void attach(struct wiring *wiring)
{
	struct station_devices devices = {
		.scale = wiring->scale,
		.printer = wiring->printer,
		.tower = wiring->tower,
	};

	for (int i = 0; i < CONFIG_SCANNERS; i++)
		devices.scanners += wiring->scanners[i].scanner != NULL;
	station_attach(wiring->station, &devices);
}

enum hal_status wiring_open(const struct driver_env *env, struct driver_ports *ports,
                            const struct config *config, struct station *station,
                            struct wiring **ret_wiring, struct hal_fault *reterr_fault)
{
	struct wiring *wiring = calloc(1, sizeof(*wiring));
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
	attach(wiring);
	*ret_wiring = wiring;
	return HAL_OK;
}

static bool differs(const struct wiring_part *part, const struct config *one,
                    const struct config *other)
{
	return memcmp((const char *)one + part->at, (const char *)other + part->at, part->size) !=
	       0;
}

static void copy_part(const struct wiring_part *part, struct config *to, const struct config *from)
{
	memcpy((char *)to + part->at, (const char *)from + part->at, part->size);
}

/* What cannot be opened as it is wanted now is opened as it was. */
static enum hal_status reopen(struct wiring *wiring, const struct wiring_part *part,
                              struct config *running, const struct config *fresh,
                              struct hal_fault *fault)
{
	struct config before = *running;
	struct hal_fault ignored;
	enum hal_status status;

	part->leave(wiring, part->which);
	part->close(wiring, part->which);
	copy_part(part, running, fresh);
	status = part->open(wiring, part->which, fault);
	if (status == HAL_OK)
		return HAL_OK;
	part->close(wiring, part->which);
	copy_part(part, running, &before);
	if (part->open(wiring, part->which, &ignored) != HAL_OK)
		part->close(wiring, part->which);
	return HAL_E_ARG;
}

enum hal_status wiring_reload(struct wiring *wiring, struct config *running,
                              const struct config *fresh, struct hal_fault *reterr_fault)
{
	enum hal_status status = wiring_check(fresh, reterr_fault);

	if (status != HAL_OK)
		return status;
	for (size_t i = 0; i < wiring_part_count; i++)
		if (differs(&wiring_parts[i], running, fresh) &&
		    reopen(wiring, &wiring_parts[i], running, fresh, reterr_fault) != HAL_OK)
			status = HAL_E_ARG;
	attach(wiring);
	return status;
}

void wiring_close(struct wiring *wiring)
{
	if (!wiring)
		return;
	for (size_t i = wiring_part_count; i-- > 0;)
		wiring_parts[i].close(wiring, wiring_parts[i].which);
	free(wiring);
}

enum hal_status wiring_check(const struct config *config, struct hal_fault *reterr_fault)
{
	if (config->scale.driver[0] && !find_scale_driver(config->scale.driver))
		return wiring_unknown_driver(reterr_fault, "scale", config->scale.driver,
		                             "scale protocols");
	if (config->printer.driver[0] && !find_printer_driver(config->printer.driver))
		return wiring_unknown_driver(reterr_fault, "printer", config->printer.driver,
		                             "printer languages");
	for (int i = 0; i < CONFIG_SCANNERS; i++)
		if (config->scanner[i].driver[0] && !find_scanner_driver(config->scanner[i].driver))
			return wiring_unknown_driver(reterr_fault, "scanner",
			                             config->scanner[i].driver, "devices");
	return HAL_OK;
}
