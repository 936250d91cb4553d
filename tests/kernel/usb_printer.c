/* SPDX-License-Identifier: MIT */
/*
 * usb_printer.c - a USB label printer made of software, for the bench kernel
 *
 * usb_printer CONTROL PAPER [KEY=VALUE...]
 *
 * The kernel's USB core and everything above it take it for a printer on a cable.
 * Behind the plug works the ZPL printer model, on the time of the clock.  Bytes
 * it is sent are appended to the file PAPER; each label that comes out is a
 * picture, PAPER.1.pbm and so on.  Lines written to the fifo CONTROL ("-": stdin)
 * are its hands; each is answered by one line on stdout when it is done.
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
 * Source: USB-IF, "Universal Serial Bus Device Class Definition for Printing
 *         Devices", 1.1.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "usbip.h"
#include "vloop.h"
#include "wire.h"
#include "zpl_printer_model.h"

#define ANSWER_MAX  4096
#define ENDPOINT_IN 2

struct printer {
	struct usbip usbip;
	int control, paper;
	const char *paper_path;
	uint16_t vid, pid;
	char serial[64], id[256];
	unsigned protocol, port;
	/* What the hands did. */
	bool nak;
	uint8_t status;
	unsigned stall_at;
	long cut_left; /* -1: never */
	bool swallow;
	long slow; /* bytes a second */
	int64_t busy_until_ms;
	unsigned asked_id, asked_status, asked_reset;
	bool quit;
	/* Behind the plug. */
	struct vloop vloop; /* the model's time, moved along by the clock's */
	int64_t began_ms;
	struct wire wire;
	struct zpl_printer_model model;
	uint8_t answer[ANSWER_MAX];
	size_t answer_len;
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
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

/* clang-format off */
static size_t get_device(const struct printer *printer, uint8_t *to)
{
	const uint8_t device[] = {
		18, 1, 0x00, 0x02, 0, 0, 0, 64,
		(uint8_t)printer->vid, (uint8_t)(printer->vid >> 8),
		(uint8_t)printer->pid, (uint8_t)(printer->pid >> 8),
		0x00, 0x01, 1, 2, printer->serial[0] ? 3 : 0, 1,
	};

	return put(to, device, sizeof(device));
}

/* One configuration, one interface of class 7; the way back is the last endpoint. */
static size_t get_config(const struct printer *printer, uint8_t *to)
{
	const bool one_way = printer->protocol == 1;
	const uint8_t config[] = {
		9, 2, one_way ? 25 : 32, 0, 1, 1, 0, 0xC0, 50,
		9, 4, 0, 0, one_way ? 1 : 2, 7, 1, (uint8_t)printer->protocol, 0,
		7, 5, 0x01, 2, 0x00, 0x02, 0,
		7, 5, 0x80 | ENDPOINT_IN, 2, 0x00, 0x02, 0,
	};

	return put(to, config, config[2]);
}
/* clang-format on */

static size_t get_string(const struct printer *printer, uint8_t index, uint8_t *to)
{
	static const uint8_t languages[] = { 4, 3, 0x09, 0x04 };
	const char *const strings[] = { "", "Bench Works", "Bench Label Printer", printer->serial };

	if (index == 0)
		return put(to, languages, sizeof(languages));
	return index < 4 ? put_string(to, strings[index]) : 0;
}

static size_t get_descriptor(const struct printer *printer, const uint8_t *setup, uint8_t *to)
{
	switch (setup[3]) {
	case 1:
		return get_device(printer, to);
	case 2:
		return get_config(printer, to);
	case 3:
		return get_string(printer, setup[2], to);
	default:
		return 0;
	}
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

static void take_reset(struct printer *printer, const uint8_t *setup)
{
	if ((setup[0] != 0x21 && setup[0] != 0x23) || setup[1] != 2)
		return;
	printer->asked_reset++;
	printer->answer_len = 0;
}

static size_t printer_control(void *self, const uint8_t *setup, uint8_t *to)
{
	struct printer *printer = self;

	if (setup[0] == 0x80 && setup[1] == 6)
		return get_descriptor(printer, setup, to);
	if (setup[0] == 0xA1 && setup[1] == 0)
		return get_device_id(printer, to);
	if (setup[0] == 0xA1 && setup[1] == 1)
		return get_port_status(printer, to);
	if (setup[0] & 0x80 && setup[1] == 0) /* GET_STATUS */
		return put(to, (const uint8_t[]){ setup[0] == 0x80, 0 }, 2);
	take_reset(printer, setup);
	return 0;
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
	if (write(printer->paper, data, len) != (ssize_t)len)
		perror(printer->paper_path);
	if (hal_stream_write(&printer->wire.host, data, len) != HAL_OK)
		fputs("usb_printer: the model did not take its bytes\n", stderr);
}

static bool ends_label(const uint8_t *data, size_t len)
{
	return len >= 3 && memmem(data, len, "^XZ", 3) != NULL;
}

/* It vanishes within this transfer, having taken so much of it; false: not yet. */
static bool is_cut(struct printer *printer, const uint8_t *data, size_t len, size_t *ret_taken)
{
	if (printer->swallow && ends_label(data, len))
		*ret_taken = len;
	else if (printer->cut_left >= 0 && (size_t)printer->cut_left < len)
		*ret_taken = (size_t)printer->cut_left;
	else
		return false;
	printer->swallow = false;
	printer->cut_left = -1;
	return true;
}

static enum usbip_taking printer_take(void *self, const uint8_t *data, size_t len)
{
	struct printer *printer = self;
	size_t taken;

	if (printer->nak || printer->wire.blocked || now_ms() < printer->busy_until_ms)
		return USBIP_WAITS;
	if (printer->stall_at > 0 && --printer->stall_at == 0)
		return USBIP_STALLS;
	if (is_cut(printer, data, len, &taken)) {
		take_bytes(printer, data, taken);
		printer->answer_len = 0;
		return USBIP_IS_GONE;
	}
	if (printer->cut_left >= 0)
		printer->cut_left -= (long)len;
	take_bytes(printer, data, len);
	if (printer->slow > 0)
		printer->busy_until_ms = now_ms() + (int64_t)len * 1000 / printer->slow;
	return USBIP_TAKES;
}

static size_t printer_give(void *self, uint8_t *data, size_t cap)
{
	struct printer *printer = self;
	size_t len = printer->answer_len < cap ? printer->answer_len : cap;

	memcpy(data, printer->answer, len);
	printer->answer_len -= len;
	memmove(printer->answer, printer->answer + len, printer->answer_len);
	return len;
}

static const struct usbip_device printer_device = {
	.control = printer_control,
	.take = printer_take,
	.give = printer_give,
};

static void plug_in(struct printer *printer)
{
	if (!usbip_plug_in(&printer->usbip))
		printer->quit = true;
}

static void pull_out(struct printer *printer)
{
	usbip_pull_out(&printer->usbip);
	printer->answer_len = 0;
	printer->cut_left = -1;
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
			{ .fd = printer->usbip.socket, .events = POLLIN },
		};

		poll(fds, 2, 5);
		vloop_run(&printer->vloop,
		          HAL_MS(now_ms() - printer->began_ms) - printer->vloop.now_us);
		if (fds[0].revents)
			take_control(printer);
		if (printer->usbip.socket >= 0 && fds[1].revents)
			usbip_hear(&printer->usbip);
		usbip_serve(&printer->usbip);
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
	usbip_init(&printer.usbip, &printer_device, &printer, printer.port);
	start_model(&printer);
	plug_in(&printer);
	printf("%s\n", printer.quit ? "failed" : "ready");
	fflush(stdout);
	run(&printer);
	return 0;
}
