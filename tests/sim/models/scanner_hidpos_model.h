/* SPDX-License-Identifier: MIT */
/*
 * scanner_hidpos_model.h - a barcode scanner in USB HID POS mode
 *
 * Gives the driver a struct hal_report with the maker's own description of its
 * reports, and cuts each code into as many reports as it needs.
 */
#ifndef TESTS_SIM_MODELS_SCANNER_HIDPOS_MODEL_H
#define TESTS_SIM_MODELS_SCANNER_HIDPOS_MODEL_H

#include <stdbool.h>

#include "hal_loop.h"
#include "hal_report.h"

enum scanner_hidpos_maker {
	SCANNER_HIDPOS_HONEYWELL, /* byte count, AIM identifier, 56 bytes, one bit */
	SCANNER_HIDPOS_SPARSE,    /* no byte count, no ids of reports, flag first, 30 bytes */
	SCANNER_HIDPOS_NEWLAND,   /* FM420: describes nothing but a vendor's bytes */
	SCANNER_HIDPOS_ENGINE,    /* Honeywell's bytes under a vendor's description */
};

#define SCANNER_HIDPOS_DEPTH 64
#define SCANNER_HIDPOS_BYTES 64

struct scanner_hidpos_model {
	struct hal_report host; /* give this to the driver */
	struct hal_loop *loop;
	enum scanner_hidpos_maker maker;
	int64_t report_us; /* between two reports; 8 ms */
	/* Misfortune: this many reports still go out, then none; UINT_MAX: all. */
	unsigned reports_left;

	bool plugged;
	struct hal_timer next;
	uint8_t reports[SCANNER_HIDPOS_DEPTH][SCANNER_HIDPOS_BYTES];
	size_t head, count;
};

/* Born unplugged. */
void scanner_hidpos_model_init(struct scanner_hidpos_model *model, struct hal_loop *loop,
                               enum scanner_hidpos_maker maker);

void scanner_hidpos_model_plug(struct scanner_hidpos_model *model);
void scanner_hidpos_model_unplug(struct scanner_hidpos_model *model);

/* Pulls the trigger; symbology is three characters, "]C0". */
void scanner_hidpos_model_read(struct scanner_hidpos_model *model, const char *text,
                               const char *symbology);

/* Sends a report as it is, 64 bytes or less. */
void scanner_hidpos_model_send(struct scanner_hidpos_model *model, const void *report, size_t len);

#endif /* TESTS_SIM_MODELS_SCANNER_HIDPOS_MODEL_H */
