#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""weighing_table.py --build DIR [--data DIR] [--table FILE]: how well the bench weighs.

Prints one column a stream beside what is to be reached.  Without --data the streams are
simulated (weighing_stream.py, settling_stream.py), each a shop of its own; with --data
every X.stream.csv.gz and X.settle.csv.gz under it that has its truth beside it.  Judged
by DIR/stationctl, row by row.  Writes DIR/bench-weighing/detection.png.
"""
import argparse, concurrent.futures, os, subprocess, sys

import score_settling, score_weighing

HERE = os.path.dirname(os.path.abspath(__file__))
OWN = (('usual', '--seed 21'), ('heavy tails', '--seed 22 --tails 5'), ('stress', '--seed 31 --stress'),
       ('stress, tails', '--seed 32 --stress --tails 5'))
OWN_SETTLING = (('usual', '--seed 21'), ('noisy', '--seed 22 --noise 1.5 --jitter 4'))

# What is to be reached: figure, key, usual streams, stress streams, how to compare.
ROWS = (
    ('found at .5 % alarms, 200 taught', 'detected_200_0.5%', .75, .55, '>='),
    ('  after 1,000', 'detected_1000_0.5%', .92, .87, '>='),
    ('  after 5,000', 'detected_5000_0.5%', .965, .95, '>='),
    ('found at .1 % alarms, 5,000', 'detected_5000_0.1%', .93, .93, '>='),
    ('cause named exactly', 'cause', .98, .98, '>='),
    ('KS of p values', 'ks', .03, .03, '<='),
    ('false alarms at .5 % nominal, %', 'alarms', .8, .8, '<='),
    ('log-loss above the oracle\'s', 'log_loss', .012, .012, '<='),
    ('provable, over the oracle\'s', 'provable', .93, .93, '>='),
    ('  over-claimed, %', 'over', .2, .2, '<='),
    ('scale incidents found, %', 'incidents', 80, 80, '>='),
    ('  median delay, parcels', 'delay', 4, 4, '<='),
    ('  false re-zero per 1,000', 'wrong_zero', .5, .5, '<='),
    ('fixed rule at .5 % alarms', 'fixed', None, None, ''),
    ('  alarms of +-3 %, %', 'fixed_alarms', None, None, ''),
)
SETTLING = (('settled, mean s', 'mean', 1.05, '<='), ('  90 % within', 'p90', 1.45, '<='),
            ('  99 % within', 'p99', 2.4, '<='), ('  within one d, %', 'right', 99.9, '>='))
PERCENT = {'alarms', 'over', 'incidents', 'fixed_alarms', 'right'}

PLOT = """set terminal pngcairo size 1100,700 font 'DejaVu Sans,13'
set output '%(png)s'
set logscale x
set xlabel 'weight of the missing unit, %% of the parcel'
set ylabel 'share of such parcels that are found'
set title 'One unit missing, after 5,000 parcels: %(name)s'
set xrange [1:40]
set yrange [0:1.02]
set grid
set bmargin 9
set key at screen .5, screen .135 center top samplen 3
set xtics (1, 2, 3, 5, 10, 20, 40)
plot '%(dat)s' using 1:5 with linespoints lw 2 pt 7 lc rgb '#888888' title 'oracle, .5 %% false alarms', \\
     '' using 1:2 with linespoints lw 3 pt 5 lc rgb '#0072b2' title 'this station, .5 %% false alarms', \\
     '' using 1:4 with linespoints lw 2 dt 2 pt 4 lc rgb '#e69f00' title 'fixed 3 %% of catalogue weight: %(alarms).0f %% false alarms', \\
     '' using 1:3 with linespoints lw 2 pt 9 lc rgb '#d55e00' title 'the same rule held to .5 %% false alarms'
"""


def python(script, *words):
    subprocess.run([sys.executable, os.path.join(HERE, script), *words], check=True)


def say(out, *words):
    with open(out + '.part', 'w') as f:
        subprocess.run(words, stdout=f, check=True)
    os.replace(out + '.part', out)


class Work:
    def __init__(self, args):
        self.ctl = os.path.join(args.build, 'stationctl')
        self.folder = os.path.join(args.build, 'bench-weighing')
        self.table = open(args.table, 'w') if args.table else None
        os.makedirs(self.folder, exist_ok=True)

    def own(self, name, words, script, suffix):
        source = os.path.getmtime(os.path.join(HERE, script))
        prefix = os.path.join(self.folder, (name + words).replace(' ', '').replace(',', '').replace('-', '_'))
        made = prefix + suffix
        if not os.path.exists(made) or os.path.getmtime(made) < source:
            python(script, '--to', prefix, *words.split())
        return prefix

    def stream(self, prefix):
        out = os.path.join(self.folder, os.path.basename(prefix) + '.decisions.csv')
        say(out, self.ctl, 'weigh', 'replay', '--catalogue', prefix + '.catalog.csv', '--meta', prefix + '.meta.json',
            '--stream', prefix + '.stream.csv.gz')
        result = score_weighing.score(prefix, out)
        bench = score_weighing.Bench(prefix, out)
        result['fixed_alarms'], result['fixed'] = score_weighing.fixed_rule(bench, prefix)
        result['stress'] = bench.meta['priors']['missing'] > .015
        result['curves'] = list(score_weighing.curves(bench, prefix))
        return result

    def settling(self, prefix):
        out = os.path.join(self.folder, os.path.basename(prefix) + '.estimates.csv')
        say(out, self.ctl, 'weigh', 'settle', '--in', prefix + '.settle.csv.gz')
        return score_settling.score(prefix, out)

    def print(self, line):
        print(line, flush=True)
        if self.table:
            print(line, file=self.table)

    def plot(self, name, result):
        dat = os.path.join(self.folder, 'detection.dat')
        with open(dat, 'w') as f:
            for at, *found, count in result['curves']:
                f.write(' '.join('%.4f' % x for x in (100 * at, *found)) + ' %d\n' % count)
        png = os.path.join(self.folder, 'detection.png')
        words = PLOT % dict(png=png, dat=dat, name=name, alarms=100 * result['fixed_alarms'])
        subprocess.run(['gnuplot'], input=words.encode(), check=True)
        print('plot: ' + png)


def found(folder, suffix):
    for base, _, files in sorted(os.walk(folder)):
        for name in sorted(files):
            if name.endswith(suffix):
                yield name[:-len(suffix)], os.path.join(base, name[:-len(suffix)])


def shown(key, value):
    return 100 * value if key in PERCENT else value


def mark(value, bound, how):
    if bound is None or not how:
        return ' '
    return ' ' if (value >= bound if how == '>=' else value <= bound) else '*'


def number(value):
    return '%.3f' % value if abs(value) < 2 else '%.2f' % value if abs(value) < 10 else '%.1f' % value


def write_streams(work, streams):
    work.print('%-34s %12s ' % ('', 'to reach') + ' '.join('%14s ' % name for name, _ in streams))
    for title, key, usual, stress, how in ROWS:
        goal = '' if usual is None else number(usual) if stress in (usual, None) else '%s|%s' % (
            number(usual), number(stress))
        cells = []
        for _, r in streams:
            value = shown(key, r[key])
            cells.append('%14s%s' % (number(value), mark(value, stress if r['stress'] else usual, how)))
        work.print('%-34s %12s ' % (title, how + goal) + ' '.join(cells))


def write_settling(work, results):
    work.print('')
    work.print('%-34s %12s ' % ('', 'to reach') + ' '.join('%14s ' % name for name, _ in results))
    for title, key, goal, how in SETTLING:
        cells = ['%14s%s' % (('%.2f' % shown(key, r[key])), mark(shown(key, r[key]), goal, how)) for _, r in results]
        work.print('%-34s %12s ' % (title, how + '%g' % goal) + ' '.join(cells))


def main():
    a = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    a.add_argument('--build', required=True)
    a.add_argument('--data')
    a.add_argument('--table', help='also write the table here')
    args = a.parse_args()
    work = Work(args)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        if args.data:
            streams, settles = list(found(args.data, '.stream.csv.gz')), list(found(args.data, '.settle.csv.gz'))
        else:
            made = pool.map(lambda o: work.own(o[0], o[1], 'weighing_stream.py', '.truth.csv.gz'), OWN)
            streams = list(zip((o[0] for o in OWN), made))
            made = pool.map(lambda o: work.own(o[0], o[1], 'settling_stream.py', '.settle_truth.csv.gz'), OWN_SETTLING)
            settles = list(zip((o[0] for o in OWN_SETTLING), made))
        judged = list(zip((n for n, _ in streams), pool.map(lambda s: work.stream(s[1]), streams)))
        settled = list(zip((n for n, _ in settles), pool.map(lambda s: work.settling(s[1]), settles)))
    if not judged and not settled:
        sys.exit('%s: no X.stream.csv.gz and no X.settle.csv.gz' % args.data)
    if judged:
        write_streams(work, judged)
    if settled:
        write_settling(work, settled)
    work.print('\n* not reached; a|b: usual | stress streams; shares found, named and provable are over the oracle\'s')
    if judged:
        work.plot(*judged[0])


if __name__ == '__main__':
    main()
