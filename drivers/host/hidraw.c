/* SPDX-License-Identifier: MIT */
#include "host/hidraw.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/hidraw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "host/finder.h"
#include "stream/trace.h"
#include "stream/uri.h"

struct hidraw {
	struct hal_report base;
	struct host host;
	struct finder finder;
	struct hal_watch watch; /* fd -1 while down */
	struct hidraw_report_descriptor descriptor;
	/* The report on its way out, on a descriptor of the clerk's own. */
	struct hal_job writing;
	int writing_fd; /* -1: none */
	size_t len;
	uint8_t bytes[HAL_REPORT_MAX];
	bool closed; /* by its owner, while the clerk still wrote */
	char path[URI_BODY_MAX];
};

static void shut(struct hidraw *hidraw)
{
	hal_watch_stop(hidraw->host.loop, &hidraw->watch);
	if (hidraw->watch.fd >= 0)
		close(hidraw->watch.fd);
	hidraw->watch.fd = -1;
}

static void lose(struct hidraw *hidraw)
{
	shut(hidraw);
	finder_lost(&hidraw->finder);
	if (hidraw->base.listener)
		hidraw->base.listener->down(hidraw->base.owner, HAL_E_LINK);
}

/* One report a read: that is what hidraw promises. */
static void on_ready(struct hal_watch *watch, unsigned what)
{
	struct hidraw *hidraw = hal_container_of(watch, struct hidraw, watch);
	uint8_t report[HAL_REPORT_MAX];
	ssize_t len = read(watch->fd, report, sizeof(report));
	bool later = len < 0 && (errno == EAGAIN || errno == EINTR);

	if (len > 0) {
		trace_bytes(hidraw->host.log, "hidraw", "<", report, (size_t)len);
		if (hidraw->base.listener)
			hidraw->base.listener->report(hidraw->base.owner, report, (size_t)len);
	}
	if ((len <= 0 && !later) || (what & HAL_HUP))
		lose(hidraw);
}

static enum hal_status read_descriptor(struct hidraw *hidraw, struct hal_fault *reterr_fault)
{
	int size = 0;

	if (ioctl(hidraw->watch.fd, HIDIOCGRDESCSIZE, &size) < 0)
		return finder_tell_errno(hidraw->path, errno, reterr_fault);
	hidraw->descriptor.size = (unsigned)size;
	if (ioctl(hidraw->watch.fd, HIDIOCGRDESC, &hidraw->descriptor) < 0)
		return finder_tell_errno(hidraw->path, errno, reterr_fault);
	return HAL_OK;
}

static enum hal_status listen_to(struct hidraw *hidraw, struct hal_fault *reterr_fault)
{
	enum hal_status status;

	hidraw->watch.fd = open(hidraw->path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (hidraw->watch.fd < 0)
		return finder_tell_errno(hidraw->path, errno, reterr_fault);
	status = read_descriptor(hidraw, reterr_fault);
	if (status == HAL_OK && hal_watch_start(hidraw->host.loop, &hidraw->watch) != HAL_OK) {
		hal_fault_set(reterr_fault, "'%s' cannot be waited for", hidraw->path);
		status = HAL_E_SYSTEM;
	}
	return status;
}

static enum hal_status reach(struct finder *finder, struct hal_fault *reterr_fault)
{
	struct hidraw *hidraw = hal_container_of(finder, struct hidraw, finder);
	enum hal_status status = listen_to(hidraw, reterr_fault);

	if (status != HAL_OK)
		shut(hidraw);
	else if (hidraw->base.listener)
		hidraw->base.listener->up(hidraw->base.owner, hidraw->descriptor.value,
		                          hidraw->descriptor.size);
	return status;
}

/* A report that the device did not take shows in what it says next, or in its loss. */
static void run_write(struct hal_job *job)
{
	struct hidraw *hidraw = hal_container_of(job, struct hidraw, writing);
	ssize_t put = write(hidraw->writing_fd, hidraw->bytes, hidraw->len);

	if (put < 0)
		hal_log(hidraw->host.log, HAL_LOG_WARN, "hidraw", "'%s' took no report: %s",
		        hidraw->path, strerror(errno));
}

static void on_written(struct hal_job *job)
{
	struct hidraw *hidraw = hal_container_of(job, struct hidraw, writing);

	close(hidraw->writing_fd);
	hidraw->writing_fd = -1;
	if (hidraw->closed)
		free(hidraw);
}

static enum hal_status hidraw_write(struct hal_report *base, const void *data, size_t len)
{
	struct hidraw *hidraw = hal_container_of(base, struct hidraw, base);
	enum hal_status status;

	if (hidraw->watch.fd < 0)
		return HAL_E_LINK;
	if (len == 0 || len > sizeof(hidraw->bytes))
		return HAL_E_ARG;
	if (hidraw->writing_fd >= 0)
		return HAL_E_BUSY;
	hidraw->writing_fd = fcntl(hidraw->watch.fd, F_DUPFD_CLOEXEC, 0);
	if (hidraw->writing_fd < 0)
		return HAL_E_SYSTEM;
	memcpy(hidraw->bytes, data, len);
	hidraw->len = len;
	trace_bytes(hidraw->host.log, "hidraw", ">", hidraw->bytes, len);
	status = hal_work_submit(hidraw->host.work, HAL_QUEUE_CLERK, &hidraw->writing);
	if (status != HAL_OK) {
		close(hidraw->writing_fd);
		hidraw->writing_fd = -1;
	}
	return status;
}

/* A submitted job cannot be taken back: then its end frees the rest. */
static void hidraw_close(struct hal_report *base)
{
	struct hidraw *hidraw = hal_container_of(base, struct hidraw, base);

	finder_stop(&hidraw->finder);
	shut(hidraw);
	if (hidraw->writing_fd >= 0)
		hidraw->closed = true;
	else
		free(hidraw);
}

static const struct hal_report_ops hidraw_ops = { .close = hidraw_close, .write = hidraw_write };

enum hal_status hidraw_open(const struct host *host, const char *uri,
                            struct hal_report **ret_report, struct hal_fault *reterr_fault)
{
	struct hidraw *hidraw = calloc(1, sizeof(*hidraw));
	enum hal_status status;

	if (!hidraw) {
		hal_fault_set(reterr_fault, "%s", strerror(ENOMEM));
		return HAL_E_SYSTEM;
	}
	status = uri_parse_path(uri, hidraw->path, reterr_fault);
	if (status != HAL_OK) {
		free(hidraw);
		return status;
	}
	hidraw->base.ops = &hidraw_ops;
	hidraw->host = *host;
	hidraw->writing_fd = -1;
	hidraw->writing = (struct hal_job){ .run = run_write, .done = on_written };
	hidraw->watch = (struct hal_watch){ .ready = on_ready, .fd = -1, .wanted = HAL_READ };
	hidraw->finder = (struct finder){ .tag = "hidraw", .reach = reach };
	hidraw->finder.appears.path = hidraw->path;
	finder_start(&hidraw->finder, &hidraw->host);
	*ret_report = &hidraw->base;
	return HAL_OK;
}
