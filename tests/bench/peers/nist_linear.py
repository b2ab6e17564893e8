# SPDX-License-Identifier: Apache-2.0
"""The eleven linear sets of NIST StRD by statsmodels, as columns of powers: program,set,quantity,value lines.

Usage: python3 nist_linear.py FOLDER     (tests/reference/nist_linear)
"""
import csv
import sys
import warnings

import numpy
import statsmodels.api

DEGREE = {"Pontius": 2, "Filip": 10, **{f"Wampler{i}": 5 for i in range(1, 6)}}
warnings.filterwarnings("ignore")
folder = sys.argv[1]
sets = list(dict.fromkeys(row["set"] for row in csv.DictReader(open(folder + "/certified.csv"))))


def say(program, name, quantity, value):
    print(f"{program},{name},{quantity},{float(value)!r}")


for name in sets:
    table = numpy.genfromtxt(f"{folder}/{name}.csv", delimiter=",", skip_header=1)
    y, x = table[:, 0], table[:, 1:]
    if name in DEGREE:
        x = numpy.column_stack([x[:, 0] ** power for power in range(1, DEGREE[name] + 1)])
    constant = not name.startswith("NoInt")
    design = numpy.column_stack([numpy.ones(len(y)), x]) if constant else x
    for method in ("pinv", "qr"):
        program = "statsmodels OLS " + method
        fit = statsmodels.api.OLS(y, design, hasconst=constant).fit(method=method)
        for k in range(design.shape[1]):
            say(program, name, f"b{k + (not constant)}", fit.params[k])
            say(program, name, f"se{k + (not constant)}", fit.bse[k])
        say(program, name, "rsd", numpy.sqrt(fit.scale))
        say(program, name, "r2", fit.rsquared)
