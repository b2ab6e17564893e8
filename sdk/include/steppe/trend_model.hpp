// SPDX-License-Identifier: Apache-2.0
#pragma once

// Trend models in C++. Write one of two things:
//
// SeriesTrendModel   sees one series at a time; the SDK loops over the block. The usual way.
//
//   struct LastValue {
//     static constexpr steppe::ComponentInfo kInfo{"trend.last_value", "1.0.0", "Repeats the end"};
//     struct Fit {
//       double last;
//       steppe::Prediction predict(double) const { return {.mean = last}; }
//     };
//     steppe::Result<Fit> fit(const steppe::Series& series) const { return Fit{series.y.back()}; }
//   };
//   STEPPE_PLUGIN(LastValue);
//
//   Fit must have `Prediction predict(double t) const`. It may have
//     std::vector<double> fitted() const          n values; else predict(t) at the observed times
//     double quantile(double t, double p) const   else normal around the mean where a standard
//                                                 error is given, else undefined
//     int parameter_count() const                 needed for AICc, BIC and adjusted R squared
//     void report(Report&) const                  equation, parameters, warnings of its own
//   fit may take a second argument, const Host&. Fits that outlive the run: see saved_fit.hpp.
//
// BlockTrendModel    sees the whole block of series and answers for all of them at once: for models
//                    that gain by it. See the concept below.
//
// A model sees finite numbers only, unless it is tagged handles_missing; t is increasing.

#include <concepts>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "steppe/abi/trend_model.h"
#include "steppe/plugin.hpp"
#include "steppe/report.hpp"
#include "steppe/result.hpp"
#include "steppe/saved_fit.hpp"
#include "steppe/views.hpp"

namespace steppe {

// One series: n values y at the times t.
struct Series {
  VectorView t;
  VectorView y;
  std::uint32_t season_length = 1;  // observations in one cycle; 1 for none
  std::uint64_t seed = 0;           // for Host's random numbers
};

// The point forecast at one time, and the standard deviation of its error; NaN where undefined.
struct Prediction {
  double mean;
  double standard_error = kUndefined;
};

// A block: m series observed at the same n times; values is n x m.
struct TrendBlock {
  VectorView time;
  MatrixView values;
  std::uint32_t season_length = 1;
  const std::uint64_t* seeds = nullptr;  // m of them, or null

  std::size_t series_count() const { return values.columns(); }
};

// Future times (H) and probabilities (K) wanted of predict.
struct TrendRequest {
  VectorView time;
  VectorView probabilities;
};

// Where predict writes: mean and standard_error H x m, quantiles (K * H) x m with row k * H + h.
struct TrendForecast {
  OutputView mean;
  OutputView standard_error;
  OutputView quantiles;
};

// The fit of a block. Rows and shapes as in abi/trend_model.h; failed series are written as NaN.
template <typename F>
concept BlockTrendFit =
    requires(const F fit, std::span<steppe_status> statuses, std::size_t series, OutputView out,
             std::string_view name, std::span<double> row, const TrendRequest& request,
             const TrendForecast& forecast, const Host& host, Report& report) {
      { fit.statuses(statuses) };                      // m codes, STEPPE_OK where fitted
      { fit.explain(series) } -> std::same_as<Error>;  // why a series failed
      { fit.fitted(out) };                             // n x m
      { fit.statistic(name, row) };                    // m values; all NaN if unknown
      { fit.predict(request, forecast, host) } -> std::same_as<Result<void>>;
      { fit.report(series, report) };
    };

template <typename M>
concept BlockTrendModel = requires(const M model, const TrendBlock& block, const Host& host) {
  typename M::BlockFit;
  { model.fit_block(block, host) } -> std::same_as<Result<std::unique_ptr<typename M::BlockFit>>>;
} && BlockTrendFit<typename M::BlockFit>;

template <typename M>
concept SeriesTrendModel = requires(const typename M::Fit fit, double t) {
  { fit.predict(t) } -> std::same_as<Prediction>;
} && (requires(const M model, const Series& series) {
  { model.fit(series) } -> std::same_as<Result<typename M::Fit>>;
} || requires(const M model, const Series& series, const Host& host) {
  { model.fit(series, host) } -> std::same_as<Result<typename M::Fit>>;
});

}  // namespace steppe

#include "steppe/detail/series_trend.hpp"
#include "steppe/detail/trend_table.hpp"
