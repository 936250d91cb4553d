#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""score_settling.py PREFIX ESTIMATES [--json]: how soon and how rightly `stationctl weigh settle` knew.

Needs the truth beside the transients (PREFIX.settle_truth.csv.gz).  Seconds are counted
from when the load began; right means within one step d of the display.
"""
import csv, gzip, json, sys


def read(path):
    with (gzip.open(path, 'rt') if path.endswith('.gz') else open(path)) as f:
        return list(csv.DictReader(f))


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def score(prefix, estimates):
    truth = {r['id']: r for r in read(prefix + '.settle_truth.csv.gz')}
    step = {r['id']: float(r['d']) for r in read(prefix + '.settle.csv.gz')}
    said = read(estimates)
    if {r['id'] for r in said} != set(truth):
        sys.exit('every transient needs one estimate')
    seconds = [int(r['t_ms']) / 1e3 - float(truth[r['id']]['t_load_s']) for r in said]
    right = [abs(float(r['estimate_g']) - float(truth[r['id']]['true_g'])) <= 1.0001 * step[r['id']] for r in said]
    return {'mean': sum(seconds) / len(seconds), 'p90': quantile(seconds, .9), 'p99': quantile(seconds, .99),
            'right': sum(right) / len(right)}


if __name__ == '__main__':
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    result = score(sys.argv[1], sys.argv[2])
    print(json.dumps(result) if '--json' in sys.argv else
          '\n'.join('%-8s %.4f' % i for i in result.items()))
