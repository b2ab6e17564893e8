// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "steppe/numerics/double_double.hpp"
#include "steppe/numerics/least_squares.hpp"
#include "steppe/numerics/linear_inference.hpp"
#include "steppe/result.hpp"
#include "steppe/views.hpp"

namespace steppe::numerics {

// Linear regression whose errors follow an autoregression of first order:
//   y_t = x_t'b + u_t,  u_t = rho u_(t-1) + e_t,  |rho| < 1,  e_t independent with one variance.
//
// For: rows that are consecutive dates. Not for: gaps, higher orders, moving averages.
//
// rho is the regression of u_t on u_(t-1), b the least squares of the transformed rows
// y_t - rho y_(t-1) on x_t - rho x_(t-1); the two are repeated until rho changes by no more than
// 1e-12. Prais-Winsten keeps the first row, times sqrt(1 - rho^2); Cochrane-Orcutt leaves it out
// and so finds a least sum of squared innovations, which need not be the only one. Therefore all
// solutions between -1 and 1 are looked for on a grid, and the best is taken: with the largest
// likelihood (Prais-Winsten) or the smallest sum of squares (Cochrane-Orcutt).
//
// All of it runs in double-double on the residuals of ordinary least squares and centred columns.
// Cost: 10 n q^2 double-double operations for the moments, then about 200 q^3 for the solutions.
// Source: Greene, Econometric Analysis, ch. 20; Prais, Winsten 1954, Cowles discussion paper 383;
// Cochrane, Orcutt 1949, JASA 44, 32-61; Goldberger 1962, JASA 57, 369-375 (prediction).
enum class FirstRow {
  kKept,     // Prais-Winsten
  kLeftOut,  // Cochrane-Orcutt
};

struct AutoregressiveProblem {
  MatrixView design;
  VectorView response;
  FirstRow first_row = FirstRow::kKept;
  std::optional<double> rho = {};  // given, in (-1, 1); else estimated
  std::function<bool()> cancelled = {};
};

// k transformed columns: a constant when there is an intercept, then the kept columns, centred.
struct AutoregressiveFit {
  double rho = 0.0;                 // NaN for an exact fit whose rho is not given
  double rho_standard_error = 0.0;  // of that regression; NaN where rho is given or undefined
  std::size_t iterations = 0;       // least squares until rho stood still
  std::vector<double> other_rhos;   // further solutions, ascending
  bool started_elsewhere = false;   // the one taken is not that reached from least squares
  FirstRow first_row = FirstRow::kKept;
  std::size_t rows_used = 0;  // n, or n - 1
  std::size_t rank = 0;

  std::vector<DoubleDouble> centered;   // k: the level at the means, then slopes
  std::vector<DoubleDouble> inverse_r;  // k x k upper triangular: the unscaled covariance is its
                                        // product with its transpose
  std::vector<double> last_row;         // k, centred
  double last_error = 0.0;              // u_n

  std::vector<double> coefficients;  // q, NaN for a dropped column
  std::vector<double> covariance;    // q x q unscaled, NaN for dropped columns
  std::vector<double> errors;        // n: u_t = y_t - x_t'b
  std::vector<double> fitted;        // n: x_t'b + rho u_(t-1), one step ahead; x_1'b first
  double residual_ss = 0.0;          // of the transformed rows
  double total_ss = 0.0;  // of them about the level that generalised least squares gives them, or
                          // about 0 without an intercept
  double durbin_watson = 0.0;  // of the transformed residuals
  double r_squared = 0.0;      // of `fitted`, on the scale of the response
  bool exact = false;          // the data lie on the ordinary fit
};

// `start`: solve_least_squares of the same rows, without weights. Errors: insufficient_data for
// fewer than rank + 2 rows (Cochrane-Orcutt: rank + 3); domain_error when rho leaves (-1, 1) and
// there is no solution inside; rank_deficient when the transformed columns depend on one another;
// cancelled.
Result<AutoregressiveFit> solve_autoregressive(const AutoregressiveProblem& problem,
                                               const LeastSquaresFit& start);

// The protocol of the transformed rows: sums of squares, R squared, F, t and p given rho. Residual
// degrees of freedom are rows used minus rank; the criteria count the residual variance and, where
// it is estimated, rho as parameters, and take the likelihood of all rows (Prais-Winsten) or given
// the first (Cochrane-Orcutt).
LinearInference infer(const AutoregressiveFit& fit, bool intercept, double coverage);

// The h-th row after the last, h >= 1: x'b + rho^h u_n, and the factors of the residual variance in
// its error: `coefficients` d'(X'V^-1 X)^-1 d with d = x - rho^h x_n, `innovations`
// (1 - rho^(2h)) / (1 - rho^2).
struct AutoregressiveValue {
  double mean = 0.0;
  double coefficients = 0.0;
  double innovations = 0.0;
};
AutoregressiveValue predict(const AutoregressiveFit& fit, const LeastSquaresFit& start,
                            VectorView row, std::size_t step);

}  // namespace steppe::numerics
