/* SPDX-License-Identifier: MIT */
#include "usbip.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ATTACH     "/sys/devices/platform/vhci_hcd.0/attach"
#define CMD_SUBMIT 1u
#define CMD_UNLINK 2u
#define RET_SUBMIT 3u
#define RET_UNLINK 4u
#define DEVICE_ID  0x10002u
#define SPEED_HIGH 3
#define URB_MAX    (1 << 20)

static void write_all(int fd, const void *data, size_t len)
{
	const uint8_t *at = data;

	while (len > 0) {
		ssize_t n = write(fd, at, len);

		if (n <= 0)
			return;
		at += n;
		len -= (size_t)n;
	}
}

static bool read_all(int fd, void *data, size_t len)
{
	uint8_t *at = data;

	while (len > 0) {
		ssize_t n = read(fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

void usbip_init(struct usbip *usbip, const struct usbip_device *device, void *self, unsigned port)
{
	*usbip = (struct usbip){ .device = device, .self = self, .port = port, .socket = -1 };
}

static bool attach(const struct usbip *usbip, int end)
{
	int fd = open(ATTACH, O_WRONLY | O_CLOEXEC);
	bool good = fd >= 0 &&
	            dprintf(fd, "%u %d %u %d\n", usbip->port, end, DEVICE_ID, SPEED_HIGH) > 0;

	if (!good)
		perror(ATTACH);
	if (fd >= 0)
		close(fd);
	return good;
}

bool usbip_plug_in(struct usbip *usbip)
{
	int ends[2];
	bool good;

	if (usbip->socket >= 0)
		return true;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return false;
	usbip->socket = ends[1];
	usbip->halted = false;
	good = attach(usbip, ends[0]);
	close(ends[0]);
	return good;
}

static void drop_urb(struct usbip_queue *queue, size_t i)
{
	free(queue->urbs[i].data);
	memmove(&queue->urbs[i], &queue->urbs[i + 1],
	        (--queue->count - i) * sizeof(queue->urbs[0]));
}

void usbip_pull_out(struct usbip *usbip)
{
	if (usbip->socket < 0)
		return;
	close(usbip->socket);
	usbip->socket = -1;
	while (usbip->out.count > 0)
		drop_urb(&usbip->out, 0);
	while (usbip->in.count > 0)
		drop_urb(&usbip->in, 0);
}

/* Ends a request: status 0 or a negative errno, so many bytes moved. */
static void answer(struct usbip *usbip, const struct usbip_packet *asked, int status,
                   const void *data, size_t len)
{
	struct usbip_packet packet = {
		.command = htonl(RET_SUBMIT),
		.seq = asked->seq,
		.a = htonl((uint32_t)status),
		.length = htonl((uint32_t)len),
	};

	write_all(usbip->socket, &packet, sizeof(packet));
	if (data)
		write_all(usbip->socket, data, len);
}

static bool clears_halt(const uint8_t *setup)
{
	return setup[0] == 0x02 && setup[1] == 1;
}

static void control(struct usbip *usbip, const struct usbip_packet *packet)
{
	const uint8_t *setup = packet->setup;
	size_t wanted = setup[6] | (size_t)setup[7] << 8;
	uint8_t data[USBIP_CONTROL_MAX];
	size_t len;

	if (clears_halt(setup))
		usbip->halted = false;
	len = usbip->device->control(usbip->self, setup, data);
	if (!(setup[0] & 0x80))
		answer(usbip, packet, 0, NULL, 0);
	else if (len == 0)
		answer(usbip, packet, -EPIPE, NULL, 0);
	else
		answer(usbip, packet, 0, data, len < wanted ? len : wanted);
}

static void keep(struct usbip_queue *queue, const struct usbip_packet *packet, uint8_t *data,
                 uint32_t len)
{
	if (queue->count < USBIP_WAITING_MAX)
		queue->urbs[queue->count++] = (struct usbip_urb){ *packet, data, len };
	else
		free(data);
}

static bool submit(struct usbip *usbip, const struct usbip_packet *packet)
{
	bool in = ntohl(packet->direction) != 0;
	uint32_t len = ntohl(packet->length);
	uint8_t *data = NULL;

	if (len > URB_MAX)
		return false;
	if (!in && len > 0) {
		data = malloc(len);
		if (!data || !read_all(usbip->socket, data, len)) {
			free(data);
			return false;
		}
	}
	if (packet->endpoint == 0) {
		free(data);
		control(usbip, packet);
	} else {
		keep(in ? &usbip->in : &usbip->out, packet, data, len);
	}
	return true;
}

static bool take_back(struct usbip_queue *queue, uint32_t seq)
{
	for (size_t i = 0; i < queue->count; i++)
		if (queue->urbs[i].packet.seq == seq) {
			drop_urb(queue, i);
			return true;
		}
	return false;
}

static void unlink_urb(struct usbip *usbip, const struct usbip_packet *asked)
{
	bool waiting = take_back(&usbip->out, asked->a) || take_back(&usbip->in, asked->a);
	struct usbip_packet packet = {
		.command = htonl(RET_UNLINK),
		.seq = asked->seq,
		.a = htonl(waiting ? (uint32_t)-ECONNRESET : 0),
	};

	write_all(usbip->socket, &packet, sizeof(packet));
}

void usbip_hear(struct usbip *usbip)
{
	struct usbip_packet packet;
	bool good = read_all(usbip->socket, &packet, sizeof(packet));

	if (good && packet.command == htonl(CMD_SUBMIT))
		good = submit(usbip, &packet);
	else if (good && packet.command == htonl(CMD_UNLINK))
		unlink_urb(usbip, &packet);
	if (!good)
		usbip_pull_out(usbip);
}

/* One transfer to the device; false when it has to wait. */
static bool serve_out(struct usbip *usbip)
{
	struct usbip_urb *urb = &usbip->out.urbs[0];
	enum usbip_taking taking = USBIP_STALLS;

	if (!usbip->halted)
		taking = usbip->device->take(usbip->self, urb->data, urb->len);
	switch (taking) {
	case USBIP_TAKES:
		answer(usbip, &urb->packet, 0, NULL, urb->len);
		break;
	case USBIP_STALLS:
		usbip->halted = true;
		answer(usbip, &urb->packet, -EPIPE, NULL, 0);
		break;
	case USBIP_IS_GONE:
		usbip_pull_out(usbip);
		return false;
	case USBIP_WAITS:
		return false;
	}
	drop_urb(&usbip->out, 0);
	return true;
}

static bool serve_in(struct usbip *usbip)
{
	struct usbip_urb *urb = &usbip->in.urbs[0];
	uint8_t data[4096];
	size_t cap = urb->len < sizeof(data) ? urb->len : sizeof(data);
	size_t len = usbip->device->give(usbip->self, data, cap);

	if (len == 0)
		return false;
	answer(usbip, &urb->packet, 0, data, len);
	drop_urb(&usbip->in, 0);
	return true;
}

void usbip_serve(struct usbip *usbip)
{
	while (usbip->out.count > 0 && serve_out(usbip))
		;
	while (usbip->in.count > 0 && serve_in(usbip))
		;
}
