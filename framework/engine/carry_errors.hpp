// SPDX-License-Identifier: Apache-2.0
#pragma once

// Puts the error of forecast regressors into the rows of a regression that were predicted with the
// regressors as known: by the closed form where the regression is linear and its drivers'
// distributions are symmetric, else by simulation, unless the pipeline says which.

#include <string>

#include "engine/regression_forecast.hpp"

namespace steppe {

struct CarryTask {
  const RegressionFit& fit;
  const RegressionOutlook& outlook;
  const EngineSettings& settings;
  const std::vector<double>& se_mean;  // standard error of the mean per row, as predicted
};

// `result` holds rows and result.regression; it is failed when what was asked for does not apply.
void carry_driver_errors(const CarryTask& task, SeriesResult& result);

}  // namespace steppe
