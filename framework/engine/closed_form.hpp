// SPDX-License-Identifier: Apache-2.0
#pragma once

// The error of a target forecast from forecast drivers, in closed form, for a regression that is
// linear in its regressors.
//
// With y0 = x0'b + e, coefficients estimated with covariance V (for least squares s2 (X'X)^-1),
// residual variance s2, and drivers forecast as m with error covariance S:
//
//   var(y0) = s2 + m'V m + tr(S V) + b'S b
//
// Source: Feldstein 1971, "The error of forecast in econometric models when the forecast-period
// exogenous variables are stochastic", Econometrica 39(1), 55-60. All variances are estimates from
// few observations and are taken as they are, as the standard errors of the models themselves.
//
// The quantiles are those of what the simulation draws: the regression's part and each driver's are
// Student t variables with the degrees of freedom of their own variances; their sum is inverted
// exactly (steppe/numerics/student_sum.hpp). The product of coefficient error and driver error
// makes it skew and heavier in the tails; its third and fourth cumulants enter by Cornish and
// Fisher's expansion (1938). With known drivers the quantiles are those of the regression itself.

#include <vector>

#include "core/results.hpp"
#include "engine/driver_errors.hpp"
#include "plugin_host/linear_model.hpp"

namespace steppe {

// One row of a regression's forecast: values of the regressors, and which of them are forecasts.
struct UncertainRow {
  std::vector<double> regressors;
  std::vector<std::optional<DriverErrors::Place>> places;  // parallel
  double mean_variance = kUndefined;  // m'V m as the regression itself computes it; NaN: not known
};

struct ClosedForm {
  VarianceSplit split;
  double standard_error = 0;   // the parts of the split, added in their order, under a root
  std::vector<double> errors;  // quantiles of y0 minus the point forecast, per probability
  bool rough = false;          // skewness or tails are beyond what the expansion can tell
};

ClosedForm closed_form(const LinearModel& model, const DriverErrors& errors,
                       const UncertainRow& row, const std::vector<double>& probabilities);

// The parts in their order.
double sum_of(const VarianceSplit& split);

}  // namespace steppe
