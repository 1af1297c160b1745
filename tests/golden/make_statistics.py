#!/usr/bin/env python3
"""Makes statistics.properties: what the tests of org.encore.bench.statistics expect, computed with numpy and scipy.

Needs Python 3, numpy and scipy 1.11 or newer. Samples are drawn here and written beside what is expected of them.
Run:  python3 tests/golden/make_statistics.py
"""
import pathlib
from math import comb

import numpy as np
from scipy import stats

rng = np.random.default_rng(20260101)
lines = ["# Made by tests/golden/make_statistics.py; do not edit."]


def put(name, values):
    lines.append(f"{name} = " + " ".join(repr(float(v)) for v in np.atleast_1d(values)))


# Student's t interval of a mean difference: scipy's own
for n in (2, 6, 8, 20):
    a, b = rng.normal(21, 1, n), rng.normal(20.4, 1, n)
    put(f"t.{n}.first", a)
    put(f"t.{n}.second", b)
    for confidence in (0.90, 0.95, 0.99):
        interval = stats.ttest_rel(a, b).confidence_interval(confidence)
        put(f"t.{n}.{int(100 * confidence)}", [(a - b).mean(), interval.low, interval.high])

# the median's interval: written out from the definition of the binomial distribution with whole numbers
def median_interval(values, confidence):
    x, n = np.sort(values), len(values)
    enclosed = lambda d: 1 - 2 * sum(comb(n, k) for k in range(d)) / 2 ** n
    d = max(r for r in range(1, n // 2 + 1) if enclosed(r) >= confidence)
    share = (enclosed(d) - confidence) / (enclosed(d) - enclosed(d + 1))
    w = (n - d) * share / (d + (n - 2 * d) * share)
    return np.median(x), (1 - w) * x[d - 1] + w * x[d], (1 - w) * x[n - d] + w * x[n - d - 1]


for n in (6, 7, 8, 11, 20, 60, 1100):
    x = np.exp(rng.normal(0, 0.3, n))
    put(f"median.{n}.values", x)
    for confidence in (0.90, 0.95):
        put(f"median.{n}.{int(100 * confidence)}", median_interval(x, confidence))

# BCa from given resamples and a given jackknife: equations 14.9 to 14.15 of Efron and Tibshirani 1993
replicates = np.sort(np.round(rng.gamma(4, 1, 500), 1))
jackknife = rng.gamma(4, 0.05, 25)
u = jackknife.mean() - jackknife
a = (u ** 3).sum() / 6 / (u ** 2).sum() ** 1.5
value = float(np.round(np.mean(replicates), 1))
z0 = stats.norm.ppf(((replicates < value).sum() + (replicates == value).sum() / 2) / len(replicates))
put("bca.resampled", replicates)
put("bca.left", jackknife)
for confidence in (0.90, 0.95):
    z = stats.norm.ppf([(1 - confidence) / 2, (1 + confidence) / 2])
    ends = np.quantile(replicates, stats.norm.cdf(z0 + (z0 + z) / (1 - a * (z0 + z))), method="weibull")
    put(f"bca.{int(100 * confidence)}", [value, *ends])

# BCa of an error rate over a corpus, and of the difference of two systems: scipy's own bootstrap with many resamples
n = 300
length = rng.integers(3, 12, n).astype(float)
hard = rng.beta(1, 3, n)
first, second = rng.binomial(length.astype(int), hard).astype(float), rng.binomial(length.astype(int), 0.8 * hard).astype(float)
put("corpus.length", length)
put("corpus.first", first)
put("corpus.second", second)


def rate(edits, length, axis=-1):
    return 100 * edits.sum(axis) / length.sum(axis)


def difference(a, b, length, axis=-1):
    return rate(a, length, axis) - rate(b, length, axis)


for name, samples, statistic in (("score", (first, length), rate), ("difference", (first, second, length), difference)):
    result = stats.bootstrap(samples, statistic, paired=True, method="BCa", n_resamples=100_000, batch=5000, vectorized=True, rng=np.random.default_rng(7))
    put(f"corpus.{name}", [statistic(*samples), *result.confidence_interval])

# seeds by examples: variance components by numpy from pseudovalues of a ratio of sums
seeds, n = 6, 40
length = rng.integers(3, 12, n).astype(float)
hard = rng.beta(1, 3, n)
edits = np.array([rng.binomial(length.astype(int), np.clip(hard * f, 0, 1)) for f in rng.normal(1, 0.2, seeds)]).astype(float)
rates = 100 * edits.sum(1) / length.sum()
left = 100 * (edits.sum(1, keepdims=True) - edits) / (length.sum() - length)
pseudo = n * rates[:, None] - (n - 1) * left
rows, columns = pseudo.mean(1), pseudo.mean(0)
interaction = pseudo - rows[:, None] - columns + pseudo.mean()
between_seeds = n * rows.var(ddof=1)
between_examples = seeds * columns.var(ddof=1)
within = (interaction ** 2).sum() / (seeds - 1) / (n - 1)
total = between_seeds + max(0, between_examples - within)
half = stats.t.ppf(0.975, (total / between_seeds) ** 2 * (seeds - 1)) * np.sqrt(total / seeds / n)
put("crossed.length", length)
for seed in range(seeds):
    put(f"crossed.edits.{seed}", edits[seed])
put("crossed.95", [rates.mean(), rates.mean() - half, rates.mean() + half])

# sign flips: scipy's permutation test, exact
for n in (5, 6, 8, 13):
    d = np.round(rng.normal(0.5, 1, n), 1)
    exact = stats.permutation_test((d,), np.mean, permutation_type="samples", n_resamples=np.inf, alternative="two-sided")
    put(f"flip.{n}.differences", d)
    put(f"flip.{n}.p", exact.pvalue)

# equivalence: the larger p of two one-sided t tests, for three margins
for n in (6, 8):
    d = rng.normal(0.1, 0.45, n)
    put(f"tost.{n}.differences", d)
    for margin in (0.25, 0.5, 1.0):
        p = max(stats.ttest_1samp(d, -margin, alternative="greater").pvalue, stats.ttest_1samp(d, margin, alternative="less").pvalue)
        put(f"tost.{n}.{margin}", p)

path = pathlib.Path(__file__).parent.parent / "org.encore.bench.tests/src/org/encore/bench/tests/statistics/statistics.properties"
path.parent.mkdir(exist_ok=True)
path.write_text("\n".join(lines) + "\n")
print(path.name, path.stat().st_size, "bytes")
