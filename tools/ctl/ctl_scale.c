/* SPDX-License-Identifier: MIT */
/* stationctl scale: the languages of scales, and what captured bytes of them say. */
#include "ctl.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "driver.h"
#include "scale/scale_codec.h"
#include "scale_health.h"

static const char usage[] =
	"usage: stationctl scale protocols\n"
	"       stationctl scale decode --protocol NAME [--variant V] [--unit U] < BYTES\n\n"
	"protocols  one JSON object a protocol; its variants are the dialects of clones\n"
	"decode     one JSON object a frame of the bytes on stdin; weight_mg is null unless\n"
	"           status is ok.  --unit is the unit of frames that do not say theirs.\n"
	"           What was no frame is summed up on stderr.\n\n"
	"       stationctl scale health [--from 2026-11-23]\n"
	"       stationctl scale calibration\n\n"
	"health       one object a scale and day: what empty pans and check-weights showed, their\n"
	"             means (drift) and standard deviations (repeatability), milligrams\n"
	"calibration  one object a scale and packaging: realised against promised alarms\n";

#define SAMPLE 24

/* What was skipped: how much, in how many places, and how the first began. */
struct skipped {
	uint64_t bytes, places;
	uint64_t before; /* what the decoder had skipped at the last frame */
	uint8_t sample[SAMPLE];
	size_t sample_len;
};

static void put_text(const char *text)
{
	putchar('"');
	for (; *text; text++)
		if (*text == '"' || *text == '\\' || (unsigned char)*text < ' ' || *text & 0x80)
			printf("\\u%04x", (unsigned char)*text);
		else
			putchar(*text);
	putchar('"');
}

static void put_member(const char *name, const char *text)
{
	printf("\"%s\": ", name);
	put_text(text);
	fputs(", ", stdout);
}

static void put_variants(const struct scale_variant *variants)
{
	fputs("\"variants\": [", stdout);
	for (size_t i = 0; variants && variants[i].name; i++) {
		fputs(i > 0 ? ", {" : "{", stdout);
		put_member("name", variants[i].name);
		fputs("\"summary\": ", stdout);
		put_text(variants[i].summary);
		putchar('}');
	}
	putchar(']');
}

static int protocols(void)
{
	for (size_t i = 0; scale_drivers[i]; i++) {
		const struct scale_driver *driver = scale_drivers[i];

		putchar('{');
		put_member("name", driver->name);
		put_member("summary", driver->summary);
		put_member("line", driver->line);
		printf("\"request\": %s, ", driver->request ? "true" : "false");
		printf("\"says_unit\": %s, ", driver->codec->unitless ? "false" : "true");
		put_variants(driver->codec->variants);
		puts("}");
	}
	return CTL_DONE;
}

static void put_frame(const struct scale_frame *frame)
{
	static const char *const statuses[] = {
		[SCALE_OK] = "ok",      [SCALE_OVER] = "overload", [SCALE_UNDER] = "underload",
		[SCALE_NONE] = "error", [SCALE_FAULT] = "error",
	};
	static const char *const stables[] = {
		[HAL_UNKNOWN] = "null",
		[HAL_NO] = "false",
		[HAL_YES] = "true",
	};
	static const char *const kinds[] = {
		[HAL_MASS_UNKNOWN] = "unknown",
		[HAL_MASS_GROSS] = "gross",
		[HAL_MASS_NET] = "net",
	};

	fputs("{\"weight_mg\": ", stdout);
	if (frame->status == SCALE_OK)
		printf("%" PRId64, frame->weight_mg);
	else
		fputs("null", stdout);
	fputs(", \"unit\": ", stdout);
	if (frame->unit[0])
		put_text(frame->unit);
	else
		fputs("null", stdout);
	printf(", \"stable\": %s, \"status\": \"%s\", \"kind\": \"%s\", \"frame\": \"",
	       stables[frame->stable], statuses[frame->status], kinds[frame->kind]);
	for (size_t i = 0; i < frame->len; i++)
		printf("%02x", frame->bytes[i]);
	puts("\"}");
}

static void note_skipped(struct skipped *skipped, const uint8_t *bytes, uint64_t count)
{
	if (count == 0)
		return;
	if (skipped->places++ == 0) {
		skipped->sample_len = count < SAMPLE ? (size_t)count : SAMPLE;
		memcpy(skipped->sample, bytes, skipped->sample_len);
	}
	skipped->bytes += count;
}

/* A place longer than the decoder's window shows what the window still holds of it. */
static void note_gap(struct skipped *skipped, const struct scale_decoder *decoder)
{
	note_skipped(skipped, decoder->window, decoder->skipped - skipped->before);
	skipped->before = decoder->skipped;
}

static bool decode_bytes(struct scale_decoder *decoder, const uint8_t *data, size_t len,
                         struct skipped *skipped, uint64_t *frames)
{
	struct scale_frame frame;

	for (size_t i = 0; i < len; i++) {
		if (!scale_decoder_push(decoder, data[i], &frame))
			continue;
		note_gap(skipped, decoder);
		put_frame(&frame);
		(*frames)++;
	}
	return fflush(stdout) == 0;
}

static void print_summary(const struct skipped *skipped, uint64_t frames)
{
	fprintf(stderr, "stationctl: scale: %" PRIu64 " frames", frames);
	if (skipped->bytes > 0) {
		fprintf(stderr, "; %" PRIu64 " bytes in %" PRIu64 " places were no frame, first '",
		        skipped->bytes, skipped->places);
		for (size_t i = 0; i < skipped->sample_len; i++)
			fprintf(stderr,
			        skipped->sample[i] >= ' ' && skipped->sample[i] <= '~' ? "%c"
			                                                               : "\\x%02x",
			        skipped->sample[i]);
		fputc('\'', stderr);
	}
	fputc('\n', stderr);
}

static int decode_input(struct scale_decoder *decoder)
{
	struct skipped skipped = { 0 };
	uint8_t data[4096];
	const uint8_t *rest;
	uint64_t frames = 0;
	ssize_t len;

	while ((len = read(STDIN_FILENO, data, sizeof(data))) > 0)
		if (!decode_bytes(decoder, data, (size_t)len, &skipped, &frames))
			return CTL_OUTSIDE;
	if (len < 0) {
		fprintf(stderr, "stationctl: scale: input: %s\n", strerror(errno));
		return CTL_OUTSIDE;
	}
	len = (ssize_t)scale_decoder_pending(decoder, &rest);
	note_skipped(&skipped, rest, (uint64_t)len + decoder->skipped - skipped.before);
	print_summary(&skipped, frames);
	return CTL_DONE;
}

static int refuse_protocol(const char *name)
{
	fprintf(stderr, "stationctl: scale: no protocol '%s'; there are:", name);
	for (size_t i = 0; scale_drivers[i]; i++)
		fprintf(stderr, " %s", scale_drivers[i]->name);
	fputc('\n', stderr);
	return CTL_USAGE;
}

static int decode(const char *protocol, const char *variant, const char *unit)
{
	const struct scale_driver *driver = find_scale_driver(protocol);
	struct scale_decoder decoder;

	if (!driver)
		return refuse_protocol(protocol);
	if (scale_decoder_init(&decoder, driver->codec, variant, unit) != HAL_OK) {
		fprintf(stderr, "stationctl: scale: %s: no variant '%s', or no unit '%s'\n",
		        protocol, variant, unit);
		return CTL_USAGE;
	}
	if (driver->codec->unitless && !decoder.unit)
		fprintf(stderr,
		        "stationctl: scale: frames of %s do not say their unit: without "
		        "--unit they have no weight\n",
		        protocol);
	return decode_input(&decoder);
}

static int run_decode(int argc, char **argv)
{
	static const struct option options[] = {
		{ "protocol", required_argument, NULL, 'p' },
		{ "variant", required_argument, NULL, 'v' },
		{ "unit", required_argument, NULL, 'u' },
		{ NULL, 0, NULL, 0 },
	};
	const char *protocol = NULL, *variant = "", *unit = "";
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'p')
			protocol = optarg;
		else if (option == 'v')
			variant = optarg;
		else if (option == 'u')
			unit = optarg;
		else
			return CTL_USAGE;
	}
	if (!protocol || optind < argc) {
		fputs(usage, stderr);
		return CTL_USAGE;
	}
	return decode(protocol, variant, unit);
}

static int said(int code)
{
	if (code == CTL_USAGE)
		fputs(usage, stderr);
	return code;
}

int ctl_scale(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[argc - 1], "--help") == 0) {
		fputs(usage, stdout);
		return CTL_DONE;
	}
	if (argc == 2 && strcmp(argv[1], "protocols") == 0)
		return protocols();
	if (argc > 1 && strcmp(argv[1], "decode") == 0)
		return run_decode(argc - 1, argv + 1);
	if (argc > 1 && strcmp(argv[1], "health") == 0)
		return said(scale_health(argc - 1, argv + 1));
	if (argc > 1 && strcmp(argv[1], "calibration") == 0)
		return said(scale_calibration(argc - 1, argv + 1));
	fputs(usage, stderr);
	return CTL_USAGE;
}
