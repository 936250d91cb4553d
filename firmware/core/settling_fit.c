/* SPDX-License-Identifier: MIT */
#include "settling_fit.h"

#include <math.h>
#include <string.h>

#define PARAMETERS  5 /* rest, a, b, ln damping, ln omega */
#define TWO_PI      6.283185307179586
#define JITTER_S    .0004 /* how far a reading's time may be off */
#define STEPS       12
#define LAMBDA_MOST 1e9

/* What is known of scales before any reading. */
#define LN_DAMPING    2.3 /* ten a second ... */
#define LN_DAMPING_SD .9
#define LN_OMEGA      3.5 /* ... at five oscillations */
#define LN_OMEGA_SD   .7

static const double dampings[] = { 3.5, 9., 22. };
#define FREQUENCY_LEAST 1.6
#define FREQUENCY_STEP  .6
#define FREQUENCIES     16
#define NODES           (FREQUENCIES * (sizeof(dampings) / sizeof(dampings[0])))

struct problem {
	const struct settling_reading *readings;
	uint32_t count;
	double noise;
	double time[SETTLING_WINDOW]; /* since the first reading, s */
};

struct point {
	double p[PARAMETERS];
	double cost; /* chi square with the priors' share */
};

struct normal {
	double a[PARAMETERS][PARAMETERS], b[PARAMETERS];
	double cost;
};

static double square(double x)
{
	return x * x;
}

/* Cholesky factor in place; returns the logarithm of the determinant, or NAN. */
static double factorise(double a[PARAMETERS][PARAMETERS], int n)
{
	double log_det = 0;

	for (int i = 0; i < n; i++)
		for (int j = 0; j <= i; j++) {
			double sum = a[i][j];

			for (int k = 0; k < j; k++)
				sum -= a[i][k] * a[j][k];
			if (i != j) {
				a[i][j] = sum / a[j][j];
				continue;
			}
			if (!(sum > 0))
				return NAN;
			log_det += log(sum);
			a[i][i] = sqrt(sum);
		}
	return log_det;
}

static void substitute(double a[PARAMETERS][PARAMETERS], int n, double *b)
{
	for (int i = 0; i < n; i++) {
		for (int k = 0; k < i; k++)
			b[i] -= a[i][k] * b[k];
		b[i] /= a[i][i];
	}
	for (int i = n; i-- > 0;) {
		for (int k = i + 1; k < n; k++)
			b[i] -= a[k][i] * b[k];
		b[i] /= a[i][i];
	}
}

/* ---- Normal equations at a point ------------------------------------------------- */

static void add_row(struct normal *normal, int n, const double *slope, double residual,
                    double weight)
{
	for (int i = 0; i < n; i++) {
		for (int j = 0; j <= i; j++)
			normal->a[i][j] += weight * slope[i] * slope[j];
		normal->b[i] += weight * slope[i] * residual;
	}
	normal->cost += weight * residual * residual;
}

static double prior_cost(double ln_damping, double ln_omega)
{
	return square((ln_damping - LN_DAMPING) / LN_DAMPING_SD) +
	       square((ln_omega - LN_OMEGA) / LN_OMEGA_SD);
}

static void add_priors(struct normal *normal, const double *p)
{
	normal->a[3][3] += 1 / square(LN_DAMPING_SD);
	normal->a[4][4] += 1 / square(LN_OMEGA_SD);
	normal->b[3] += (LN_DAMPING - p[3]) / square(LN_DAMPING_SD);
	normal->b[4] += (LN_OMEGA - p[4]) / square(LN_OMEGA_SD);
	normal->cost += prior_cost(p[3], p[4]);
}

static void build(const struct problem *problem, const double *p, struct normal *normal)
{
	double g = exp(p[3]), w = exp(p[4]);
	double pace = .5 * square(JITTER_S) * (p[1] * p[1] + p[2] * p[2]) * (g * g + w * w);

	memset(normal, 0, sizeof(*normal));
	for (uint32_t i = 0; i < problem->count; i++) {
		double t = problem->time[i], e = exp(-g * t), c = e * cos(w * t),
		       s = e * sin(w * t);
		double swing = p[1] * c + p[2] * s;
		double slope[PARAMETERS] = { 1, c, s, -g * t * swing,
			                     w * t * (p[2] * c - p[1] * s) };
		double var = square(problem->noise) + pace * e * e;

		add_row(normal, PARAMETERS, slope, problem->readings[i].g - p[0] - swing, 1 / var);
		normal->cost += log(var / square(problem->noise));
	}
	add_priors(normal, p);
}

/* ---- From a start to its optimum ------------------------------------------------- */

static bool step(const struct problem *problem, struct point *point, struct normal *normal,
                 double *lambda)
{
	struct normal damped = *normal, next;
	double p[PARAMETERS];

	for (int i = 0; i < PARAMETERS; i++)
		damped.a[i][i] *= 1 + *lambda;
	if (isnan(factorise(damped.a, PARAMETERS)))
		return false;
	substitute(damped.a, PARAMETERS, damped.b);
	for (int i = 0; i < PARAMETERS; i++)
		p[i] = point->p[i] + damped.b[i];
	if (!(fabs(p[3]) < 6 && fabs(p[4]) < 6))
		return false;
	build(problem, p, &next);
	if (!(next.cost < point->cost))
		return false;
	memcpy(point->p, p, sizeof(p));
	point->cost = next.cost;
	*normal = next;
	return true;
}

static bool polish(const struct problem *problem, struct point *point, struct settling_mode *mode)
{
	struct normal normal;
	double lambda = 1e-3, log_det, unit[PARAMETERS] = { 1 };

	build(problem, point->p, &normal);
	point->cost = normal.cost;
	for (int i = 0; i < STEPS && lambda < LAMBDA_MOST; i++) {
		double before = point->cost;

		if (!step(problem, point, &normal, &lambda)) {
			lambda *= 30;
			continue;
		}
		lambda *= .1;
		if (before - point->cost < 1e-3)
			break;
	}
	log_det = factorise(normal.a, PARAMETERS);
	if (isnan(log_det))
		return false;
	substitute(normal.a, PARAMETERS, unit);
	*mode = (struct settling_mode){
		.damping = exp(point->p[3]),
		.omega = exp(point->p[4]),
		.rest = point->p[0],
		.rest_var = unit[0],
		.chi2 = point->cost,
		.log_weight = -.5 * (point->cost + log_det),
	};
	return true;
}

/* ---- Where to start: the linear parameters at each node of a grid ---------------- */

static void solve_node(const struct problem *problem, double damping, double omega,
                       struct point *point)
{
	struct normal normal = { .cost = 0 };
	double fitted = 0;

	for (uint32_t i = 0; i < problem->count; i++) {
		double t = problem->time[i], e = exp(-damping * t);
		double slope[PARAMETERS] = { 1, e * cos(omega * t), e * sin(omega * t) };

		add_row(&normal, 3, slope, problem->readings[i].g, 1 / square(problem->noise));
	}
	for (int i = 0; i < 3; i++)
		normal.a[i][i] += 1e-9;
	memset(point->p, 0, sizeof(point->p));
	memcpy(point->p, normal.b, 3 * sizeof(point->p[0]));
	point->cost = INFINITY;
	if (isnan(factorise(normal.a, 3)))
		return;
	substitute(normal.a, 3, point->p);
	for (int i = 0; i < 3; i++)
		fitted += point->p[i] * normal.b[i];
	point->p[3] = log(damping);
	point->p[4] = log(omega);
	point->cost = fmax(normal.cost - fitted, 0) + prior_cost(point->p[3], point->p[4]);
}

/* Nodes that no neighbour in frequency beats, best first. */
static uint32_t pick_starts(const struct problem *problem, struct point *starts, uint32_t most)
{
	const size_t kinds = sizeof(dampings) / sizeof(dampings[0]);
	double cost[NODES];
	struct point node;
	uint32_t count = 0;

	for (size_t i = 0; i < NODES; i++) {
		uint32_t at;

		solve_node(problem, dampings[i % kinds],
		           TWO_PI * (FREQUENCY_LEAST + FREQUENCY_STEP * (double)(i / kinds)),
		           &node);
		cost[i] = node.cost;
		if (i >= kinds && cost[i - kinds] < cost[i] && count == most)
			continue;
		for (at = count < most ? count++ : most - 1;
		     at > 0 && starts[at - 1].cost > node.cost; at--)
			starts[at] = starts[at - 1];
		if (at < most - 1 || starts[at].cost > node.cost || count <= most)
			starts[at] = node;
	}
	return count;
}

static void combine(struct settling_fit *fit)
{
	double most = -INFINITY, sum = 0, mean = 0, second = 0;

	fit->chi2 = INFINITY;
	for (uint32_t i = 0; i < fit->mode_count; i++) {
		most = fmax(most, fit->modes[i].log_weight);
		fit->chi2 = fmin(fit->chi2, fit->modes[i].chi2);
	}
	for (uint32_t i = 0; i < fit->mode_count; i++) {
		const struct settling_mode *mode = &fit->modes[i];
		double weight = exp(mode->log_weight - most), off = mode->rest - fit->modes[0].rest;

		sum += weight;
		mean += weight * off;
		second += weight * (mode->rest_var + off * off);
	}
	mean /= sum;
	fit->rest = fit->modes[0].rest + mean;
	fit->se = sqrt(fmax(second / sum - mean * mean, 0));
}

static bool same_mode(const struct settling_mode *a, const struct settling_mode *b)
{
	return fabs(a->omega - b->omega) < .02 * b->omega &&
	       fabs(a->damping - b->damping) < .05 * b->damping;
}

static void keep_mode(struct settling_fit *fit, const struct settling_mode *mode)
{
	for (uint32_t i = 0; i < fit->mode_count; i++)
		if (same_mode(mode, &fit->modes[i]))
			return;
	fit->modes[fit->mode_count++] = *mode;
}

bool settling_fit_readings(const struct settling_reading *readings, uint32_t count, double noise,
                           struct settling_fit *ret_fit)
{
	struct problem problem = { .readings = readings, .count = count, .noise = noise };
	struct point starts[SETTLING_MODES];
	uint32_t start_count;

	for (uint32_t i = 0; i < count; i++)
		problem.time[i] = (double)(readings[i].at_us - readings[0].at_us) / 1e6;
	*ret_fit = (struct settling_fit){ .freedom = (int)count - PARAMETERS + 2 };
	start_count = pick_starts(&problem, starts, SETTLING_MODES);
	for (uint32_t i = 0; i < start_count; i++) {
		struct settling_mode mode;

		if (polish(&problem, &starts[i], &mode))
			keep_mode(ret_fit, &mode);
	}
	if (ret_fit->mode_count == 0)
		return false;
	combine(ret_fit);
	return true;
}
