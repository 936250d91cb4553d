#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""score_weighing.py PREFIX DECISIONS [--json]: how good the decisions of `stationctl weigh replay` are.

Needs the truth beside the stream (PREFIX.truth.csv.gz).  Every figure is against the
oracle that knew true weights, spreads, lots and offsets, or against the truth itself:

detected(N, a)  share of parcels of several goods, one unit missing, whose score lies above
                all but the share a of complete ones; over the oracle's; after N taught parcels
cause           faults named exactly, over the oracle's, where the oracle doubted the parcel
ks, alarms      p values of complete taught parcels: distance from uniform; share below 0.5 %
log_loss        of p_complete there, minus the oracle's
provable        share declared provable, over the oracle's; over: declared so with true power < 0.8
incidents       scale mishaps asked about, median delay in parcels of that scale, and
                requests per 1,000 parcels without cause
"""
import csv, gzip, json, math, sys


def read(path):
    try:
        f = gzip.open(path + '.gz', 'rt')
        f.read(1)
        f.seek(0)
    except OSError:
        f = open(path)
    with f:
        return list(csv.DictReader(f))


class Bench:
    def __init__(self, prefix, decisions):
        goods = {r['sku'] for r in read(prefix + '.catalog.csv') if r['kind'] == 'goods'}
        said = {r['row']: r for r in read(decisions)}
        self.meta = json.load(open(prefix + '.meta.json'))
        self.rows = []
        for s, t in zip(read(prefix + '.stream.csv'), read(prefix + '.truth.csv')):
            d = said.get(s['row'])
            if d is None:
                sys.exit('no decision for row ' + s['row'])
            parts = [i.rsplit(':', 1) for i in s['items'].split(';')]
            row = dict(s, **t)
            row['units'] = sum(int(q) for k, q in parts if k in goods)
            row['said'] = d
            self.rows.append(row)
        self.blocks = [b.split(':')[0] for b in self.meta['probe_blocks'].split(',')]

    def block(self, n):
        return [r for r in self.rows if r['probe'] == str(n) and r['units'] > 1]


def bar(rows, score, alarm):
    """The score that only a share of complete parcels exceeds."""
    whole = sorted((score(r) for r in rows if r['cause'] == 'complete'), reverse=True)
    return whole[min(int(alarm * len(whole)), len(whole) - 1)]


def detected(rows, score, alarm):
    short = [score(r) for r in rows if r['cause'].startswith('missing:')]
    least = bar(rows, score, alarm)
    return sum(s > least for s in short) / len(short)


def ratio(rows, alarm):
    ours = detected(rows, lambda r: float(r['said']['score_short']), alarm)
    return ours / detected(rows, lambda r: float(r['o_llr_short']), alarm)


# ---- The rule that is usual: so many percent of what the catalogue says -----------------


def listed(bench, prefix):
    """What each row should weigh by the catalogue alone; None where a weight is missing."""
    weight = {r['sku']: r['catalog_g'] for r in read(prefix + '.catalog.csv')}
    pack = {p['name']: p['mean_g'] for p in bench.meta['packs']}
    out = {}
    for r in bench.rows:
        parts = [i.rsplit(':', 1) for i in r['items'].split(';')]
        known = all(weight.get(k) for k, _ in parts)
        out[r['row']] = pack[r['pack']] + sum(float(weight[k]) * int(q) for k, q in parts) if known else None
    return out


def off_by(listing, row):
    """Share of the listed weight that is wanting."""
    expected = listing[row['row']]
    return (expected - float(row['weight_g'])) / expected if expected else 0.


def fixed_rule(bench, prefix, tolerance=.03):
    """(false alarms of +- tolerance, what it finds at 0.5 % false alarms over the oracle's)."""
    listing = listed(bench, prefix)
    last = bench.block(len(bench.blocks))
    whole = [r for r in last if r['cause'] == 'complete']
    alarms = sum(abs(off_by(listing, r)) > tolerance for r in whole) / len(whole)
    found = detected(last, lambda r: off_by(listing, r), .005)
    return alarms, found / detected(last, lambda r: float(r['o_llr_short']), .005)


EDGES = (0, .01, .015, .02, .03, .04, .06, .08, .12, .2, .4)


def curves(bench, prefix):
    """(middle of the bin, share found: ours, fixed at 0.5 %, fixed at 3 %, oracle; parcels)."""
    unit = {r['sku']: float(r['true_g']) for r in read(prefix + '.catalog_truth.csv')}
    listing = listed(bench, prefix)
    last = bench.block(len(bench.blocks))
    keys = [lambda r: float(r['said']['score_short']), lambda r: off_by(listing, r),
            None, lambda r: float(r['o_llr_short'])]
    bars = [bar(last, k, .005) if k else .03 for k in keys]
    keys[2] = keys[1]
    short = [(unit[r['cause'][8:]] / float(r['o_mu']), r) for r in last if r['cause'].startswith('missing:')]
    for low, high in zip(EDGES, EDGES[1:]):
        rows = [r for ratio, r in short if low <= ratio < high]
        if len(rows) >= 10:
            yield ((low + high) / 2, *(sum(k(r) > b for r in rows) / len(rows) for k, b in zip(keys, bars)), len(rows))


def quiet(bench):
    """Taught rows after the first thousand, no mishap now nor within 15 parcels before."""
    out, since = [], {}
    for i, r in enumerate(r for r in bench.rows if r['probe'] == '0'):
        s = r['scale']
        since[s] = 0 if r['incident'] else since.get(s, 99) + 1
        if i >= 1000 and since[s] > 15:
            out.append(r)
    return out


def calibration(rows):
    p = sorted(float(r['said']['p_value']) for r in rows if r['cause'] == 'complete')
    n = len(p)
    ks = max(max(abs((i + 1) / n - x), abs(i / n - x)) for i, x in enumerate(p))
    return ks, sum(x < .005 for x in p) / n


def log_loss(rows, key):
    total = 0.
    for r in rows:
        p = key(r)
        p = p if r['cause'] == 'complete' else 1 - p
        total -= math.log(min(1., max(p, 1e-6)))
    return total / len(rows)


def causes(rows):
    doubted = [r for r in rows if r['cause'] != 'complete' and float(r['o_p_complete']) < .5]
    ours = sum(r['said']['cause'] == r['cause'] for r in doubted)
    return ours / sum(r['o_alt1'] == r['cause'] for r in doubted)


def provable(rows):
    ours = [r for r in rows if float(r['said']['power']) >= .95]
    oracle = sum(float(r['o_power005']) >= .95 for r in rows)
    return len(ours) / oracle, sum(float(r['o_power005']) < .8 for r in ours) / len(rows)


def mishaps(rows, e):
    """(found, delays, wrongly asked, clear parcels) of one scale's taught rows in order."""
    delays, count, wrong, clear, since, at = [], 0, 0, 0, 99, 0
    asks = lambda r: r['said']['rezero'] == '1'
    while at < len(rows):
        tag = rows[at]['incident']
        if not tag:
            clear, since = clear + 1, since + 1
            wrong += asks(rows[at]) and since > 6
            at += 1
            continue
        run = []
        while at < len(rows) and rows[at]['incident'] == tag:
            run.append(rows[at])
            at += 1
        since = 0
        size = [abs(float(r['offset_g'])) for r in run]
        if max(size) < 3 * e and max(size) < 8:
            continue
        count += 1
        begin = next((i for i, x in enumerate(size) if x >= 1.5 * e), 0)
        hit = next((i for i, r in enumerate(run) if asks(r) and i >= begin - 1), None)
        if hit is not None:
            delays.append(max(1, hit - begin + 1))
    return count, delays, wrong, clear


def incidents(bench):
    count = wrong = clear = 0
    delays = []
    for s in bench.meta['scales']:
        c, d, w, n = mishaps([r for r in bench.rows if r['probe'] == '0' and r['scale'] == s['name']], s['e'])
        count, wrong, clear, delays = count + c, wrong + w, clear + n, delays + d
    delays.sort()
    return len(delays) / max(1, count), delays[len(delays) // 2] if delays else 99, 1000 * wrong / max(1, clear)


def score(prefix, decisions):
    b = Bench(prefix, decisions)
    last = b.block(len(b.blocks))
    out = {}
    for i, n in enumerate(b.blocks):
        out['detected_%s_0.5%%' % n] = ratio(b.block(i + 1), .005)
    out['detected_%s_0.1%%' % b.blocks[-1]] = ratio(last, .001)
    out['cause'] = causes([r for r in b.rows if r['probe'] == str(len(b.blocks))])
    calm = quiet(b)
    out['ks'], out['alarms'] = calibration(calm)
    out['log_loss'] = log_loss(calm, lambda r: float(r['said']['p_complete'])) - log_loss(
        calm, lambda r: float(r['o_p_complete']))
    out['provable'], out['over'] = provable(last)
    out['incidents'], out['delay'], out['wrong_zero'] = incidents(b)
    return out


if __name__ == '__main__':
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    result = score(sys.argv[1], sys.argv[2])
    if '--json' in sys.argv:
        print(json.dumps(result))
    else:
        for key, value in result.items():
            print('%-20s %.4f' % (key, value))
