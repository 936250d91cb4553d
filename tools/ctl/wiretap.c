/* SPDX-License-Identifier: MIT */
#include "wiretap.h"

#include "wire_file.h"

static int64_t since_began(const struct wiretap *tap)
{
	return hal_now_us(tap->loop) - tap->began_us;
}

static void note(struct wiretap *tap, enum wire_kind kind, const void *bytes, size_t len)
{
	if (!wire_file_write_bytes(tap->file, since_began(tap), kind, bytes, len))
		tap->failed = true;
	tap->from_device += kind == WIRE_FROM_DEVICE ? len : 0;
	tap->to_device += kind == WIRE_TO_DEVICE ? len : 0;
}

static void note_up(struct wiretap *tap, const void *bytes, size_t len)
{
	tap->up = true;
	tap->ups++;
	note(tap, WIRE_UP, bytes, len);
}

static void note_down(struct wiretap *tap)
{
	tap->up = false;
	tap->downs++;
	note(tap, WIRE_DOWN, NULL, 0);
}

static void real_up(void *owner)
{
	struct wiretap *tap = owner;

	note_up(tap, NULL, 0);
	if (tap->stream.listener)
		tap->stream.listener->up(tap->stream.owner);
}

static void real_bytes(void *owner, const uint8_t *data, size_t len)
{
	struct wiretap *tap = owner;

	note(tap, WIRE_FROM_DEVICE, data, len);
	if (tap->stream.listener)
		tap->stream.listener->bytes(tap->stream.owner, data, len);
}

static void real_down(void *owner, enum hal_status why)
{
	struct wiretap *tap = owner;

	note_down(tap);
	if (tap->stream.listener)
		tap->stream.listener->down(tap->stream.owner, why);
}

static void real_room(void *owner)
{
	const struct wiretap *tap = owner;

	if (tap->stream.listener && tap->stream.listener->room)
		tap->stream.listener->room(tap->stream.owner);
}

static void real_handed(void *owner, size_t len)
{
	const struct wiretap *tap = owner;

	if (tap->stream.listener && tap->stream.listener->handed)
		tap->stream.listener->handed(tap->stream.owner, len);
}

static void real_answer(void *owner, unsigned request, enum hal_status status, const uint8_t *data,
                        size_t len)
{
	const struct wiretap *tap = owner;

	if (tap->stream.listener && tap->stream.listener->answer)
		tap->stream.listener->answer(tap->stream.owner, request, status, data, len);
}

static const struct hal_stream_listener real_stream_listener = {
	.up = real_up,
	.bytes = real_bytes,
	.down = real_down,
	.room = real_room,
	.handed = real_handed,
	.answer = real_answer,
};

static struct wiretap *tap_from_stream(struct hal_stream *stream)
{
	return hal_container_of(stream, struct wiretap, stream);
}

static void tap_close(struct hal_stream *stream)
{
	hal_stream_attach(tap_from_stream(stream)->real_stream, NULL, NULL);
}

static enum hal_status tap_write(struct hal_stream *stream, const void *data, size_t len)
{
	struct wiretap *tap = tap_from_stream(stream);
	enum hal_status status = hal_stream_write(tap->real_stream, data, len);

	if (status == HAL_OK)
		note(tap, WIRE_TO_DEVICE, data, len);
	return status;
}

static size_t tap_drop(struct hal_stream *stream)
{
	return hal_stream_drop(tap_from_stream(stream)->real_stream);
}

static enum hal_status tap_request(struct hal_stream *stream, enum hal_stream_ask ask)
{
	return hal_stream_request(tap_from_stream(stream)->real_stream, ask);
}

static const struct hal_stream_ops tap_stream_ops = {
	.close = tap_close,
	.write = tap_write,
	.drop = tap_drop,
	.request = tap_request,
};

static void report_up(void *owner, const uint8_t *descriptor, size_t len)
{
	struct wiretap *tap = owner;

	note_up(tap, descriptor, len);
	if (tap->report.listener)
		tap->report.listener->up(tap->report.owner, descriptor, len);
}

static void report_came(void *owner, const uint8_t *data, size_t len)
{
	struct wiretap *tap = owner;

	note(tap, WIRE_FROM_DEVICE, data, len);
	if (tap->report.listener)
		tap->report.listener->report(tap->report.owner, data, len);
}

static void report_down(void *owner, enum hal_status why)
{
	struct wiretap *tap = owner;

	note_down(tap);
	if (tap->report.listener)
		tap->report.listener->down(tap->report.owner, why);
}

static const struct hal_report_listener real_report_listener = {
	.up = report_up,
	.report = report_came,
	.down = report_down,
};

static struct wiretap *tap_from_report(struct hal_report *report)
{
	return hal_container_of(report, struct wiretap, report);
}

static void tap_report_close(struct hal_report *report)
{
	hal_report_attach(tap_from_report(report)->real_report, NULL, NULL);
}

static enum hal_status tap_report_write(struct hal_report *report, const void *data, size_t len)
{
	struct wiretap *tap = tap_from_report(report);
	enum hal_status status = hal_report_write(tap->real_report, data, len);

	if (status == HAL_OK)
		note(tap, WIRE_TO_DEVICE, data, len);
	return status;
}

static const struct hal_report_ops tap_report_ops = {
	.close = tap_report_close,
	.write = tap_report_write,
};

static void keys_up(void *owner)
{
	note_up(owner, NULL, 0);
}

static void key_came(void *owner, uint16_t code, int value, int64_t taken_us)
{
	struct wiretap *tap = owner;
	struct wire_event event = {
		.at_us = taken_us - tap->began_us,
		.kind = WIRE_KEY,
		.code = code,
		.value = value,
	};

	if (event.at_us < 0)
		event.at_us = 0;
	if (!wire_file_write(tap->file, &event))
		tap->failed = true;
	tap->from_device++;
}

static void keys_dropped(void *owner)
{
	note(owner, WIRE_DROPPED, NULL, 0);
}

static void keys_down(void *owner, enum hal_status why)
{
	(void)why;
	note_down(owner);
}

static const struct hal_keys_listener real_keys_listener = {
	.up = keys_up,
	.key = key_came,
	.dropped = keys_dropped,
	.down = keys_down,
};

static void begin(struct wiretap *tap, struct hal_loop *loop, FILE *file)
{
	*tap = (struct wiretap){
		.stream.ops = &tap_stream_ops,
		.report.ops = &tap_report_ops,
		.loop = loop,
		.file = file,
		.began_us = hal_now_us(loop),
	};
}

void wiretap_stream(struct wiretap *tap, struct hal_loop *loop, FILE *file, struct hal_stream *port)
{
	begin(tap, loop, file);
	tap->real_stream = port;
	hal_stream_attach(port, &real_stream_listener, tap);
}

void wiretap_report(struct wiretap *tap, struct hal_loop *loop, FILE *file, struct hal_report *port)
{
	begin(tap, loop, file);
	tap->real_report = port;
	hal_report_attach(port, &real_report_listener, tap);
}

void wiretap_keys(struct wiretap *tap, struct hal_loop *loop, FILE *file, struct hal_keys *port)
{
	begin(tap, loop, file);
	hal_keys_attach(port, &real_keys_listener, tap);
}
