# SPDX-License-Identifier: Apache-2.0
# Lambda of Box-Cox regressions by maximum likelihood, in 40 digits (mpmath 1.2.1).
# Run in this folder: /usr/bin/python3 box_cox_mpmath.py > box_cox_mpmath.csv
# Columns: case, lambda, log_likelihood (of the target on its own scale, at that lambda).
import csv
from mpmath import mp, mpf, matrix, lu_solve, log, pi, findroot, diff

mp.dps = 40


def likelihood(x, y, w, power):
    rows = [i for i in range(len(y)) if w[i] > 0]
    n = len(rows)
    z = [log(v) if power == 0 else (v**power - 1) / power for v in y]
    p = len(x[0])
    a = matrix(p, p)
    c = matrix(p, 1)
    for i in rows:
        for j in range(p):
            c[j] += w[i] * x[i][j] * z[i]
            for k in range(p):
                a[j, k] += w[i] * x[i][j] * x[i][k]
    b = lu_solve(a, c)
    rss = sum(w[i] * (z[i] - sum(x[i][j] * b[j] for j in range(p)))**2 for i in rows)
    return (-mpf(n) / 2 * (log(2 * pi) + log(rss / n) + 1) + sum(log(w[i]) for i in rows) / 2
            + (power - 1) * sum(log(y[i]) for i in rows))


def say(case, x, y, w=None, start=0.3):
    w = w or [mpf(1)] * len(y)
    f = lambda power: likelihood(x, y, w, power)
    best = findroot(lambda power: diff(f, power), (start, start + 0.1), solver="secant")
    grid = max((f(mpf(k) / 10), mpf(k) / 10) for k in range(-20, 21))
    assert abs(grid[1] - best) < 0.11, (case, grid, best)
    print(f"{case},{mp.nstr(best, 17)},{mp.nstr(f(best), 17)}")


rows = list(csv.DictReader(open("../diagnostics/us_macro.csv")))[-48:]
rate = [mpf(r["tbilrate"]) for r in rows]
both = [[mpf(1), mpf(r["realdpi"]), mpf(r["realcons"])] for r in rows]
say("tbilrate", both, rate, start=0.4)
say("tbilrate_no_intercept", [r[1:] for r in both], rate, start=0.4)
say("realcons", [[mpf(1), mpf(r["realdpi"]), mpf(r["tbilrate"])] for r in rows],
    [mpf(r["realcons"]) for r in rows], start=1.0)
d = [(1.5, 12, 20.125, 1), (2.25, 9.5, 18.5, 2), (3, 14, 27.25, 0.5), (4.75, 7.25, 20.75, 4),
     (5.5, 10, 25.5, 1.25), (6, 16.5, 36, 3), (7.25, 8, 26.25, 0), (8, 11.25, 32.5, 0.75)]
say("weighted", [[mpf(1), mpf(r[0]), mpf(r[1])] for r in d], [mpf(r[2]) for r in d],
    [mpf(r[3]) for r in d], start=0.9)
