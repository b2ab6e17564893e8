#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Exact p of the Durbin-Watson statistic in 30 digits, mpmath 1.2.1: eigenvalues of M A and a
contour integral of the moment generating function (not the integral that Steppe uses).

Run: /usr/bin/python3 by_mpmath.py > by_mpmath.csv
P(Q < 0) = 1/2 - 1/pi int_0^inf Im(phi(u)) / u du is Imhof's form; here the path is moved to the
saddle point s > 0: P(Q < 0) = 1/(2 pi i) int_{c - i inf}^{c + i inf} M(-s) / s ds.
"""
import csv

from mpmath import mp, mpf, matrix, eigsy, quad, inf, pi, mpc, re, diag, eye

mp.dps = 30


def read(file, target, regressors, last=None):
    rows = list(csv.DictReader(open(file)))
    rows = rows[-last:] if last else rows
    y = matrix([mpf(r[target]) for r in rows])
    X = matrix([[mpf(1)] + [mpf(r[c]) for c in regressors] for r in rows])
    return y, X


def study(case, y, X):
    n, k = X.rows, X.cols
    M = eye(n) - X * ((X.T * X) ** -1) * X.T
    e = M * y
    d = sum((e[i] - e[i - 1]) ** 2 for i in range(1, n)) / sum(v ** 2 for v in e)
    A = matrix(n, n)
    for i in range(n):
        A[i, i] = 1 if i in (0, n - 1) else 2
        if i:
            A[i, i - 1] = A[i - 1, i] = -1
    S = M * A * M
    S = (S + S.T) / 2
    values = sorted((eigsy(S, eigvals_only=True)[i] for i in range(n)), reverse=True)[: n - k]
    a = [v - d for v in values]
    # M(-s) = prod (1 + 2 a_i s)^(-1/2) exists for 0 < s < -1 / (2 min a).
    c = mpf(1) / (-2 * min(a)) / 2

    def f(t):
        s = mpc(c, t)
        product = mpc(1)
        for v in a:
            product /= (1 + 2 * v * s) ** mpf("0.5")
        return re(product / s)

    p = quad(f, [0, c, 4 * c, 16 * c, 64 * c, 256 * c, 1024 * c, inf]) / pi
    print(f"{case},dw,0,{mp.nstr(d, 25)}")
    print(f"{case},dw_p,0,{mp.nstr(p, 20)}")


study("longley", *read("../nist_linear/Longley.csv", "y", [f"x{i}" for i in range(1, 7)]))
study("karaganda", *read("../../../docs/examples/karaganda/karaganda.csv", "grp", ["mining", "innovation"]))
study("consumption", *read("us_macro.csv", "realcons", ["realdpi", "tbilrate"], 48))
