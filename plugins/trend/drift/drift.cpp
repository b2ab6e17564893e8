// SPDX-License-Identifier: Apache-2.0

// Drift: the naive forecast with the average step.
//
// Model        y_t = y_{t-1} + b + e_t, e independent, normal with mean 0: a random walk with
// drift. Estimates    b = (y_n - y_1) / (n - 1); sigma^2, the sum of the n - 1 squared residuals
//              y_t - y_{t-1} - b divided by n - 2.
// Inputs       a series of n consecutive observations; y any finite numbers, in any unit.
// Outputs      mean y_n + b h; standard error sigma sqrt(h (1 + h / (n - 1))), h the steps ahead of
//              the last observation in units of the mean step; normal quantiles; fitted values
//              y_{t-1} + b (undefined at the first); parameter b with standard error
//              sigma / sqrt(n - 1) and Student's t on n - 2 degrees of freedom; statistics. In the
//              unit of y, b per step.
// Assumptions  uncorrelated residuals; normal ones for intervals. sigma is taken as known, as the
//              book does: on few observations the intervals are too narrow.
// Degenerate   equal steps (constant y among them): sigma is 0, warning exact_fit; constant y: b is
//              exactly 0.
// Errors       insufficient_data for n < 3, invalid_data for a missing or infinite value.
// Cost         O(n) per series to fit, O(h) to forecast.
// Source       Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., section 5.2
//              (method) and 5.5, equation 5.1 and the table of benchmark methods (intervals; sigma
//              has divisor T - K - M with K = 1 parameter and M = 1 missing value). Departure: R
//              squared and the information criteria are those of the n - 1 residuals there are.

#include "steppe/numerics/benchmark_trend.hpp"

namespace {

namespace numerics = steppe::numerics;

struct Drift {
  static constexpr steppe::ComponentInfo kInfo{
      "trend.drift", "1.0.0", "Continues from the last observation by the average step"};
  static constexpr steppe::Tag kTags[] = {{"intervals"},         {"minimum_observations", 3},
                                          {"deterministic"},     {"concurrent_predict"},
                                          {"scale_equivariant"}, {"shift_equivariant"},
                                          {"random_walk_errors"}};

  struct Fit : numerics::BenchmarkFit {
    using BenchmarkFit::BenchmarkFit;
    double last = 0;
    double drift = 0;

    double step_count() const { return static_cast<double>(y.size() - 1); }
    double mean(double h) const { return last + drift * h; }
    double error(double h) const { return sigma * std::sqrt(h * (1 + h / step_count())); }
    steppe::Prediction predict(double t) const {
      const double h = steps(t);
      return {.mean = mean(h) * unit, .standard_error = error(h) * unit};
    }
    double quantile(double t, double p) const {
      const double h = steps(t);
      return (mean(h) + error(h) * numerics::normal_quantile(p)) * unit;
    }
    int parameter_count() const { return 1; }
    void report(steppe::Report& report) const {
      const numerics::Term terms[] = {{last * unit, ""}, {drift * unit, "h"}};
      report.text("equation", "y = " + numerics::sum_text(terms));
      report_parameter("b", drift, sigma / std::sqrt(step_count()), step_count() - 1, report);
      report_residuals(report);
    }
    void save(steppe::Writer& writer) const {
      BenchmarkFit::save(writer);
      writer.f64(last);
      writer.f64(drift);
    }
  };

  steppe::Result<Fit> fit(const steppe::Series& series) const {
    if (auto error = numerics::too_few(series, 3, "a drift forecast")) return *std::move(error);
    Fit fit(series);
    const std::vector<double>& y = fit.y;
    fit.last = y.back();
    fit.drift = (y.back() - y.front()) / fit.step_count();
    for (std::size_t i = 1; i < y.size(); ++i) fit.add(i, y[i - 1] + fit.drift);
    fit.sigma = std::sqrt(fit.sse / (fit.step_count() - 1));
    return fit;
  }

  static constexpr std::uint32_t kSavedSchema = 1;
  static steppe::Result<Fit> load(std::uint32_t, steppe::Reader& reader) {
    Fit fit(reader);
    fit.last = reader.finite();
    fit.drift = reader.finite();
    reader.must(fit.y.size() >= 3, "there are too few observations for a drift");
    return fit;
  }
};

}  // namespace

STEPPE_PLUGIN(Drift);
