// SPDX-License-Identifier: Apache-2.0
#pragma once

// One trend model run over one block of series: fit, judge, forecast. A series that fails keeps its
// reason and does not touch its neighbours.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/calendar.hpp"
#include "core/results.hpp"
#include "engine/driver_forecasts.hpp"
#include "engine/settings.hpp"
#include "engine/trend_forecast.hpp"
#include "evaluation/rolling_origin.hpp"
#include "pipeline/spec.hpp"
#include "plugin_host/trend_model.hpp"

namespace steppe {

// m series on the same n consecutive dates, complete: the unit a model is fitted to.
struct TrendPart {
  const Calendar* calendar = nullptr;
  std::int64_t first = 0;            // ordinal of row 0
  std::vector<double> time;          // 1..n
  std::vector<double> values;        // n x m, row = date
  std::vector<std::size_t> members;  // m: where each series stands in the caller's block
  std::vector<std::uint64_t> seeds;  // m
  std::int64_t horizon = 0;          // steps ahead

  std::size_t rows() const { return time.size(); }
  std::size_t series_count() const { return members.size(); }
  double value(std::size_t row, std::size_t series) const {
    return values[row * series_count() + series];
  }
  // The first `count` rows as a model sees them.
  BlockView head(std::size_t count) const {
    return {std::span(time).first(count), values.data(), series_count(), series_count(), 1, seeds};
  }
  ForecastSpan span() const {
    return {calendar, first + static_cast<std::int64_t>(rows()) - 1, rows(), horizon};
  }
};

// An error of a series with the date beside its row: "row 5" becomes "2014 (row 5)".
Error with_date(Error error, const TrendPart& part);

class Candidate {
 public:
  // Fits the whole part and forecasts its horizon with the quantiles of `settings`.
  Candidate(const TrendModel& model, const TrendPart& part, const EngineSettings& settings);

  bool usable(std::size_t series) const { return usable_[series]; }
  // Why a series is not usable.
  Error error(std::size_t series) const;

  // The statistics named; m values each, NaN where unusable or undefined.
  std::vector<double> statistic(const char* name) const;

  // In-sample predictions, n x m; empty when the model could not give them.
  std::vector<double> fitted_values() const;
  // The distributions behind the forecasts, for regressions on this step.
  std::vector<DriverForecast> driver_forecasts(const TrendModel& model) const;
  // A usable series with its fit and its forecast.
  FittedSeries fitted(std::size_t series) const { return {*fit_, *forecast_, series}; }

 private:
  const TrendPart& part_;
  std::optional<TrendFit> fit_;
  std::optional<TrendForecast> forecast_;
  std::optional<Error> block_error_;  // the model failed as a whole
  std::vector<bool> usable_;
};

// Forecasts of each row from a fit to the rows before it, n x m; NaN where fewer than `fewest` rows
// come before, or where the model could not be fitted.
std::vector<double> one_step_forecasts(const TrendModel& model, const TrendPart& part,
                                       std::size_t fewest);

// Mean absolute and root mean squared errors of out-of-sample forecasts, per series; NaN where the
// model could not be fitted or forecast.
struct OutOfSample {
  std::vector<double> mae;
  std::vector<double> rmse;
};

// Fits on the first `train` rows and judges the next `test`, for each split, all errors pooled.
OutOfSample judge_out_of_sample(const TrendModel& model, const TrendPart& part,
                                std::span<const OriginSplit> splits);

}  // namespace steppe
