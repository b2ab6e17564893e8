// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "steppe/numerics/least_squares.hpp"

namespace steppe::numerics::detail {

// Least squares for many rows and few columns, from the cross products of centred columns.
//
// For: kTallRows rows or more, no weights, no powers, nothing missing. Not for: dependent or nearly
// dependent columns, magnitudes far from 1, fits so close that rounding shows in the residuals.
// nullopt where it does not apply or cannot prove its digits (and when cancelled): the caller then
// uses the general method, which also words the errors.
//
// Method: columns are taken less a shift near their mean, found in a sample of the rows and checked
// afterwards. Their products are formed in double over some panels of kPanelRows rows and summed
// with compensation; the small system is solved in double-double by Cholesky and refined with the
// true residuals. With C the matrix of products scaled to a unit diagonal, the answer is taken only
// for trace(C^-1) <= 1e4; the coefficients then agree with the exact ones to ten digits of the
// longest scaled coefficient, and in practice to fourteen.
//
// The fit has no leverages: they would cost as much time as all the rest, and n numbers.
// Cost: n p^2 / 2 multiplications in two passes over the data, three where the sample misses the
// means; memory 16 n bytes.
// Source: Bjorck 1987, Linear Algebra and its Applications 88/89, 31-48 (refinement of the
// seminormal equations); Higham 2002, Accuracy and Stability of Numerical Algorithms, 3.1, 20.4.
std::optional<LeastSquaresFit> solve_tall(const LeastSquaresProblem& problem);

constexpr std::size_t kTallRows = 10000;

}  // namespace steppe::numerics::detail
