#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Reference values of the distribution functions, in 40-digit arithmetic (mpmath 1.2.1).

Run: /usr/bin/python3 distributions.py > distributions.csv
Each argument is the exact value of the double printed, so the tests compare functions, not decimals.
"""
import mpmath as mp

mp.mp.dps = 60


def t_tail(t, v):
    """P(T >= t), t >= 0."""
    t, v = mp.mpf(t), mp.mpf(v)
    return mp.betainc(v / 2, mp.mpf(1) / 2, 0, v / (v + t * t), regularized=True) / 2


def t_cdf(t, v):
    return 1 - t_tail(t, v) if t > 0 else t_tail(-t, v)


def t_quantile(p, v):
    """By bisection on the tail: slow, but it shares nothing with the code under test."""
    p = mp.mpf(p)
    if p == mp.mpf(1) / 2:
        return mp.mpf(0)
    tail = min(p, 1 - p)
    low, high = mp.mpf(0), mp.mpf(1)
    while t_tail(high, v) > tail:
        high *= 2
    for _ in range(180):
        middle = (low + high) / 2
        low, high = (middle, high) if t_tail(middle, v) > tail else (low, middle)
    return low if p > mp.mpf(1) / 2 else -low


def f_tail(f, a, b):
    f, a, b = mp.mpf(f), mp.mpf(a), mp.mpf(b)
    return mp.betainc(b / 2, a / 2, 0, b / (b + a * f), regularized=True)


def row(name, *numbers):
    *arguments, value = numbers
    padded = [repr(float(x)) for x in arguments] + [""] * (3 - len(arguments))
    print(",".join([name, *padded, mp.nstr(value, 40, strip_zeros=False)]))


print("function,first,second,third,value")
DOFS = [0.5, 1.0, 2.0, 3.0, 7.0, 8.5, 30.0, 200.0, 1e4]
for v in DOFS:
    for t in [0.0, 1e-9, 0.01, 0.4724477462934, 1.0, 2.601241214500972, 3.737688725159119, 10.0, 100.0, 1e6]:
        tail = t_tail(t, v)
        if tail > mp.mpf("1e-290"):
            row("student_t_two_sided_p", t, v, 2 * tail)
        for signed in {t, -t}:
            if t_cdf(signed, v) > mp.mpf("1e-290"):
                row("student_t_cdf", signed, v, t_cdf(signed, v))
    for p in [1e-12, 0.001, 0.025, 0.1, 0.4, 0.5, 0.6, 0.75, 0.9, 0.975, 0.995, 0.9995]:
        if v >= 1.0:
            row("student_t_quantile", p, v, t_quantile(p, v))
for a in [0.5, 1.0, 2.0, 3.0, 10.0, 50.0]:
    for b in [0.5, 1.0, 6.0, 7.0, 20.0, 500.0]:
        for f in [1e-6, 0.1, 1.0, 4.0, 12.9739924, 19.794323399104243, 330.285339234588, 1e6]:
            if f_tail(f, a, b) > mp.mpf("1e-290"):
                row("f_upper_tail", f, a, b, f_tail(f, a, b))
for z in [-38.0, -30.0, -8.0, -3.0, -1.959963984540054, -1.0, -1e-8, 0.0, 1e-8, 0.5, 1.0, 2.5, 6.0, 9.0]:
    row("normal_cdf", z, mp.erfc(-mp.mpf(z) / mp.sqrt(2)) / 2)
for p in [1e-300, 1e-100, 1e-16, 1e-5, 0.001, 0.025, 0.1, 0.3, 0.5, 0.6, 0.8, 0.9, 0.95, 0.975, 0.995, 0.9999]:
    exact = mp.mpf(p)
    guess = -mp.sqrt(2) * mp.erfinv(1 - 2 * exact) if p > 1e-12 else -mp.sqrt(-2 * mp.log(exact))
    row("normal_quantile", p, mp.findroot(lambda z: mp.log(mp.erfc(-z / mp.sqrt(2)) / 2) - mp.log(exact), guess))
for v in [0.5, 1.0, 2.0, 5.0, 20.0, 100.0, 1000.0]:
    for x in [1e-6, 0.1, 1.0, 3.84, 10.0, 50.0, 200.0, 1100.0]:
        tail = mp.gammainc(mp.mpf(v) / 2, mp.mpf(x) / 2, mp.inf, regularized=True)
        if tail > mp.mpf("1e-290"):
            row("chi_squared_upper_tail", x, v, tail)
