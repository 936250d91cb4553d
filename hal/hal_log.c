/* SPDX-License-Identifier: MIT */
#include "hal_log.h"

void hal_log(struct hal_log *log, enum hal_level level, const char *tag, const char *format, ...)
{
	va_list args;

	if (!log || level > log->most)
		return;
	va_start(args, format);
	log->ops->write(log, level, tag, format, args);
	va_end(args);
}
