/* SPDX-License-Identifier: MIT */
/*
 * usb_printer.c - a USB label printer made of software, for the bench kernel
 *
 * usb_printer CONTROL PAPER [KEY=VALUE...]
 *
 * Hands one end of a socket to the kernel's virtual host controller (vhci_hcd)
 * and answers USB/IP on the other, so the kernel's USB core and everything above
 * it take it for a printer on a cable.  Behind the plug works the ZPL printer
 * model, on the time of the clock.  Bytes it is sent are appended to the file
 * PAPER; each label that comes out is a picture, PAPER.1.pbm and so on.  Lines
 * written to the fifo CONTROL ("-": stdin) are its hands; each is answered by
 * one line on stdout when it is done.
 *
 *   nak            takes no bytes any more, as with a full buffer
 *   normal         takes bytes again
 *   stall N        the N-th transfer from now is refused, and the endpoint halts
 *   status HEX     what GET_PORT_STATUS says (18: no error, selected)
 *   id TEXT        the IEEE 1284 id; empty: the request is refused
 *   paper in|out, head open|closed, pause on|off, power on|off, mute on|off
 *   slow N         N bytes a second; 0: at once
 *   cut N          vanishes when N more bytes have come
 *   swallow        vanishes with the end of the next label, all of it taken and none acknowledged
 *   vanish         pulled out
 *   return         plugged in again
 *   asked          says how many requests of each kind came since the last time
 *   labels         says how many labels came out whole
 *   quit
 *
 * Keys: vid, pid (hex), serial, protocol (1: no way back, 2), port (of the controller).
 *
 * Source: Linux, Documentation/usb/usbip_protocol.rst; USB-IF, "Universal Serial
 *         Bus Device Class Definition for Printing Devices", 1.1.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "vloop.h"
#include "wire.h"
#include "zpl_printer_model.h"

#define CONTROLLER  "/sys/devices/platform/vhci_hcd.0/"
#define CMD_SUBMIT  1u
#define CMD_UNLINK  2u
#define RET_SUBMIT  3u
#define RET_UNLINK  4u
#define SPEED_HIGH  3
#define WAITING_MAX 64
#define URB_MAX     (1 << 20)
#define ANSWER_MAX  4096
#define ENDPOINT_IN 2

/* One header of USB/IP: a request or its answer, all in network order. */
struct packet {
	uint32_t command, seq, device, direction, endpoint;
	uint32_t a, length, c, d, e; /* a: flags, or status; for UNLINK the number of the other */
	uint8_t setup[8];
} __attribute__((packed));

struct waiting {
	struct packet packet;
	uint8_t *data;
	uint32_t len;
};

struct queue {
	struct waiting urbs[WAITING_MAX];
	size_t count;
};

struct printer {
	int socket; /* -1: not plugged in */
	int control, paper;
	uint16_t vid, pid;
	char serial[64], id[256];
	unsigned protocol, port;
	bool nak, halted;
	uint8_t status;
	unsigned stall_at;
	long cut_left; /* -1: never */
	bool swallow;
	long slow; /* bytes a second */
	int64_t busy_until_ms;
	struct queue out, in;
	uint8_t answer[ANSWER_MAX];
	size_t answer_len;
	unsigned asked_id, asked_status, asked_reset;
	const char *paper_path;
	struct vloop vloop; /* the model's time, moved along by the clock's */
	int64_t began_ms;
	struct wire wire;
	struct zpl_printer_model model;
	bool quit;
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

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

static bool tell_controller(const char *file, const char *text)
{
	char path[128];
	int fd;
	bool good;

	snprintf(path, sizeof(path), CONTROLLER "%s", file);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	good = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);
	if (fd >= 0)
		close(fd);
	return good;
}

static void plug_in(struct printer *printer)
{
	char line[64];
	int ends[2];

	if (printer->socket >= 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return;
	snprintf(line, sizeof(line), "%u %d %u %d\n", printer->port, ends[0], 0x10002u, SPEED_HIGH);
	printer->socket = ends[1];
	printer->halted = false;
	if (!tell_controller("attach", line)) {
		perror("usb_printer: attach");
		printer->quit = true;
	}
	close(ends[0]);
}

static void drop_first(struct queue *queue)
{
	free(queue->urbs[0].data);
	memmove(&queue->urbs[0], &queue->urbs[1], --queue->count * sizeof(queue->urbs[0]));
}

static void pull_out(struct printer *printer)
{
	if (printer->socket < 0)
		return;
	close(printer->socket);
	printer->socket = -1;
	while (printer->out.count > 0)
		drop_first(&printer->out);
	while (printer->in.count > 0)
		drop_first(&printer->in);
	printer->answer_len = 0;
	printer->cut_left = -1;
}

/* Ends a request: status 0 or a negative errno, so many bytes moved. */
static void answer(struct printer *printer, const struct packet *asked, int status,
                   const void *data, uint32_t len)
{
	struct packet packet = {
		.command = htonl(RET_SUBMIT),
		.seq = asked->seq,
		.a = htonl((uint32_t)status),
		.length = htonl(len),
	};

	write_all(printer->socket, &packet, sizeof(packet));
	if (data)
		write_all(printer->socket, data, len);
}

static size_t put(uint8_t *to, const void *data, size_t len)
{
	memcpy(to, data, len);
	return len;
}

static size_t put_string(uint8_t *to, const char *text)
{
	size_t len = strlen(text);

	to[0] = (uint8_t)(2 + 2 * len);
	to[1] = 3;
	for (size_t i = 0; i < len; i++) {
		to[2 + 2 * i] = (uint8_t)text[i];
		to[3 + 2 * i] = 0;
	}
	return to[0];
}

static size_t get_descriptor(const struct printer *printer, uint8_t type, uint8_t index,
                             uint8_t *to)
{
	const uint8_t device[] = {
		18,
		1,
		0x00,
		0x02,
		0,
		0,
		0,
		64,
		(uint8_t)printer->vid,
		(uint8_t)(printer->vid >> 8),
		(uint8_t)printer->pid,
		(uint8_t)(printer->pid >> 8),
		0x00,
		0x01,
		1,
		2,
		printer->serial[0] ? 3 : 0,
		1,
	};
	const uint8_t one_way = printer->protocol == 1;
	const uint8_t config[] = {
		9,
		2,
		one_way ? 25 : 32,
		0,
		1,
		1,
		0,
		0xC0,
		50, /* one configuration */
		9,
		4,
		0,
		0,
		one_way ? 1 : 2,
		7,
		1,
		(uint8_t)printer->protocol,
		0,
		7,
		5,
		0x01,
		2,
		0x00,
		0x02,
		0,
		7,
		5,
		0x80 | ENDPOINT_IN,
		2,
		0x00,
		0x02,
		0,
	};
	static const uint8_t languages[] = { 4, 3, 0x09, 0x04 };
	const char *const strings[] = { "", "Bench Works", "Bench Label Printer", printer->serial };

	if (type == 1)
		return put(to, device, sizeof(device));
	if (type == 2)
		return put(to, config, config[2]);
	if (type != 3 || index > 3)
		return 0;
	if (index == 0)
		return put(to, languages, sizeof(languages));
	return put_string(to, strings[index]);
}

static size_t get_device_id(struct printer *printer, uint8_t *to)
{
	size_t len = strlen(printer->id) + 2;

	printer->asked_id++;
	if (len == 2)
		return 0;
	to[0] = (uint8_t)(len >> 8);
	to[1] = (uint8_t)len;
	memcpy(to + 2, printer->id, len - 2);
	return len;
}

static size_t get_port_status(struct printer *printer, uint8_t *to)
{
	printer->asked_status++;
	to[0] = printer->status;
	return 1;
}

/* Returns how much is answered; 0 for a request with an answer is a refusal. */
static size_t control_in(struct printer *printer, const uint8_t *setup, uint8_t *to)
{
	if (setup[0] == 0x80 && setup[1] == 6)
		return get_descriptor(printer, setup[3], setup[2], to);
	if (setup[0] == 0xA1 && setup[1] == 0)
		return get_device_id(printer, to);
	if (setup[0] == 0xA1 && setup[1] == 1)
		return get_port_status(printer, to);
	if (setup[1] == 0) { /* GET_STATUS of the device, an interface or an endpoint */
		to[0] = setup[0] == 0x80;
		to[1] = 0;
		return 2;
	}
	return 0;
}

static void control_out(struct printer *printer, const uint8_t *setup)
{
	bool reset = (setup[0] == 0x21 || setup[0] == 0x23) && setup[1] == 2;

	if (setup[0] == 0x02 && setup[1] == 1) /* CLEAR_FEATURE(ENDPOINT_HALT) */
		printer->halted = false;
	if (reset) {
		printer->asked_reset++;
		printer->answer_len = 0;
	}
}

static void control(struct printer *printer, const struct packet *packet)
{
	const uint8_t *setup = packet->setup;
	size_t wanted = setup[6] | (size_t)setup[7] << 8;
	uint8_t data[512];
	size_t len;

	if (!(setup[0] & 0x80)) {
		control_out(printer, setup);
		answer(printer, packet, 0, NULL, 0);
		return;
	}
	len = control_in(printer, setup, data);
	if (len == 0)
		answer(printer, packet, -EPIPE, NULL, 0);
	else
		answer(printer, packet, 0, data, (uint32_t)(len < wanted ? len : wanted));
}

static void model_up(void *owner)
{
	(void)owner;
}

static void model_bytes(void *owner, const uint8_t *data, size_t len)
{
	struct printer *printer = owner;

	if (printer->answer_len + len > ANSWER_MAX)
		return;
	memcpy(printer->answer + printer->answer_len, data, len);
	printer->answer_len += len;
}

static void model_down(void *owner, enum hal_status why)
{
	(void)owner;
	(void)why;
}

static const struct hal_stream_listener model_listener = {
	.up = model_up,
	.bytes = model_bytes,
	.down = model_down,
};

static void keep_label(void *owner, const struct paper_label *label)
{
	struct printer *printer = owner;
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s.%u.pbm", printer->paper_path, label->number + 1);
	file = fopen(path, "we");
	if (!file)
		return;
	fprintf(file, "P4\n%u %u\n", label->width_dots, label->height_dots);
	for (uint32_t y = 0; y < label->height_dots; y++)
		fwrite(label->bits + (size_t)y * label->stride, 1, (label->width_dots + 7) / 8,
		       file);
	fclose(file);
}

static void start_model(struct printer *printer)
{
	vloop_init(&printer->vloop);
	printer->began_ms = now_ms();
	wire_init(&printer->wire, &printer->vloop.base, 1000000);
	zpl_printer_model_init(&printer->model, &printer->vloop.base, &printer->wire);
	printer->model.press.paper.out = keep_label;
	printer->model.press.paper.owner = printer;
	hal_stream_attach(&printer->wire.host, &model_listener, printer);
	wire_plug(&printer->wire);
}

static void take_bytes(struct printer *printer, const uint8_t *data, size_t len)
{
	write_all(printer->paper, data, len);
	if (hal_stream_write(&printer->wire.host, data, len) != HAL_OK)
		fputs("usb_printer: the model did not take its bytes\n", stderr);
}

/* The whole label is in the first transfer, or the transfers before were answered. */
static bool ends_label(const struct waiting *urb)
{
	return urb->len >= 3 && memmem(urb->data, urb->len, "^XZ", 3) != NULL;
}

/* One transfer to the printer; false when it has to wait. */
static bool serve_out(struct printer *printer)
{
	struct waiting *urb = &printer->out.urbs[0];

	if (printer->nak || printer->wire.blocked || now_ms() < printer->busy_until_ms)
		return false;
	if (printer->stall_at > 0 && --printer->stall_at == 0)
		printer->halted = true;
	if (printer->halted) {
		answer(printer, &urb->packet, -EPIPE, NULL, 0);
		drop_first(&printer->out);
		return true;
	}
	if (printer->cut_left >= 0 && (long)urb->len > printer->cut_left) {
		take_bytes(printer, urb->data, (size_t)printer->cut_left);
		pull_out(printer);
		return false;
	}
	if (printer->cut_left >= 0)
		printer->cut_left -= (long)urb->len;
	if (printer->swallow && ends_label(urb)) {
		printer->swallow = false;
		take_bytes(printer, urb->data, urb->len);
		pull_out(printer);
		return false;
	}
	take_bytes(printer, urb->data, urb->len);
	if (printer->slow > 0)
		printer->busy_until_ms = now_ms() + (int64_t)urb->len * 1000 / printer->slow;
	answer(printer, &urb->packet, 0, NULL, urb->len);
	drop_first(&printer->out);
	return true;
}

static bool serve_in(struct printer *printer)
{
	struct waiting *urb = &printer->in.urbs[0];
	size_t len = printer->answer_len < urb->len ? printer->answer_len : urb->len;

	if (printer->answer_len == 0)
		return false;
	answer(printer, &urb->packet, 0, printer->answer, (uint32_t)len);
	printer->answer_len -= len;
	memmove(printer->answer, printer->answer + len, printer->answer_len);
	drop_first(&printer->in);
	return true;
}

static void serve(struct printer *printer)
{
	while (printer->out.count > 0 && serve_out(printer))
		;
	while (printer->in.count > 0 && serve_in(printer))
		;
}

static bool take_back(struct queue *queue, uint32_t seq)
{
	for (size_t i = 0; i < queue->count; i++)
		if (queue->urbs[i].packet.seq == seq) {
			free(queue->urbs[i].data);
			memmove(&queue->urbs[i], &queue->urbs[i + 1],
			        (--queue->count - i) * sizeof(queue->urbs[0]));
			return true;
		}
	return false;
}

static void unlink_urb(struct printer *printer, const struct packet *asked)
{
	bool waiting = take_back(&printer->out, asked->a) || take_back(&printer->in, asked->a);
	struct packet packet = {
		.command = htonl(RET_UNLINK),
		.seq = asked->seq,
		.a = htonl(waiting ? (uint32_t)-ECONNRESET : 0),
	};

	write_all(printer->socket, &packet, sizeof(packet));
}

static bool keep(struct queue *queue, const struct packet *packet, uint8_t *data, uint32_t len)
{
	if (queue->count == WAITING_MAX)
		return false;
	queue->urbs[queue->count++] = (struct waiting){ *packet, data, len };
	return true;
}

static bool submit(struct printer *printer, const struct packet *packet)
{
	bool in = ntohl(packet->direction) != 0;
	uint32_t endpoint = ntohl(packet->endpoint);
	uint32_t len = ntohl(packet->length);
	uint8_t *data = NULL;

	if (len > URB_MAX)
		return false;
	if (!in && len > 0) {
		data = malloc(len);
		if (!data || !read_all(printer->socket, data, len)) {
			free(data);
			return false;
		}
	}
	if (endpoint == 0) {
		free(data);
		control(printer, packet);
		return true;
	}
	return keep(in ? &printer->in : &printer->out, packet, data, len);
}

static bool take_packet(struct printer *printer)
{
	struct packet packet;

	if (!read_all(printer->socket, &packet, sizeof(packet)))
		return false;
	if (ntohl(packet.command) == CMD_SUBMIT)
		return submit(printer, &packet);
	if (ntohl(packet.command) == CMD_UNLINK)
		unlink_urb(printer, &packet);
	return true;
}

static void say_asked(struct printer *printer)
{
	printf("id %u status %u reset %u ", printer->asked_id, printer->asked_status,
	       printer->asked_reset);
	printer->asked_id = printer->asked_status = printer->asked_reset = 0;
}

static void do_paper(struct printer *printer, const char *value)
{
	if (strcmp(value, "out") == 0)
		press_leave_paper(&printer->model.press, 0);
	else
		press_load_paper(&printer->model.press, 500, printer->model.press.stock_dots);
}

static void do_head(struct printer *printer, const char *value)
{
	if (strcmp(value, "open") == 0)
		press_open_head(&printer->model.press);
	else
		press_close_head(&printer->model.press);
}

static void do_pause(struct printer *printer, const char *value)
{
	if (strcmp(value, "on") == 0)
		press_pause(&printer->model.press);
	else
		press_key(&printer->model.press);
}

static void do_power(struct printer *printer, const char *value)
{
	if (strcmp(value, "on") == 0) {
		zpl_printer_model_power_on(&printer->model);
		plug_in(printer);
	} else {
		pull_out(printer);
		zpl_printer_model_power_off(&printer->model);
	}
}

static void do_labels(struct printer *printer, const char *value)
{
	(void)value;
	printf("%u ", printer->model.press.paper.whole_count);
}

/* clang-format off */
static void do_nak(struct printer *p, const char *v)    { (void)v; p->nak = true; }
static void do_normal(struct printer *p, const char *v) { (void)v; p->nak = false; }
static void do_stall(struct printer *p, const char *v)  { p->stall_at = (unsigned)atoi(v); }
static void do_status(struct printer *p, const char *v) { p->status = (uint8_t)strtoul(v, NULL, 16); }
static void do_id(struct printer *p, const char *v)     { snprintf(p->id, sizeof(p->id), "%s", v); }
static void do_mute(struct printer *p, const char *v)   { p->model.mute = strcmp(v, "on") == 0; }
static void do_slow(struct printer *p, const char *v)   { p->slow = atol(v); }
static void do_cut(struct printer *p, const char *v)    { p->cut_left = atol(v); }
static void do_swallow(struct printer *p, const char *v) { (void)v; p->swallow = true; }
static void do_vanish(struct printer *p, const char *v) { (void)v; pull_out(p); }
static void do_return(struct printer *p, const char *v) { (void)v; plug_in(p); }
static void do_asked(struct printer *p, const char *v)  { (void)v; say_asked(p); }
static void do_quit(struct printer *p, const char *v)   { (void)v; p->quit = true; }

static const struct {
	const char *word;
	void (*act)(struct printer *printer, const char *value);
} hands[] = {
	{ "nak", do_nak },     { "normal", do_normal }, { "stall", do_stall },   { "status", do_status },
	{ "id", do_id },       { "paper", do_paper },   { "head", do_head },     { "pause", do_pause },
	{ "mute", do_mute },   { "slow", do_slow },     { "cut", do_cut },       { "vanish", do_vanish },
	{ "return", do_return }, { "asked", do_asked }, { "quit", do_quit },
	{ "swallow", do_swallow }, { "power", do_power }, { "labels", do_labels },
};
/* clang-format on */

static void obey(struct printer *printer, char *line)
{
	char *value = strchr(line, ' ');
	bool known = false;

	if (value)
		*value++ = '\0';
	for (size_t i = 0; i < sizeof(hands) / sizeof(hands[0]); i++)
		if (strcmp(hands[i].word, line) == 0) {
			hands[i].act(printer, value ? value : "");
			known = true;
		}
	printf("%s\n", known ? "done" : "what?");
	fflush(stdout);
}

static void take_control(struct printer *printer)
{
	static char line[512];
	static size_t len;
	ssize_t n;
	char c;

	while ((n = read(printer->control, &c, 1)) == 1) {
		if (c != '\n' && len < sizeof(line) - 1) {
			line[len++] = c;
			continue;
		}
		line[len] = '\0';
		len = 0;
		obey(printer, line);
	}
	if (n == 0)
		printer->quit = true;
}

static void run(struct printer *printer)
{
	while (!printer->quit) {
		struct pollfd fds[] = {
			{ .fd = printer->control, .events = POLLIN },
			{ .fd = printer->socket, .events = POLLIN },
		};

		poll(fds, 2, 5);
		vloop_run(&printer->vloop,
		          HAL_MS(now_ms() - printer->began_ms) - printer->vloop.now_us);
		if (fds[0].revents)
			take_control(printer);
		if (printer->socket >= 0 && fds[1].revents && !take_packet(printer))
			pull_out(printer);
		serve(printer);
	}
	pull_out(printer);
	zpl_printer_model_finish(&printer->model);
}

static void set(struct printer *printer, const char *key, const char *value)
{
	if (strcmp(key, "vid") == 0)
		printer->vid = (uint16_t)strtoul(value, NULL, 16);
	else if (strcmp(key, "pid") == 0)
		printer->pid = (uint16_t)strtoul(value, NULL, 16);
	else if (strcmp(key, "serial") == 0)
		snprintf(printer->serial, sizeof(printer->serial), "%s", value);
	else if (strcmp(key, "protocol") == 0)
		printer->protocol = (unsigned)atoi(value);
	else if (strcmp(key, "port") == 0)
		printer->port = (unsigned)atoi(value);
}

static int open_control(const char *path)
{
	if (strcmp(path, "-") != 0)
		return open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
	return STDIN_FILENO;
}

int main(int argc, char **argv)
{
	static struct printer printer = {
		.socket = -1,
		.vid = 0x0A5F,
		.pid = 0x0164,
		.serial = "BENCH0001",
		.id = "MFG:Bench Works;CMD:ZPL;MDL:Bench Label Printer;SN:BENCH0001;",
		.protocol = 2,
		.status = 0x18,
		.cut_left = -1,
	};

	if (argc < 3) {
		fputs("usage: usb_printer CONTROL PAPER [KEY=VALUE...]\n", stderr);
		return 2;
	}
	for (int i = 3; i < argc; i++) {
		char *value = strchr(argv[i], '=');

		if (value) {
			*value++ = '\0';
			set(&printer, argv[i], value);
		}
	}
	signal(SIGPIPE, SIG_IGN);
	printer.control = open_control(argv[1]);
	printer.paper = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644);
	if (printer.control < 0 || printer.paper < 0) {
		perror("usb_printer");
		return 3;
	}
	printer.paper_path = argv[2];
	start_model(&printer);
	plug_in(&printer);
	printf("%s\n", printer.quit ? "failed" : "ready");
	fflush(stdout);
	run(&printer);
	return 0;
}
