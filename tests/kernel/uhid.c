/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "uhid.h"

#include <fcntl.h>
#include <linux/uhid.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "desk.h"

static void tell_kernel(const struct uhid *uhid, const struct uhid_event *event)
{
	assert_int_equal(write(uhid->fd, event, sizeof(*event)), sizeof(*event));
}

static void device_up(void *owner, const uint8_t *descriptor, size_t len)
{
	const struct uhid *uhid = owner;
	struct uhid_event event = { .type = UHID_CREATE2 };
	struct uhid_create2_req *create = &event.u.create2;

	snprintf((char *)create->name, sizeof(create->name), "%s", uhid->name);
	memcpy(create->rd_data, descriptor, len);
	create->rd_size = (uint16_t)len;
	create->bus = BUS_USB;
	create->vendor = uhid->vendor;
	create->product = uhid->product;
	tell_kernel(uhid, &event);
}

static void device_report(void *owner, const uint8_t *data, size_t len)
{
	struct uhid_event event = { .type = UHID_INPUT2 };

	memcpy(event.u.input2.data, data, len);
	event.u.input2.size = (uint16_t)len;
	tell_kernel(owner, &event);
}

static void device_down(void *owner, enum hal_status why)
{
	struct uhid_event event = { .type = UHID_DESTROY };

	(void)why;
	tell_kernel(owner, &event);
}

static const struct hal_report_listener device = {
	.up = device_up,
	.report = device_report,
	.down = device_down,
};

void uhid_open(struct uhid *uhid, const char *name, uint16_t vendor, uint16_t product)
{
	*uhid = (struct uhid){
		.fd = open("/dev/uhid", O_RDWR | O_NONBLOCK | O_CLOEXEC),
		.name = name,
		.vendor = vendor,
		.product = product,
	};
	assert_true(uhid->fd >= 0);
}

void uhid_join(struct uhid *uhid, struct hal_report *model)
{
	uhid->model = model;
	hal_report_attach(model, &device, uhid);
}

void uhid_close(struct uhid *uhid)
{
	close(uhid->fd);
	assert_true(desk_gone(UHID_NODE));
}

bool uhid_hear(struct uhid *uhid)
{
	struct uhid_event event;

	while (read(uhid->fd, &event, sizeof(event)) > 0)
		if (event.type == UHID_OUTPUT)
			return hal_report_write(uhid->model, event.u.output.data,
			                        event.u.output.size) == HAL_OK;
	return false;
}
