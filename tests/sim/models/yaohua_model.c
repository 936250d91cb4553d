/* SPDX-License-Identifier: MIT */
#include "yaohua_model.h"

#include <inttypes.h>
#include <stdio.h>

#define FRAME 12

/* A half-byte as a capital hexadecimal digit. */
static char digit(unsigned half)
{
	return (char)(half <= 9 ? '0' + half : 'A' + half - 10);
}

static void write_frame(const struct yaohua_model *model, char frame[FRAME + 1])
{
	struct loadcell_view view = loadcell_look(model->cell);
	int64_t tenths = (view.shown_mg < 0 ? -view.shown_mg : view.shown_mg) / 100;
	unsigned check = 0;

	snprintf(frame, FRAME + 1, "\x02%c%06" PRId64 "1", view.shown_mg < 0 ? '-' : '+',
	         tenths % 1000000);
	for (int i = 1; i < 9; i++)
		check ^= (unsigned char)frame[i];
	frame[9] = digit(check >> 4);
	frame[10] = digit(check & 15u);
	frame[11] = 0x03;
}

static void on_next(struct hal_timer *timer)
{
	struct yaohua_model *model = hal_container_of(timer, struct yaohua_model, next);
	char frame[FRAME + 1];

	write_frame(model, frame);
	misfortune_send(&model->voice, frame, FRAME);
	hal_timer_start(model->loop, timer, model->period_us);
}

void yaohua_model_init(struct yaohua_model *model, struct hal_loop *loop, struct wire *wire,
                       struct loadcell *cell)
{
	*model = (struct yaohua_model){
		.loop = loop,
		.cell = cell,
		.next.fire = on_next,
		.period_us = HAL_MS(100),
	};
	misfortune_init(&model->voice, wire);
	hal_timer_start(loop, &model->next, model->period_us);
}
