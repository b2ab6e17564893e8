// SPDX-License-Identifier: Apache-2.0
#pragma once

// The error of a target forecast from forecast drivers, by joint simulation: driver paths, with the
// distribution that each trend gives its own forecast and the correlations of driver_errors.hpp;
// coefficients; residuals. Draws are numbered and come from counter-based streams, so the same seed
// gives the same bits whatever runs beside.
//
// Drivers: standard normals, correlated across drivers and along the horizon (a Gaussian copula);
// the scale of each driver's errors is drawn once per path (root of degrees / chi-squared), so that
// every margin is the Student t, log Student t or table that the trend predicts.
// A linear regression: coefficients from the normal distribution with its covariance, residuals
// normal, both over one draw of the residual variance: with known drivers that is the Student t of
// its own interval. Any other regression: predict at the drawn regressors, then an error with the
// spread that it gives there.
//
// Variances do not count the draws of variances: as in closed form they are taken as estimated, so
// that they exist for every number of observations and add up the same way:
// var(y) = E var(y | drivers) + var E(y | drivers).

#include <cstdint>
#include <vector>

#include "core/results.hpp"
#include "engine/closed_form.hpp"
#include "engine/driver_errors.hpp"
#include "plugin_host/regression.hpp"

namespace steppe {

struct SimulationRequest {
  const RegressionFit* fit = nullptr;  // asked to predict where `linear` is null
  const LinearModel* linear = nullptr;
  const DriverErrors& errors;
  std::uint64_t seed = 0;
  std::size_t draws = 0;
  const std::vector<double>& probabilities;
};

struct SimulatedRow {
  VarianceSplit split;
  double standard_error = 0;
  std::vector<double> quantiles;  // of y0, per probability; NaN beyond the range of double
  // Standard error of each quantile from the number of draws: half of what the order statistics one
  // standard deviation of their rank away lie apart.
  std::vector<double> monte_carlo_error;
};

// Simulates row after row, dates rising.
class DriverSimulation {
 public:
  explicit DriverSimulation(const SimulationRequest& request);

  // `mean` is the point forecast of the row, `ordinal` its date. Errors are those of predict.
  Outcome<SimulatedRow> row(const UncertainRow& row, std::int64_t ordinal, double mean);

 private:
  // The independent standard normals of one driver at one date.
  struct Shock {
    std::int64_t date = 0;
    std::vector<double> values;
  };
  struct Draws {
    std::vector<double> carried;  // draws x p, with drawn scales: what quantiles are of
    std::vector<double> plain;    // without: what variances are of
  };

  const std::vector<double>& shock(std::size_t driver, std::int64_t date);
  std::vector<double> next_shock(std::size_t driver, std::int64_t date);
  Draws draw_regressors(const UncertainRow& row);
  void draw_regressor(const UncertainRow& row, std::size_t regressor, Draws& out);
  SimulatedRow linear_row(const UncertainRow& row, const Draws& draws, double mean,
                          const std::vector<double>& residuals);
  Outcome<SimulatedRow> predicted_row(const UncertainRow& row, const Draws& draws,
                                      const std::vector<double>& residuals);
  void read_quantiles(std::vector<double> values, SimulatedRow& out) const;

  SimulationRequest request_;
  std::vector<double> regression_scale_;            // root of degrees / chi-squared, per draw
  double regression_degrees_ = 0;                   // that it was drawn with
  std::vector<std::vector<double>> driver_scales_;  // by driver
  std::vector<double> coefficient_errors_;          // draws x q; linear regressions only
  std::vector<std::vector<double>> levels_;         // by driver: error common to all dates
  std::vector<std::vector<Shock>> shocks_;          // by driver, as far back as lags reach
};

}  // namespace steppe
