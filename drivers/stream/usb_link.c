/* SPDX-License-Identifier: MIT */
#include "stream/usb_link.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#define STALLS_MAX 3
#define REAP_US    HAL_MS(20)
#define LAST_REAPS 50

static bool is_flying(const struct usb_link *link)
{
	return link->out.flying > 0 || link->in.flying || link->control.flying;
}

static void handle_events(struct usb_link *link, int64_t wait_us)
{
	struct timeval wait = { .tv_usec = (suseconds_t)wait_us };

	libusb_handle_events_timeout_completed(link->device.context, &wait, NULL);
}

static void finish(struct usb_link *link)
{
	usb_out_finish(&link->out);
	usb_in_finish(&link->in);
	usb_control_finish(&link->control);
	usb_device_finish(&link->device);
}

/* On the clerk's thread; the loop leaves the device alone meanwhile, but for transfers. */
static void run_errand(struct hal_job *job)
{
	struct usb_link *link = hal_container_of(job, struct usb_link, job);
	struct usb_device *device = &link->device;
	bool cleared = true;

	switch (link->errand) {
	case USB_ERRAND_OPEN:
		link->done = usb_device_open(device, link->found.node, &link->fault);
		break;
	case USB_ERRAND_CLEAR:
		if (link->clears_in)
			cleared = usb_device_clear(device, device->choice.in);
		if (link->clears_out)
			cleared = usb_device_clear(device, device->choice.out) && cleared;
		link->done = cleared ? HAL_OK : HAL_E_PROTOCOL;
		break;
	case USB_ERRAND_CLOSE:
		usb_device_close(device);
		break;
	}
}

/* A clerk that takes no more work is going home: then this thread may wait. */
static void send_errand(struct usb_link *link, enum usb_errand errand)
{
	link->errand = errand;
	if (hal_work_submit(link->host.work, HAL_QUEUE_CLERK, &link->job) == HAL_OK)
		return;
	run_errand(&link->job);
	link->job.done(&link->job);
}

/* What waits for the clerk, or for transfers to land; called after every event. */
static void advance(struct usb_link *link)
{
	bool out_ready = link->out_halted && link->out.flying == 0;
	bool in_ready = link->in_halted && !link->in.flying;

	if (link->job.pending)
		return;
	if (link->state == USB_LEAVING && !is_flying(link)) {
		hal_timer_stop(link->host.loop, &link->reap);
		link->state = USB_ABSENT;
		send_errand(link, USB_ERRAND_CLOSE);
	} else if (link->state == USB_UP && (out_ready || in_ready)) {
		link->clears_out = out_ready;
		link->clears_in = in_ready;
		send_errand(link, USB_ERRAND_CLEAR);
	}
}

static void stop_watches(struct usb_link *link)
{
	for (unsigned i = 0; i < link->watch_count; i++)
		hal_watch_stop(link->host.loop, &link->watches[i].watch);
	link->watch_count = 0;
}

static void call_back(struct usb_link *link)
{
	link->state = USB_LEAVING;
	hal_timer_stop(link->host.loop, &link->fall);
	stop_watches(link);
	link->out.held = true;
	usb_out_cancel(&link->out);
	usb_in_stop(&link->in);
	usb_control_cancel(&link->control);
	handle_events(link, 0);
}

/*
 * The printer may have taken a transfer whose landing was lost with the cable; a
 * stall on the other hand is its word that it took nothing.
 */
static void tell_doubt(struct usb_link *link, enum hal_status why)
{
	size_t doubt = usb_out_doubt(&link->out);

	if (why == HAL_E_LINK && doubt > 0)
		link->listener->handed(link->owner, doubt);
}

static void lose(struct usb_link *link, enum hal_status why)
{
	if (link->state != USB_UP)
		return;
	tell_doubt(link, why);
	call_back(link);
	hal_timer_start(link->host.loop, &link->reap, REAP_US);
	link->listener->down(link->owner, why);
	advance(link);
}

static void on_reap(struct hal_timer *timer)
{
	struct usb_link *link = hal_container_of(timer, struct usb_link, reap);

	hal_timer_start(link->host.loop, timer, REAP_US);
	handle_events(link, 0);
	advance(link);
}

static void on_fall(struct hal_timer *timer)
{
	struct usb_link *link = hal_container_of(timer, struct usb_link, fall);

	lose(link, link->why);
}

static void lose_soon(struct usb_link *link, enum hal_status why)
{
	link->why = why;
	hal_timer_start(link->host.loop, &link->fall, 1);
}

/* The kernel hangs up the descriptor of a device that is gone, also of an idle one. */
static void on_usb(struct hal_watch *watch, unsigned what)
{
	struct usb_link *link = hal_container_of(watch, struct usb_link_watch, watch)->link;

	handle_events(link, 0);
	if ((what & HAL_HUP) && watch->fd == link->device.fd)
		lose(link, HAL_E_LINK);
	advance(link);
}

static enum hal_status watch_one(struct usb_link *link, const struct libusb_pollfd *wanted)
{
	struct usb_link_watch *place = &link->watches[link->watch_count];

	if (link->watch_count == USB_LINK_WATCHES)
		return HAL_E_SYSTEM;
	place->link = link;
	place->watch = (struct hal_watch){
		.ready = on_usb,
		.fd = wanted->fd,
		.wanted = ((wanted->events & POLLIN) ? HAL_READ : 0u) |
		          ((wanted->events & POLLOUT) ? HAL_WRITE : 0u),
	};
	if (hal_watch_start(link->host.loop, &place->watch) != HAL_OK)
		return HAL_E_SYSTEM;
	link->watch_count++;
	return HAL_OK;
}

static enum hal_status start_watches(struct usb_link *link)
{
	const struct libusb_pollfd **all = libusb_get_pollfds(link->device.context);
	enum hal_status status = all ? HAL_OK : HAL_E_SYSTEM;

	for (int i = 0; all && all[i] && status == HAL_OK; i++)
		status = watch_one(link, all[i]);
	libusb_free_pollfds(all);
	return status;
}

static void come_up(struct usb_link *link)
{
	const struct usb_device *device = &link->device;

	link->state = USB_UP;
	link->out_halted = link->in_halted = false;
	link->stalls = 0;
	if (start_watches(link) != HAL_OK) {
		hal_fault_set(&link->fault, "'%s' cannot be waited for", link->found.node);
		finder_failed(&link->finder, HAL_E_SYSTEM, &link->fault);
		call_back(link);
		return;
	}
	finder_reached(&link->finder);
	hal_log(link->host.log, HAL_LOG_INFO, "usb", "printer '%s' at socket %s, interface %u, %s",
	        link->found.node, link->found.port, device->choice.interface,
	        device->choice.in ? "two-way" : "one-way");
	usb_out_begin(&link->out, device->handle, device->choice.out);
	usb_in_begin(&link->in, device->handle, device->choice.in);
	link->listener->up(link->owner);
}

static void go_on_after_clear(struct usb_link *link)
{
	if (link->clears_in) {
		link->in_halted = false;
		usb_in_read(&link->in);
	}
	if (!link->clears_out)
		return;
	link->out_halted = false;
	if (link->done == HAL_OK)
		usb_out_again(&link->out);
	else
		lose(link, HAL_E_PROTOCOL);
}

/* Its owner is gone: what is open is closed, and then there is nothing left to do. */
static void end(struct usb_link *link)
{
	if (link->device.handle) {
		send_errand(link, USB_ERRAND_CLOSE);
		return;
	}
	finish(link);
	link->listener->freed(link->owner);
}

static void on_errand_done(struct hal_job *job)
{
	struct usb_link *link = hal_container_of(job, struct usb_link, job);

	if (link->closed) {
		end(link);
		return;
	}
	if (link->errand == USB_ERRAND_OPEN && link->done == HAL_OK)
		come_up(link);
	else if (link->errand == USB_ERRAND_OPEN)
		finder_failed(&link->finder, link->done, &link->fault);
	else if (link->errand == USB_ERRAND_CLOSE && link->finder.reached)
		finder_lost(&link->finder);
	else if (link->errand == USB_ERRAND_CLEAR && link->state == USB_UP)
		go_on_after_clear(link);
	advance(link);
}

static enum hal_status reach(struct finder *finder, struct hal_fault *reterr_fault)
{
	struct usb_link *link = hal_container_of(finder, struct usb_link, finder);
	const struct usb_wanted *wanted = &link->wanted;

	if (usb_find(wanted, &link->found) != HAL_OK) {
		hal_fault_set(reterr_fault, "no device %s:%s%s%s is plugged in", wanted->vendor,
		              wanted->product, wanted->serial[0] ? ":" : "", wanted->serial);
		return HAL_E_LINK;
	}
	if (link->found.count > 1)
		hal_log(link->host.log, HAL_LOG_WARN, "usb",
		        "%u devices are %s:%s; using the one at socket %s (add its serial number "
		        "or "
		        "?port= to the configuration)",
		        link->found.count, wanted->vendor, wanted->product, link->found.port);
	send_errand(link, USB_ERRAND_OPEN);
	return HAL_E_BUSY;
}

static void out_handed(void *owner, size_t len)
{
	struct usb_link *link = owner;

	link->stalls = 0;
	if (link->state == USB_UP)
		link->listener->handed(link->owner, len);
}

static void out_stopped(void *owner, enum libusb_transfer_status why)
{
	struct usb_link *link = owner;

	if (why != LIBUSB_TRANSFER_STALL) {
		lose_soon(link, HAL_E_LINK);
		return;
	}
	/* A halted endpoint refuses everything that was in flight: that is one stall. */
	if (!link->out_halted && ++link->stalls > STALLS_MAX)
		lose_soon(link, HAL_E_PROTOCOL);
	link->out_halted = true;
}

static void in_bytes(void *owner, const uint8_t *data, size_t len)
{
	struct usb_link *link = owner;

	if (link->state == USB_UP)
		link->listener->bytes(link->owner, data, len);
}

static void in_halted(void *owner)
{
	((struct usb_link *)owner)->in_halted = true;
}

static void in_gone(void *owner)
{
	lose_soon(owner, HAL_E_LINK);
}

static void in_mute(void *owner)
{
	struct usb_link *link = owner;

	hal_log(link->host.log, HAL_LOG_WARN, "usb",
	        "printer '%s' fails to answer; using it without its answers", link->found.node);
}

static void control_answered(void *owner, enum hal_stream_ask ask, enum hal_status status,
                             const uint8_t *data, size_t len)
{
	struct usb_link *link = owner;

	if (link->state == USB_UP)
		link->listener->answered(link->owner, ask, status, data, len);
}

static const struct usb_out_listener out_listener = { out_handed, out_stopped };
static const struct usb_in_listener in_listener = { in_bytes, in_halted, in_gone, in_mute };

enum hal_status usb_link_init(struct usb_link *link, const struct host *host,
                              const struct usb_wanted *wanted,
                              const struct usb_link_listener *listener, void *owner,
                              struct hal_fault *reterr_fault)
{
	enum hal_status status = usb_device_init(&link->device, reterr_fault);

	link->listener = listener;
	link->owner = owner;
	link->host = *host;
	link->wanted = *wanted;
	link->fall.fire = on_fall;
	link->reap.fire = on_reap;
	link->job = (struct hal_job){ .run = run_errand, .done = on_errand_done };
	link->control.answered = control_answered;
	link->control.owner = link;
	link->finder = (struct finder){ .tag = "usb", .reach = reach };
	link->finder.appears.subsystem = "usb";
	if (status == HAL_OK && (usb_out_init(&link->out, &out_listener, link) != HAL_OK ||
	                         usb_in_init(&link->in, host->loop, &in_listener, link) != HAL_OK ||
	                         usb_control_init(&link->control, host->loop) != HAL_OK)) {
		hal_fault_set(reterr_fault, "%s", strerror(ENOMEM));
		status = HAL_E_SYSTEM;
	}
	if (status == HAL_OK)
		finder_start(&link->finder, &link->host);
	else
		finish(link);
	return status;
}

/* A call back is answered at once by any kernel; the waits are for one that is broken. */
void usb_link_close(struct usb_link *link)
{
	finder_stop(&link->finder);
	hal_timer_stop(link->host.loop, &link->reap);
	link->closed = true;
	if (link->state == USB_UP)
		call_back(link);
	for (int i = 0; i < LAST_REAPS && is_flying(link); i++)
		handle_events(link, REAP_US);
	hal_timer_stop(link->host.loop, &link->fall);
	if (!link->job.pending)
		end(link);
}
