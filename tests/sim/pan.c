/* SPDX-License-Identifier: MIT */
#include "pan.h"

#include <math.h>

#define LOOKS  5   /* readings compared before a weight is called stable */
#define FADING 4.0 /* settle_us holds so many thirds of the swing */
#define TWO_PI 6.283185307179586

void pan_init(struct pan *pan, struct hal_loop *loop)
{
	*pan = (struct pan){
		.loop = loop,
		.capacity_mg = 15e6,
		.division_mg = 1000,
		.under_mg = -500e3,
		.band_mg = 1000,
		.hold_us = HAL_MS(300),
		.swing_us = 1,
		.swing_hz = 6,
		.shake_hz = 11,
		.moved_us = -HAL_SEC(3600),
	};
}

double pan_feel(const struct pan *pan, int64_t at_us)
{
	double since_us = (double)(at_us - pan->moved_us);
	double swing = 0, drift = pan->drift_mg_s * (double)(at_us - pan->zeroed_us) / 1e6;

	if (since_us < 0)
		return pan->from_mg + pan->zero_error_mg + drift;
	swing = (pan->from_mg - pan->load_mg) * exp(-since_us / pan->swing_us) *
	        cos(TWO_PI * pan->swing_hz * since_us / 1e6);
	return pan->load_mg + swing + pan->zero_error_mg + drift +
	       pan->shake_mg * sin(TWO_PI * pan->shake_hz * (double)at_us / 1e6);
}

void pan_load(struct pan *pan, struct hal_mass load, int64_t settle_us)
{
	int64_t now_us = hal_now_us(pan->loop);

	pan->from_mg = pan->load_mg;
	pan->load_mg = load.mg;
	pan->moved_us = now_us;
	pan->swing_us = settle_us > 0 ? (double)settle_us / FADING : 1;
}

void pan_zero(struct pan *pan)
{
	int64_t now_us = hal_now_us(pan->loop);

	pan->zero_error_mg +=
		-pan_feel(pan, now_us) + pan->drift_mg_s * (double)(now_us - pan->zeroed_us) / 1e6;
	pan->zeroed_us = now_us;
	pan->tare_mg = 0;
}

static double rounded(const struct pan *pan, double mg)
{
	return round(mg / pan->division_mg) * pan->division_mg;
}

void pan_tare(struct pan *pan)
{
	pan->tare_mg = rounded(pan, pan_feel(pan, hal_now_us(pan->loop)));
}

static bool is_still(const struct pan *pan, int64_t now_us)
{
	double low = pan_feel(pan, now_us), high = low;

	for (int i = 1; i < LOOKS; i++) {
		double mg = pan_feel(pan, now_us - pan->hold_us * i / (LOOKS - 1));

		low = fmin(low, mg);
		high = fmax(high, mg);
	}
	return !pan->restless && high - low <= pan->band_mg;
}

struct pan_view pan_look(const struct pan *pan)
{
	int64_t now_us = hal_now_us(pan->loop);
	double gross = rounded(pan, pan_feel(pan, now_us));

	return (struct pan_view){
		.shown_mg = (int64_t)(gross - pan->tare_mg),
		.tare_mg = (int64_t)pan->tare_mg,
		.stable = is_still(pan, now_us),
		.over = gross > pan->capacity_mg + 9 * pan->division_mg,
		.under = gross<pan->under_mg, .at_zero = fabs(gross) < pan->division_mg / 2,
		               .net = pan->tare_mg> 0,
	};
}
