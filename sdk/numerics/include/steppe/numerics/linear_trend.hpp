// SPDX-License-Identifier: Apache-2.0
#pragma once

// Trends that are linear in their parameters, as block models: what the plugins linear,
// logarithmic, polynomial, exponential and power share.
//
//   z = b0 + b1 g + ... + bk g^k,   z = y or ln y,   g = t or ln t
//
// by least squares on z over the whole block (block_least_squares.hpp), with analytic prediction
// intervals, both R squared, and a report. A plugin states its LinearTrendForm and hands its block
// to fit_linear_trend; the result satisfies steppe::BlockTrendFit. Not for models with parameters
// inside a function, nor for regressors other than time.
//
// Statistics. p counts the estimated coefficients, s^2 = SSE / (n - p) on the scale of the fit.
// - R squared 1 - SSE/SST. SST is about the mean; with a fixed intercept about its value, as a
//   spreadsheet's LINEST has it. Undefined (NaN) for a constant series. On the original scale of a
//   fit of ln y always about the mean of y.
// - adjusted R squared 1 - (1 - R^2) (n - 1) / (n - p); n instead of n - 1 with a fixed intercept.
// - AICc and BIC from SSE on the original scale, k = p + 1 (the variance).
// - intervals  z0 +- t_{n-p} s sqrt(1 + x0'(X'X)^-1 x0), transformed by exp for a fit of ln y.
// - standard error of the forecast: on the original scale of a fit of ln y that of a lognormal,
//   exp(z0 + v/2) sqrt(e^v - 1) with v the variance of the prediction of z.
// Fitted values are the curve itself, whatever the point forecast is.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "steppe/numerics/block_least_squares.hpp"
#include "steppe/trend_model.hpp"

namespace steppe::numerics {

// What distinguishes one such trend from another.
struct LinearTrendForm {
  const char* noun = "a linear trend";   // in messages
  std::size_t order = 1;                 // 1..6: the highest power of g
  bool ln_time = false;                  // g = ln t
  bool ln_scale = false;                 // z = ln y
  bool mean_point = false;               // ln_scale: forecast exp(z0 + v/2), not the median exp(z0)
  std::optional<double> intercept = {};  // fixed, on the scale of y
  // The equation of parameters a, b, ... on the original scale: a = exp(b0) for a fit of ln y.
  std::string (*equation)(std::span<const double> parameters) = nullptr;
};

// Powers of g, scaled so that a high power of a calendar year keeps its digits: u = (g - mid) /
// half.
class TimeBasis {
 public:
  TimeBasis() = default;
  TimeBasis(const LinearTrendForm& form, std::span<const double> time);

  // u, u^2, ... at time t; as many as the order.
  TrendWeights row(double t) const;
  // Coefficients of 1, g, g^2, ... from those of 1, u, u^2, ... (without the 1 if it is fixed).
  std::vector<double> raw(std::span<const double> scaled) const;
  // The matrix of that map, row by row, square.
  std::vector<double> raw_matrix() const;

  void save(Writer& writer) const;
  static TimeBasis load(const LinearTrendForm& form, Reader& reader);

 private:
  std::size_t order_ = 1;
  bool ln_time_ = false;
  bool constant_ = true;
  double mid_ = 0;
  double half_ = 1;
};

// Number of the form in which LinearTrendFit::save writes.
constexpr std::uint32_t kLinearTrendSchema = 1;

class LinearTrendFit {
 public:
  // Fits the block; a block nothing can be fitted to gives a fit in which every series failed.
  // Errors: cancelled.
  static Result<std::unique_ptr<LinearTrendFit>> make(const LinearTrendForm& form,
                                                      const TrendBlock& block, const Host& host);

  void statuses(std::span<steppe_status> out) const;
  Error explain(std::size_t series) const;
  void fitted(const OutputView& out) const;
  void statistic(std::string_view name, std::span<double> row) const;
  Result<void> predict(const TrendRequest& request, const TrendForecast& forecast,
                       const Host& host) const;
  void report(std::size_t series, Report& report) const;

  // Saved fits, schema kLinearTrendSchema: saved_trend.cpp says what the bytes are. A fit is loaded
  // with the form that it was made with; another one is refused.
  void save(Writer& writer) const;
  static Result<std::unique_ptr<LinearTrendFit>> load(const LinearTrendForm& form, Reader& reader);
  FitShape shape() const { return {time_.size(), series_count_}; }
  std::optional<Error> refuses_to_be_saved() const;

 private:
  LinearTrendFit() = default;

  // What the rows of one future time share.
  struct Point {
    TrendWeights weights;
    double spread = 1;  // sqrt(1 + leverage): standard error of the prediction, in s
    std::size_t first = 0;
    std::size_t count = 0;
  };

  void range_of(std::string_view name, std::size_t first, std::span<double> out) const;
  double degrees_of_freedom() const;
  void sigmas(std::size_t first, std::span<double> out) const;
  void to_original_scale(std::size_t first, std::span<double> values) const;
  void write_mean(const Point& point, std::span<double> out) const;
  void write_standard_error(const Point& point, std::span<double> out) const;
  void write_quantile(const Point& point, double t, std::span<double> out) const;

  double sse_original(std::size_t series) const;
  bool constant(std::size_t series) const;
  bool exact(std::size_t series) const;
  std::vector<double> parameters(std::size_t series) const;
  void report_parameters(std::size_t series, Report& report) const;
  void report_warnings(std::size_t series, Report& report) const;

  LinearTrendForm form_;
  std::size_t series_count_ = 0;
  std::vector<double> time_;
  std::optional<Error> block_error_;  // why nothing could be fitted
  TimeBasis basis_;
  std::optional<BlockDesign> design_;
  BlockFit fit_;
};

inline Result<std::unique_ptr<LinearTrendFit>> fit_linear_trend(const LinearTrendForm& form,
                                                                const TrendBlock& block,
                                                                const Host& host) {
  return LinearTrendFit::make(form, block, host);
}

}  // namespace steppe::numerics
