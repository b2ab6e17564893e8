// SPDX-License-Identifier: Apache-2.0
#pragma once

// Small problems for the tests of least squares. Test support only.

#include <cstddef>
#include <vector>

#include "steppe/numerics/least_squares.hpp"

namespace steppe::numerics::test {

// Row-major design of `columns` columns. Borrows its arguments.
inline LeastSquaresProblem problem_of(const std::vector<double>& x, std::size_t columns,
                                      const std::vector<double>& y) {
  LeastSquaresProblem problem;
  problem.design = MatrixView(x.data(), y.size(), columns);
  problem.response = VectorView(y.data(), y.size());
  return problem;
}

inline VectorView view(const std::vector<double>& values) { return {values.data(), values.size()}; }

// (1,1), (2,2), (3,2): y = 2/3 + x/2, by hand.
inline const std::vector<double> kHandX = {1, 2, 3};
inline const std::vector<double> kHandY = {1, 2, 2};

}  // namespace steppe::numerics::test
