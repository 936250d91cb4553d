/* SPDX-License-Identifier: MIT */
#include "hid_scale_model.h"

enum condition {
	AT_ZERO = 2,
	IN_MOTION = 3,
	AT_REST = 4,
	BELOW_ZERO = 5,
	OVER_LIMIT = 6,
};

static void report(struct hid_scale_model *model, enum condition condition, int64_t grams)
{
	const uint8_t bytes[] = { 3, (uint8_t)condition,      2,
		                  0, (uint8_t)(grams & 0xff), (uint8_t)(grams >> 8 & 0xff) };

	if (model->host.listener)
		model->host.listener->report(model->host.owner, bytes, sizeof(bytes));
}

static void report_now(struct hid_scale_model *model)
{
	struct loadcell_view view = loadcell_look(model->cell);
	int64_t grams = view.shown_mg / 1000;

	if (view.over)
		report(model, OVER_LIMIT, 0);
	else if (grams < 0)
		report(model, BELOW_ZERO, -grams);
	else if (!view.stable)
		report(model, IN_MOTION, grams);
	else
		report(model, view.at_zero ? AT_ZERO : AT_REST, grams);
}

static void on_next(struct hal_timer *timer)
{
	struct hid_scale_model *model = hal_container_of(timer, struct hid_scale_model, next);

	hal_timer_start(model->loop, timer, model->period_us);
	if (model->deaf)
		return;
	if (!model->stale) {
		report_now(model);
		return;
	}
	model->stale = false;
	report(model, AT_REST, model->stale_grams);
}

static void hid_close(struct hal_report *host)
{
	hal_report_attach(host, NULL, NULL);
}

/* Report 2: bit 1 zeroes the scale. */
static enum hal_status hid_write(struct hal_report *host, const void *data, size_t len)
{
	struct hid_scale_model *model = hal_container_of(host, struct hid_scale_model, host);
	const uint8_t *bytes = data;

	if (!model->plugged)
		return HAL_E_LINK;
	if (len == 2 && bytes[0] == 2 && (bytes[1] & 2))
		loadcell_zero(model->cell);
	return HAL_OK;
}

static const struct hal_report_ops hid_ops = {
	.close = hid_close,
	.write = hid_write,
};

/* clang-format off */
/* Report 3: status, unit, exponent, weight; report 2, outward: zero, enforced zero. */
static const uint8_t descriptor[] = {
	0x05, 0x8d, 0x09, 0x20, 0xa1, 0x01,
	0x09, 0x32, 0xa1, 0x02, 0x85, 0x03, 0x75, 0x08, 0x95, 0x01, 0x15, 0x01,
	0x09, 0x70, 0xa1, 0x02, 0x25, 0x08, 0x19, 0x71, 0x29, 0x78, 0x81, 0x00, 0xc0,
	0x09, 0x50, 0xa1, 0x02, 0x25, 0x0c, 0x19, 0x51, 0x29, 0x5c, 0x81, 0x00, 0xc0,
	0x09, 0x41, 0x15, 0x80, 0x25, 0x7f, 0x81, 0x02,
	0x09, 0x40, 0x15, 0x00, 0x27, 0xff, 0xff, 0x00, 0x00, 0x75, 0x10, 0x81, 0x02, 0xc0,
	0x09, 0x31, 0xa1, 0x02, 0x85, 0x02, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x02,
	0x09, 0x80, 0x09, 0x81, 0x91, 0x02, 0x95, 0x06, 0x91, 0x03, 0xc0,
	0xc0,
};
/* clang-format on */

void hid_scale_model_init(struct hid_scale_model *model, struct hal_loop *loop,
                          struct loadcell *cell)
{
	*model = (struct hid_scale_model){
		.host.ops = &hid_ops,
		.loop = loop,
		.cell = cell,
		.next.fire = on_next,
		.period_us = HAL_MS(100),
	};
}

void hid_scale_model_plug(struct hid_scale_model *model)
{
	model->plugged = true;
	model->stale = true;
	if (model->host.listener)
		model->host.listener->up(model->host.owner, descriptor, sizeof(descriptor));
	hal_timer_start(model->loop, &model->next, model->period_us);
}

void hid_scale_model_unplug(struct hid_scale_model *model)
{
	model->plugged = false;
	hal_timer_stop(model->loop, &model->next);
	if (model->host.listener)
		model->host.listener->down(model->host.owner, HAL_E_LINK);
}
