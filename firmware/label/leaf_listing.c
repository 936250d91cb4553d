/* SPDX-License-Identifier: MIT */
/* What a machine sent, line by line: many short lines, set in columns. */
#include <stdio.h>
#include <string.h>

#include "leaf_parts.h"

#define GAP 60 /* between two columns */

/* Cuts the next line off; false at the end. */
static bool take_line(const char **text, char *line, size_t size)
{
	size_t len = strcspn(*text, "\n");

	if (**text == '\0')
		return false;
	snprintf(line, size, "%.*s", (int)len, *text);
	*text += len + ((*text)[len] == '\n');
	return true;
}

static int widest(struct leaf *leaf, const char *text, int *ret_count)
{
	char line[TEXT_MAX];
	int most = 1;

	*ret_count = 0;
	while (take_line(&text, line, sizeof(line))) {
		int width = leaf_width(leaf, LEAF_SMALL, line);

		most = width > most ? width : most;
		++*ret_count;
	}
	return most;
}

/* As many lines as the page has room for; returns how many columns lines high they stand. */
static int set_columns(struct leaf *leaf, const char **text, int columns, int left)
{
	int step = leaf_line(LEAF_SMALL), high = (left + columns - 1) / columns;
	int room = (HEIGHT - MARGIN - leaf->y) / step;
	char line[TEXT_MAX];

	high = high < room ? high : room;
	for (int i = 0; i < high * columns && take_line(text, line, sizeof(line)); i++)
		leaf_place(leaf, LEAF_SMALL, line, MARGIN + i / high * (INNER / columns),
		           i % high * step);
	leaf->y += high * step;
	return high;
}

void leaf_listing(struct leaf *leaf, const char *text)
{
	int left, width = widest(leaf, text, &left);
	int columns = (INNER + GAP) / (width + GAP);

	columns = columns < 1 ? 1 : columns;
	while (left > 0 && leaf->status == HAL_OK) {
		leaf_make_room(leaf, leaf_line(LEAF_SMALL));
		left -= columns * set_columns(leaf, &text, columns, left);
	}
}
