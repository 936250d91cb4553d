/* SPDX-License-Identifier: MIT */
#include "scanner_hidpos_model.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

/* clang-format off */

/* Usage page 0x8C, scanner, scanned data: as Honeywell's readers describe themselves. */
static const uint8_t honeywell[] = {
	0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01,
	0x09, 0x12, 0xA1, 0x02, 0x85, 0x02,
	0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08,
	0x95, 0x01, 0x05, 0x01, 0x09, 0x3B, 0x81, 0x02,
	0x95, 0x03, 0x05, 0x8C, 0x09, 0xFB, 0x09, 0xFC, 0x09, 0xFD, 0x81, 0x02,
	0x95, 0x38, 0x09, 0xFE, 0x82, 0x02, 0x01,
	0x95, 0x02, 0x06, 0x66, 0xFF, 0x09, 0x04, 0x09, 0x00, 0x81, 0x02,
	0x05, 0x8C, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01, 0x09, 0xFF, 0x81, 0x02,
	0x75, 0x07, 0x81, 0x03,
	0xC0, 0xC0,
};

/* The flag in the top bit of the first byte, then the code, then only two symbology bytes. */
static const uint8_t sparse[] = {
	0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x09, 0x12, 0xA1, 0x02,
	0x15, 0x00, 0x25, 0x01, 0x75, 0x07, 0x95, 0x01, 0x81, 0x01,
	0x75, 0x01, 0x09, 0xFF, 0x81, 0x02,
	0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, 0x1E, 0x09, 0xFE, 0x82, 0x02, 0x01,
	0x19, 0xFB, 0x29, 0xFC, 0x95, 0x02, 0x81, 0x02,
	0xC0, 0xC0,
};

/* Sixty-three bytes of the vendor's, and no word about what they mean. */
static const uint8_t vendor[] = {
	0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x85, 0x02,
	0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, 0x3F, 0x09, 0x02, 0x81, 0x02, 0xC0,
};

/* clang-format on */

static void cut_honeywell(uint8_t *report, const char *text, size_t len, const char *symbology,
                          bool more)
{
	report[0] = 2;
	report[1] = (uint8_t)len;
	memcpy(report + 2, symbology, 3);
	memcpy(report + 5, text, len);
	report[61] = 'j';
	report[63] = more;
}

static void cut_sparse(uint8_t *report, const char *text, size_t len, const char *symbology,
                       bool more)
{
	report[0] = more ? 0x80 : 0;
	memcpy(report + 1, text, len);
	memcpy(report + 31, symbology, 2);
}

static void cut_newland(uint8_t *report, const char *text, size_t len, const char *symbology,
                        bool more)
{
	(void)symbology;
	report[0] = 2;
	report[1] = (uint8_t)len;
	memcpy(report + 2, text, len);
	report[62] = 2;
	report[63] = more;
}

static const struct {
	const uint8_t *descriptor;
	size_t descriptor_len;
	size_t report_len;
	size_t room;
	void (*cut)(uint8_t *report, const char *text, size_t len, const char *symbology,
	            bool more);
} makers[] = {
	[SCANNER_HIDPOS_HONEYWELL] = { honeywell, sizeof(honeywell), 64, 56, cut_honeywell },
	[SCANNER_HIDPOS_SPARSE] = { sparse, sizeof(sparse), 33, 30, cut_sparse },
	[SCANNER_HIDPOS_NEWLAND] = { vendor, sizeof(vendor), 64, 56, cut_newland },
	[SCANNER_HIDPOS_ENGINE] = { vendor, sizeof(vendor), 64, 56, cut_honeywell },
};

static uint8_t *queue(struct scanner_hidpos_model *model)
{
	uint8_t *report = model->reports[(model->head + model->count) % SCANNER_HIDPOS_DEPTH];

	assert(model->count < SCANNER_HIDPOS_DEPTH);
	if (model->count++ == 0)
		hal_timer_start(model->loop, &model->next, model->report_us);
	memset(report, 0, SCANNER_HIDPOS_BYTES);
	return report;
}

static void on_next(struct hal_timer *timer)
{
	struct scanner_hidpos_model *model =
		hal_container_of(timer, struct scanner_hidpos_model, next);
	const uint8_t *report = model->reports[model->head];

	model->head = (model->head + 1) % SCANNER_HIDPOS_DEPTH;
	if (--model->count > 0)
		hal_timer_start(model->loop, &model->next, model->report_us);
	if (!model->host.listener || !model->plugged || model->reports_left == 0)
		return;
	if (model->reports_left != UINT_MAX)
		model->reports_left--;
	model->host.listener->report(model->host.owner, report, makers[model->maker].report_len);
}

/* The device belongs to the test; closing the host's end only lets go of it. */
static void report_close(struct hal_report *host)
{
	hal_report_attach(host, NULL, NULL);
}

static enum hal_status report_write(struct hal_report *host, const void *data, size_t len)
{
	(void)host;
	(void)data;
	(void)len;
	return HAL_OK;
}

static const struct hal_report_ops report_ops = {
	.close = report_close,
	.write = report_write,
};

void scanner_hidpos_model_init(struct scanner_hidpos_model *model, struct hal_loop *loop,
                               enum scanner_hidpos_maker maker)
{
	*model = (struct scanner_hidpos_model){
		.host.ops = &report_ops,
		.loop = loop,
		.maker = maker,
		.report_us = HAL_MS(8),
		.reports_left = UINT_MAX,
		.next.fire = on_next,
	};
}

void scanner_hidpos_model_plug(struct scanner_hidpos_model *model)
{
	model->plugged = true;
	if (model->host.listener)
		model->host.listener->up(model->host.owner, makers[model->maker].descriptor,
		                         makers[model->maker].descriptor_len);
}

void scanner_hidpos_model_unplug(struct scanner_hidpos_model *model)
{
	model->plugged = false;
	model->count = 0;
	hal_timer_stop(model->loop, &model->next);
	if (model->host.listener)
		model->host.listener->down(model->host.owner, HAL_E_LINK);
}

void scanner_hidpos_model_read(struct scanner_hidpos_model *model, const char *text,
                               const char *symbology)
{
	size_t room = makers[model->maker].room;
	size_t left = strlen(text);

	do {
		size_t len = left < room ? left : room;

		left -= len;
		makers[model->maker].cut(queue(model), text, len, symbology, left > 0);
		text += len;
	} while (left > 0);
}

void scanner_hidpos_model_send(struct scanner_hidpos_model *model, const void *report, size_t len)
{
	assert(len <= SCANNER_HIDPOS_BYTES);
	memcpy(queue(model), report, len);
}
