/* SPDX-License-Identifier: MIT */
#include "epl2_printer_model.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void say_error(struct epl2_printer_model *model)
{
	const struct press *press = &model->press;
	uint32_t left = press_left(press);
	int code = press->head_open                        ? 11
	           : press->paper_out || press->ribbon_out ? 7
	           : press->paused                         ? 12
	           : press->too_hot                        ? 13
	           : press->moving                         ? 50
	                                                   : 0;
	char text[32];

	if (left)
		snprintf(text, sizeof(text), "%02dP%03u\r\n", code, left);
	else
		snprintf(text, sizeof(text), "%02d\r\n", code);
	if (!model->mute)
		wire_say(model->wire, text);
}

/* q and Q together size the image; either alone keeps the other. */
static void size_image(struct epl2_printer_model *model)
{
	free(model->image);
	model->stride = (model->width_dots + 7) / 8;
	model->image = calloc(model->stride, model->height_dots + 1);
	assert(model->image);
}

static void set_width(struct epl2_printer_model *model, const char *text)
{
	model->width_dots = (uint32_t)strtoul(text, NULL, 10);
	size_image(model);
}

static void set_length(struct epl2_printer_model *model, const char *text)
{
	model->height_dots = (uint32_t)strtoul(text, NULL, 10);
	size_image(model);
}

static void clear_image(struct epl2_printer_model *model, const char *text)
{
	(void)text;
	if (model->image)
		memset(model->image, 0, (size_t)model->stride * model->height_dots);
}

static void begin_graphic(struct epl2_printer_model *model, const char *text)
{
	unsigned x, y, columns, rows;

	if (sscanf(text, "%u,%u,%u,%u", &x, &y, &columns, &rows) != 4) {
		model->errors++;
		return;
	}
	model->x = x;
	model->y = y;
	model->columns = columns;
	model->at = 0;
	model->binary_left = (size_t)columns * rows;
}

static void print(struct epl2_printer_model *model, const char *text)
{
	size_t len = (size_t)model->stride * model->height_dots;
	struct press_page page = {
		.bits = malloc(len + 1),
		.width_dots = model->width_dots,
		.height_dots = model->height_dots,
		.stride = model->stride,
		.copies = (uint32_t)strtoul(text, NULL, 10),
	};

	assert(page.bits && model->image);
	memcpy(page.bits, model->image, len);
	press_push(&model->press, &page);
}

static void ask_error(struct epl2_printer_model *model, const char *text)
{
	(void)text;
	say_error(model);
}

static void obey_nothing(struct epl2_printer_model *model, const char *text)
{
	(void)model;
	(void)text;
}

static const struct {
	const char *word;
	void (*obey)(struct epl2_printer_model *model, const char *text);
} commands[] = {
	{ "N", clear_image },     { "q", set_width },     { "Q", set_length },
	{ "GW", begin_graphic },  { "P", print },         { "^ee", ask_error },
	{ "R0,0", obey_nothing }, { "ZT", obey_nothing }, { "S", obey_nothing },
	{ "D", obey_nothing },
};

static void obey_line(struct epl2_printer_model *model)
{
	model->line[model->line_len] = '\0';
	if (model->line_len == 0)
		return;
	model->line_len = 0;
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strncmp(model->line, commands[i].word, strlen(commands[i].word)) == 0) {
			commands[i].obey(model, model->line + strlen(commands[i].word));
			return;
		}
	model->errors++;
}

static void take_pixels(struct epl2_printer_model *model, uint8_t byte)
{
	uint32_t x = model->x + model->at % model->columns * 8;
	uint32_t y = model->y + model->at / model->columns;

	model->at++;
	model->binary_left--;
	for (uint32_t bit = 0; bit < 8; bit++)
		if (!(byte >> (7 - bit) & 1) && x + bit < model->width_dots &&
		    y < model->height_dots)
			model->image[(size_t)y * model->stride + (x + bit) / 8] |=
				(uint8_t)(0x80 >> (x + bit) % 8);
}

static void from_host(void *self, const uint8_t *data, size_t len)
{
	struct epl2_printer_model *model = self;

	for (size_t i = 0; i < len; i++)
		if (model->binary_left > 0)
			take_pixels(model, data[i]);
		else if (data[i] == '\n')
			obey_line(model);
		else if (data[i] != '\r' && model->line_len < EPL2_LINE_MAX - 1)
			model->line[model->line_len++] = (char)data[i];
}

void epl2_printer_model_init(struct epl2_printer_model *model, struct hal_loop *loop,
                             struct wire *wire)
{
	*model = (struct epl2_printer_model){ .wire = wire };
	press_init(&model->press, loop);
	wire->from_host = from_host;
	wire->model = model;
}

void epl2_printer_model_finish(struct epl2_printer_model *model)
{
	press_finish(&model->press);
	free(model->image);
	model->image = NULL;
}
