/* SPDX-License-Identifier: MIT */
/*
 * hid_scale_model.h - a USB scale that is a HID weighing device
 *
 * Gives the driver a struct hal_report.  Reports in grams, ten times a second,
 * as the usage tables describe; the first one after opening may be old.
 */
#ifndef TESTS_SIM_MODELS_HID_SCALE_MODEL_H
#define TESTS_SIM_MODELS_HID_SCALE_MODEL_H

#include "hal_report.h"
#include "loadcell.h"

struct hid_scale_model {
	struct hal_report host; /* give this end to the driver */
	struct hal_loop *loop;
	struct loadcell *cell;
	struct hal_timer next;
	int64_t period_us;
	uint16_t stale_grams; /* what the first report after plugging says */
	bool stale;
	bool plugged;
	bool deaf; /* off: it says nothing, not even zeros */
};

/* Born unplugged. */
void hid_scale_model_init(struct hid_scale_model *model, struct hal_loop *loop,
                          struct loadcell *cell);
void hid_scale_model_plug(struct hid_scale_model *model);
void hid_scale_model_unplug(struct hid_scale_model *model);

#endif /* TESTS_SIM_MODELS_HID_SCALE_MODEL_H */
