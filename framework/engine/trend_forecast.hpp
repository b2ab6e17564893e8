// SPDX-License-Identifier: Apache-2.0
#pragma once

// The forecast stage of a trend: from a fit, made a moment ago or read from a model file, to rows
// and warnings. What it is given decides its bits: a fit that was saved forecasts as it did before.

#include <cstdint>
#include <string>
#include <vector>

#include "core/calendar.hpp"
#include "core/results.hpp"
#include "engine/settings.hpp"
#include "plugin_host/trend_model.hpp"

namespace steppe {

// Where a fit stands on its calendar, and how far its forecast goes.
struct ForecastSpan {
  const Calendar* calendar = nullptr;
  std::int64_t last = 0;  // ordinal of the last observation
  std::size_t observations = 0;
  std::int64_t horizon = 0;  // steps ahead
};

// Times n + 1, n + 2, ... for n observations at 1..n.
std::vector<double> times_after(std::size_t observations, std::int64_t steps);

class TrendForecast {
 public:
  // Of every series of the fit, with the quantiles of `settings`; `label` names the model.
  static Outcome<TrendForecast> make(const TrendFit& fit, const ForecastSpan& span,
                                     const EngineSettings& settings, const std::string& label);

  // The first step at which the forecast of a series leaves the range of double; 0: none.
  std::int64_t overflow_step(std::size_t series) const { return overflow_step_[series]; }
  Error overflow(std::size_t series) const;
  // `warnings` gets the reason for every interval that is missing.
  std::vector<ForecastRow> rows(std::size_t series, std::vector<Warning>& warnings) const;
  // Whether a series has the same numbers here as another has there, bit for bit.
  bool same_bits(std::size_t series, const TrendForecast& other, std::size_t other_series) const;
  const ForecastSpan& span() const { return span_; }

 private:
  TrendForecast(const ForecastSpan& span, const EngineSettings& settings, std::string label)
      : span_(span), settings_(&settings), label_(std::move(label)) {}

  ForecastSpan span_;
  const EngineSettings* settings_;
  std::string label_;
  BlockForecast forecast_;
  std::vector<std::int64_t> overflow_step_;
};

// One series of a fit with its forecast.
struct FittedSeries {
  const TrendFit& fit;
  const TrendForecast& forecast;
  std::size_t series;
};

// What the model says of the series; a warning instead where it cannot.
FitReport report_of(const FittedSeries& fitted);

// The candidate of the detailed result: its report, its rows, and the warnings of both.
CandidateResult candidate_result(const FittedSeries& fitted, std::string label, std::string plugin);

// Rows and warnings of the chosen model into `result`; taken from `kept` when details are on, which
// holds the same.
void write_forecast(const FittedSeries& fitted, const CandidateResult* kept, SeriesResult& result);

}  // namespace steppe
