// SPDX-License-Identifier: Apache-2.0

// Mean of the past.
//
// Model        y_t = a + e_t, e independent, normal with mean 0 and one variance.
// Estimates    a by least squares: the average of the n observations; sigma^2, the sum of squared
//              residuals divided by n - 1.
// Inputs       a series of n observations; y any finite numbers, in any unit.
// Outputs      mean a, for every horizon; standard error sigma sqrt(1 + 1/n); normal quantiles;
//              fitted values a; parameter a with standard error sigma / sqrt(n) and Student's t on
//              n - 1 degrees of freedom; statistics. In the unit of y.
// Assumptions  uncorrelated residuals; normal ones for intervals. sigma is taken as known, as the
//              book does: on few observations the intervals are too narrow.
// Degenerate   constant y: sigma is 0 and every interval a point; R squared, AICc and BIC
// undefined,
//              warning exact_fit.
// Errors       insufficient_data for n < 2, invalid_data for a missing or infinite value.
// Cost         O(n) per series to fit, O(h) to forecast.
// Source       Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., section 5.2
//              (method) and 5.5, equation 5.1 and the table of benchmark methods (intervals; sigma
//              has divisor T - K with K = 1). No departure.

#include "steppe/numerics/benchmark_trend.hpp"

namespace {

namespace numerics = steppe::numerics;

struct Mean {
  static constexpr steppe::ComponentInfo kInfo{"trend.mean", "1.0.0",
                                               "Repeats the average of the observations"};
  static constexpr steppe::Tag kTags[] = {
      {"intervals"},         {"handles_gaps"},       {"minimum_observations", 2},
      {"deterministic"},     {"concurrent_predict"}, {"scale_equivariant"},
      {"shift_equivariant"}, {"additive_errors"}};

  struct Fit : numerics::BenchmarkFit {
    using BenchmarkFit::BenchmarkFit;
    double average = 0;

    double count() const { return static_cast<double>(y.size()); }
    double error() const { return sigma * std::sqrt(1 + 1 / count()); }
    steppe::Prediction predict(double) const {
      return {.mean = average * unit, .standard_error = error() * unit};
    }
    double quantile(double, double p) const {
      return (average + error() * numerics::normal_quantile(p)) * unit;
    }
    int parameter_count() const { return 1; }
    void report(steppe::Report& report) const {
      report.text("equation", "y = " + numerics::number_text(average * unit));
      report_parameter("a", average, sigma / std::sqrt(count()), count() - 1, report);
      report_residuals(report);
    }
    void save(steppe::Writer& writer) const {
      BenchmarkFit::save(writer);
      writer.f64(average);
    }
  };

  steppe::Result<Fit> fit(const steppe::Series& series) const {
    if (auto error = numerics::too_few(series, 2, "a mean forecast")) return *std::move(error);
    Fit fit(series);
    double sum = 0;  // from the first observation: exactly 0 for a constant series
    for (const double value : fit.y) sum += value - fit.y.front();
    fit.average = fit.y.front() + sum / fit.count();
    for (std::size_t i = 0; i < fit.y.size(); ++i) fit.add(i, fit.average);
    fit.sigma = std::sqrt(fit.sse / (fit.count() - 1));
    return fit;
  }

  static constexpr std::uint32_t kSavedSchema = 1;
  static steppe::Result<Fit> load(std::uint32_t, steppe::Reader& reader) {
    Fit fit(reader);
    fit.average = reader.finite();
    return fit;
  }
};

}  // namespace

STEPPE_PLUGIN(Mean);
