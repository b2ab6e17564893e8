// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the benchmark forecasts naive, drift and mean share: residuals, statistics and warnings of
// one series. Header-only; for SeriesTrendModels whose fit is a few sums. Not for trends with
// estimated curves: see linear_trend.hpp.
//
// The series is held in multiples of `unit`, a power of two, so that squares of data of any size
// stay in the range of double; unit is 1 for ordinary data.

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/equation.hpp"
#include "steppe/trend_model.hpp"

namespace steppe::numerics {

// An error when the series has fewer than `needed` observations.
inline std::optional<Error> too_few(const Series& series, std::size_t needed, const char* noun) {
  if (series.y.size() >= needed) return std::nullopt;
  return Error{ErrorKind::kInsufficientData,
               std::to_string(series.y.size()) + " observations; " + noun + " needs at least " +
                   std::to_string(needed),
               "", "N1"};
}

struct BenchmarkFit {
  explicit BenchmarkFit(const Series& series)
      : last_time(series.t.back()),
        step(series.t.size() < 2 ? 1
                                 : (series.t.back() - series.t.front()) /
                                       static_cast<double>(series.t.size() - 1)) {
    double largest = 0;
    for (std::size_t i = 0; i < series.y.size(); ++i) {
      largest = std::fmax(largest, std::fabs(series.y[i]));
    }
    const int exponent = largest > 0 ? std::ilogb(largest) : 0;
    const int scale = std::abs(exponent) <= 290 ? 0 : exponent;
    unit = std::ldexp(1.0, scale);
    for (std::size_t i = 0; i < series.y.size(); ++i) y.push_back(std::ldexp(series.y[i], -scale));
    fitted_scaled.assign(y.size(), kUndefined);
  }

  // Saved form 1: what the constructor and `add` set, then whatever the model has beside it.
  explicit BenchmarkFit(Reader& reader)
      : last_time(reader.finite()), step(reader.finite()), unit(reader.finite()) {
    y = reader.finites();
    fitted_scaled = reader.f64s();
    sse = reader.f64();
    residuals = static_cast<std::size_t>(reader.u64());
    sigma = reader.f64();
    reader.must(step > 0 && unit > 0, "the step or the unit of a series is not above 0");
    reader.must(y.size() == fitted_scaled.size() && residuals <= y.size() && !y.empty(),
                "there is not a fitted value for every observation");
    reader.must(sse >= 0 && sigma >= 0, "a sum of squares is below 0");
  }
  void save(Writer& writer) const {
    writer.f64(last_time);
    writer.f64(step);
    writer.f64(unit);
    writer.f64s(y);
    writer.f64s(fitted_scaled);
    writer.f64(sse);
    writer.u64(residuals);
    writer.f64(sigma);
  }

  // Records the one-step forecast of observation i.
  void add(std::size_t i, double forecast) {
    fitted_scaled[i] = forecast;
    sse += (y[i] - forecast) * (y[i] - forecast);
    ++residuals;
  }

  // Steps from the last observation to t.
  double steps(double t) const { return (t - last_time) / step; }

  std::vector<double> fitted() const {
    std::vector<double> out = fitted_scaled;
    for (double& value : out) value *= unit;
    return out;
  }

  void report_parameter(const char* name, double estimate, double error, double degrees,
                        Report& report) const {
    Table table{"parameters", {"estimate", "standard_error", "t", "p", "lower_95", "upper_95"}};
    const double reach = student_t_quantile(0.975, degrees) * error;
    const double t = estimate / error;
    table.add_row(name, {estimate * unit, error * unit, t, student_t_two_sided_p(t, degrees),
                         (estimate - reach) * unit, (estimate + reach) * unit});
    report.table(table);
  }

  void report_residuals(Report& report) const {
    report.scalar("residual_standard_error", sigma * unit);
    report.scalar("sse", sse * unit * unit);
    double largest = 0;
    for (const double value : y) largest = std::fmax(largest, std::fabs(value));
    const double rounding = 8 * std::numeric_limits<double>::epsilon() * largest;
    if (sse <= static_cast<double>(residuals) * rounding * rounding) {
      report.warning("exact_fit",
                     "the residuals are no larger than rounding: intervals mean nothing, R "
                     "squared, AICc and BIC may be undefined");
    }
  }

  double last_time;
  double step;  // mean distance of two observations in time
  double unit = 1;
  std::vector<double> y;              // in units
  std::vector<double> fitted_scaled;  // in units; NaN where there is no forecast
  double sse = 0;                     // in squared units
  std::size_t residuals = 0;
  double sigma = 0;  // in units; set by the model, whose divisor it is
};

}  // namespace steppe::numerics
