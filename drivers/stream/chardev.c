/* SPDX-License-Identifier: MIT */
#include "stream/chardev.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/lp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "stream/fdstream.h"
#include "stream/uri.h"

#define DEPTH      (512u * 1024u) /* a label of 100 x 150 mm at 300 dpi, as hexadecimal digits */
#define ANSWER_MAX 1024

/* From the driver's source; the kernel exports no header with them. */
#define LPIOC_GET_DEVICE_ID _IOC(_IOC_READ, 'P', 1, ANSWER_MAX)
#define LPIOC_SOFT_RESET    _IOC(_IOC_NONE, 'P', 7, 0)

struct chardev {
	struct fdstream base;
	char path[URI_BODY_MAX];
	/* The question under way: the clerk has its own descriptor, so that a loss in between is
	 * safe. */
	struct hal_job asking;
	enum hal_stream_ask ask;
	int asked_fd; /* -1: none under way */
	ssize_t answer_len;
	uint8_t answer[ANSWER_MAX];
	bool closed; /* by its owner, while the clerk still asked */
};

static struct chardev *chardev_from_base(struct fdstream *base)
{
	return hal_container_of(base, struct chardev, base);
}

static void make_raw(int fd)
{
	struct termios settings;

	if (tcgetattr(fd, &settings) != 0)
		return;
	cfmakeraw(&settings);
	tcsetattr(fd, TCSANOW, &settings);
}

static enum hal_status open_chardev(struct fdstream *base, struct hal_fault *reterr_fault)
{
	struct chardev *chardev = chardev_from_base(base);
	int fd = open(chardev->path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		return finder_tell_errno(chardev->path, errno, reterr_fault);
	make_raw(fd);
	base->watch.fd = fd;
	return HAL_OK;
}

static ssize_t read_chardev(struct fdstream *base, void *data, size_t cap)
{
	return read(base->watch.fd, data, cap);
}

static ssize_t write_chardev(struct fdstream *base, const void *data, size_t len)
{
	return write(base->watch.fd, data, len);
}

/* A terminal that reads nothing though it was ready has ended; a printer has nothing to say. */
static bool is_gone(struct fdstream *base)
{
	return isatty(base->watch.fd);
}

static void shut_chardev(struct fdstream *base)
{
	if (base->watch.fd >= 0)
		close(base->watch.fd);
}

static void run_question(struct hal_job *job)
{
	struct chardev *chardev = hal_container_of(job, struct chardev, asking);
	int status = 0;
	int failed = -1;

	switch (chardev->ask) {
	case HAL_ASK_DEVICE_ID:
		failed = ioctl(chardev->asked_fd, LPIOC_GET_DEVICE_ID, chardev->answer);
		chardev->answer_len = (chardev->answer[0] << 8) | chardev->answer[1];
		break;
	case HAL_ASK_PORT_STATUS:
		failed = ioctl(chardev->asked_fd, LPGETSTATUS, &status);
		chardev->answer[0] = (uint8_t)status;
		chardev->answer_len = 1;
		break;
	case HAL_ASK_SOFT_RESET:
		failed = ioctl(chardev->asked_fd, LPIOC_SOFT_RESET, 0);
		chardev->answer_len = 0;
		break;
	}
	if (failed != 0 || chardev->answer_len > ANSWER_MAX)
		chardev->answer_len = -1;
}

static void on_answered(struct hal_job *job)
{
	struct chardev *chardev = hal_container_of(job, struct chardev, asking);
	const struct hal_stream *stream = &chardev->base.base;
	bool answered = chardev->answer_len >= 0;

	close(chardev->asked_fd);
	chardev->asked_fd = -1;
	if (chardev->closed) {
		free(chardev);
		return;
	}
	if (chardev->base.up && stream->listener && stream->listener->answer)
		stream->listener->answer(stream->owner, chardev->ask,
		                         answered ? HAL_OK : HAL_E_PROTOCOL, chardev->answer,
		                         answered ? (size_t)chardev->answer_len : 0);
}

static enum hal_status request_chardev(struct fdstream *base, enum hal_stream_ask ask)
{
	struct chardev *chardev = chardev_from_base(base);
	enum hal_status status;

	if (isatty(base->watch.fd))
		return HAL_E_UNSUPPORTED;
	if (chardev->asked_fd >= 0)
		return HAL_E_BUSY;
	chardev->ask = ask;
	chardev->asked_fd = fcntl(base->watch.fd, F_DUPFD_CLOEXEC, 0);
	if (chardev->asked_fd < 0)
		return HAL_E_SYSTEM;
	memset(chardev->answer, 0, sizeof(chardev->answer));
	status = hal_work_submit(base->host.work, HAL_QUEUE_CLERK, &chardev->asking);
	if (status != HAL_OK) {
		close(chardev->asked_fd);
		chardev->asked_fd = -1;
	}
	return status;
}

/* A submitted job cannot be taken back: then its end frees the rest. */
static void free_chardev(struct fdstream *base)
{
	struct chardev *chardev = chardev_from_base(base);

	if (chardev->asked_fd >= 0)
		chardev->closed = true;
	else
		free(chardev);
}

static const struct fdstream_kind chardev_kind = {
	.tag = "chardev",
	.depth = DEPTH,
	.open = open_chardev,
	.read = read_chardev,
	.write = write_chardev,
	.gone = is_gone,
	.shut = shut_chardev,
	.request = request_chardev,
	.free = free_chardev,
};

static enum hal_status init(struct chardev *chardev, const struct host *host, const char *uri,
                            struct hal_fault *reterr_fault)
{
	enum hal_status status = uri_parse(uri, chardev->path, NULL, 0, reterr_fault);

	if (status != HAL_OK)
		return status;
	if (chardev->path[0] != '/') {
		hal_fault_set(reterr_fault, "'%s' is not a path that begins with '/'",
		              chardev->path);
		return HAL_E_ARG;
	}
	chardev->asked_fd = -1;
	chardev->asking = (struct hal_job){ .run = run_question, .done = on_answered };
	return fdstream_init(&chardev->base, &chardev_kind, host, chardev->path);
}

enum hal_status chardev_open(const struct host *host, const char *uri,
                             struct hal_stream **ret_stream, struct hal_fault *reterr_fault)
{
	struct chardev *chardev = calloc(1, sizeof(*chardev));
	enum hal_status status;

	if (!chardev) {
		hal_fault_set(reterr_fault, "%s", strerror(ENOMEM));
		return HAL_E_SYSTEM;
	}
	status = init(chardev, host, uri, reterr_fault);
	if (status != HAL_OK) {
		free(chardev);
		return status;
	}
	*ret_stream = &chardev->base.base;
	return HAL_OK;
}
