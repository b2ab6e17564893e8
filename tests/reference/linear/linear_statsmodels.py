# SPDX-License-Identifier: Apache-2.0
# Robust standard errors of statsmodels 0.13.5, and weighted least squares.
# Run in this folder: /usr/bin/python3 linear_statsmodels.py > linear_statsmodels.csv
# Columns: case, quantity, index (from 1; 0 for a scalar), value.
import csv
import numpy as np
import statsmodels.api as sm

rows = list(csv.DictReader(open("../diagnostics/us_macro.csv")))[-48:]
y = np.array([float(r["realcons"]) for r in rows])
x = sm.add_constant(np.array([[float(r["realdpi"]), float(r["tbilrate"])] for r in rows]))


def say(case, quantity, values):
    for i, value in enumerate(np.atleast_1d(values), 1):
        print(f"{case},{quantity},{i},{value:.17g}")


lag = int(4 * (48 / 100) ** (2 / 9))
for kind in ["HC0", "HC1", "HC2", "HC3", "HAC"]:
    more = dict(cov_kwds={"maxlags": lag}) if kind == "HAC" else {}
    fit = sm.OLS(y, x).fit(cov_type=kind, use_t=True, **more)
    case = "consumption." + ("newey_west" if kind == "HAC" else kind.lower())
    say(case, "standard_error", fit.bse)
    say(case, "p", fit.pvalues)
    print(f"{case},f,0,{float(fit.fvalue):.17g}")
