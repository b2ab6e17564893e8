// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a filling in orthogonal coordinates, (kept + 1) squared, to what follows from it.

#include <vector>

#include "steppe/numerics/least_squares.hpp"

namespace steppe::numerics::detail {

// map x filling x map', in the places of the coefficients; 0 for dropped columns.
std::vector<double> covariance_of(const LeastSquaresFit& fit, const std::vector<double>& filling);

// b' C^-1 b / k over the k slopes; NaN without a slope and where the filling of the slopes is
// singular.
double wald_f(const LeastSquaresFit& fit, const std::vector<double>& filling);

}  // namespace steppe::numerics::detail
