/* SPDX-License-Identifier: MIT */
/*
 * zpl_printer_model.h - a ZPL II printer on the far end of a wire
 *
 * Written from the ZPL guide and from logged answers of real printers, never
 * from the driver.  Bytes collect in a receive buffer; whole formats wait
 * there, are imaged one after the other and handed to the press; commands with
 * a tilde are obeyed as they come in, ahead of what waits.
 *
 * Two sides: the wire, which the driver sees, and the hands: the functions
 * below and those of press.h on .press.
 */
#ifndef TESTS_SIM_MODELS_ZPL_PRINTER_MODEL_H
#define TESTS_SIM_MODELS_ZPL_PRINTER_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "press.h"
#include "wire.h"

#define ZPL_FORMATS_MAX 64

struct zpl_printer_model {
	struct hal_loop *loop;
	struct wire *wire;
	struct press press;
	struct hal_timer imager;
	/* How it is built and set; change before use. */
	size_t buffer_cap;        /* of the receive buffer; when full the wire is blocked */
	int64_t waiting_us;       /* a whole format lies in the buffer so long, counted */
	int64_t imaging_us;       /* from there to paper moving */
	const char *device_id;    /* IEEE 1284, without its length bytes */
	uint8_t port_status;      /* what GET_PORT_STATUS answers, whatever happens */
	bool mute;                /* never answers */
	bool answers_constant;    /* ~HS: healthy and idle, whatever happens */
	bool silent_when_out;     /* answers nothing while something is in the way */
	bool blind_while_imaging; /* counts a format neither as waiting nor as printing then */
	bool keeps_interrupted;   /* ~JA does not reach a label that an error interrupted */
	bool knows_z64;           /* firmware from before it: the graphic stays away */
	bool reprint_obeyed;      /* ^JZ sets press.prints_again */
	/* State. */
	bool powered;
	uint8_t *buffer;
	size_t len;
	size_t ends[ZPL_FORMATS_MAX]; /* of the whole formats in the buffer */
	unsigned formats;
	size_t binary_left; /* of a ^GFB under way */
	bool in_format;
	bool choked; /* asked the wire to wait */
	bool waiting, imaging;
	char tilde[8]; /* of a ~ command, what came so far */
	size_t tilde_len;
	uint32_t width_dots, length_dots, copies; /* ^PW ^LL ^PQ */
	unsigned damaged;                         /* graphics that could not be decoded */
	unsigned unknown;                         /* commands it does not know */
	unsigned status_asked;                    /* ~HS and ~HQES */
};

/* Born switched on, unplugged as the wire is; buffer of 1 MB. */
void zpl_printer_model_init(struct zpl_printer_model *model, struct hal_loop *loop,
                            struct wire *wire);
void zpl_printer_model_finish(struct zpl_printer_model *model);

void zpl_printer_model_power_off(struct zpl_printer_model *model);
void zpl_printer_model_power_on(struct zpl_printer_model *model);

#endif /* TESTS_SIM_MODELS_ZPL_PRINTER_MODEL_H */
