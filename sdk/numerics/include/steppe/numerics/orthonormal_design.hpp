// SPDX-License-Identifier: Apache-2.0
#pragma once

// A regression in the coordinates of its least squares fit: rows z_i with Z'Z = n I, so that an
// estimator that is not least squares (quantile, Huber) works on numbers of size 1 whatever the
// units, and every coefficient it finds is a small shift away from a fit known to 32 digits.
//
// Coordinates: with an intercept the first is 1 in every row; the others are sqrt(n) times the
// centred kept columns times the inverse of R. Rank many. A shift c moves the fit of row i by
// z_i'c. Not for: weights.

#include <optional>
#include <span>
#include <vector>

#include "steppe/numerics/least_squares.hpp"

namespace steppe::numerics {

struct OrthonormalDesign {
  std::size_t rows = 0;
  std::size_t rank = 0;
  std::vector<double> z;         // rows x rank, row by row
  std::vector<double> response;  // rows: the target minus the fit that the shift starts from
  std::vector<double> rounding;  // rows: what rounding of the data may have moved the response by

  std::span<const double> row(std::size_t i) const { return {z.data() + i * rank, rank}; }
};

// Data of an unweighted fit; views must outlive the use.
struct RegressionRows {
  MatrixView design;  // as in LeastSquaresProblem
  VectorView response;
};

// About `fit`, the answer of solve_least_squares for the same data (without weights and powers), or
// a fit moved from it.
OrthonormalDesign orthonormal_design(const LeastSquaresFit& fit, const RegressionRows& data);

// The coordinates of a new row.
std::vector<double> coordinates(const LeastSquaresFit& fit, VectorView row);

// Moves the fit by a shift: coefficients, centred form, fitted values and residuals, and the
// response and rounding of its design, all from the data in extended precision. Sums of squares,
// leverages and covariance stay those of least squares.
void move_fit(std::span<const DoubleDouble> shift, const RegressionRows& data, LeastSquaresFit& fit,
              OrthonormalDesign& design);

// Where a target value is so far off (10^5 median deviations) that least squares carries its
// rounding into every other row: moves the fit to least squares of the target held within 1000
// median deviations of its median. Else does nothing.
void calm_start(const RegressionRows& data, LeastSquaresFit& fit, OrthonormalDesign& design);

double median(
    std::vector<double> values);  // not empty; the mean of the middle two of an even count

// The shift, in extended precision, after which the fit passes through `rows`, rank many; nothing
// when they do not determine one.
std::optional<std::vector<DoubleDouble>> shift_through(const LeastSquaresFit& fit,
                                                       const RegressionRows& data,
                                                       std::span<const std::size_t> rows);

// A covariance of the shift (rank x rank) as one of the coefficients (q x q); of dropped columns 0.
std::vector<double> coefficient_covariance(const LeastSquaresFit& fit,
                                           std::span<const double> shift_covariance);

}  // namespace steppe::numerics
