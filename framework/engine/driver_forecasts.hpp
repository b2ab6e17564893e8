// SPDX-License-Identifier: Apache-2.0
#pragma once

// The distributions behind the forecasts of a fitted block, for regressions that carry the error of
// their drivers through. The engine knows models by their quantiles only, so the family is read
// from those: Student t (or normal) on the model's own scale or on the scale of logarithms, else a
// table. A model without quantiles counts as normal with its standard error.

#include <span>
#include <vector>

#include "core/driver_forecast.hpp"
#include "engine/trend_forecast.hpp"
#include "plugin_host/trend_model.hpp"

namespace steppe {

struct DriverFit {
  const TrendFit& fit;
  const ForecastSpan& span;
  bool random_walk = false;        // the model's tag random_walk_errors
  std::span<const double> values;  // n x m observations, row = date; empty: no residuals wanted
};

// One per series of the fit; of the family kUnknown where the model tells nothing.
std::vector<DriverForecast> driver_forecasts(const DriverFit& driver);

}  // namespace steppe
