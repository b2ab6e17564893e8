// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs one regression step for one key: brings target and regressors to the same dates, fits, and
// predicts the target ahead from the regressors' known values or forecasts. The regressors are
// taken as known: their own error is not in the interval, and a warning says so.

#include <span>
#include <string>
#include <vector>

#include "core/results.hpp"
#include "engine/settings.hpp"
#include "pipeline/spec.hpp"
#include "plugin_host/regression.hpp"

namespace steppe {

// Consecutive observations of one variable; NaN is missing.
struct History {
  std::int64_t first = 0;
  std::span<const double> values = {};

  // Value at an ordinal; NaN outside.
  double at(std::int64_t ordinal) const;
};

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

  // Fills `result`; its key is already there.
  void run(const RegressionCase& input, SeriesResult& result) const;

 private:
  struct Rows;

  Result<Rows> history_rows(const RegressionCase& input, SeriesResult& result) const;
  Result<Rows> future_rows(const RegressionCase& input, std::int64_t last) const;
  void predict(const RegressionFit& fit, const Rows& history, const Rows& future,
               SeriesResult& result) const;
  void warn_about_regressors(const RegressionCase& input, const Rows& history, const Rows& future,
                             SeriesResult& result) const;

  const RegressionStep& step_;
  RegressionModel model_;
  const EngineSettings& settings_;
};

}  // namespace steppe
