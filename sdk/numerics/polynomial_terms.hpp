// SPDX-License-Identifier: Apache-2.0
#pragma once

// The terms of a design whose columns may stand for their powers, and the way from the terms the
// factorisation uses to those the user knows. Internal to the numerics library.
//
// A column x of degree d > 1 enters a fit with an intercept as t, t^2, .., t^d with t = x - shift,
// formed in double-double: powers of a variable around zero are far better conditioned than powers
// of x, and span the same space. Without an intercept the shift is 0: other powers would be another
// model.

#include <cstddef>
#include <span>
#include <vector>

#include "centered_columns.hpp"
#include "extended_basis.hpp"
#include "steppe/numerics/least_squares.hpp"

namespace steppe::numerics::detail {

// The middle of the values of positive weight, so that t lies within half their range of zero.
double power_shift(VectorView column, const RowWeights& weights);

// (x - shift)^power, not rounded.
DoubleDouble power_of(double x, double shift, int power);

// A term left out of the fit, as a combination of the kept ones and a constant.
struct TermDependency {
  std::size_t term = 0;
  DoubleDouble constant;
  std::vector<std::size_t> on;  // ascending
  ExtendedVector factors;
};

// For reports: coefficient indices, the constant among them unless it is 0.
DependentColumn rounded(const TermDependency& dependency, bool intercept);
TermDependency unrounded(const DependentColumn& dependency, bool intercept);

// Every term as a combination of the kept powers of x. Terms are told to it in their order.
class PowerExpansion {
 public:
  PowerExpansion(const CenteredForm& form, std::size_t terms);

  void keep(std::size_t term);
  // The same dependency between powers of x.
  TermDependency drop(const TermDependency& dependency);
  // Term `term` of the factorisation in the coefficients of the user: the constant, then the terms.
  [[nodiscard]] ExtendedVector expand(std::size_t term) const;

 private:
  void add_powers(ExtendedVector& to, DoubleDouble factor, std::size_t term, int below) const;

  const CenteredForm& form_;
  std::size_t size_;
  std::vector<ExtendedVector> powers_;  // of each term told so far, x^power in kept powers
};

}  // namespace steppe::numerics::detail
