/* SPDX-License-Identifier: MIT */
/* The tracking number as bars, and beside it the copy mark. */
#include "block.h"

#include "s10.h"

#define S10_LEAST_UM   330
#define S10_MOST_UM    510
#define HOUSE_LEAST_UM 245 /* a carrier's own long number: two dots at 203 dpi */
#define DM_LEAST_UM    370 /* three dots at 203 dpi */
#define DM_LEAST_MM10  100
#define COPY_MOST_UM   340
#define COPY_BARS_MM10 60
#define GAP_MM10       10

static int copy_mark_module(const struct layout *layout)
{
	const struct symbol *symbol = &layout->pen.marks->symbols[1];
	int module = (int)(DM_LEAST_UM * layout->pen.dpi + 25399) / 25400;

	while (symbol->width * module < pen_mm10(&layout->pen, DM_LEAST_MM10))
		module++;
	return module;
}

static int tracking_module(const struct layout *layout, int room)
{
	struct s10 id;

	s10_parse(layout->request->tracking, &id);
	return (int)symbol_module(&layout->pen.marks->symbols[0], layout->pen.dpi,
	                          s10_valid(&id) ? S10_LEAST_UM : HOUSE_LEAST_UM, S10_MOST_UM,
	                          (unsigned)pen_larger(room, 0));
}

/* The bars stand in the middle of width, their number below them. */
static int set_tracking(struct layout *layout, int y, int width)
{
	struct pen *pen = &layout->pen;
	struct pen_type type = { layout->style->tracking, true, PEN_CENTRE };
	int module = tracking_module(layout, width);
	int bars = pen->marks->symbols[0].width * module;
	int height = pen_mm100(pen, layout->style->bars);

	if (module == 0) {
		hal_fault_set(pen->fault, "tracking number '%s' is too long for %s mm",
		              layout->request->tracking, layout->paper->name);
		pen->status = HAL_E_ARG;
		return 0;
	}
	if (height < bars * 15 / 100)
		height = bars * 15 / 100;
	marks_symbol(pen->marks, pen->sheet, layout->left + (width - bars) / 2, y, 0,
	             (unsigned)module, height);
	height += pen_mm10(pen, 3);
	return height +
	       pen_paragraph(pen, layout->left, y + height, width, type, layout->content.tracking);
}

int block_copy_mark(struct layout *layout, int right, int y, int height)
{
	struct pen *pen = &layout->pen;
	int module = copy_mark_module(layout);
	int span = (int)symbol_span(&pen->marks->symbols[1], (unsigned)module);
	int side = pen->marks->symbols[1].width * module;

	if (height < span)
		height = span;
	marks_symbol(pen->marks, pen->sheet, right - span + (span - side) / 2,
	             y + (height - side) / 2, 1, (unsigned)module, side);
	return span;
}

/* Beside the bars, unless that would squeeze these below what S10 asks for. */
static int copy_mark_span(struct layout *layout)
{
	int width = layout->right - layout->left, span, module;

	layout->mark_beside_bars = false;
	if (!layout->copy_mark)
		return 0;
	span = (int)symbol_span(&layout->pen.marks->symbols[1], (unsigned)copy_mark_module(layout));
	module = layout->bars ? tracking_module(layout, width - span) : 0;
	layout->mark_beside_bars = !layout->bars ||
	                           module * 25400 >= S10_LEAST_UM * (int)layout->pen.dpi ||
	                           (module && module == tracking_module(layout, width));
	return layout->mark_beside_bars ? span : 0;
}

int block_bars(struct layout *layout, int y)
{
	int gap = pen_mm10(&layout->pen, GAP_MM10), span = copy_mark_span(layout), height = 0;

	if (!layout->bars && !layout->copy_mark)
		return 0;
	if (layout->bars)
		height = set_tracking(layout, y + gap, layout->right - layout->left - span);
	if (span)
		block_copy_mark(layout, layout->right, y + gap, height);
	return pen_larger(height, span) + 2 * gap;
}

/* For scanners that read only bars: low, in the middle of the sheet's foot. */
int block_copy_bars(struct layout *layout, int y)
{
	struct pen *pen = &layout->pen;
	const struct symbol *symbol = &pen->marks->symbols[1];
	int width = layout->right - layout->left, height = pen_mm10(pen, COPY_BARS_MM10);
	int module =
		(int)symbol_module(symbol, pen->dpi, HOUSE_LEAST_UM, COPY_MOST_UM, (unsigned)width);

	if (module == 0) {
		hal_fault_set(pen->fault, "copy mark '%s' is too long for %s mm as bars",
		              layout->request->copy_mark, layout->paper->name);
		pen->status = HAL_E_ARG;
		return 0;
	}
	marks_symbol(pen->marks, pen->sheet, layout->left + (width - symbol->width * module) / 2, y,
	             1, (unsigned)module, height);
	return height;
}
