// SPDX-License-Identifier: Apache-2.0

// Naive forecast.
//
// Model        y_t = y_{t-1} + e_t, e independent, normal with mean 0: a random walk.
// Estimates    sigma^2, the mean of the n - 1 squared one-step residuals y_t - y_{t-1}; no
// parameter
//              of the mean.
// Inputs       a series of n consecutive observations; y any finite numbers, in any unit.
// Outputs      mean: the last observation, for every horizon; standard error sigma sqrt(h), h the
//              steps ahead of the last observation in units of the mean step; normal quantiles;
//              fitted values y_{t-1} (undefined at the first); statistics. In the unit of y.
// Assumptions  uncorrelated residuals; normal ones for intervals. sigma is taken as known, as the
//              book does: on few observations the intervals are too narrow.
// Degenerate   constant y: sigma is 0 and every interval a point; R squared, AICc and BIC
// undefined,
//              warning exact_fit.
// Errors       insufficient_data for n < 2, invalid_data for a missing or infinite value.
// Cost         O(n) per series to fit, O(h) to forecast.
// Source       Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., section 5.2
//              (method) and 5.5, equation 5.1 and the table of benchmark methods (intervals; sigma
//              has divisor T - K - M with K = 0 parameters and M = 1 missing value). Departure: R
//              squared and the information criteria are those of the n - 1 residuals there are.

#include "steppe/numerics/benchmark_trend.hpp"

namespace {

namespace numerics = steppe::numerics;

struct Naive {
  static constexpr steppe::ComponentInfo kInfo{"trend.naive", "1.0.0",
                                               "Repeats the last observation"};
  static constexpr steppe::Tag kTags[] = {{"intervals"},         {"minimum_observations", 2},
                                          {"deterministic"},     {"concurrent_predict"},
                                          {"scale_equivariant"}, {"shift_equivariant"},
                                          {"random_walk_errors"}};

  struct Fit : numerics::BenchmarkFit {
    using BenchmarkFit::BenchmarkFit;
    double last = 0;

    steppe::Prediction predict(double t) const {
      return {.mean = last * unit, .standard_error = sigma * std::sqrt(steps(t)) * unit};
    }
    double quantile(double t, double p) const {
      return (last + sigma * std::sqrt(steps(t)) * numerics::normal_quantile(p)) * unit;
    }
    int parameter_count() const { return 0; }
    void report(steppe::Report& report) const {
      report.text("equation", "y = " + numerics::number_text(last * unit));
      report_residuals(report);
    }
    void save(steppe::Writer& writer) const {
      BenchmarkFit::save(writer);
      writer.f64(last);
    }
  };

  steppe::Result<Fit> fit(const steppe::Series& series) const {
    if (auto error = numerics::too_few(series, 2, "a naive forecast")) return *std::move(error);
    Fit fit(series);
    const std::vector<double>& y = fit.y;
    for (std::size_t i = 1; i < y.size(); ++i) fit.add(i, y[i - 1]);
    fit.sigma = std::sqrt(fit.sse / static_cast<double>(y.size() - 1));
    fit.last = y.back();
    return fit;
  }

  static constexpr std::uint32_t kSavedSchema = 1;
  static steppe::Result<Fit> load(std::uint32_t, steppe::Reader& reader) {
    Fit fit(reader);
    fit.last = reader.finite();
    return fit;
  }
};

}  // namespace

STEPPE_PLUGIN(Naive);
