/* SPDX-License-Identifier: MIT */
#include "scanner_line_model.h"

#include <stdio.h>

void scanner_line_model_init(struct scanner_line_model *model, struct wire *wire)
{
	*model = (struct scanner_line_model){
		.wire = wire,
		.prefix = "",
		.symbology = "",
		.ending = "\r",
	};
	wire->model = model;
}

void scanner_line_model_read(struct scanner_line_model *model, const char *text)
{
	char dressed[WIRE_DEPTH];
	const char *first = model->id_first ? model->symbology : model->prefix;
	const char *second = model->id_first ? model->prefix : model->symbology;

	snprintf(dressed, sizeof(dressed), "%s%s%s%s", first, second, text, model->ending);
	wire_say(model->wire, dressed + (model->asleep ? 1 : 0));
	model->asleep = false;
}
