// SPDX-License-Identifier: Apache-2.0
#pragma once

// The error of a target forecast from forecast drivers, by joint simulation: drivers, with the
// distribution that each trend gives its own forecast and the correlations of driver_errors.hpp;
// coefficients; residuals. The random numbers are those of a draw_book.hpp, the same for all series
// of a step, so the same seed gives the same bits whatever runs beside.
//
// Drivers: standard normals, correlated across the regressors of a row (a Gaussian copula); the
// scale of each driver's errors is drawn once for all rows (root of degrees / chi-squared), so that
// every margin is the Student t, log Student t or table that the trend predicts.
// A linear regression: with regressors drawn as x the errors of coefficients and residual add up to
// one normal of variance x'V x + s2, over one draw of the residual variance: with known drivers
// that is the Student t of its own interval. Any other regression: predict at the drawn regressors,
// then an error with the spread that it gives there.
//
// Variances do not count the draws of variances: as in closed form they are taken as estimated, so
// that they exist for every number of observations and add up the same way:
// var(y) = E var(y | drivers) + var E(y | drivers). Those of a linear regression are exact.

#include <cstdint>
#include <vector>

#include "core/results.hpp"
#include "engine/closed_form.hpp"
#include "engine/draw_book.hpp"
#include "engine/driver_errors.hpp"
#include "plugin_host/regression.hpp"

namespace steppe {

struct SimulationRequest {
  const RegressionFit* fit = nullptr;  // asked to predict where `linear` is null
  const LinearModel* linear = nullptr;
  const DriverErrors& errors;
  DrawBook& book;
  const std::vector<double>& probabilities;
};

struct SimulatedRow {
  VarianceSplit split;
  double standard_error = 0;
  std::vector<double> quantiles;          // of y0, per probability; NaN beyond the range of double
  std::vector<double> monte_carlo_error;  // standard error of each from the number of draws
};

class DriverSimulation {
 public:
  explicit DriverSimulation(const SimulationRequest& request) : request_(request) {}

  // `mean` is the point forecast of the row, so many steps ahead. Errors are those of predict.
  Outcome<SimulatedRow> row(const UncertainRow& row, std::int64_t ahead, double mean);

 private:
  using Columns = std::vector<std::vector<double>>;  // draws of each regressor; empty where known

  Columns correlated_normals(const UncertainRow& row, std::int64_t ahead) const;
  // Normals become values; `scaled`: with the draws of variances.
  Columns values_of(const UncertainRow& row, Columns normals, bool scaled) const;
  void linear_row(const UncertainRow& row, const Columns& drawn, const double* residual,
                  std::vector<double>& values) const;
  VarianceSplit linear_split(const UncertainRow& row) const;
  Outcome<VarianceSplit> predicted_row(const UncertainRow& row, const Columns& normals,
                                       const double* residual, std::vector<double>& values) const;

  SimulationRequest request_;
};

}  // namespace steppe
