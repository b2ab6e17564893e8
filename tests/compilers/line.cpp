// SPDX-License-Identifier: Apache-2.0

// A straight line by least squares, in the C++ layer: one source for builds by several compilers.
// Its arithmetic is the four operations and the square root in a written order, so every build, and
// line.c and line.rs, give the same bits. PLUGIN_ID is set by the build.
//
// Model        y = a + b t + e, e independent, of one variance.
// Estimates    b = sum (t - mean t)(y - mean y) / sum (t - mean t)^2; s^2 = SSE / (n - 2).
// Outputs      mean; standard error s sqrt(1 + 1/n + (t - mean t)^2 / sxx); quantiles by Cantelli's
//              inequality, which hold for errors of any distribution and need no function.
// Errors       insufficient_data for n < 3; domain_error where s^2 leaves the range of double.
// Source       any textbook; Cantelli 1928 for the quantiles.

#include <cmath>
#include <string>

#include "steppe/trend_model.hpp"

namespace {

struct Line {
  static constexpr steppe::ComponentInfo kInfo{PLUGIN_ID, "1.0.0", "A straight line"};
  static constexpr steppe::Tag kTags[] = {{"intervals"},
                                          {"handles_gaps"},
                                          {"deterministic"},
                                          {"concurrent_predict"},
                                          {"minimum_observations", 3}};

  struct Fit {
    double n, t_mean, y_mean, slope, sxx, deviation;

    double mean(double t) const { return y_mean + slope * (t - t_mean); }
    double error(double t) const {
      return deviation * std::sqrt(1 + 1 / n + (t - t_mean) * (t - t_mean) / sxx);
    }
    steppe::Prediction predict(double t) const {
      return {.mean = mean(t), .standard_error = error(t)};
    }
    double quantile(double t, double p) const {
      if (p < 0.5) return mean(t) - error(t) * std::sqrt((1 - p) / p);
      return p > 0.5 ? mean(t) + error(t) * std::sqrt(p / (1 - p)) : mean(t);
    }
    int parameter_count() const { return 2; }
    void report(steppe::Report& report) const {
      report.text("equation", "y = a + b t");
      steppe::Table table{"parameters", {"estimate"}};
      table.add_row("a", {y_mean - slope * t_mean});
      table.add_row("b", {slope});
      report.table(table);
      report.scalar("residual_standard_error", deviation);
      if (deviation == 0) report.warning("exact_fit", "the observations lie on a line");
    }
  };

  steppe::Result<Fit> fit(const steppe::Series& series) const {
    const std::size_t count = series.y.size();
    if (count < 3) {
      return steppe::Error{steppe::ErrorKind::kInsufficientData,
                           std::to_string(count) + " observations; a line needs 3"};
    }
    Fit fit{static_cast<double>(count), 0, 0, 0, 0, 0};
    for (std::size_t i = 0; i < count; ++i) {
      fit.t_mean += series.t[i];
      fit.y_mean += series.y[i];
    }
    fit.t_mean /= fit.n;
    fit.y_mean /= fit.n;
    double sxy = 0;
    for (std::size_t i = 0; i < count; ++i) {
      fit.sxx += (series.t[i] - fit.t_mean) * (series.t[i] - fit.t_mean);
      sxy += (series.t[i] - fit.t_mean) * (series.y[i] - fit.y_mean);
    }
    fit.slope = sxy / fit.sxx;
    double sse = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const double residual = series.y[i] - fit.mean(series.t[i]);
      sse += residual * residual;
    }
    fit.deviation = std::sqrt(sse / (fit.n - 2));
    if (!std::isfinite(sse)) {
      return steppe::Error{steppe::ErrorKind::kDomainError,
                           "the variance leaves the range of double; change the unit"};
    }
    return fit;
  }
};

}  // namespace

STEPPE_PLUGIN(Line);
