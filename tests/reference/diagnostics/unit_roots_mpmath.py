# SPDX-License-Identifier: Apache-2.0
# Statistics of augmented Dickey-Fuller and of Engle-Granger to 25 digits, mpmath 1.2.1 with 60: for
# every number of lags, so that the choice of lags is not in them.
# Run in this folder: python3 unit_roots_mpmath.py > unit_roots_mpmath.csv
# Columns: case, quantity (adf_c_, adf_ct_ or eg_ and the column), lags, statistic.
import csv

from mpmath import matrix, mp, mpf, nstr, sqrt, lu_solve

mp.dps = 60


def read(file, columns, last=None):
    rows = list(csv.DictReader(open(file)))
    rows = rows[-last:] if last else rows
    return {c: [mpf(r[c]) for r in rows] for c in columns}


def regress(y, columns):
    k = len(columns)
    gram = matrix(k, k)
    right = matrix(k, 1)
    for a in range(k):
        right[a] = sum(u * v for u, v in zip(columns[a], y))
        for b in range(k):
            gram[a, b] = sum(u * v for u, v in zip(columns[a], columns[b]))
    b = lu_solve(gram, right)
    e = [y[i] - sum(b[a] * columns[a][i] for a in range(k)) for i in range(len(y))]
    return b, e, gram


def dickey_fuller(x, lags, terms):
    d = [x[i + 1] - x[i] for i in range(len(x) - 1)]
    rows = range(lags, len(d))
    y = [d[i] for i in rows]
    columns = [[x[i] for i in rows]] + [[d[i - j] for i in rows] for j in range(1, lags + 1)]
    if terms != "n":
        columns.append([mpf(1)] * len(y))
    if terms == "ct":
        columns.append([mpf(i) for i in range(len(y))])
    b, e, gram = regress(y, columns)
    s2 = sum(v * v for v in e) / (len(y) - len(columns))
    unit = matrix(len(columns), 1)
    unit[0] = 1
    return b[0] / sqrt(s2 * lu_solve(gram, unit)[0])


def study(case, data, most):
    names = list(data)
    for name in names:
        if (case, name) == ("longley", "x6"):
            continue
        for terms in ("c", "ct"):
            for lags in range(most + 1):
                print(f"{case},adf_{terms}_{name},{lags},{nstr(dickey_fuller(data[name], lags, terms), 25)}")
    y = data[names[0]]
    pairs = [(name, [name]) for name in names[1:]]
    if len(names) <= 6:
        pairs.append(("all", names[1:]))
    for label, chosen in pairs:
        e = regress(y, [[mpf(1)] * len(y)] + [data[c] for c in chosen])[1]
        for lags in range(most + 1):
            print(f"{case},eg_{label},{lags},{nstr(dickey_fuller(e, lags, 'n'), 25)}")


study("longley", read("../nist_linear/Longley.csv", ["y"] + [f"x{i}" for i in range(1, 7)]), 4)
karaganda = read("../../../docs/examples/karaganda/karaganda.csv", ["grp", "mining", "innovation"])
study("karaganda", karaganda, 2)
study("consumption", read("us_macro.csv", ["realcons", "realdpi", "tbilrate"], 48), 8)
study("consumption_all", read("us_macro.csv", ["realcons", "realdpi", "tbilrate"]), 14)
