# SPDX-License-Identifier: Apache-2.0
# Scales of a Student t at the probability of a standard normal: root of degrees over the
# chi-squared quantile there. Values for framework/engine/draw_book_test.cpp.
# Python 3.11, mpmath 1.2.1; run with: python3 student_scales.py
import mpmath as mp
mp.mp.dps=40
def q(z,nu):
    z=mp.mpf(z); nu=mp.mpf(nu)
    # solve with the smaller tail
    if z<0:
        p=mp.ncdf(z); f=lambda x: mp.log(mp.gammainc(nu/2,0,mp.e**x/2,regularized=True))-mp.log(p)
    else:
        p=mp.ncdf(-z); f=lambda x: mp.log(mp.gammainc(nu/2,mp.e**x/2,mp.inf,regularized=True))-mp.log(p)
    a,b=mp.mpf(-160),mp.mpf(12)
    for _ in range(160):
        m=(a+b)/2
        if (f(m)<0)==(z<0): a=m
        else: b=m
    return mp.e**((a+b)/2)
for nu in ["1","2.5","8","40"]:
    for z in ["-6.3","-2.05","0.31","3.3","6.9"]:
        print("{%s, %s, %s},"%(nu,z,mp.nstr(mp.sqrt(mp.mpf(nu)/q(z,nu)),14)))
