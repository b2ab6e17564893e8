# SPDX-License-Identifier: Apache-2.0
# Correlation of the errors of two straight lines, from residuals and from rolling origins, for
# tests/pipeline/uncertainty_test.cpp. Run once with Python 3.11: python3 driver_correlation.py
from fractions import Fraction as F
from math import sqrt

X = [F(v) for v in "1 2.2 3.7 5.1 6.2 7.4 9.1 10".split()]
Z = [F(v) for v in "5 4 6 5 7 7 8 9".split()]


def line(y):
    n = len(y)
    t = [F(i + 1) for i in range(n)]
    mt, my = sum(t) / n, sum(y) / n
    slope = sum((a - mt) * (b - my) for a, b in zip(t, y)) / sum((a - mt) ** 2 for a in t)
    return lambda at: my + slope * (at - mt)


def pearson(a, b):
    ma, mb = sum(a) / len(a), sum(b) / len(b)
    ab = sum((p - ma) * (q - mb) for p, q in zip(a, b))
    return float(ab) / sqrt(sum((p - ma) ** 2 for p in a) * sum((q - mb) ** 2 for q in b))


def residuals(y):
    f = line(y)
    return [v - f(i + 1) for i, v in enumerate(y)]


def rolling(y):
    return [y[n] - line(y[:n])(n + 1) for n in range(5, len(y))]


print("residuals", pearson(residuals(X), residuals(Z)))
print("rolling  ", pearson(rolling(X), rolling(Z)))
