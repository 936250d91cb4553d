/* SPDX-License-Identifier: MIT */
/*
 * html.h - text into HTML and into addresses; the one place that escapes
 *
 * What comes from data or catalogues goes through html_text() or html_query();
 * what is written with fputs() are marks of our own.
 *
 * Threads:    any, one a stream.
 * Source:     WHATWG HTML Living Standard, 13.3 Serializing HTML fragments, "Escaping
 *             a string"; RFC 3986, section 2.3 (unreserved characters).
 */
#ifndef FIRMWARE_TEXT_HTML_H
#define FIRMWARE_TEXT_HTML_H

#include <stdio.h>

/* Between tags and inside quoted attributes alike; control characters become blanks. */
void html_text(FILE *out, const char *text);

/* A value inside the query of an address, inside an attribute. */
void html_query(FILE *out, const char *text);

/* "%s" gaps of the format are escaped; nothing else is understood. */
void html_print(FILE *out, const char *format, ...);

#endif /* FIRMWARE_TEXT_HTML_H */
