// SPDX-License-Identifier: Apache-2.0
#pragma once

// The forecast stage of a regression: from a fit, made a moment ago or read from a model file, to
// rows and warnings. The error of regressors that are forecasts goes into the interval (see
// carry_errors.hpp); where it cannot, or is not wanted, they are taken as known and a warning says
// so.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/calendar.hpp"
#include "core/results.hpp"
#include "engine/draw_book.hpp"
#include "engine/history.hpp"
#include "engine/settings.hpp"
#include "plugin_host/regression.hpp"

namespace steppe {

// One regressor beyond the data of the regression.
struct Driver {
  std::string name;
  double low = 0;  // the range that the regression has seen
  double high = 0;
  std::int64_t lag = 0;                    // a date of the target takes the value `lag` before it
  History observed;                        // wherever it is known, on its own dates
  const SeriesResult* forecast = nullptr;  // of its trend step; null for a column
};

struct RegressionOutlook {
  const Calendar* calendar = nullptr;
  std::int64_t last = 0;  // ordinal of the last observation of the fit
  std::vector<Driver> drivers;
  bool from_file = false;  // no data at hand: a value that is missing cannot be given
  std::optional<Uncertainty> uncertainty;        // empty: whatever applies
  std::shared_ptr<DrawBook> book;                // of the step: what a simulation draws
  std::optional<DriverCorrelation> correlation;  // nothing: drivers are taken as known
};

// Predicts up to the horizon into result.rows, with the warnings that go with them; a result that
// cannot be had gets its reason (F12, N14, the plugin's own).
void forecast_regression(const RegressionFit& fit, const std::string& label,
                         const RegressionOutlook& outlook, const EngineSettings& settings,
                         SeriesResult& result);

}  // namespace steppe
