/* SPDX-License-Identifier: MIT */
#include "misfortune.h"

#include <string.h>

#define NOISE_LEN 5

static void send_rest(struct misfortune *misfortune)
{
	hal_timer_stop(misfortune->wire->loop, &misfortune->rest_due);
	wire_send(misfortune->wire, misfortune->rest, misfortune->rest_len);
	misfortune->rest_len = 0;
}

static void on_rest_due(struct hal_timer *timer)
{
	send_rest(hal_container_of(timer, struct misfortune, rest_due));
}

void misfortune_init(struct misfortune *misfortune, struct wire *wire)
{
	*misfortune = (struct misfortune){ .wire = wire, .seed = 1 };
	misfortune->rest_due.fire = on_rest_due;
}

/* The generator of Lehmer: the same bad luck in every run. */
static uint32_t draw(struct misfortune *misfortune)
{
	misfortune->seed = (uint32_t)((uint64_t)misfortune->seed * 48271 % 0x7fffffff);
	return misfortune->seed;
}

static bool is_nth(unsigned count, unsigned every)
{
	return every > 0 && count % every == 0;
}

static uint8_t with_parity(uint8_t byte, enum misfortune_parity parity)
{
	unsigned ones = 0;

	if (parity == PARITY_NONE)
		return byte;
	for (unsigned bit = 0; bit < 7; bit++)
		ones += ((unsigned)byte >> bit) & 1u;
	return (uint8_t)((byte & 0x7fu) | ((ones + (parity == PARITY_ODD)) % 2 << 7));
}

static void send_noise(struct misfortune *misfortune)
{
	uint8_t noise[NOISE_LEN];

	for (size_t i = 0; i < NOISE_LEN; i++)
		noise[i] = (uint8_t)draw(misfortune);
	wire_send(misfortune->wire, noise, sizeof(noise));
}

static size_t spoil(struct misfortune *misfortune, const uint8_t *data, size_t len, uint8_t *out)
{
	size_t kept = 0;

	for (size_t i = 0; i < len; i++) {
		misfortune->bytes++;
		if (is_nth(misfortune->bytes, misfortune->lose_every))
			continue;
		out[kept] = with_parity(data[i], misfortune->parity);
		if (is_nth(misfortune->bytes, misfortune->flip_every))
			out[kept] ^= (uint8_t)(1u << draw(misfortune) % 7);
		kept++;
	}
	return kept;
}

void misfortune_send(struct misfortune *misfortune, const void *data, size_t len)
{
	uint8_t out[sizeof(misfortune->rest)];
	size_t kept, half;

	if (misfortune->deaf || len > sizeof(out))
		return;
	if (misfortune->rest_len > 0)
		send_rest(misfortune);
	if (is_nth(++misfortune->frames, misfortune->noise_every))
		send_noise(misfortune);
	kept = spoil(misfortune, data, len, out);
	half = misfortune->split_us > 0 ? kept / 2 : kept;
	wire_send(misfortune->wire, out, half);
	if (half == kept)
		return;
	memcpy(misfortune->rest, out + half, kept - half);
	misfortune->rest_len = kept - half;
	hal_timer_start(misfortune->wire->loop, &misfortune->rest_due, misfortune->split_us);
}

void misfortune_say(struct misfortune *misfortune, const char *text)
{
	misfortune_send(misfortune, text, strlen(text));
}
