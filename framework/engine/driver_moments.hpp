// SPDX-License-Identifier: Apache-2.0
#pragma once

// Means and covariances of forecast regressors at one date, for what driver_simulation.hpp draws:
// margins of correlated standard normals (a Gaussian copula), the variances of the drivers' models
// taken as estimated. Known for Student t and log Student t margins; margins by table take a sum
// over a grid of the normal, whose error is below 1e-6 of the variance.

#include <vector>

#include "engine/closed_form.hpp"
#include "engine/driver_errors.hpp"

namespace steppe {

// p regressors; a known one has its value and no covariance. Beyond the range of double: infinite
// or NaN.
struct DriverMoments {
  std::vector<double> mean;
  std::vector<double> covariance;  // p x p
};

DriverMoments driver_moments(const DriverErrors& errors, const UncertainRow& row);

}  // namespace steppe
