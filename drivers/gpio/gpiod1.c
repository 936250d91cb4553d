/* SPDX-License-Identifier: MIT */
/* The lines of a chip with libgpiod 1.6: an object a line, a descriptor a line. */
#include "gpio/bank.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <gpiod.h>

#include "hal_loop.h"

static void fill_bulk(struct bank *bank, struct gpiod_line_bulk *bulk)
{
	gpiod_line_bulk_init(bulk);
	for (size_t i = 0; i < bank->count; i++)
		gpiod_line_bulk_add(bulk, bank->lines[i]);
}

static enum hal_status tell_errno(const char *node, struct hal_fault *reterr_fault)
{
	hal_fault_set(reterr_fault, "'%s': %s", node, strerror(errno));
	return errno == ENOENT || errno == ENODEV || errno == ENXIO ? HAL_E_LINK : HAL_E_SYSTEM;
}

static enum hal_status find_lines(struct bank *bank, const struct gpio_request *request,
                                  struct hal_fault *reterr_fault)
{
	for (size_t i = 0; i < request->count; i++) {
		struct gpiod_line *line = gpiod_chip_find_line(bank->chip, request->names[i]);

		if (!line) {
			hal_fault_set(reterr_fault, "chip '%s' has no line named '%s'",
			              request->chip, request->names[i]);
			return HAL_E_SYSTEM;
		}
		bank->lines[i] = line;
		bank->offsets[i] = gpiod_line_offset(line);
	}
	bank->count = request->count;
	return HAL_OK;
}

static enum hal_status take_lines(struct bank *bank, const struct gpio_request *request,
                                  struct hal_fault *reterr_fault)
{
	static const int off[GPIO_LINES_MAX];
	bool input = request->direction == GPIO_INPUT;
	struct gpiod_line_request_config config = {
		.consumer = "packing-station",
		.request_type = input ? GPIOD_LINE_REQUEST_EVENT_BOTH_EDGES
		                      : GPIOD_LINE_REQUEST_DIRECTION_OUTPUT,
	};
	struct gpiod_line_bulk bulk;

	if (request->active_low)
		config.flags |= GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW;
	if (input)
		config.flags |= request->active_low ? GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP
		                                    : GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN;
	fill_bulk(bank, &bulk);
	if (gpiod_line_request_bulk(&bulk, &config, off) != 0) {
		hal_fault_set(reterr_fault, "lines of chip '%s': %s", request->chip,
		              strerror(errno));
		return HAL_E_SYSTEM;
	}
	for (size_t i = 0; i < bank->count && input; i++)
		bank->fds[bank->fd_count++] = gpiod_line_event_get_fd(bank->lines[i]);
	return HAL_OK;
}

enum hal_status bank_open(struct bank *bank, const char *node, const char *label,
                          const struct gpio_request *request, struct hal_fault *reterr_fault)
{
	enum hal_status status;

	*bank = (struct bank){ .chip = gpiod_chip_open(node) };
	if (!bank->chip)
		return tell_errno(node, reterr_fault);
	if (label && strcmp(gpiod_chip_label(bank->chip), label) != 0) {
		bank_close(bank);
		return HAL_E_ARG;
	}
	status = find_lines(bank, request, reterr_fault);
	if (status == HAL_OK)
		status = take_lines(bank, request, reterr_fault);
	if (status != HAL_OK)
		bank_close(bank);
	return status;
}

/* Closing the chip releases its lines. */
void bank_close(struct bank *bank)
{
	if (bank->chip)
		gpiod_chip_close(bank->chip);
	*bank = (struct bank){ .chip = NULL };
}

bool bank_describe(const char *node, char *ret_label, size_t cap, unsigned *ret_lines)
{
	struct gpiod_chip *chip = gpiod_chip_open(node);

	if (!chip)
		return false;
	snprintf(ret_label, cap, "%s", gpiod_chip_label(chip));
	*ret_lines = gpiod_chip_num_lines(chip);
	gpiod_chip_close(chip);
	return true;
}

enum hal_status bank_set(struct bank *bank, unsigned levels)
{
	int values[GPIO_LINES_MAX];
	struct gpiod_line_bulk bulk;

	for (size_t i = 0; i < bank->count; i++)
		values[i] = levels >> i & 1u;
	fill_bulk(bank, &bulk);
	return gpiod_line_set_value_bulk(&bulk, values) == 0 ? HAL_OK : HAL_E_LINK;
}

/* Lines that report edges can only be read one by one. */
enum hal_status bank_get(struct bank *bank, unsigned *ret_levels)
{
	unsigned levels = 0;

	for (size_t i = 0; i < bank->count; i++) {
		int value = gpiod_line_get_value(bank->lines[i]);

		if (value < 0)
			return HAL_E_LINK;
		levels |= value ? 1u << i : 0u;
	}
	*ret_levels = levels;
	return HAL_OK;
}

int bank_read(struct bank *bank, size_t fd_index, struct bank_event *ret_events)
{
	struct gpiod_line_event events[BANK_EVENTS_MAX];
	int count = gpiod_line_event_read_fd_multiple(bank->fds[fd_index], events, BANK_EVENTS_MAX);

	for (int i = 0; i < count; i++)
		ret_events[i] = (struct bank_event){
			.line = (unsigned)fd_index,
			.high = events[i].event_type == GPIOD_LINE_EVENT_RISING_EDGE,
			.taken_us = HAL_SEC(events[i].ts.tv_sec) + events[i].ts.tv_nsec / 1000,
		};
	return count;
}
