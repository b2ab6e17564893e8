#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A backtest by hand: a target on two drivers, each driver forecast by its own straight line.

Run: /usr/bin/python3 backtest.py > backtest.csv   (exact fractions, Python 3.11)
At each origin only rows up to it are used: the lines of the drivers and the regression of the target
are fitted again, and the regression is evaluated at the forecast drivers.
"""
from fractions import Fraction as F

YEAR = list(range(2008, 2020))
MINING = [41, 44, 43, 50, 52, 51, 57, 60, 58, 66, 69, 70]
TRADE = [9, 12, 10, 11, 15, 13, 18, 16, 17, 21, 19, 24]
GRP = [120, 133, 126, 145, 160, 151, 178, 177, 175, 204, 206, 221]
FIRST_ORIGIN, HORIZON = 2014, 3


def solve(matrix, right):
    """Gauss-Jordan over fractions."""
    size = len(right)
    rows = [list(map(F, row)) + [F(value)] for row, value in zip(matrix, right)]
    for i in range(size):
        pivot = next(r for r in range(i, size) if rows[r][i] != 0)
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for r in range(size):
            if r != i:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i])]
    return [row[-1] for row in rows]


def least_squares(columns, y):
    normal = [[sum(a * b for a, b in zip(c, d)) for d in columns] for c in columns]
    return solve(normal, [sum(a * b for a, b in zip(c, y)) for c in columns])


def line(values, ahead):
    n = len(values)
    a, b = least_squares([[1] * n, list(range(1, n + 1))], values)
    return a + b * (n + ahead)


print("origin,step,actual,forecast")
for origin in range(FIRST_ORIGIN, YEAR[-1]):
    n = origin - YEAR[0] + 1
    b = least_squares([[1] * n, MINING[:n], TRADE[:n]], GRP[:n])
    for step in range(1, min(HORIZON, YEAR[-1] - origin) + 1):
        forecast = b[0] + b[1] * line(MINING[:n], step) + b[2] * line(TRADE[:n], step)
        print(f"{origin},{step},{GRP[n - 1 + step]},{float(forecast)!r}")
