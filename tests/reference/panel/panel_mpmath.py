# SPDX-License-Identifier: Apache-2.0
# Panel regressions of Grunfeld's investment on value and capital with 50 digits, through an
# indicator for every firm (no within transform), and squared correlations by their definition.
# "unbalanced" leaves out the rows with (3 * firm + year) mod 5 = 0 of the first eight firms, and
# all but the first two years of the last. Run: python3 panel_mpmath.py > panel_mpmath.csv
# Columns: case, effects, covariance, quantity, index (from 0), value.
import csv

from mpmath import betainc, matrix, mp, mpf, sqrt

mp.dps = 50
XNEW = [mpf(1000), mpf(300)]
KEYNEW = 3


def emit(*cells):
    *head, value = cells
    print(",".join(str(c) for c in head) + "," + mp.nstr(value, 20))


def f_tail(f, a, b):
    return betainc(mpf(b) / 2, mpf(a) / 2, 0, b / (b + a * f), regularized=True)


def rows_of(case):
    table = list(csv.DictReader(open("grunfeld.csv")))
    firms = sorted({r["firm"] for r in table})
    out = []
    for r in table:
        g, year = firms.index(r["firm"]), int(r["year"])
        if case == "unbalanced":
            if g < 8 and (3 * g + year) % 5 == 0:
                continue
            if g == 10 and year > 1936:
                continue
        out.append((g, mpf(r["invest"]), [mpf(r["value"]), mpf(r["capital"])]))
    return out, len(firms)


def least_squares(x, y):
    inverse = (x.T * x) ** -1
    b = inverse * (x.T * y)
    return b, inverse, y - x * b


def squared_correlation(a, b):
    ma, mb = sum(a) / len(a), sum(b) / len(b)
    ab = sum((u - ma) * (v - mb) for u, v in zip(a, b))
    return ab**2 / sum((u - ma) ** 2 for u in a) / sum((v - mb) ** 2 for v in b)


def means_of(values, keys, groups):
    return [sum(v for v, k in zip(values, keys) if k == g) / keys.count(g) for g in range(groups)]


for case in ("balanced", "unbalanced"):
    rows, groups = rows_of(case)
    keys = [r[0] for r in rows]
    n, p = len(rows), 2
    y = matrix([r[1] for r in rows])
    total = sum((v - sum(y) / n) ** 2 for v in y)
    ones = matrix([[1] + r[2] for r in rows])
    pooled_rest = least_squares(ones, y)[2]
    pooled_ss = sum(e**2 for e in pooled_rest)
    for effects in ("fixed", "none"):
        if effects == "fixed":
            x = matrix([[mpf(k == g) for g in range(groups)] + r[2] for r in rows for k in [r[0]]])
        else:
            x = ones
        first = x.cols - p
        b, inverse, e = least_squares(x, y)
        rank = x.cols
        dof = n - rank
        rss = sum(v**2 for v in e)
        s2 = rss / dof
        slopes = [b[first + j] for j in range(p)]
        tag = (case, effects, "any")
        emit(*tag, "observations", 0, mpf(n))
        emit(*tag, "residual_ss", 0, rss)
        emit(*tag, "residual_variance", 0, s2)
        emit(*tag, "r_squared", 0, 1 - rss / total)
        for j in range(b.rows):
            emit(*tag, "effect" if effects == "fixed" and j < first else "coefficient",
                 j if j < first or effects == "none" else j - first, b[j])
        part = [sum(u * v for u, v in zip(r[2], slopes)) for r in rows]
        ym, pm = means_of(list(y), keys, groups), means_of(part, keys, groups)
        emit(*tag, "r_squared_overall", 0, squared_correlation(list(y), part))
        emit(*tag, "r_squared_between", 0, squared_correlation(ym, pm))
        emit(*tag, "r_squared_within", 0,
             squared_correlation([v - ym[k] for v, k in zip(y, keys)],
                                 [v - pm[k] for v, k in zip(part, keys)]))
        if effects == "fixed":
            f = (pooled_ss - rss) / (groups - 1) / s2
            emit(*tag, "effects_f", 0, f)
            emit(*tag, "effects_significance", 0, f_tail(f, groups - 1, dof))
        x0 = matrix([mpf(KEYNEW == g) for g in range(groups)] + XNEW if effects == "fixed"
                    else [mpf(1)] + XNEW)
        emit(*tag, "forecast", 0, (x0.T * b)[0])
        for covariance in ("classical", "hc1", "clustered"):
            tag = (case, effects, covariance)
            if covariance == "classical":
                c, test_dof = s2 * inverse, dof
            elif covariance == "hc1":
                middle = matrix(x.cols)
                for i in range(n):
                    middle += e[i] ** 2 * (x[i, :].T * x[i, :])
                c, test_dof = mpf(n) / dof * (inverse * middle * inverse), dof
            else:
                middle = matrix(x.cols)
                for g in range(groups):
                    u = matrix(1, x.cols)
                    for i in range(n):
                        if keys[i] == g:
                            u += e[i] * x[i, :]
                    middle += u.T * u
                k = p + 1
                factor = mpf(groups) / (groups - 1) * mpf(n - 1) / (n - k)
                c, test_dof = factor * (inverse * middle * inverse), groups - 1
            for j in range(p):
                emit(*tag, "slope_error", j, sqrt(c[first + j, first + j]))
            block = matrix([[c[first + i, first + j] for j in range(p)] for i in range(p)])
            vector = matrix(slopes)
            f = (vector.T * block**-1 * vector)[0] / p
            emit(*tag, "f", 0, f)
            emit(*tag, "significance_f", 0, f_tail(f, p, test_dof))
            if effects == "none":
                emit(*tag, "constant_error", 0, sqrt(c[0, 0]))
                emit(*tag, "forecast_variance", 0, (x0.T * c * x0)[0])
                continue
            xm = [means_of([r[2][j] for r in rows], keys, groups)[KEYNEW] for j in range(p)]
            d = matrix([v - m for v, m in zip(XNEW, xm)])
            variance = s2 / keys.count(KEYNEW) + (d.T * block * d)[0]
            emit(*tag, "forecast_variance", 0, variance)
            if covariance == "classical":  # the same by the whole covariance
                assert abs(variance / (x0.T * c * x0)[0] - 1) < mpf(10) ** -40
                for g in range(groups):
                    emit(*tag, "effect_error", g, sqrt(c[g, g]))
