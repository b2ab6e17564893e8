# SPDX-License-Identifier: Apache-2.0
# The four firms of docs/panels.md: slopes through indicators, the forecast of staff by a straight
# line and of price by its last value, sales from them. statsmodels 0.13.5, numpy 1.24.2.
# Run: python3 firms.py
import numpy as np
import statsmodels.api as sm

FIRMS = {
    "Abai": ([121, 128, 131, 139, 142], [20, 22, 23, 25, 26], [5.1, 5.2, 5.2, 5.4, 5.3]),
    "Karagandy": ([310, 318, 331, 335, 348], [55, 58, 61, 62, 66], [4.8, 4.9, 4.9, 5.0, 5.1]),
    "Saran": ([64, 66, 71, 69, 76], [9, 10, 11, 11, 13], [5.6, 5.5, 5.5, 5.7, 5.8]),
    "Temirtau": ([205, 214, 219, 226], [40, 42, 44, 45], [5.0, 5.1, 5.0, 5.1]),
}
y, x, groups = [], [], []
for g, (sales, staff, price) in enumerate(FIRMS.values()):
    for row in zip(sales, staff, price):
        y.append(row[0])
        x.append([float(k == g) for k in range(4)] + [row[1], row[2]])
        groups.append(g)
x, y, groups = np.array(x), np.array(y, float), np.array(groups)
n, k = len(y), 3
fit = sm.OLS(y, x).fit(cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False})
factor = 4 / 3 * (n - 1) / (n - k)
print("slopes", [repr(v) for v in fit.params[4:]])
print("errors", [repr(v) for v in np.sqrt(np.diag(fit.cov_params()) * factor)[4:]])
print("effects", [repr(v) for v in fit.params[:4]])
for g, (name, (sales, staff, price)) in enumerate(FIRMS.items()):
    last = len(staff)
    line = np.polyfit(np.arange(last), staff, 1)
    for h in (1, 2):
        mean = fit.params[g] + fit.params[4] * np.polyval(line, last - 1 + h) + fit.params[5] * price[-1]
        print(name, h, repr(mean))
pooled = sm.OLS(y, sm.add_constant(x[:, 4:])).fit()
print("equal effects", [repr(v) for v in pooled.params])
