/* SPDX-License-Identifier: MIT */
#include "marks.h"

void marks_empty(struct marks *marks)
{
	marks->count = 0;
	marks->full = false;
}

static void add(struct marks *marks, struct mark mark)
{
	if (marks->count == MARKS_MAX)
		marks->full = true;
	else
		marks->list[marks->count++] = mark;
}

void marks_box(struct marks *marks, unsigned sheet, int x, int y, int width, int height)
{
	add(marks, (struct mark){
			   .kind = MARK_BOX,
			   .sheet = (uint8_t)sheet,
			   .x = (int16_t)x,
			   .y = (int16_t)y,
			   .width = (int16_t)width,
			   .height = (int16_t)height,
		   });
}

void marks_text(struct marks *marks, unsigned sheet, int x, int y, const struct text_line *line)
{
	if (line->len == 0)
		return;
	add(marks, (struct mark){
			   .kind = MARK_TEXT,
			   .sheet = (uint8_t)sheet,
			   .x = (int16_t)x,
			   .y = (int16_t)y,
			   .width = line->width,
			   .height = (int16_t)(line->rise + line->fall),
			   .as.line = line,
		   });
}

void marks_cross(struct marks *marks, unsigned sheet, int x, int y, int size, int pen)
{
	add(marks, (struct mark){
			   .kind = MARK_CROSS,
			   .sheet = (uint8_t)sheet,
			   .x = (int16_t)x,
			   .y = (int16_t)y,
			   .width = (int16_t)size,
			   .height = (int16_t)size,
			   .as.pen = (uint8_t)pen,
		   });
}

void marks_symbol(struct marks *marks, unsigned sheet, int x, int y, unsigned index,
                  unsigned module, int height)
{
	add(marks, (struct mark){
			   .kind = MARK_SYMBOL,
			   .sheet = (uint8_t)sheet,
			   .x = (int16_t)x,
			   .y = (int16_t)y,
			   .width = (int16_t)(marks->symbols[index].width * module),
			   .height = (int16_t)height,
			   .as.symbol = { .index = (uint8_t)index, .module = (uint8_t)module },
		   });
}

void marks_shift(struct marks *marks, unsigned first, int dy)
{
	for (unsigned i = first; i < marks->count; i++)
		marks->list[i].y = (int16_t)(marks->list[i].y + dy);
}
