// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs one regression step for one key: brings target, regressors (at their lags) and weights to
// the same dates (regression_rows.hpp), fits, and lets regression_forecast.hpp predict the target
// ahead from the regressors' known values or forecasts.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/results.hpp"
#include "core/saved_model.hpp"
#include "engine/draw_book.hpp"
#include "engine/keep_fits.hpp"
#include "engine/regression_forecast.hpp"
#include "engine/regression_rows.hpp"
#include "engine/settings.hpp"
#include "pipeline/spec.hpp"
#include "plugin_host/regression.hpp"

namespace steppe {

// Who else needs the fit of a run.
struct RegressionUse {
  SavedSeries* kept = nullptr;  // keeps it when not null
  // Of a pooled fit, which was saved once: what a key keeps of it; checked here.
  const PooledBytes* pool = nullptr;
  // Is given it, with its outlook, when there is a forecast; may be empty.
  std::function<void(const FittedRegression&)> after = {};
};

class RegressionRunner {
 public:
  RegressionRunner(const RegressionStep& step, RegressionModel model,
                   const EngineSettings& settings)
      : step_(step),
        model_(std::move(model)),
        settings_(settings),
        book_(make_draw_book(settings.seed, step.id, step.draws)) {}

  // Fills `result`; its key is already there.
  void run(const RegressionCase& input, SeriesResult& result, const RegressionUse& use) const;

  // The stages of run() apart, for a fit to the rows of several keys. `input` and `history` are
  // those of the key that `fit` is to forecast.
  RegressionInput data_of(FitRows rows) const;
  void forecast(const RegressionFit& fit, const RegressionCase& input, const FitRows& history,
                SeriesResult& result, const RegressionUse& use) const;
  const RegressionModel& model() const { return model_; }

 private:
  RegressionOutlook outlook(const RegressionCase& input, const FitRows& history) const;
  void keep(const RegressionFit& fit, const RegressionOutlook& outlook, std::size_t observations,
            SeriesResult& result, const RegressionUse& use) const;

  const RegressionStep& step_;
  RegressionModel model_;
  const EngineSettings& settings_;
  std::shared_ptr<DrawBook> book_;  // of all series
};

}  // namespace steppe
