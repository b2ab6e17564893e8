// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "extended_basis.hpp"
#include "steppe/numerics/least_squares.hpp"

namespace steppe::numerics::detail {

// Weights of a problem, divided by 2^exponent so that the largest is in [1, 2).
struct RowWeights {
  ExtendedVector weight;
  ExtendedVector root;
  int exponent = 0;
  std::size_t positive = 0;
  std::size_t first = 0;  // first row of positive weight
  DoubleDouble total;
};

// A column (or the response) as the factorisation sees it: x_i = mean + 2^exponent * values_i /
// root_i, every |values_i| about 1 or less.
struct CenteredColumn {
  ExtendedVector values;  // centred, scaled, times the root of the weight; all 0 for a constant
  DoubleDouble mean;      // in the column's own unit; 0 without intercept
  int exponent = 0;
  double raw_norm = 0.0;  // weighted norm before centring, divided by 2^exponent
};

// The first rule of LeastSquaresProblem that is broken.
std::optional<Error> find_problem(const LeastSquaresProblem& problem);

RowWeights prepare_weights(const LeastSquaresProblem& problem);

// Scaling and centring are exact or in double-double: a constant column gives exact zeros, and
// centring calendar years loses nothing.
CenteredColumn prepare_column(VectorView column, const RowWeights& weights, bool center);
CenteredColumn prepare_column(ExtendedVector values, const RowWeights& weights, bool center);

}  // namespace steppe::numerics::detail
