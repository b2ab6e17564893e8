#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How often do the tests find at 5 % what is there? Simulated with numpy 1.24.2 and statsmodels 0.13.5.

Run: /usr/bin/python3 power.py > power.csv
Two regressors (a straight line with noise, noise), constant, normal errors unless said otherwise.
  durbin_watson, breusch_godfrey  errors AR(1) with 0.5 (exact p; F form of order 1)
  breusch_pagan, white            standard deviation grows fourfold from the first row to the last
  jarque_bera                     errors t with 3 degrees of freedom
  reset                           target is the square of a regression with errors of a fifth
  adf                             AR(1) with 0.5 and constant: is the unit root rejected?
  engle_granger                   random walk and the same plus AR(1) errors with 0.5: found?
  adf_false                       a random walk: is its unit root rejected all the same?
  engle_granger_false             two independent random walks: are they said to keep together?
Columns: observations, test, share of 2000 samples with p below 0.05; for the last four of 1000
samples with a statistic below the 5 % value for n.
"""
import warnings

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.diagnostic import acorr_breusch_godfrey, het_breuschpagan, het_white
from statsmodels.stats.diagnostic import linear_reset
from statsmodels.stats.stattools import durbin_watson, jarque_bera
from statsmodels.tsa.stattools import adfuller, coint

warnings.simplefilter("ignore")


def ar(rng, n, rho):
    e = rng.standard_normal(n + 50)
    for i in range(1, n + 50):
        e[i] += rho * e[i - 1]
    return e[50:]


def most_lags(n):
    return int(np.cbrt(n - 1)) if n < 50 else int(np.ceil(12 * (n / 100) ** 0.25))


def stationary(x):
    result = adfuller(x, maxlag=most_lags(len(x)), regression="c")
    return result[0] < result[4]["5%"]


def together(y, x):
    result = coint(y, x, maxlag=most_lags(len(x)), autolag="aic")
    return result[0] < result[2][1]


def share(hits):
    return f"{np.mean(hits):.3f}"


for n in (10, 15, 20, 30):
    rng = np.random.default_rng(n)
    line = np.linspace(-1, 1, n)
    X = np.column_stack([np.ones(n), line + 0.3 * rng.standard_normal(n), rng.standard_normal(n)])
    M = np.eye(n) - X @ np.linalg.pinv(X)
    null = rng.standard_normal((20000, n)) @ M
    critical = np.quantile(np.sum(np.diff(null, axis=1) ** 2, axis=1) / np.sum(null ** 2, axis=1), 0.05)
    found = {k: [] for k in ("durbin_watson", "breusch_godfrey", "breusch_pagan", "white", "jarque_bera", "reset")}
    for _ in range(2000):
        fit = sm.OLS(ar(rng, n, 0.5), X).fit()
        found["durbin_watson"].append(durbin_watson(fit.resid) < critical)
        found["breusch_godfrey"].append(acorr_breusch_godfrey(fit, 1)[3] < 0.05)
        e = M @ (rng.standard_normal(n) * np.linspace(1, 4, n))
        found["breusch_pagan"].append(het_breuschpagan(e, X)[1] < 0.05)
        if n > 6:
            found["white"].append(het_white(e, X)[1] < 0.05)
        found["jarque_bera"].append(jarque_bera(M @ rng.standard_t(3, n))[1] < 0.05)
        y = (3 + X[:, 1] + 0.2 * rng.standard_normal(n)) ** 2
        fit = sm.OLS(y, X).fit()
        found["reset"].append(linear_reset(fit, power=3, use_f=True).pvalue < 0.05)
    for test, hits in found.items():
        print(f"{n},{test},{share(hits)}")
    adf, eg, adf_false, eg_false = [], [], [], []
    for _ in range(1000):
        adf.append(stationary(ar(rng, n, 0.5)))
        x = np.cumsum(rng.standard_normal(n))
        adf_false.append(stationary(x))
        eg.append(together(x + ar(rng, n, 0.5), x))
        other = np.cumsum(rng.standard_normal(n))
        eg_false.append(together(other, x))
    print(f"{n},adf,{share(adf)}")
    print(f"{n},engle_granger,{share(eg)}")
    print(f"{n},adf_false,{share(adf_false)}")
    print(f"{n},engle_granger_false,{share(eg_false)}", flush=True)
