/* SPDX-License-Identifier: MIT */
/*
 * weighing_exp.h - e to the x for densities: inline, and the same bits on every machine
 *
 * A verdict asks for some thousand exponentials.  With k the whole number next to
 * 64 x / ln 2,
 *
 *   e^x = 2^(k / 64) e^r,   r = x - k ln 2 / 64,   |r| < .0055
 *
 * the first from a table and the exponent's bits, the second by its series to r^5; the
 * relative error is below 1e-15.
 *
 * Threads:    pure.
 * Source:     P. T. P. Tang, Table-driven implementation of the exponential function in
 *             IEEE floating-point arithmetic, ACM Trans. Math. Softw. 15 (1989).
 */
#ifndef FIRMWARE_CORE_WEIGHING_EXP_H
#define FIRMWARE_CORE_WEIGHING_EXP_H

#include <stdint.h>
#include <string.h>

#define WEIGHING_EXP_STEPS 64
#define WEIGHING_EXP_LEAST (-700.)
#define WEIGHING_EXP_MOST  700.

extern const double weighing_exp_steps[WEIGHING_EXP_STEPS]; /* 2^(i / 64) */

/* 0 below -700 and of what is no number; above 700 as at 700. */
static inline double weighing_exp(double x)
{
	static const double per_step = 0x1.71547652b82fep+6; /* 64 / ln 2 */
	static const double step_high = 0x1.62e42fep-7, step_low = 0x1.f473de6af278fp-36;
	static const double shift = 0x1.8p52; /* adding it leaves whole numbers */
	double whole, r, power;
	uint64_t k, bits;

	if (!(x > WEIGHING_EXP_LEAST))
		return 0;
	x = x < WEIGHING_EXP_MOST ? x : WEIGHING_EXP_MOST;
	whole = x * per_step + shift;
	memcpy(&k, &whole, sizeof(k));
	whole -= shift;
	r = x - whole * step_high - whole * step_low;
	memcpy(&bits, &weighing_exp_steps[k % WEIGHING_EXP_STEPS], sizeof(bits));
	bits += (k - k % WEIGHING_EXP_STEPS) << 46; /* k / 64 into the exponent */
	memcpy(&power, &bits, sizeof(power));
	return power + power * (r + r * r * (.5 + r * (1. / 6 + r * (1. / 24 + r / 120))));
}

#endif /* FIRMWARE_CORE_WEIGHING_EXP_H */
