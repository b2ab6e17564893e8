# SPDX-License-Identifier: Apache-2.0
"""Least squares on many rows by statsmodels: processor seconds of five fits with summary, and the peak memory.

Usage: OPENBLAS_NUM_THREADS=1 python3 ols_tall.py [rows] [columns]     1000000 20 by default
"""
import resource
import sys
import time

import numpy
import statsmodels.api

rows, columns = (int(sys.argv[i]) if len(sys.argv) > i else fallback for i, fallback in ((1, 1_000_000), (2, 20)))
random = numpy.random.default_rng(1)
x = numpy.empty((rows, columns + 1), order="F")
x[:, 0] = 1
for j in range(1, columns + 1):
    x[:, j] = random.standard_normal(rows)
y = x @ (1 + numpy.arange(columns + 1) / columns) + random.standard_normal(rows)
for method in ("pinv", "qr"):
    seconds = []
    for _ in range(5):
        start = time.process_time()
        str(statsmodels.api.OLS(y, x).fit(method=method).summary())
        seconds.append(time.process_time() - start)
    seconds.sort()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"statsmodels {method}: median {seconds[2]:.3f} s, {seconds[0]:.3f} to {seconds[-1]:.3f}; peak {peak:.0f} MB")
