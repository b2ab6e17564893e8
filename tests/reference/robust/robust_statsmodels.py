# SPDX-License-Identifier: Apache-2.0
# Huber's M-estimates and quantile regressions of statsmodels (RLM, QuantReg), on the data written by robust_r.R.
# Run: python3 robust_statsmodels.py > robust_statsmodels.csv
# Columns: case, quantity, index (from 1; 0 for a scalar), value.
import csv

import numpy as np
import statsmodels
import statsmodels.api as sm


def read(name):
    with open(name + ".csv") as file:
        rows = list(csv.reader(file))[1:]
    return np.array([[float(cell) for cell in row] for row in rows])


def say(case, quantity, values):
    values = np.atleast_1d(values)
    first = 0 if len(values) == 1 else 1
    for i, value in enumerate(values):
        print(f"{case},{quantity},{i + first},{value:.17g}")


def huber(case, x, y, scale, k):
    model = sm.RLM(y, x, M=sm.robust.norms.HuberT(t=k))
    fit = model.fit(scale_est=scale, maxiter=5000, tol=1e-15, conv="coefs")
    say(case, "estimate", fit.params)
    say(case, "scale", fit.scale)
    say(case, "weight", fit.weights)


def quantile(case, x, y, tau):
    fit = sm.QuantReg(y, x).fit(q=tau, max_iter=100000, p_tol=1e-13)
    say(case, "estimate", fit.params)
    say(case, "r1", fit.prsquared)


print(f"# statsmodels {statsmodels.__version__} numpy {np.__version__}")
phones = read("phones")
stackloss = read("stackloss")
engel = read("engel")
for set_name, x, y in (("phones", phones[:, :1], phones[:, 1]), ("stackloss", stackloss[:, :3], stackloss[:, 3])):
    x = sm.add_constant(x)
    huber(set_name + "_mad", x, y, "mad", 1.345)
    huber(set_name + "_mad_2", x, y, "mad", 2.0)
for tau in (0.25, 0.5, 0.75):
    quantile(f"engel_{tau:g}", sm.add_constant(engel[:, :1]), engel[:, 1], tau)
