// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "polynomial_terms.hpp"
#include "steppe/numerics/least_squares.hpp"

namespace steppe::numerics::detail {

// From fit.centered, and the terms left out of it, to coefficients, covariance and dropped columns
// in the terms of the user; NaN for dropped ones.
void fill_coefficients(LeastSquaresFit& fit, std::size_t terms,
                       std::vector<TermDependency> dropped);

struct ExtendedRowValue {
  DoubleDouble mean;
  DoubleDouble leverage;
};

// At one row of the design.
ExtendedRowValue evaluate_row(const CenteredForm& form, VectorView row);

// The row in orthogonal coordinates: a, size kept + 1, with a'a its leverage; a[0] is that of the
// constant, 0 without an intercept. `a` keeps the memory between calls.
void orthogonal_row(const CenteredForm& form, VectorView row, std::vector<double>& a);

// The map from orthogonal coordinates to coefficients, (kept + 1) x (kept + 1) row-major: row 0
// gives the constant, the others the kept terms in the order of form.kept; with powers, those of
// the user. Not for fits with powers of which some were dropped.
ExtendedVector coefficient_map(const LeastSquaresFit& fit);

inline VectorView row_of(const MatrixView& matrix, std::size_t row) {
  return {matrix.data() + static_cast<std::ptrdiff_t>(row) * matrix.row_stride(), matrix.columns(),
          matrix.column_stride()};
}

}  // namespace steppe::numerics::detail
