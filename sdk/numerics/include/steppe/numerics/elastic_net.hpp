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

// Lasso and elastic net: minimises
//
//   1/(2n) sum (y_i - b0 - x_i'b)^2 + penalty * sum (mix |u_j| + (1 - mix)/2 u_j^2 / unit),
//
// u_j = scale_j b_j. With `standardize` scale_j is the standard deviation of column j and unit that
// of the response, both with divisor n (about 0 without an intercept), so that the unit in which
// the response is counted changes nothing but units; without it both are 1. The intercept is not
// penalised. mix 1 is the lasso, mix 0 ridge regression (with n * penalty / unit in the words of
// ridge.hpp). More columns than rows are allowed.
// Not for: weights; penalties that differ between columns; inference about the coefficients.
//
// The solution: cyclic coordinate descent finds the columns with a coefficient, then the equations
// of these columns are solved as such, and columns leave or enter until the optimality conditions
// hold, so the digits do not hang on a tolerance. What breaks them by more than 1e-9 of the largest
// gradient is an error.
//
// The penalty is given, or chosen on a path of penalties that fall geometrically from the least one
// that leaves no coefficient, by K-fold cross-validation (every fold standardised on its own
// training rows) or by an information criterion with df from the trace of the hat matrix, which for
// the lasso is the number of coefficients.
//
// Cost: n p^2 for n > p rows, then per penalty a few sweeps of p min(n, p) and solutions of
// min(n, p) k^2, k the columns with a coefficient; K + 1 times that with cross-validation.
// Source: Friedman, Hastie, Tibshirani 2010, J. Stat. Software 33(1) (descent, path); Lee, Battle,
// Raina, Ng 2007, NIPS 19 (signs searched, finite); Zou, Hastie, Tibshirani 2007, Ann. Stat. 35,
// 2173-2192 (df); Tibshirani, Taylor 2012, Ann. Stat. 40, 1198-1232 (df of the elastic net).
enum class PathCriterion { kCrossValidation, kAic, kAicc, kBic };

struct ElasticNetProblem {
  MatrixView design;    // n x p, without a column of ones
  VectorView response;  // n
  bool intercept = true;
  bool standardize = true;
  double mix = 1.0;                    // 0 to 1
  std::optional<double> penalty = {};  // 0 or more; absent: chosen
  PathCriterion criterion = PathCriterion::kAicc;
  std::size_t path_length = 100;  // 2 or more
  std::optional<double> path_ratio =
      {};                           // smallest by largest penalty; absent: 1e-4, 1e-2 for n <= p
  bool one_standard_error = false;  // of cross-validation: the largest penalty within it
  std::span<const std::size_t> folds = {};  // n, for cross-validation: the fold of each row, from 0
  std::span<const std::string> column_names = {};
  std::string response_name = "response";
  std::function<bool()> cancelled = {};
};

// criterion: mean squared error of the rows held out, or the information criterion; NaN where
// undefined. criterion_error: its standard error over the folds; NaN without folds.
struct PathPoint {
  double penalty = 0.0;
  std::size_t nonzero = 0;
  double degrees_of_freedom = 0.0;  // the intercept included
  double residual_ss = 0.0;
  double criterion = 0.0;
  double criterion_error = 0.0;
};

struct ElasticNetFit {
  bool intercept = true;
  bool standardize = true;
  double mix = 1.0;
  double penalty = 0.0;
  std::size_t observations = 0;
  std::vector<double> coefficients;  // q: intercept first, in units of the data
  std::vector<double> penalized;     // p: u_j
  std::size_t nonzero = 0;
  double degrees_of_freedom = 0.0;  // the intercept included
  double residual_dof = 0.0;        // n - degrees_of_freedom; 0 where that is no more than rounding
  double residual_ss = 0.0;
  double total_ss = 0.0;           // about the mean with an intercept, else about 0
  double residual_variance = 0.0;  // NaN with residual_dof 0
  bool exact = false;              // the residuals are no larger than the rounding of the response
  bool constant_target = false;
  double optimality = 0.0;  // largest breach of the optimality conditions, of the largest gradient
  std::vector<PathPoint> path;                 // falling penalties; empty for a given penalty
  std::size_t chosen = 0;                      // in the path
  std::vector<double> fitted;                  // n
  std::vector<std::size_t> constant_columns;   // of the design
  std::vector<std::size_t> dependent_columns;  // of the design; empty when p >= n
  std::vector<std::size_t> exchangeable;       // lasso: other coefficients of these do as well
  // The fit in centred form, for `evaluate`.
  std::vector<DoubleDouble> column_means;  // p
  DoubleDouble response_mean;
  std::vector<double> slopes;       // p
  std::vector<std::size_t> active;  // columns with a coefficient, ascending
  std::vector<double> spread;       // active x active row-major: covariance of their slopes / s^2
};

// Errors: those of solve_least_squares for values and magnitudes; rank_deficient for penalty 0
// where the columns are dependent or as many as the rows; insufficient_data where the training rows
// of a fold are fewer than 2; not_converged where the optimality conditions are not met.
Result<ElasticNetFit> solve_elastic_net(const ElasticNetProblem& problem);

// The fit at a new row: x0'b, and the variance of that, in units of the residual variance, as if
// the columns with a coefficient had been known beforehand.
struct ElasticNetValue {
  double mean = 0.0;
  double variance_factor = 0.0;
};
ElasticNetValue evaluate(const ElasticNetFit& fit, VectorView row);

}  // namespace steppe::numerics
