// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "steppe/numerics/double_double.hpp"
#include "steppe/result.hpp"
#include "steppe/views.hpp"

namespace steppe::numerics {

// Ridge regression: minimises  sum (y_i - b0 - x_i'b)^2 + penalty * sum (scale_j b_j)^2.
//
// scale_j is the standard deviation of column j with divisor n (about 0 without an intercept), or 1
// without `standardize`. The intercept is not penalised. More columns than rows are allowed, and so
// are columns that depend on one another, as long as the penalty is above 0.
// Not for: weights; penalties that differ between columns.
//
// The penalty is given, or the one that minimises generalised cross-validation
//   GCV = n RSS / (n - df)^2,  df the trace of the hat matrix, intercept included,
// searched over 18 decades, as far as a residual degree of freedom is left, and refined where its
// derivative is 0. Data that lie on a plane exactly get penalty 0, which is least squares.
//
// With the singular values d_k of the centred and scaled columns and f_k = d_k^2 / (d_k^2 +
// penalty):
//   df = 1 + sum f_k;   residual dof = n - 1 - sum f_k (2 - f_k) = n - tr(2H - HH');
//   s^2 = RSS / residual dof;   covariance of the slopes s^2 V diag(d_k^2 / (d_k^2 + penalty)^2)
//   V'.
// These leave out the bias that shrinkage brings.
//
// Cost: n p^2 for the factor of n > p rows (else n^2 p), then p^3.
// Source: Hoerl, Kennard 1970, Technometrics 12, 55-67; Golub, Heath, Wahba 1979, Technometrics 21,
// 215-223; residual dof: Hastie, Tibshirani 1990, Generalized Additive Models, 3.5.
struct RidgeProblem {
  MatrixView design;    // n x p, without a column of ones
  VectorView response;  // n
  bool intercept = true;
  bool standardize = true;
  std::optional<double> penalty = {};  // 0 or more; absent: by GCV
  std::span<const std::string> column_names = {};
  std::string response_name = "response";
  std::function<bool()> cancelled = {};
};

// One penalty that was tried.
struct RidgeCandidate {
  double penalty = 0.0;
  double degrees_of_freedom = 0.0;
  double residual_ss = 0.0;
  double gcv = 0.0;
};

// How the penalty came about.
enum class RidgeChoice {
  kGiven,
  kMinimum,   // a minimum of GCV
  kExact,     // 0, for data that lie on a plane
  kLargest,   // GCV falls to the largest penalty tried: the columns do not help
  kSmallest,  // GCV falls to the smallest penalty tried: nearly least squares
};

// Undefined numbers are NaN: gcv, residual_variance and covariance where residual_dof is 0.
struct RidgeFit {
  bool intercept = true;
  bool standardize = true;
  RidgeChoice choice = RidgeChoice::kGiven;
  double penalty = 0.0;
  std::size_t observations = 0;
  std::size_t dimensions = 0;        // singular values that are not rounding
  std::vector<double> coefficients;  // q: intercept first, in units of the data
  std::vector<double> penalized;     // p: scale_j b_j, what the penalty counts
  std::vector<double> covariance;    // q x q row-major, of the coefficients
  double degrees_of_freedom = 0.0;
  double residual_dof = 0.0;
  double residual_ss = 0.0;
  double total_ss = 0.0;  // about the mean with an intercept, else about 0
  double residual_variance = 0.0;
  double gcv = 0.0;
  bool exact = false;  // the residuals are no larger than the rounding of the response
  bool constant_target = false;
  std::vector<double> fitted;                  // n
  std::vector<RidgeCandidate> candidates;      // falling penalties; none for a constant target
  std::vector<std::size_t> constant_columns;   // of the design: their slope is 0
  std::vector<std::size_t> dependent_columns;  // of the design; empty when p >= n
  // The fit in centred form, for `evaluate`.
  std::vector<DoubleDouble> column_means;  // p
  DoubleDouble response_mean;
  std::vector<double> slopes;  // p
  std::vector<double> spread;  // p x dimensions row-major
};

// Errors: those of solve_least_squares for values and magnitudes; rank_deficient for penalty 0
// where the columns are dependent or as many as the rows.
Result<RidgeFit> solve_ridge(const RidgeProblem& problem);

// The fit at a new row: x0'b, and the variance of that in units of the residual variance.
struct RidgeValue {
  double mean = 0.0;
  double variance_factor = 0.0;
};
RidgeValue evaluate(const RidgeFit& fit, VectorView row);

}  // namespace steppe::numerics
