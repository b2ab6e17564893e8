# SPDX-License-Identifier: Apache-2.0
# The probability that a Brownian motion on [0, 1] leaves +-c (1 + 2 t), with mpmath 1.2.1 to 40
# digits: one less the probability to stay inside, by the method of images. Brown, Durbin and Evans
# 1975 print 0.850, 0.948 and 1.143 for 10, 5 and 1 %.
# Run in this folder: python3 cusum_p.py > cusum_p.csv
# Columns: c, p.
from mpmath import mp, mpf, exp, ncdf, nstr

mp.dps = 60


def leaves(c):
    inside = mpf(0)
    for k in range(-200, 201):
        sign = -1 if k % 2 else 1
        inside += sign * exp(-4 * c * c * k * k) * (ncdf(c * (3 - 2 * k)) - ncdf(c * (-3 - 2 * k)))
    return 1 - inside


for text in ["0.1", "0.2", "0.3", "0.4", "0.57123588344907983", "0.7", "0.850", "0.948", "1.143", "1.5", "2", "3",
             "5"]:
    print(text + "," + nstr(leaves(mpf(text)), 20))
