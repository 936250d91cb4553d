/* SPDX-License-Identifier: MIT */
/* GET /metrics: what a monitor of many benches wants to know of one, as Prometheus text. */
#include <stdarg.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "web_parts.h"

#define METRICS_TEXT 16384

struct page {
	const struct web *web;
	const struct station_view *view;
	struct station_figures figures;
	struct hal_loop_figures loop;
	char text[METRICS_TEXT];
	size_t len;
};

__attribute__((format(printf, 2, 3))) static void put(struct page *page, const char *format, ...)
{
	size_t left = sizeof(page->text) - page->len;
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(page->text + page->len, left, format, args);
	va_end(args);
	if (len > 0)
		page->len += (size_t)len < left ? (size_t)len : left - 1;
}

static double seconds(int64_t us)
{
	return (double)us / 1e6;
}

/* ---- Single values -------------------------------------------------------------------------- */

static double read_today(const struct page *page)
{
	return page->view->today;
}

static double read_pace(const struct page *page)
{
	return page->view->pace;
}

static double read_signed_in(const struct page *page)
{
	return page->view->packer[0] != '\0';
}

static double read_doubtful(const struct page *page)
{
	return page->view->clock_doubtful;
}

static double read_version(const struct page *page)
{
	return (double)page->view->version;
}

static double read_overflowed(const struct page *page)
{
	return page->figures.overflowed;
}

static double read_turns(const struct page *page)
{
	return (double)page->loop.turns;
}

static double read_slow_turns(const struct page *page)
{
	return (double)page->loop.slow_turns;
}

static double read_longest_turn(const struct page *page)
{
	return seconds(page->loop.longest_turn_us);
}

static double read_pages(const struct page *page)
{
	return page->web->streams.count;
}

static double read_requests(const struct page *page)
{
	return (double)page->web->requests;
}

static double read_cpu(const struct page *page)
{
	struct rusage usage = { 0 };

	(void)page;
	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       seconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static double read_resident(const struct page *page)
{
	FILE *file = fopen("/proc/self/statm", "re");
	unsigned long whole = 0, resident = 0;

	(void)page;
	if (!file)
		return 0;
	if (fscanf(file, "%lu %lu", &whole, &resident) != 2)
		resident = 0;
	fclose(file);
	return (double)resident * (double)sysconf(_SC_PAGESIZE);
}

/* clang-format off */
static const struct {
	const char *name, *type, *help;
	double (*read)(const struct page *page);
} values[] = {
	{ "station_parcels_today", "gauge", "Parcels packed since midnight.", read_today },
	{ "station_pace_per_hour", "gauge", "Parcels an hour over the last hour of work.", read_pace },
	{ "station_signed_in", "gauge", "1 while a packer is signed in.", read_signed_in },
	{ "station_clock_doubtful", "gauge", "1 while no time server vouches for the clock.",
	  read_doubtful },
	{ "station_view_version", "counter", "Changes of what the screen shows.", read_version },
	{ "station_events_lost_total", "counter", "Events that found the bench's queue full.",
	  read_overflowed },
	{ "station_loop_turns_total", "counter", "Callbacks of the one loop that decides.", read_turns },
	{ "station_loop_slow_turns_total", "counter", "Callbacks that took over 10 ms.",
	  read_slow_turns },
	{ "station_loop_longest_turn_seconds", "gauge", "The longest callback since the start.",
	  read_longest_turn },
	{ "station_pages_open", "gauge", "Pages that follow the bench live.", read_pages },
	{ "station_requests_total", "counter", "Requests the pages answered.", read_requests },
	{ "process_cpu_seconds_total", "counter", "Processor time of the station.", read_cpu },
	{ "process_resident_memory_bytes", "gauge", "Memory of the station.", read_resident },
};

static const char *const queue_names[HAL_QUEUE_COUNT] = {
	[HAL_QUEUE_JOURNAL] = "journal",
	[HAL_QUEUE_CLERK] = "clerk",
};

static const char *const device_names[DEVICE_COUNT] = {
	[DEVICE_SCANNER] = "scanner", [DEVICE_SCALE] = "scale",     [DEVICE_PRINTER] = "printer",
	[DEVICE_TOWER] = "tower",     [DEVICE_STORAGE] = "storage",
};
/* clang-format on */

static void put_head(struct page *page, const char *name, const char *type, const char *help)
{
	put(page, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void put_values(struct page *page)
{
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		put_head(page, values[i].name, values[i].type, values[i].help);
		put(page, "%s %.15g\n", values[i].name, values[i].read(page));
	}
}

static void put_build(struct page *page)
{
	put_head(page, "station_build_info", "gauge", "Always 1; which program, on which bench.");
	put(page, "station_build_info{version=\"%s\",bench=\"", STATION_VERSION);
	for (const char *at = page->view->bench; *at; at++) {
		if (*at == '"' || *at == '\\')
			put(page, "\\");
		put(page, "%c", *at);
	}
	put(page, "\"} 1\n");
}

static void put_devices(struct page *page)
{
	put_head(page, "station_device_healthy", "gauge",
	         "1 while a device works; one that is not configured does not.");
	for (int i = 0; i < DEVICE_COUNT; i++)
		if (device_names[i])
			put(page, "station_device_healthy{device=\"%s\"} %d\n", device_names[i],
			    page->view->devices[i].health == HEALTH_OK);
}

/* ---- Queues -----------------------------------------------------------------------------------
 */

static double queue_depth(const struct hal_queue_figures *figures)
{
	return figures->depth;
}

static double queue_jobs(const struct hal_queue_figures *figures)
{
	return (double)figures->jobs;
}

static double queue_busy(const struct hal_queue_figures *figures)
{
	return seconds(figures->busy_us);
}

static double queue_longest(const struct hal_queue_figures *figures)
{
	return seconds(figures->longest_us);
}

static const struct {
	const char *name, *type, *help;
	double (*read)(const struct hal_queue_figures *figures);
} queue_values[] = {
	{ "station_queue_depth", "gauge", "Jobs submitted and not done.", queue_depth },
	{ "station_queue_jobs_total", "counter", "Jobs done.", queue_jobs },
	{ "station_queue_busy_seconds_total", "counter", "Time the thread worked.", queue_busy },
	{ "station_queue_longest_seconds", "gauge", "The longest job since the start.",
	  queue_longest },
};

static void put_queues(struct page *page)
{
	for (size_t i = 0; i < sizeof(queue_values) / sizeof(queue_values[0]); i++) {
		put_head(page, queue_values[i].name, queue_values[i].type, queue_values[i].help);
		for (int queue = 0; queue < HAL_QUEUE_COUNT; queue++) {
			struct hal_queue_figures figures =
				hal_queue_figures(page->web->env.work, (enum hal_queue)queue);

			put(page, "%s{queue=\"%s\"} %.15g\n", queue_values[i].name,
			    queue_names[queue], queue_values[i].read(&figures));
		}
	}
}

/* ---- Times ------------------------------------------------------------------------------------
 */

static void put_times(struct page *page, const char *name, const char *help,
                      const struct figures_times *times)
{
	uint64_t below = 0;

	put_head(page, name, "histogram", help);
	for (int i = 0; i < FIGURES_SPANS; i++) {
		below += times->within[i];
		put(page, "%s_bucket{le=\"%g\"} %llu\n", name, seconds(figures_spans_us[i]),
		    (unsigned long long)below);
	}
	put(page, "%s_bucket{le=\"+Inf\"} %llu\n%s_sum %.15g\n%s_count %llu\n", name,
	    (unsigned long long)times->count, name, seconds(times->sum_us), name,
	    (unsigned long long)times->count);
}

enum MHD_Result web_get_metrics(struct web_request *request)
{
	const struct web_env *env = &request->web->env;
	struct page page = {
		.web = request->web,
		.view = station_view(env->station),
		.figures = station_figures(env->station),
		.loop = hal_loop_figures(env->loop),
	};

	put_build(&page);
	put_values(&page);
	put_devices(&page);
	put_queues(&page);
	put_times(&page, "station_commit_seconds", "One step of the bench, until it is on disk.",
	          &page.figures.commit);
	put_times(&page, "station_label_seconds",
	          "A label laid out, and painted and encoded where it was asked for.",
	          &page.figures.label);
	return web_answer(request, MHD_HTTP_OK, "text/plain; version=0.0.4", page.text);
}
