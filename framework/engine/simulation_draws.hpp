// SPDX-License-Identifier: Apache-2.0
#pragma once

// The random numbers of driver_simulation.hpp and the small sums made of them. Every purpose has
// streams of its own; the number of a draw is its position.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/results.hpp"
#include "plugin_host/regression.hpp"

namespace steppe {

enum class DrawPurpose : std::uint64_t {
  kRegressionScale = 1,
  kCoefficient,
  kResidual,
  kDriverScale,
  kDriverLevel,
  kDriverStep,
};

struct DrawStream {
  std::uint64_t seed = 0;
  DrawPurpose purpose = DrawPurpose::kResidual;
  std::size_t index = 0;    // of a driver or coefficient
  std::int64_t offset = 0;  // of a date
};

std::vector<double> drawn_normals(const DrawStream& stream, std::size_t draws);
// Root of degrees / chi-squared; 1 for infinite degrees.
std::vector<double> drawn_scales(const DrawStream& stream, double degrees, std::size_t draws);
// Normal with the covariance of the coefficients, draws x q.
std::vector<double> drawn_coefficients(const LinearModel& model, std::uint64_t seed,
                                       std::size_t draws);

// The Cholesky factor of a covariance matrix that may be singular: a column without a pivot stays
// empty.
std::vector<double> lower_triangle(const std::vector<double>& matrix, std::size_t q);
double quadratic_form(const std::vector<double>& matrix, const std::vector<double>& x);

// Means over rows of what a regression says of its spread: coefficients' part from the standard
// error of the mean, the rest of the prediction's is residual noise.
VarianceSplit spread_of(const RegressionPrediction& prediction);

// Probabilities of standard normals -4, -3.5, ..., 4.
const std::vector<double>& table_probabilities();

// What is no number, or beyond the range of double, stands at the end of the range.
constexpr double kBound = 1e308;
double bounded(double value);
// Between neighbours by rank, which is held to the ends.
double sorted_value(const std::vector<double>& sorted, double rank);

}  // namespace steppe
