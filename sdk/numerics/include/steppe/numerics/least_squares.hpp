// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "steppe/numerics/double_double.hpp"
#include "steppe/result.hpp"
#include "steppe/views.hpp"

namespace steppe::numerics {

// Weighted linear least squares for a general design: minimises sum w_i (y_i - x_i'b)^2.
//
// For: one regression where every digit matters (driver regressions, tests, certification). Not
// for: many series on one time axis (block_least_squares). Columns are centred (with an intercept)
// and scaled by powers of two, and the whole factorisation runs in double-double arithmetic, so
// calendar years, big offsets and ill-conditioned designs lose no digits beyond those their own
// rounding has lost.
//
// Rank: columns are taken in order; one that is a combination of earlier ones, to the accuracy the
// data can have (`rank_tolerance`), is dropped and reported with the combination. So, of aliased
// columns, the first ones stay, as in R's lm.
//
// Powers: a column of degree d stands for x, x^2, .., x^d, formed beyond double precision. Powers
// that were rounded to double first cost a polynomial half its digits or more (NIST Filip: 7.6 of
// 14.2). Such a column is the d terms of the design that follow one another; a row to evaluate
// still has one value per column.
//
// Indices of columns, everywhere below, count coefficients: with p terms q = p + 1 with an
// intercept, which is then number 0, else q = p.
//
// Many rows (10,000 and more, unweighted, no powers, well conditioned): solved from cross products
// with double- double sums and refined with the true residuals, proven to ten digits; see
// tall_least_squares.hpp. Such a fit has no leverages.
//
// Cost: about 4 n q^2 double-double operations (a few ns each) and 32 n q bytes; of many rows n q^2
// double operations and 16 n bytes.
// Source: Bjorck 1996, Numerical Methods for Least Squares Problems, 2.4 (modified Gram-Schmidt);
// Daniel, Gragg, Kaufman, Stewart 1976, Math. Comp. 30, 772-795 (reorthogonalisation).
struct LeastSquaresProblem {
  MatrixView design;      // n x p, without a column of ones
  VectorView response;    // n
  VectorView weights;     // n values >= 0, or empty: all 1. Rows of weight 0 take no part
  bool intercept = true;  // adds coefficient 0
  // A column is dropped when what is left of it after the earlier columns is below this fraction of
  // the sizes of the terms. 2e-14: columns printed with 15 significant digits count as equal.
  double rank_tolerance = 2e-14;
  // For messages; without names a column is "column 1" (from 1, the intercept not counted).
  std::span<const std::string> column_names = {};
  std::string response_name = "response";
  // Of each column, 1 or more; empty: all 1, a term per column.
  std::span<const int> degrees = {};
  // Asked before each column; true ends the work with ErrorKind::kCancelled.
  std::function<bool()> cancelled = {};
};

// Column `column` equals sum factors[k] * column depends_on[k] over the data. A zero column has no
// terms.
struct DependentColumn {
  std::size_t column = 0;
  std::vector<std::size_t> depends_on;  // kept columns, ascending
  std::vector<double> factors;
};

// One term of a design: a column or a power of it.
struct DesignTerm {
  std::size_t column = 0;
  int power = 1;

  bool operator==(const DesignTerm&) const = default;
};

// The terms of columns with these degrees (empty: all 1), in the order of the coefficients.
std::vector<DesignTerm> design_terms(std::size_t columns, std::span<const int> degrees);

// "x", then "x^2" and so on: the names of the terms, for reports.
std::vector<std::string> term_names(std::span<const std::string> columns,
                                    std::span<const DesignTerm> terms);

// The fit in centred form, in extended precision: what `evaluate` works on. With powers its terms
// are (x - shift)^power, and so are those of its dependencies; else the last three are empty.
struct CenteredForm {
  std::vector<std::size_t> kept;           // terms of the design, the intercept not counted
  std::vector<DoubleDouble> column_means;  // of the kept columns; 0 without intercept
  std::vector<DoubleDouble> slopes;        // of the kept columns
  std::vector<DoubleDouble> inverse_r;     // k x k upper triangular, row-major: inverse of R
  DoubleDouble response_mean;              // 0 without intercept
  DoubleDouble inverse_total_weight;       // 0 without intercept
  std::vector<DesignTerm> terms;
  std::vector<double> shifts;  // of each column of the design
  std::vector<DependentColumn> dependencies;
};

// Undefined numbers are NaN: the coefficients, and the covariance rows and columns, of dropped
// columns; nothing else.
struct LeastSquaresFit {
  bool intercept = true;
  std::size_t observations = 0;      // rows of positive weight
  std::size_t rank = 0;              // coefficients estimated, the intercept included
  std::vector<double> coefficients;  // q
  std::vector<double> covariance;    // q x q row-major, unscaled: (X'WX)^-1
  std::vector<DependentColumn> dropped;
  std::vector<double> fitted;     // n
  std::vector<double> residuals;  // n, y - fitted, not weighted
  std::vector<double> leverages;  // n, in [0, 1]; 0 for a row of weight 0. Empty for many rows
  double condition_number = 1.0;  // 2-norm, of the kept columns centred and of unit length
  double residual_ss = 0.0;       // sum w (y - fitted)^2
  double regression_ss = 0.0;     // total minus residual, computed without the subtraction
  double total_ss = 0.0;          // about the weighted mean with an intercept, else about 0
  double response_ss = 0.0;       // sum w y^2: the size against which an exact fit is judged
  CenteredForm centered;

  // Some column stands for its powers: the fit is not linear in that regressor.
  bool has_powers() const { return !centered.terms.empty(); }
  std::size_t residual_dof() const { return observations > rank ? observations - rank : 0; }
  // The residuals are no larger than the rounding of the response: the data lie on the fit.
  bool is_exact() const;
};

// Errors: invalid_data for a value that is not finite, a negative weight, shapes that do not agree
// or nothing to estimate; invalid_config for degrees that are not one per column, each 1 or more;
// insufficient_data when no row has a positive weight; domain_error for magnitudes outside 1e-140
// to 1e140 (zero is allowed), whose squares leave the range of double; powers count.
// `where` is "row i" (from 1), the message names the column.
Result<LeastSquaresFit> solve_least_squares(const LeastSquaresProblem& problem);

// The fit at a new row, a value per column of the design.
struct RowValue {
  double mean = 0.0;      // x0'b
  double leverage = 0.0;  // x0' (X'WX)^-1 x0
};
RowValue evaluate(const LeastSquaresFit& fit, VectorView row);

// Of a rank-deficient fit, forecasts are defined only for rows that keep the dependency of the
// dropped columns. Gives the first entry of fit.dropped that the row breaks by more than 1e-8 of
// the size of the terms, else null.
const DependentColumn* broken_dependency(const LeastSquaresFit& fit, VectorView row);

}  // namespace steppe::numerics
