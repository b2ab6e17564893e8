// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "steppe/views.hpp"

namespace steppe::numerics::detail {

// An orthonormal basis of columns, grown one by one (modified Gram-Schmidt, every column cleaned
// twice), in double: the auxiliary regressions of the tests, where ten digits are plenty.
// Not for: the fit that a user sees (least_squares.hpp).
// Source: Bjorck 1996, Numerical Methods for Least Squares Problems, 2.4.
class OrthogonalBasis {
 public:
  using Column = std::vector<double>;

  explicit OrthogonalBasis(std::size_t rows) : rows_(rows) {}

  // False, and nothing is added, when less than 1e-11 of the column is left after the earlier ones.
  bool add(Column column);
  // What the columns so far leave of v.
  Column residual(Column v) const;

  std::size_t rows() const { return rows_; }
  std::size_t rank() const { return columns_.size(); }
  const Column& operator[](std::size_t i) const { return columns_[i]; }

 private:
  std::size_t rows_;
  std::vector<Column> columns_;
};

double dot(const std::vector<double>& a, const std::vector<double>& b);
std::vector<double> column_of(VectorView view);

// A basis of the columns of a regression, each divided by its largest magnitude; the constant first
// where there is one.
OrthogonalBasis basis_of(MatrixView design, bool intercept);

// The residuals are rounding: nothing can be tested on them.
bool is_rounding(double residual_ss, double response_ss);

}  // namespace steppe::numerics::detail
