/* SPDX-License-Identifier: MIT */
/* The lines of a chip with libgpiod 2: one request for all of them, one descriptor. */
#include "gpio/bank.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <gpiod.h>

static enum hal_status tell_errno(const char *what, struct hal_fault *reterr_fault)
{
	hal_fault_set(reterr_fault, "'%s': %s", what, strerror(errno));
	return errno == ENOENT || errno == ENODEV || errno == ENXIO ? HAL_E_LINK : HAL_E_SYSTEM;
}

static bool has_label(struct gpiod_chip *chip, const char *label)
{
	struct gpiod_chip_info *info = gpiod_chip_get_info(chip);
	bool same = info && strcmp(gpiod_chip_info_get_label(info), label) == 0;

	if (info)
		gpiod_chip_info_free(info);
	return same;
}

static enum hal_status find_lines(struct bank *bank, const struct gpio_request *request,
                                  struct hal_fault *reterr_fault)
{
	for (size_t i = 0; i < request->count; i++) {
		int offset = gpiod_chip_get_line_offset_from_name(bank->chip, request->names[i]);

		if (offset < 0) {
			hal_fault_set(reterr_fault, "chip '%s' has no line named '%s'",
			              request->chip, request->names[i]);
			return HAL_E_SYSTEM;
		}
		bank->offsets[i] = (unsigned)offset;
	}
	bank->count = request->count;
	return HAL_OK;
}

static int set_up(struct gpiod_line_settings *settings, const struct gpio_request *request)
{
	int failed;

	gpiod_line_settings_set_active_low(settings, request->active_low);
	if (request->direction == GPIO_OUTPUT) {
		failed = gpiod_line_settings_set_direction(settings, GPIOD_LINE_DIRECTION_OUTPUT);
		return failed ? failed
		              : gpiod_line_settings_set_output_value(settings,
		                                                     GPIOD_LINE_VALUE_INACTIVE);
	}
	failed = gpiod_line_settings_set_direction(settings, GPIOD_LINE_DIRECTION_INPUT);
	if (!failed)
		failed = gpiod_line_settings_set_edge_detection(settings, GPIOD_LINE_EDGE_BOTH);
	if (!failed)
		failed = gpiod_line_settings_set_bias(
			settings,
			request->active_low ? GPIOD_LINE_BIAS_PULL_UP : GPIOD_LINE_BIAS_PULL_DOWN);
	return failed;
}

static struct gpiod_line_request *request_with(struct bank *bank,
                                               struct gpiod_line_settings *settings,
                                               struct gpiod_line_config *config,
                                               const struct gpio_request *request)
{
	struct gpiod_request_config *who = gpiod_request_config_new();
	struct gpiod_line_request *taken = NULL;

	if (!who)
		return NULL;
	gpiod_request_config_set_consumer(who, "packing-station");
	if (set_up(settings, request) == 0 &&
	    gpiod_line_config_add_line_settings(config, bank->offsets, bank->count, settings) == 0)
		taken = gpiod_chip_request_lines(bank->chip, who, config);
	gpiod_request_config_free(who);
	return taken;
}

static enum hal_status take_lines(struct bank *bank, const struct gpio_request *request,
                                  struct hal_fault *reterr_fault)
{
	struct gpiod_line_settings *settings = gpiod_line_settings_new();
	struct gpiod_line_config *config = gpiod_line_config_new();

	if (settings && config)
		bank->request = request_with(bank, settings, config, request);
	if (!bank->request)
		hal_fault_set(reterr_fault, "lines of chip '%s': %s", request->chip,
		              strerror(errno));
	if (settings)
		gpiod_line_settings_free(settings);
	if (config)
		gpiod_line_config_free(config);
	return bank->request ? HAL_OK : HAL_E_SYSTEM;
}

static enum hal_status prepare_events(struct bank *bank, const struct gpio_request *request)
{
	if (request->direction == GPIO_OUTPUT)
		return HAL_OK;
	bank->buffer = gpiod_edge_event_buffer_new(BANK_EVENTS_MAX);
	bank->fds[bank->fd_count++] = gpiod_line_request_get_fd(bank->request);
	return bank->buffer ? HAL_OK : HAL_E_SYSTEM;
}

enum hal_status bank_open(struct bank *bank, const char *node, const char *label,
                          const struct gpio_request *request, struct hal_fault *reterr_fault)
{
	enum hal_status status;

	*bank = (struct bank){ .chip = gpiod_chip_open(node) };
	if (!bank->chip)
		return tell_errno(node, reterr_fault);
	if (label && !has_label(bank->chip, label)) {
		bank_close(bank);
		return HAL_E_ARG;
	}
	status = find_lines(bank, request, reterr_fault);
	if (status == HAL_OK)
		status = take_lines(bank, request, reterr_fault);
	if (status == HAL_OK)
		status = prepare_events(bank, request);
	if (status != HAL_OK)
		bank_close(bank);
	return status;
}

void bank_close(struct bank *bank)
{
	if (bank->buffer)
		gpiod_edge_event_buffer_free(bank->buffer);
	if (bank->request)
		gpiod_line_request_release(bank->request);
	if (bank->chip)
		gpiod_chip_close(bank->chip);
	*bank = (struct bank){ .chip = NULL };
}

bool bank_describe(const char *node, char *ret_label, size_t cap, unsigned *ret_lines)
{
	struct gpiod_chip *chip = gpiod_chip_open(node);
	struct gpiod_chip_info *info = chip ? gpiod_chip_get_info(chip) : NULL;
	bool known = info;

	if (info) {
		snprintf(ret_label, cap, "%s", gpiod_chip_info_get_label(info));
		*ret_lines = (unsigned)gpiod_chip_info_get_num_lines(info);
		gpiod_chip_info_free(info);
	}
	if (chip)
		gpiod_chip_close(chip);
	return known;
}

enum hal_status bank_set(struct bank *bank, unsigned levels)
{
	enum gpiod_line_value values[GPIO_LINES_MAX];

	for (size_t i = 0; i < bank->count; i++)
		values[i] =
			(levels >> i & 1u) ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE;
	return gpiod_line_request_set_values_subset(bank->request, bank->count, bank->offsets,
	                                            values) == 0
	               ? HAL_OK
	               : HAL_E_LINK;
}

enum hal_status bank_get(struct bank *bank, unsigned *ret_levels)
{
	enum gpiod_line_value values[GPIO_LINES_MAX];
	unsigned levels = 0;

	if (gpiod_line_request_get_values_subset(bank->request, bank->count, bank->offsets, values))
		return HAL_E_LINK;
	for (size_t i = 0; i < bank->count; i++)
		levels |= values[i] == GPIOD_LINE_VALUE_ACTIVE ? 1u << i : 0u;
	*ret_levels = levels;
	return HAL_OK;
}

static unsigned line_at(const struct bank *bank, unsigned offset)
{
	unsigned line = 0;

	while (line < bank->count && bank->offsets[line] != offset)
		line++;
	return line;
}

int bank_read(struct bank *bank, size_t fd_index, struct bank_event *ret_events)
{
	int count =
		gpiod_line_request_read_edge_events(bank->request, bank->buffer, BANK_EVENTS_MAX);

	(void)fd_index; /* one descriptor serves all lines */
	for (int i = 0; i < count; i++) {
		struct gpiod_edge_event *event =
			gpiod_edge_event_buffer_get_event(bank->buffer, (unsigned long)i);

		ret_events[i] = (struct bank_event){
			.line = line_at(bank, gpiod_edge_event_get_line_offset(event)),
			.high = gpiod_edge_event_get_event_type(event) ==
			        GPIOD_EDGE_EVENT_RISING_EDGE,
			.taken_us = (int64_t)(gpiod_edge_event_get_timestamp_ns(event) / 1000),
		};
	}
	return count;
}
