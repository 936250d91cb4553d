/* SPDX-License-Identifier: MIT */
#include "html.h"

#include <stdarg.h>
#include <string.h>

static const char *escaped(char c)
{
	switch (c) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default: /* open: every other character */
		return NULL;
	}
}

void html_text(FILE *out, const char *text)
{
	for (; *text; text++) {
		const char *mark = escaped(*text);

		if (mark)
			fputs(mark, out);
		else if ((unsigned char)*text >= ' ' || *text == '\n' || *text == '\t')
			fputc(*text, out);
		else
			fputc(' ', out);
	}
}

void html_query(FILE *out, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789-._~";

	for (; *text; text++) {
		if (strchr(plain, *text))
			fputc(*text, out);
		else
			fprintf(out, "%%%02X", (unsigned)(unsigned char)*text);
	}
}

void html_print(FILE *out, const char *format, ...)
{
	va_list gaps;

	va_start(gaps, format);
	for (; *format; format++) {
		if (format[0] == '%' && format[1] == 's') {
			html_text(out, va_arg(gaps, const char *));
			format++;
		} else {
			fputc(*format, out);
		}
	}
	va_end(gaps);
}
