#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The penalty of the least GCV and its ridge regression in 60-digit arithmetic (mpmath 1.2.1), and
scikit-learn 1.2.1 (Ridge, ElasticNet) on columns that are not standardised.

Run: /usr/bin/python3 penalized.py penalized_r.csv > penalized_py.csv
The data are those of penalized_r.csv. Columns: case, quantity, index (from 1; 0 for a scalar), value.
"""
import csv
import sys

import mpmath as mp
import numpy as np
from sklearn.linear_model import ElasticNet, Ridge

mp.mp.dps = 60
data = {}
for case, quantity, _, value in csv.reader(open(sys.argv[1])):
    if quantity in ("x", "y"):
        data.setdefault(case, {"x": [], "y": []})[quantity].append(value)


def say(case, quantity, values):
    for i, v in enumerate(values):
        print(f"{case},{quantity},{i + 1},{float(v)!r}")


def one(case, quantity, value):
    print(f"{case},{quantity},0,{float(value)!r}")


def exact(d):
    """Centred columns of deviation 1, the target, means and deviations, from the doubles."""
    n = len(d["y"])
    p = len(d["x"]) // n
    x = [[mp.mpf(float(d["x"][i * p + j])) for i in range(n)] for j in range(p)]
    y = [mp.mpf(float(v)) for v in d["y"]]
    means = [sum(c) / n for c in x]
    deviations = [mp.sqrt(sum((v - m) ** 2 for v in c) / n) for c, m in zip(x, means)]
    z = mp.matrix(n, p)
    for j in range(p):
        for i in range(n):
            z[i, j] = (x[j][i] - means[j]) / deviations[j]
    return z, y, means, deviations


def ridge(d, penalty):
    z, y, means, deviations = exact(d)
    n, p = z.rows, z.cols
    mean = sum(y) / n
    target = mp.matrix([v - mean for v in y])
    inverse = (z.T * z + penalty * mp.eye(p)) ** -1
    slopes = inverse * (z.T * target)
    hat = z * inverse * z.T
    rest = target - z * slopes
    rss = sum(v * v for v in rest)
    trace = 1 + sum(hat[i, i] for i in range(n))
    gcv = n * rss / (n - trace) ** 2
    square = hat * hat.T
    variance = rss / (n - 1 - sum(2 * hat[i, i] - square[i, i] for i in range(n)))
    covariance = inverse * (z.T * z) * inverse * variance
    b = [slopes[j] / deviations[j] for j in range(p)]
    errors = [mp.sqrt(covariance[j, j]) / deviations[j] for j in range(p)]
    constant = mean - sum(m * v for m, v in zip(means, b))
    scaled = mp.matrix([m / s for m, s in zip(means, deviations)])
    error = mp.sqrt(variance / n + (scaled.T * covariance * scaled)[0])
    return gcv, [constant] + b, [error] + errors


def least_gcv(d):
    """By golden section on the logarithm around the best of a grid: shares nothing with a derivative."""
    f = lambda t: ridge(d, mp.exp(t))[0]
    grid = [mp.mpf(k) / 2 for k in range(-40, 21)]
    best = min(range(len(grid)), key=lambda k: f(grid[k]))
    a, b = grid[best - 1], grid[best + 1]
    r = (mp.sqrt(5) - 1) / 2
    c, e = b - r * (b - a), a + r * (b - a)
    fc, fe = f(c), f(e)
    while b - a > mp.mpf(10) ** -17:
        if fc < fe:
            b, e, fe = e, c, fc
            c = b - r * (b - a)
            fc = f(c)
        else:
            a, c, fc = c, e, fe
            e = a + r * (b - a)
            fe = f(e)
    return mp.exp((a + b) / 2)


for case in ("longley", "close"):
    penalty = least_gcv(data[case])
    gcv, coefficients, errors = ridge(data[case], penalty)
    name = case + "_gcv"
    one(name, "penalty", penalty)
    one(name, "gcv", gcv)
    say(name, "coefficient", coefficients)
    say(name, "standard_error", errors)

for case, d in data.items():
    n = len(d["y"])
    x = np.array([float(v) for v in d["x"]]).reshape(n, -1)
    y = np.array([float(v) for v in d["y"]])
    if case != "longley":
        model = Ridge(alpha=2.5, solver="svd").fit(x, y)
        say(case + "_raw_ridge", "coefficient", [model.intercept_, *model.coef_])
        for mix in (1.0, 0.3):
            model = ElasticNet(alpha=0.2, l1_ratio=mix, tol=1e-24, max_iter=10**7).fit(x, y)
            say(f"{case}_raw_net_{mix:g}", "coefficient", [model.intercept_, *model.coef_])
