#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Diagnostics of regressions by statsmodels 0.13.5. Run: /usr/bin/python3 by_statsmodels.py > by_statsmodels.csv

Columns: case, quantity, index (from 1; 0 for a scalar), value.
"""
import warnings

import numpy
import pandas
import statsmodels.api as sm
from statsmodels.stats.diagnostic import acorr_breusch_godfrey, het_breuschpagan, het_white
from statsmodels.stats.stattools import durbin_watson, jarque_bera
from statsmodels.tsa.stattools import adfuller, coint, kpss

warnings.simplefilter("ignore")


def say(case, quantity, value, index=0):
    print(f"{case},{quantity},{index},{float(value)!r}")


def study(case, data, target, regressors, orders):
    y = data[target].to_numpy(float)
    X = sm.add_constant(data[regressors].to_numpy(float))
    n = len(y)
    Z = (X - X.mean(axis=0)) / X.std(axis=0).clip(1e-300)  # the same spaces, better conditioned
    Z[:, 0] = 1
    fit = sm.OLS(y, Z).fit()
    e = fit.resid
    say(case, "dw", durbin_watson(e))
    for order in orders:
        for name, value in zip(("", "_p", "_f", "_f_p"), acorr_breusch_godfrey(fit, order)):
            say(case, f"bg{order}{name}", value)
    for name, value in zip(("", "_p"), het_breuschpagan(e, Z)):
        say(case, f"bp{name}", value)
    if n > (len(regressors) + 1) * (len(regressors) + 2) / 2:
        for name, value in zip(("", "_p"), het_white(e, Z)):
            say(case, f"white{name}", value)
    for name, value in zip(("", "_p", "_skewness", "_kurtosis"), jarque_bera(e)):
        say(case, f"jb{name}", value)
    # Below 50 observations the default lets the lags fit the noise.
    most = int(numpy.cbrt(n - 1)) if n < 50 else int(numpy.ceil(12 * (n / 100) ** 0.25))
    for name in [target] + regressors:
        x = data[name].to_numpy(float)
        for terms in ("c", "ct"):
            for criterion in ("AIC", "BIC"):
                t, p, lags, used, critical, _ = adfuller(x, maxlag=most, regression=terms, autolag=criterion)
                label = f"adf_{terms}_{criterion.lower()}_{name}"
                say(case, label, t)
                say(case, label + "_p", p)
                say(case, label + "_lags", lags)
                say(case, label + "_observations", used)
                say(case, label + "_critical", critical["5%"])
            t, p, _, _ = kpss(x, regression=terms, nlags=int(4 * (n / 100) ** 0.25))
            say(case, f"kpss_{terms}_{name}", t)
            say(case, f"kpss_{terms}_{name}_p", p)
    for name in regressors:
        t, p, critical = coint(y, data[name].to_numpy(float), maxlag=most, autolag="aic")
        say(case, f"eg_{name}", t)
        say(case, f"eg_{name}_p", p)
        say(case, f"eg_{name}_critical", critical[1])
    if len(regressors) <= 5:
        t, p, critical = coint(y, data[regressors].to_numpy(float), maxlag=most, autolag="aic")
        say(case, "eg_all", t)
        say(case, "eg_all_p", p)
        say(case, "eg_all_critical", critical[1])


macro = pandas.read_csv("us_macro.csv")
study("longley", pandas.read_csv("../nist_linear/Longley.csv"), "y", [f"x{i}" for i in range(1, 7)], (1, 2))
study("karaganda", pandas.read_csv("../../../docs/examples/karaganda/karaganda.csv"), "grp",
      ["mining", "innovation"], (1, 2))
study("consumption", macro.tail(48), "realcons", ["realdpi", "tbilrate"], (1, 4))
study("consumption_all", macro, "realcons", ["realdpi", "tbilrate"], (1, 4))
