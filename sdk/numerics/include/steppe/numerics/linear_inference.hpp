// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "steppe/numerics/least_squares.hpp"

namespace steppe::numerics {

// What classical inference says about a least squares fit: the regression protocol of a
// spreadsheet, information criteria, influence of observations. Not for: robust standard errors
// (sandwich.hpp), tests of the assumptions.
//
// With weights w the variance of an error is s^2 / w: sums of squares, R squared and s are
// weighted; Durbin-Watson, standardized residuals and Cook's distances are those of sqrt(w) e; the
// likelihood has the term sum ln(w) / 2. All as in R's lm. Rows of weight 0 take no part, and have
// neither standardized residual nor Cook's distance.
//
// Undefined numbers are NaN:
//   residual dof 0 (saturated)   standard errors, R squared and all that follows from them
//   total sum of squares 0       R squared, multiple R, F (constant target)
//   exact fit                    t, p, F, likelihood and criteria; standard errors are 0, R squared
//   1 dropped column               its entries leverage 1                   standardized residual
//   and Cook's distance of that row no slope                     F
// Sums of squares of an exact or saturated fit: the residual one is given as 0, not as rounding.
struct LinearInference {
  bool exact = false;            // residuals no larger than the rounding of the response
  bool constant_target = false;  // total sum of squares 0
  double regression_dof = 0.0;
  double residual_dof = 0.0;
  double total_dof = 0.0;  // n - 1 with an intercept, else n
  double regression_ss = 0.0;
  double residual_ss = 0.0;
  double total_ss = 0.0;  // about the mean with an intercept, else about 0
  double residual_variance = 0.0;
  double residual_deviation = 0.0;  // the spreadsheet's "standard error"
  double r_squared = 0.0;
  double adjusted_r_squared = 0.0;
  double multiple_r = 0.0;
  double f = 0.0;
  double significance_f = 0.0;
  double durbin_watson = 0.0;  // rows taken in time order
  double log_likelihood = 0.0;
  double aicc = 0.0;  // the residual variance counts as a parameter: k = rank + 1, as in R
  double bic = 0.0;
  std::vector<double> standard_error;  // q
  std::vector<double> t;
  std::vector<double> p;      // two-sided
  std::vector<double> lower;  // limits at the coverage
  std::vector<double> upper;
  std::vector<double> covariance;             // q x q, residual variance times (X'X)^-1; dropped: 0
  std::vector<double> standardized_residual;  // n, e / (s sqrt(1 - h)), internally studentized
  std::vector<double> cooks_distance;         // n; both empty where the fit has no leverages
};

// coverage in (0, 1); weights those of the fit, or empty. Cost: n + q^2.
// Source: Greene, Econometric Analysis, ch. 4 and 5; Cook 1977, Technometrics 19, 15-18;
// Hurvich, Tsai 1989, Biometrika 76, 297-307 (AICc).
LinearInference infer(const LeastSquaresFit& fit, double coverage, VectorView weights = {});

}  // namespace steppe::numerics
