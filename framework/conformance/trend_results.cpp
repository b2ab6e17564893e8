// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <iterator>

#include "conformance/report_rules.hpp"
#include "conformance/trend_case_bodies.hpp"
#include "conformance/trend_subject.hpp"

namespace steppe::conformance::trend {

namespace {

constexpr std::size_t kResultsHorizon = 8;

// Sums over the observations that have a fitted value, in long double and in two passes.
struct Sums {
  std::size_t used = 0;
  long double residual = 0;  // of (y - fitted)^2
  long double total = 0;     // of (y - mean)^2
};

Sums sums_of(const TrendData& data, const std::vector<double>& fitted, std::size_t s) {
  Sums sums;
  long double mean = 0;
  const auto each = [&](auto&& body) {
    for (std::size_t i = 0; i < data.size(); ++i) {
      const double value = fitted[i * data.count() + s];
      if (std::isfinite(value)) body(data.series[s][i], value);
    }
  };
  each([&](long double y, long double) {
    mean += y;
    sums.used += 1;
  });
  if (sums.used > 0) mean /= static_cast<long double>(sums.used);
  each([&](long double y, long double f) {
    sums.residual += (y - f) * (y - f);
    sums.total += (y - mean) * (y - mean);
  });
  return sums;
}

std::string series_prefix(std::size_t s) { return "series " + std::to_string(s + 1) + ": "; }

}  // namespace

void fits_ordinary_series(const CaseContext& context) {
  const TrendSubject subject(context);
  const TrendData data = subject.fittable(5);
  const TrendFit fit = subject.fit(data);
  for (const double mean : fit.predict(times(data.size() + 1, kResultsHorizon)).mean) {
    if (!std::isfinite(mean)) fail("the mean of an ordinary series is " + number(mean));
  }
  const std::vector<double> fitted = fit.fitted();
  for (std::size_t s = 0; s < fit.count(); ++s) {
    std::size_t defined = 0;
    for (std::size_t i = s; i < fitted.size(); i += fit.count()) {
      if (std::isfinite(fitted[i])) ++defined;
    }
    if (2 * defined < data.size()) {
      fail(series_prefix(s) + "only " + std::to_string(defined) + " of " +
           std::to_string(data.size()) + " fitted values are defined");
    }
  }
}

void quantiles_are_ordered(const CaseContext& context) {
  constexpr double kMany[] = {0.001, 0.01, 0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975, 0.99, 0.999};
  const TrendSubject subject(context);
  const TrendData data = subject.fittable(5);
  const TrendFit fit = subject.fit(data);
  const TrendPrediction p = fit.predict(times(data.size() + 1, kResultsHorizon), kMany);
  for (std::size_t i = 0; i < p.mean.size(); ++i) {
    const std::size_t s = i % p.count;
    const std::size_t h = i / p.count;
    const std::string place = series_prefix(s) + "at horizon " + std::to_string(h + 1) + " ";
    if (p.standard_error[i] < 0) {
      fail(place + "the standard error is negative: " + number(p.standard_error[i]));
    }
    for (std::size_t k = 1; k < std::size(kMany); ++k) {
      const double low = p.quantile_at(k - 1, h, s);
      const double high = p.quantile_at(k, h, s);
      if (!(high < low)) continue;
      fail(place + "the quantile " + number(kMany[k - 1]) + " is " + number(low) +
           ", the quantile " + number(kMany[k]) + " only " + number(high));
    }
    const double low = p.quantile_at(0, h, s);
    const double high = p.quantile_at(std::size(kMany) - 1, h, s);
    if (p.mean[i] < low || p.mean[i] > high) {
      fail(place + "the mean " + number(p.mean[i]) + " is outside its own 99.8 % interval, " +
           number(low) + " to " + number(high));
    }
    if (p.standard_error[i] > 0 && low == high) {
      fail(place + "the 99.8 % interval is a point, the standard error is " +
           number(p.standard_error[i]));
    }
  }
}

void r_squared_is_that_of_the_residuals(const CaseContext& context) {
  needs_default_options(context, "R squared");  // about a fixed intercept it is another one
  const TrendSubject subject(context);
  const TrendData data = subject.fittable(5);
  const TrendFit fit = subject.fit(data);
  const std::vector<double> fitted = fit.fitted();
  const std::vector<double> given = fit.statistics(STEPPE_STATISTIC_R_SQUARED_ORIGINAL_SCALE);
  const std::vector<double> aicc = fit.statistics(STEPPE_STATISTIC_AICC);
  const std::vector<double> bic = fit.statistics(STEPPE_STATISTIC_BIC);
  std::size_t defined = 0;
  for (std::size_t s = 0; s < fit.count(); ++s) {
    const Sums sums = sums_of(data, fitted, s);
    const auto n = static_cast<double>(sums.used);
    if (!std::isnan(given[s])) {
      ++defined;
      const auto expected = static_cast<double>(1 - sums.residual / sums.total);
      if (!near(given[s], expected, 1e-9, 1)) {
        fail(series_prefix(s) + "R squared on the original scale is " + number(given[s]) +
             ", but the fitted values give " + number(expected));
      }
    }
    if (std::isnan(aicc[s]) || std::isnan(bic[s])) continue;
    // Both criteria rest on the same sum of squares and count k of parameters: BIC tells k.
    const auto base = static_cast<double>(n * std::log(sums.residual / n));
    const double k = (bic[s] - base) / std::log(n);
    const double whole = std::round(k);
    const double expected = base + 2 * whole + 2 * whole * (whole + 1) / (n - whole - 1);
    if (std::fabs(k - whole) > 1e-6 || whole < 1) {
      fail(series_prefix(s) + "with the residuals of its fitted values bic " + number(bic[s]) +
           " would mean " + number(k) + " parameters");
    }
    if (!near(aicc[s], expected, 1e-8, n)) {
      fail(series_prefix(s) + "aicc is " + number(aicc[s]) + ", but the fitted values and the " +
           number(whole) + " parameters behind bic give " + number(expected));
    }
  }
  if (defined == 0) skip("gives no R squared");
}

void statistics_agree_with_the_report(const CaseContext& context) {
  const TrendSubject subject(context);
  const TrendFit fit = subject.fit(subject.fittable(5));
  for (const char* name :
       {STEPPE_STATISTIC_R_SQUARED_FIT_SCALE, STEPPE_STATISTIC_R_SQUARED_ORIGINAL_SCALE,
        STEPPE_STATISTIC_ADJUSTED_R_SQUARED, STEPPE_STATISTIC_AICC, STEPPE_STATISTIC_BIC}) {
    const std::vector<double> row = fit.statistics(name);
    for (std::size_t s = 0; s < fit.count(); ++s) {
      const FitReport report = fit.report(s);
      const double* said = report.scalar(name);
      if (said == nullptr || near(*said, row[s], 1e-12)) continue;
      fail(series_prefix(s) + name + " is " + number(*said) + " in the report, " + number(row[s]) +
           " in statistics");
    }
  }
  for (const double value : fit.statistics("no_such_statistic")) {
    if (!std::isnan(value)) fail("an unknown statistic is " + number(value) + ", not NaN");
  }
}

void report_is_complete(const CaseContext& context) {
  const TrendSubject subject(context);
  const TrendFit fit = subject.fit(subject.fittable(5));
  for (std::size_t s = 0; s < fit.count(); ++s) {
    const FitReport report = fit.report(s);
    const std::string* equation = report.text("equation");
    if (equation == nullptr || equation->empty()) fail("the report has no text \"equation\"");
    check_undefined_scalars(report);
    if (const ReportTable* table = report.table("parameters")) check_parameters(*table);
  }
}

}  // namespace steppe::conformance::trend
