#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""settling_stream.py --to PREFIX [--seed N] [--count N] [--noise F] [--jitter MS]

Writes simulated transients of a scale being loaded, with the truth beside them: a damped
spring (2 to 10 Hz, damping 0.1 to 0.6) under a load that arrives within 0.25 s, sometimes
leant on for a moment, read 10 to 20 times a second with jitter, noise and rounding.
"""
import argparse, gzip, math, random


def response(f0, zeta, force, seconds, step=.0005):
    """Deflection of the spring, in grams, every step; exact for a force held for a step."""
    w0 = 2 * math.pi * f0
    g, w = zeta * w0, w0 * math.sqrt(1 - zeta * zeta)
    e, c, s = math.exp(-g * step), math.cos(w * step), math.sin(w * step)
    a, b = e * (c + g / w * s), e * s / w
    c2, d2 = -e * s * w0 * w0 / w, e * (c - g / w * s)
    x, v, out = 0., 0., []
    for i in range(int(seconds / step)):
        f = force(i * step)
        x, v = f + a * (x - f) + b * v, c2 * (x - f) + d2 * v
        out.append(x)
    return out, step


def transient(r, args, number):
    d = r.choices([.1, 1., 5.], [.33, .47, .2])[0]
    rate = r.choices([10., 12.5, 16., 20.], [.35, .14, .19, .32])[0]
    mass = math.exp(r.uniform(math.log(50), math.log(2000)))
    t0, rise = r.uniform(.1, .6), r.uniform(.02, .25)
    f0, zeta = r.uniform(2, 10), r.uniform(.1, .6)
    touched = r.random() < .215
    start, length = t0 + r.uniform(.3, 1.8), r.uniform(.1, .4)
    lean = r.choice((-1, 1)) * math.exp(r.uniform(math.log(3), math.log(200))) if touched else 0

    def force(t):
        on = mass * min(max((t - t0) / rise, 0), 1)
        return on + (lean if start <= t < start + length else 0)

    x, step = response(f0, zeta, force, 8)
    noise = args.noise * {.1: .047, 1.: .26, 5.: .5}[d]
    readings, t = [], r.uniform(0, 1 / rate)
    while t < 7.95:
        at = t + r.gauss(0, args.jitter / 1e3)
        at = min(max(at, 0), 7.99)
        y = x[int(at / step)] + noise * r.gauss(0, 1)
        y = round(y / d) * d
        readings.append('%d:%g' % (round(at * 1e3), round(y, 4)))
        t += 1 / rate
    row = '%d,%s,%s,%s' % (number, d, rate, ' '.join(readings))
    truth = '%d,%.3f,%.3f,%.3f,%.3f,%.3f,%d' % (number, mass, t0, rise, f0, zeta, touched)
    return row, truth


def main():
    a = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    a.add_argument('--to', required=True)
    a.add_argument('--seed', type=int, default=1)
    a.add_argument('--count', type=int, default=2000)
    a.add_argument('--noise', type=float, default=1)
    a.add_argument('--jitter', type=float, default=2.)
    args = a.parse_args()
    r = random.Random(args.seed)
    with gzip.open(args.to + '.settle.csv.gz', 'wt') as s, gzip.open(args.to + '.settle_truth.csv.gz', 'wt') as t:
        s.write('id,d,rate_hz,ms_grams\n')
        t.write('id,true_g,t_load_s,rise_s,f0_hz,zeta,touch\n')
        for i in range(1, args.count + 1):
            row, truth = transient(r, args, i)
            s.write(row + '\n')
            t.write(truth + '\n')


if __name__ == '__main__':
    main()
