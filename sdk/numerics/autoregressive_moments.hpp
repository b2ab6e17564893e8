// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "extended_basis.hpp"
#include "steppe/numerics/autoregressive_errors.hpp"

namespace steppe::numerics::detail {

// The design of an autoregressive problem in the coordinates in which it is solved: k columns, a
// constant first when there is an intercept, the kept columns centred and scaled by powers of two,
// and last the residuals of ordinary least squares, scaled too.
struct AutoregressiveColumns {
  std::vector<std::vector<double>> columns;  // k + 1 of n
  std::vector<int> exponents;                // value = column * 2^exponent
};
AutoregressiveColumns autoregressive_columns(const AutoregressiveProblem& problem,
                                             const LeastSquaresFit& start);

// Generalised least squares for one rho, in scaled coordinates.
struct GivenRho {
  ExtendedVector factors;  // k
  ExtendedVector r;        // k x k upper triangular, row-major: R'R are the cross products
  DoubleDouble residual_ss;
};

// The sums of products of rows with themselves and with the row before: every rho is solved from
// them without a look at the data.
class AutoregressiveMoments {
 public:
  AutoregressiveMoments(const AutoregressiveColumns& data, FirstRow first_row);

  // nullopt when the transformed columns depend on one another.
  [[nodiscard]] std::optional<GivenRho> solve(double rho) const;
  // The regression of u_t on u_(t-1) at these factors.
  struct Autocorrelation {
    double rho;
    double standard_error;
  };
  [[nodiscard]] Autocorrelation autocorrelation(const ExtendedVector& factors) const;
  // solve, then autocorrelation: the next rho. NaN where solve has none.
  [[nodiscard]] double next_rho(double rho) const;
  // To be minimised: twice the negative log-likelihood up to constants, or the sum of squares.
  [[nodiscard]] double badness(double rho) const;
  // Of the errors at these factors, least squares of the rows transformed by rho on the constant
  // alone is what total sums are about.
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  [[nodiscard]] DoubleDouble transformed(double rho, std::size_t a, std::size_t b) const;
  [[nodiscard]] std::size_t at(std::size_t a, std::size_t b) const { return a * (size_ + 1) + b; }

  FirstRow first_row_;
  std::size_t size_;       // k
  std::size_t rows_;       // n
  ExtendedVector middle_;  // (k+1) x (k+1), rows 2 to n - 1
  ExtendedVector first_;   // row 1 with itself
  ExtendedVector last_;    // row n with itself
  ExtendedVector lagged_;  // row t with row t - 1
};

// Every rho in (-1, 1) at which the iteration stands still and from near which it gets there.
std::vector<double> autoregressive_solutions(const AutoregressiveMoments& moments);

}  // namespace steppe::numerics::detail
