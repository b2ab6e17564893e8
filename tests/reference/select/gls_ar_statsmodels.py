# SPDX-License-Identifier: Apache-2.0
# Regression with AR(1) errors of statsmodels 0.13.5: GLSAR, which leaves out the first row as
# Cochrane-Orcutt does. Its iterative_fit takes rho from the Yule-Walker equations; here rho is the
# regression of the residuals on those before, repeated to convergence, as in other programs.
# Run: /usr/bin/python3 gls_ar_statsmodels.py > gls_ar_statsmodels.csv
# Columns: case, method, quantity, index (from 1; 0 for a scalar), value.
import csv
import numpy as np
import statsmodels.api as sm

rows = {}
with open("gls_ar_data.csv") as file:
    for row in csv.reader(file):
        rows.setdefault(row[0], []).append([float(cell) for cell in row[2:]])
for case, cells in rows.items():
    cells = np.array(cells)
    y, x = cells[:, 0], sm.add_constant(cells[:, 1:])
    rho = 0.0
    for _ in range(200):
        fit = sm.GLSAR(y, x, rho=np.array([rho])).fit()
        u = y - x @ fit.params
        new = (u[1:] @ u[:-1]) / (u[:-1] @ u[:-1])
        if abs(new - rho) < 1e-15:
            break
        rho = new

    def say(quantity, values):
        for i, value in enumerate(np.atleast_1d(values)):
            index = 0 if np.isscalar(values) else i + 1
            print(f"{case},cochrane_orcutt,{quantity},{index},{value!r}")

    say("rho", float(rho))
    say("estimate", [float(v) for v in fit.params])
    say("standard_error", [float(v) for v in fit.bse])
    say("t", [float(v) for v in fit.tvalues])
    say("p", [float(v) for v in fit.pvalues])
    say("residual_ss", float(fit.ssr))
    say("transformed_r_squared", float(fit.rsquared))
    say("f", float(fit.fvalue))
