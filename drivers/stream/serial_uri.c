/* SPDX-License-Identifier: MIT */
#include "stream/serial.h"

#include <string.h>

#include "stream/uri.h"

#define BAUD_MAX 4000000

enum { BAUD, FORMAT, FLOW, OPTION_COUNT };

static bool parse_format(const char *text, struct serial_settings *settings)
{
	if (strlen(text) != 3 || text[0] < '5' || text[0] > '8' || !strchr("NEOMS", text[1]) ||
	    (text[2] != '1' && text[2] != '2'))
		return false;
	settings->bits = (unsigned)(text[0] - '0');
	settings->parity = text[1];
	settings->stop = (unsigned)(text[2] - '0');
	return true;
}

static bool parse_flow(const char *text, struct serial_settings *settings)
{
	static const char *const known[] = { "none", "rtscts", "xonxoff" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(text, known[i]) == 0) {
			memcpy(settings->flow, text, strlen(text) + 1);
			return true;
		}
	return false;
}

static enum hal_status refuse(const struct uri_option *option, const char *wanted,
                              struct hal_fault *reterr_fault)
{
	hal_fault_set(reterr_fault, "'%s=%s' is not %s", option->name, option->value, wanted);
	return HAL_E_ARG;
}

enum hal_status serial_parse(const char *uri, char *ret_path, struct serial_settings *ret_settings,
                             struct hal_fault *reterr_fault)
{
	struct uri_option options[OPTION_COUNT] = {
		[BAUD] = { "baud", "9600" },
		[FORMAT] = { "format", "8N1" },
		[FLOW] = { "flow", "none" },
	};
	struct serial_settings settings;
	enum hal_status status = uri_parse(uri, ret_path, options, OPTION_COUNT, reterr_fault);

	if (status != HAL_OK)
		return status;
	if (ret_path[0] != '/') {
		hal_fault_set(reterr_fault, "'%s' is not a path that begins with '/'", ret_path);
		return HAL_E_ARG;
	}
	if (!uri_number(options[BAUD].value, BAUD_MAX, &settings.baud) || settings.baud == 0)
		return refuse(&options[BAUD], "a rate like 9600", reterr_fault);
	if (!parse_format(options[FORMAT].value, &settings))
		return refuse(&options[FORMAT], "bits, parity and stop bits like 8N1",
		              reterr_fault);
	if (!parse_flow(options[FLOW].value, &settings))
		return refuse(&options[FLOW], "none, rtscts or xonxoff", reterr_fault);
	*ret_settings = settings;
	return HAL_OK;
}
