// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "steppe/views.hpp"

namespace steppe::numerics {

// Does a series wander (unit root), and do series that wander keep together (cointegration)?
// For: the warning of spurious regressions. Not for: seasonal unit roots, breaks.
//
// Series: consecutive observations in time order, all finite. Undefined numbers are NaN and
// `reason` says why: too few observations, a constant series, one that lies on a straight line.
// Cost: n times the square of the lags tried.

enum class Deterministics { kNone, kConstant, kTrend };  // kTrend: constant and straight line
std::string_view name_of(Deterministics terms);          // "none", "constant", "trend"

enum class LagCriterion { kAic, kBic };

struct UnitRootTest {
  double statistic = kUndefined;
  double p = kUndefined;           // MacKinnon's, asymptotic
  double critical_5 = kUndefined;  // at 5 % for these observations
  Deterministics terms = Deterministics::kConstant;
  std::size_t lags = 0;
  std::size_t observations = 0;  // of the final regression
  std::string reason = {};
  bool defined() const { return reason.empty(); }
};

// Augmented Dickey-Fuller: t of the level in the regression of the change on level, `lags` changes
// and the deterministic terms. Small p: no unit root. The lags are the best by the criterion among
// 0 to a largest: trunc((n - 1)^(1/3)) below 50 observations, ceil(12 (n / 100)^(1/4)) from there
// on, and never so many that no degree of freedom is left. All are compared on the rows that the
// longest leaves; the chosen regression then uses all rows it can. The numbers are those of
// statsmodels' adfuller with this maxlag. p is for many observations, critical_5 for these.
// Source: Said, Dickey 1984, Biometrika 71, 599-607; MacKinnon 1994 and 2010, see mackinnon.hpp.
UnitRootTest augmented_dickey_fuller(VectorView series, Deterministics terms,
                                     LagCriterion criterion = LagCriterion::kAic);

// KPSS: the opposite null. Small p: the series is not stationary (about a constant or a line). Lags
// of the long-run variance: trunc(4 (n / 100)^(1/4)). p is interpolated in the table of the source
// and held at its ends: 0.01 stands for "at most", 0.1 for "at least".
// Source: Kwiatkowski, Phillips, Schmidt, Shin 1992, Journal of Econometrics 54, 159-178.
UnitRootTest kpss(VectorView series, Deterministics terms);

// Engle-Granger: ADF without terms, lags by AIC, on the residuals of the least squares regression
// of the target on constant and regressors. Small p: they keep together. p for up to five
// regressors. As statsmodels' coint with the same maxlag.
// Source: Engle, Granger 1987, Econometrica 55, 251-276; MacKinnon 1994 and 2010.
UnitRootTest engle_granger(VectorView target, MatrixView regressors);

// t of the slope of a straight line through the series, and its two-sided p: does it trend?
struct LineTest {
  double t = kUndefined;
  double p = kUndefined;  // 0 for a series on a line, NaN for a constant one
};
LineTest test_line(VectorView series);

}  // namespace steppe::numerics
