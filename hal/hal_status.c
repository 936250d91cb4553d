/* SPDX-License-Identifier: MIT */
#include "hal_status.h"

#include <stdio.h>
#include <string.h>

const char *hal_status_name(enum hal_status status)
{
	switch (status) { /* no default: -Wswitch names the forgotten value */
	case HAL_OK:
		return "ok";
	case HAL_E_ARG:
		return "bad-argument";
	case HAL_E_UNSUPPORTED:
		return "unsupported";
	case HAL_E_BUSY:
		return "busy";
	case HAL_E_LINK:
		return "link-down";
	case HAL_E_TIMEOUT:
		return "timeout";
	case HAL_E_PROTOCOL:
		return "protocol-error";
	case HAL_E_SYSTEM:
		return "system-error";
	}
	return "unknown";
}

/* A fault is one line for a screen; what does not fit is cut on purpose. */
__attribute__((format(printf, 2, 0))) static void format_line(char *line, const char *format,
                                                              va_list args)
{
	if (vsnprintf(line, HAL_FAULT_MAX, format, args) < 0)
		line[0] = '\0';
}

void hal_fault_set(struct hal_fault *fault, const char *format, ...)
{
	va_list args;

	if (!fault)
		return;
	va_start(args, format);
	format_line(fault->text, format, args);
	va_end(args);
}

void hal_fault_prefix(struct hal_fault *fault, const char *format, ...)
{
	char inner[HAL_FAULT_MAX];
	size_t used;
	va_list args;

	if (!fault)
		return;
	memcpy(inner, fault->text, sizeof(inner));
	va_start(args, format);
	format_line(fault->text, format, args);
	va_end(args);
	used = strlen(fault->text);
	snprintf(fault->text + used, HAL_FAULT_MAX - used, ": %s", inner);
}
