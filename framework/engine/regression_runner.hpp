// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs one regression step for one key: brings target and regressors to the same dates, fits, and
// lets regression_forecast.hpp predict the target ahead from the regressors' known values or
// forecasts.

#include <string>
#include <vector>

#include "core/results.hpp"
#include "core/saved_model.hpp"
#include "engine/history.hpp"
#include "engine/regression_forecast.hpp"
#include "engine/settings.hpp"
#include "pipeline/spec.hpp"
#include "plugin_host/regression.hpp"

namespace steppe {

// One regressor of one key: what was observed, and, for a trend step, its forecast.
struct RegressorInput {
  History history;
  const SeriesResult* forecast = nullptr;  // null for a column
};

struct RegressionCase {
  const Calendar* calendar = nullptr;
  History target;
  std::vector<RegressorInput> regressors;  // parallel to RegressionStep::regressors
};

class RegressionRunner {
 public:
  RegressionRunner(const RegressionStep& step, RegressionModel model,
                   const EngineSettings& settings)
      : step_(step), model_(std::move(model)), settings_(settings) {}

  // Fills `result`; its key is already there. Keeps the fit when `kept` is not null.
  void run(const RegressionCase& input, SeriesResult& result, SavedSeries* kept = nullptr) const;

 private:
  struct Rows;

  Result<Rows> history_rows(const RegressionCase& input, SeriesResult& result) const;
  RegressionOutlook outlook(const RegressionCase& input, const Rows& history) const;
  void keep(const RegressionFit& fit, const RegressionOutlook& outlook, std::size_t observations,
            SeriesResult& result, SavedSeries& kept) const;

  const RegressionStep& step_;
  RegressionModel model_;
  const EngineSettings& settings_;
};

}  // namespace steppe
