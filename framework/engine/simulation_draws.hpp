// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the simulations of driver errors are made of: the value of a driver at a drawn error, and
// quantiles of draws with their Monte Carlo error.

#include <cstddef>
#include <vector>

#include "core/driver_forecast.hpp"
#include "core/results.hpp"
#include "plugin_host/regression.hpp"

namespace steppe {

// The Cholesky factor of a covariance matrix that may be singular: a column without a pivot stays
// empty.
std::vector<double> lower_triangle(const std::vector<double>& matrix, std::size_t q);

// Means over rows of what a regression says of its spread: coefficients' part from the standard
// error of the mean, the rest of the prediction's is residual noise.
VarianceSplit spread_of(const RegressionPrediction& prediction);

// Probabilities of standard normals -4, -3.5, ..., 4.
const std::vector<double>& table_probabilities();
// A table of quantiles at those read at any score: a cubic through the two neighbours on each side,
// straight beyond the ends.
double table_value(const double* table, double z);
// The value of a driver whose error is so many scales; normals of a table.
double value_at(const DriverForecast& driver, std::size_t step, double error);

// Quantiles of draws between neighbouring order statistics, and the standard error of each from the
// number of draws: half of what the order statistics one standard deviation of their rank away lie
// apart. What is no number, or beyond the range of double, stands at the end of the range; a
// quantile there is NaN, and so is its error.
struct DrawnQuantiles {
  std::vector<double> quantiles;  // per probability
  std::vector<double> monte_carlo_error;
};

// `draws` is used up. Probabilities rise.
DrawnQuantiles quantiles_of(std::vector<double>& draws, const std::vector<double>& probabilities);

}  // namespace steppe
