# SPDX-License-Identifier: Apache-2.0
# Quantiles of sums of independent scaled Student t variables, for sdk/numerics/student_sum_test.cpp.
# Not by characteristic functions: the density of one part is integrated against the distribution
# function of the others with mpmath's quadrature, 20 digits.
# Run once with mpmath 1.2.1, Python 3.11: python3 student_sum.py, below a line that says so.
from mpmath import mp, mpf, quad, gamma, sqrt, pi, betainc, findroot, inf

mp.dps = 20


def density(x, v):
    return gamma((v + 1) / 2) / (sqrt(v * pi) * gamma(v / 2)) * (1 + x * x / v) ** (-(v + 1) / 2)


def cdf(x, v):
    tail = betainc(v / 2, mpf(1) / 2, 0, v / (v + x * x), regularized=True) / 2
    return 1 - tail if x > 0 else tail


def sum_cdf(x, parts):
    (a, v), rest = parts[0], parts[1:]
    a = sqrt(a)
    if not rest:
        return cdf(x / a, v)
    nodes = [-inf, -30, -8, -3, -1, 0, 1, 3, 8, 30, inf]
    return quad(lambda t: density(t, v) * sum_cdf(x - a * t, rest), nodes)


cases = [
    ([(1, 8), (1, 8)], (0.9, 0.975, 0.995)),
    ([(1, 7), (0.25, 8)], (0.9, 0.975)),
    ([(2, 3), (1, 12)], (0.9, 0.975)),
    ([(1, 2), (1, 2)], (0.9, 0.975)),
    ([(0.5, 30), (4, 5)], (0.9, 0.975)),
]
print("variance_1,dof_1,variance_2,dof_2,probability,quantile")
for parts, probabilities in cases:
    exact = [(mpf(str(a)), mpf(v)) for a, v in parts]
    for p in probabilities:
        scale = sqrt(sum(a for a, _ in exact))
        x = findroot(lambda t: sum_cdf(t, exact) - mpf(str(p)), (scale * (p - 0.5) * 3, scale * (p - 0.5) * 5.5), tol=1e-15)
        print(",".join(str(c) for part in parts for c in part) + f",{p},{mp.nstr(x, 13)}")
