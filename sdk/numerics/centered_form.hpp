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
                       const std::vector<TermDependency>& dropped);

struct ExtendedRowValue {
  DoubleDouble mean;
  DoubleDouble leverage;
};

// At one row of the design.
ExtendedRowValue evaluate_row(const CenteredForm& form, VectorView row);

inline VectorView row_of(const MatrixView& matrix, std::size_t row) {
  return {matrix.data() + static_cast<std::ptrdiff_t>(row) * matrix.row_stride(), matrix.columns(),
          matrix.column_stride()};
}

}  // namespace steppe::numerics::detail
