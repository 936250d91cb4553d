/* SPDX-License-Identifier: MIT */
#include "scanner/codes.h"

#include <string.h>

#define QUIET_DEFAULT_US HAL_SEC(1) /* no scanner rests so long within a code */
#define GAP_DEFAULT_US                                                                             \
	HAL_MS(100) /* above the 16 ms for which USB serial chips hold bytes back                  \
	             */
#define LATE_US HAL_MS(20)
#define GS      0x1D /* separates the fields of GS1 codes: the one control that is text */

/* clang-format off */
static const struct codes_suffix suffixes[] = {
	{ "cr",   "\r" },
	{ "lf",   "\n" },
	{ "crlf", "\r\n" },
	{ "tab",  "\t" },
	{ "none", "" },
};
/* clang-format on */

static const struct codes_suffix any_line_end = { "", "\r\n" };

static const struct codes_suffix *find_suffix(const char *name)
{
	if (!name || !*name)
		return &any_line_end;
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (strcmp(suffixes[i].name, name) == 0)
			return &suffixes[i];
	return NULL;
}

static bool ends_by_silence(const struct codes *codes)
{
	return codes->suffix->ends[0] == '\0';
}

static int64_t ms_or(unsigned ms, int64_t default_us)
{
	return ms > 0 ? HAL_MS(ms) : default_us;
}

static void refuse(struct codes *codes, enum hal_scan_refusal why)
{
	codes->scanner->listener->refused(codes->scanner->owner, why);
}

/* Length of the UTF-8 sequence that starts here, 0 when it is none; *ret_c is its character. */
static size_t read_char(const unsigned char *at, size_t len, uint32_t *ret_c)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t size = at[0] < 0x80 ? 1 : at[0] >> 5 == 6 ? 2 : at[0] >> 4 == 14 ? 3 : 4;
	uint32_t c = size == 1 ? at[0] : at[0] & (0x7Fu >> size);

	if (size > len || (size == 4 && at[0] >> 3 != 30))
		return 0;
	for (size_t i = 1; i < size; i++) {
		if (at[i] >> 6 != 2)
			return 0;
		c = c << 6 | (at[i] & 0x3F);
	}
	*ret_c = c;
	return c >= least[size] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF) ? size : 0;
}

static bool is_control(uint32_t c)
{
	return (c < 0x20 && c != GS) || (c >= 0x7F && c < 0xA0);
}

static bool is_text(const char *text, size_t len)
{
	size_t size;

	for (size_t at = 0; at < len; at += size) {
		uint32_t c;

		size = read_char((const unsigned char *)text + at, len - at, &c);
		if (size == 0 || is_control(c))
			return false;
	}
	return true;
}

/* A code that stays in view, or is one of several, is read again and again: still one read. */
static bool is_double(struct codes *codes, const char *text, size_t len, int64_t taken_us)
{
	struct codes_seen *seen;

	for (size_t i = 0; i < CODES_SEEN; i++) {
		seen = &codes->seen[i];
		if (strlen(seen->text) == len && memcmp(seen->text, text, len) == 0) {
			bool again = taken_us - seen->at_us < codes->double_us;

			seen->at_us = taken_us;
			return again;
		}
	}
	seen = &codes->seen[codes->seen_next++ % CODES_SEEN];
	memcpy(seen->text, text, len);
	seen->text[len] = '\0';
	seen->at_us = taken_us;
	return false;
}

static void tell(struct codes *codes, const char *text, size_t len, struct hal_scan *scan)
{
	char whole[HAL_SCAN_MAX + 1];

	if (len > HAL_SCAN_MAX) {
		refuse(codes, HAL_SCAN_TOO_LONG);
	} else if (len == 0 || !is_text(text, len)) {
		refuse(codes, HAL_SCAN_GARBLED);
	} else if (is_double(codes, text, len, scan->taken_us)) {
		refuse(codes, HAL_SCAN_DOUBLE);
	} else {
		memcpy(whole, text, len);
		whole[len] = '\0';
		scan->text = whole;
		scan->len = len;
		codes->scanner->listener->scan(codes->scanner->owner, scan);
	}
}

static size_t prefix_len(const struct codes *codes, const char *text, size_t len)
{
	size_t prefix = strlen(codes->prefix);

	return len >= prefix && memcmp(text, codes->prefix, prefix) == 0 ? prefix : 0;
}

static void tell_code(struct codes *codes, size_t len, const char *symbology)
{
	struct hal_scan scan = { .taken_us = codes->last_us };
	const char *text = codes->text;
	size_t prefix = prefix_len(codes, text, len);
	size_t aim;

	/* Scanners differ in what they put first, the prefix or the identifier. */
	memcpy(scan.symbology, symbology, strnlen(symbology, AIM_LEN));
	aim = codes->aim ? aim_find(text + prefix, len - prefix, scan.symbology) : 0;
	text += prefix + aim;
	len -= prefix + aim;
	if (prefix == 0) {
		prefix = prefix_len(codes, text, len);
		text += prefix;
		len -= prefix;
	}
	while (len > 0 && memchr("\r\n\t", text[len - 1], 3))
		len--;
	tell(codes, text, len, &scan);
}

static void forget(struct codes *codes)
{
	codes->state = CODES_EMPTY;
	codes->len = 0;
	hal_timer_stop(codes->loop, &codes->quiet);
}

void codes_end(struct codes *codes, const char *symbology)
{
	size_t len = codes->state == CODES_READING ? codes->len : 0;

	forget(codes);
	if (len > 0)
		tell_code(codes, len, symbology);
}

static void wait_quiet(struct codes *codes, int64_t delay_us)
{
	codes->quiet_due_us = hal_now_us(codes->loop) + delay_us;
	hal_timer_start(codes->loop, &codes->quiet, delay_us);
}

/* Nothing came for so long that nothing more will: the code is whole, or its end is lost. */
static void go_quiet(struct codes *codes)
{
	if (codes->state != CODES_READING)
		return;
	if (ends_by_silence(codes)) {
		codes_end(codes, "");
	} else {
		codes->state = CODES_SPOILT;
		refuse(codes, HAL_SCAN_GARBLED);
	}
}

/* A loop that was held up finds the timer due before it has seen what came meanwhile. */
static void on_quiet(struct hal_timer *timer)
{
	struct codes *codes = hal_container_of(timer, struct codes, quiet);

	if (hal_now_us(codes->loop) > codes->quiet_due_us + LATE_US)
		wait_quiet(codes, LATE_US);
	else
		go_quiet(codes);
}

static bool is_quiet(const struct codes *codes, int64_t taken_us)
{
	return taken_us - codes->last_us >= codes->quiet_us;
}

static void take(struct codes *codes, int64_t taken_us)
{
	if (codes->state != CODES_EMPTY && is_quiet(codes, taken_us)) {
		go_quiet(codes);
		forget(codes);
	}
	codes->last_us = taken_us;
	if (codes->state == CODES_READING)
		wait_quiet(codes, codes->quiet_us);
}

void codes_touch(struct codes *codes, int64_t taken_us)
{
	if (codes->state != CODES_EMPTY)
		take(codes, taken_us);
}

static void spoil(struct codes *codes, enum hal_scan_refusal why)
{
	bool told = codes->state == CODES_SPOILT;

	forget(codes);
	codes->state = CODES_SPOILT;
	if (!told)
		refuse(codes, why);
}

void codes_spoil(struct codes *codes, enum hal_scan_refusal why, int64_t taken_us)
{
	take(codes, taken_us);
	spoil(codes, why);
}

static void add_byte(struct codes *codes, char byte)
{
	if (codes->state == CODES_SPOILT)
		return;
	if (codes->len == sizeof(codes->text)) {
		spoil(codes, HAL_SCAN_TOO_LONG);
		return;
	}
	if (codes->state == CODES_EMPTY)
		wait_quiet(codes, codes->quiet_us);
	codes->state = CODES_READING;
	codes->text[codes->len++] = byte;
}

void codes_add(struct codes *codes, char byte, int64_t taken_us)
{
	take(codes, taken_us);
	add_byte(codes, byte);
}

void codes_byte(struct codes *codes, char byte, int64_t taken_us)
{
	take(codes, taken_us);
	if (byte != '\0' && strchr(codes->suffix->ends, byte))
		codes_end(codes, "");
	else if (codes->state == CODES_EMPTY && memchr("\r\n\t", byte, 3))
		return; /* the rest of an ending that is longer than was said */
	else
		add_byte(codes, byte);
}

void codes_link(struct codes *codes, bool up, enum hal_status why)
{
	forget(codes);
	if (codes->up == up)
		return;
	codes->up = up;
	codes->scanner->listener->link(codes->scanner->owner, up, why);
}

enum hal_status codes_init(struct codes *codes, struct hal_loop *loop, struct hal_scanner *scanner,
                           const struct scanner_options *options, struct hal_fault *reterr_fault)
{
	const struct codes_suffix *suffix = find_suffix(options->suffix);
	const char *prefix = options->prefix ? options->prefix : "";

	if (!suffix) {
		hal_fault_set(reterr_fault, "suffix '%s' is none of cr, lf, crlf, tab, none",
		              options->suffix);
		return HAL_E_ARG;
	}
	if (strlen(prefix) > CODES_PREFIX_MAX) {
		hal_fault_set(reterr_fault, "prefix '%s' is longer than %d characters", prefix,
		              CODES_PREFIX_MAX);
		return HAL_E_ARG;
	}
	*codes = (struct codes){
		.loop = loop,
		.scanner = scanner,
		.suffix = suffix,
		.aim = options->aim,
		.double_us = HAL_MS(options->double_ms),
		.quiet.fire = on_quiet,
	};
	codes->quiet_us =
		ends_by_silence(codes) ? ms_or(options->gap_ms, GAP_DEFAULT_US) : QUIET_DEFAULT_US;
	memcpy(codes->prefix, prefix, strlen(prefix) + 1);
	return HAL_OK;
}

void codes_finish(struct codes *codes)
{
	hal_timer_stop(codes->loop, &codes->quiet);
}
