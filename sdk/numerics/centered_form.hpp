// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "steppe/numerics/least_squares.hpp"

namespace steppe::numerics::detail {

// From fit.centered to fit.coefficients and fit.covariance, q each way; NaN for dropped columns.
void fill_coefficients(LeastSquaresFit& fit, std::size_t coefficient_count);

}  // namespace steppe::numerics::detail
