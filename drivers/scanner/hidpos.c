/* SPDX-License-Identifier: MIT */
/*
 * hidpos.c - scanners in USB HID POS mode (usage page 0x8C)
 *
 * Each report is a piece of a code, joined here until one says that it is the
 * last; codes.c does the rest.
 */
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "scanner/codes.h"
#include "scanner/scanner_drivers.h"
#include "scanner/hidpos_codec.h"

struct hidpos {
	struct hal_scanner base; /* first: a struct hal_scanner * is a struct hidpos * */
	struct hal_loop *loop;
	struct hal_report *report;
	struct hidpos_layout layout;
	bool described; /* the device told its layout; else each report is held against the known */
	char symbology[4];
	struct codes codes;
};

static void report_up(void *owner, const uint8_t *descriptor, size_t len)
{
	struct hidpos *hidpos = owner;

	hidpos->described = hidpos_describe(descriptor, len, &hidpos->layout);
	codes_link(&hidpos->codes, true, HAL_OK);
}

static void take_piece(struct hidpos *hidpos, const struct hidpos_piece *piece, int64_t taken_us)
{
	if (hidpos->codes.state == CODES_EMPTY)
		memcpy(hidpos->symbology, piece->symbology, sizeof(hidpos->symbology));
	for (size_t i = 0; i < piece->len; i++)
		codes_add(&hidpos->codes, (char)piece->data[i], taken_us);
	if (!piece->more)
		codes_end(&hidpos->codes, hidpos->symbology);
}

static void report_report(void *owner, const uint8_t *data, size_t len)
{
	struct hidpos *hidpos = owner;
	const struct hidpos_layout *layout =
		hidpos->described ? &hidpos->layout : hidpos_find_known(data, len);
	enum hidpos_result result = HIDPOS_MALFORMED;
	struct hidpos_piece piece;

	if (layout)
		result = hidpos_read(layout, data, len, &piece);
	switch (result) {
	case HIDPOS_PIECE:
		take_piece(hidpos, &piece, hal_now_us(hidpos->loop));
		break;
	case HIDPOS_UNRELATED:
		break;
	case HIDPOS_MALFORMED:
		codes_spoil(&hidpos->codes, HAL_SCAN_GARBLED, hal_now_us(hidpos->loop));
		break;
	}
}

static void report_down(void *owner, enum hal_status why)
{
	struct hidpos *hidpos = owner;

	codes_link(&hidpos->codes, false, why);
}

static const struct hal_report_listener report_listener = {
	.up = report_up,
	.report = report_report,
	.down = report_down,
};

static void hidpos_close(struct hal_scanner *scanner)
{
	struct hidpos *hidpos = hal_container_of(scanner, struct hidpos, base);

	hal_report_attach(hidpos->report, NULL, NULL);
	codes_finish(&hidpos->codes);
	free(hidpos);
}

static const struct hal_scanner_ops hidpos_ops = {
	.close = hidpos_close,
};

static enum hal_status hidpos_open(const struct driver_env *env, const struct scanner_port *port,
                                   const struct scanner_options *options,
                                   const struct hal_scanner_listener *listener, void *owner,
                                   struct hal_scanner **ret_scanner, struct hal_fault *reterr_fault)
{
	struct scanner_options own = *options;
	struct hidpos *hidpos;
	enum hal_status status;

	if (!port->report) {
		hal_fault_set(reterr_fault, "hidpos: wants a port hidraw:PATH");
		return HAL_E_ARG;
	}
	hidpos = calloc(1, sizeof(*hidpos));
	if (!hidpos)
		return HAL_E_SYSTEM;

	hidpos->base = (struct hal_scanner){ &hidpos_ops, listener, owner };
	hidpos->loop = env->loop;
	hidpos->report = port->report;
	own.suffix = ""; /* reports say themselves where a code ends */
	status = codes_init(&hidpos->codes, env->loop, &hidpos->base, &own, reterr_fault);
	if (status != HAL_OK) {
		hal_fault_prefix(reterr_fault, "hidpos");
		free(hidpos);
		return status;
	}
	hal_report_attach(port->report, &report_listener, hidpos);
	*ret_scanner = &hidpos->base;
	return HAL_OK;
}

const struct scanner_driver hidpos_scanner_driver = {
	.name = "hidpos",
	.summary = "scanners in USB HID POS mode, through hidraw",
	.open = hidpos_open,
};
