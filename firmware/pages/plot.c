/* SPDX-License-Identifier: MIT */
#include "plot.h"

#include "html.h"

#define WHOLE 10000

static int place(int64_t value, int64_t low, int64_t high, int from, int to)
{
	if (high <= low)
		return from;
	if (value < low)
		value = low;
	if (value > high)
		value = high;
	return from + (int)((to - from) * (value - low) / (high - low));
}

int plot_x(const struct plot *plot, int64_t value)
{
	return place(value, plot->x_low, plot->x_high, plot->left, plot->right);
}

int plot_y(const struct plot *plot, int64_t value)
{
	return place(value, plot->y_low, plot->y_high, plot->foot, plot->top);
}

static void put_percent(FILE *out, const char *name, int hundredths)
{
	fprintf(out, " %s=\"%d.%02d%%\"", name, hundredths / 100, hundredths % 100);
}

void plot_begin(const struct plot *plot, const char *css, const char *words)
{
	html_print(plot->out, "<svg class=\"%s\" role=\"img\" aria-label=\"%s\">\n", css, words);
}

void plot_end(const struct plot *plot)
{
	fputs("</svg>\n", plot->out);
}

void plot_field_begin(const struct plot *plot)
{
	fprintf(plot->out,
	        "<svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" width=\"100%%\""
	        " height=\"100%%\">",
	        WHOLE, WHOLE);
}

void plot_field_end(const struct plot *plot)
{
	fputs("</svg>\n", plot->out);
}

void plot_path_begin(const struct plot *plot, const char *css)
{
	html_print(plot->out, "<path class=\"%s\" d=\"", css);
}

void plot_path_dot(const struct plot *plot, int64_t x, int64_t y)
{
	fprintf(plot->out, "M%d %dh0", plot_x(plot, x), plot_y(plot, y));
}

void plot_path_line(const struct plot *plot, int64_t x, int64_t y, int first)
{
	fprintf(plot->out, "%c%d %d", first ? 'M' : 'L', plot_x(plot, x), plot_y(plot, y));
}

void plot_path_end(const struct plot *plot)
{
	fputs("\"/>", plot->out);
}

void plot_box(const struct plot *plot, const char *css, int x, int y, int width, int height)
{
	html_print(plot->out, "<rect class=\"%s\"", css);
	put_percent(plot->out, "x", x);
	put_percent(plot->out, "y", y);
	put_percent(plot->out, "width", width);
	put_percent(plot->out, "height", height);
	fputs("/>", plot->out);
}

void plot_line(const struct plot *plot, const char *css, int x1, int y1, int x2, int y2)
{
	html_print(plot->out, "<line class=\"%s\"", css);
	put_percent(plot->out, "x1", x1);
	put_percent(plot->out, "y1", y1);
	put_percent(plot->out, "x2", x2);
	put_percent(plot->out, "y2", y2);
	fputs("/>", plot->out);
}

void plot_text(const struct plot *plot, const char *css, int x, int y, const char *text)
{
	html_print(plot->out, "<text class=\"%s\"", css);
	put_percent(plot->out, "x", x);
	put_percent(plot->out, "y", y);
	html_print(plot->out, ">%s</text>", text);
}

int64_t plot_step(int64_t span, int count)
{
	static const int64_t leaps[] = { 2, 5, 10 };
	int64_t unit = 1;

	while (span / (10 * unit) > count)
		unit *= 10;
	if (span / unit <= count)
		return unit;
	for (size_t i = 0; i < sizeof(leaps) / sizeof(leaps[0]); i++)
		if (span / (leaps[i] * unit) <= count)
			return leaps[i] * unit;
	return 10 * unit;
}
