// SPDX-License-Identifier: Apache-2.0

// What a model claims of its errors, counted on series from its own process. Limits are such that
// an honest model fails about once in 100,000 seeds: what is outside them on the first series is
// counted again on four times as many others.

#include <algorithm>
#include <cmath>
#include <iterator>

#include "conformance/own_curve.hpp"
#include "conformance/report_rules.hpp"
#include "conformance/simulation_text.hpp"
#include "conformance/trend_case_bodies.hpp"

namespace steppe::conformance::trend {

namespace {

constexpr std::size_t kSeries = 2000;
constexpr std::size_t kMoreSeries = 8000;
// Enough that intervals with a normal quantile, sigma taken as known, cover nearly what those with
// Student's t do.
constexpr std::size_t kObservations = 100;
constexpr std::size_t kSteps[] = {0, 3, 11};  // horizons 1, 4 and 12

// Series of the component's process, fitted and forecast.
struct Trial {
  Trial(const CaseContext& context, const TrendSubject& subject, const OwnCurve& own,
        std::size_t count, std::uint64_t stream)
      : simulation(simulate(own, process_of(*context.component), count, context.seed, stream)),
        fit(subject.fit(simulation.block)),
        forecast(fit.predict(times(fit.rows() + 1, kCurveHorizon), kProbabilities)) {
    for (std::size_t s = 0; s < fit.count(); ++s) {
      if (!fit.ok(s)) fail("refuses a series of its own process: " + fit.explain(s).message);
    }
  }
  double error(std::size_t s, std::size_t h) const {
    return forecast.mean_at(h, s) - simulation.actual[s][h];
  }
  Simulation simulation;
  TrendFit fit;
  TrendPrediction forecast;
};

struct Stage {
  explicit Stage(const CaseContext& context)
      : process(needed_process(context)),
        subject(context),
        curve(own_curve(subject, std::max(kObservations, subject.length()))) {}
  Process process;
  TrendSubject subject;
  OwnCurve curve;
};

// A verdict on some series, empty when all is well; asked of others when it is not.
template <typename Judge>
void judge_twice(const CaseContext& context, const Stage& stage, Judge&& judge) {
  if (judge(Trial(context, stage.subject, stage.curve, kSeries, 1)).empty()) return;
  const std::string text = judge(Trial(context, stage.subject, stage.curve, kMoreSeries, 2));
  if (!text.empty()) fail(text + process_text(stage.process));
}

void check_coverage(const CaseContext& context, std::size_t low, Limits limits) {
  needs_tag(context, "intervals");
  const Stage stage(context);
  const std::size_t high = std::size(kProbabilities) - 1 - low;
  judge_twice(context, stage, [&](const Trial& trial) -> std::string {
    for (const std::size_t h : kSteps) {
      std::size_t inside = 0;
      for (std::size_t s = 0; s < trial.fit.count(); ++s) {
        const double y = trial.simulation.actual[s][h];
        if (trial.forecast.quantile_at(low, h, s) <= y &&
            y <= trial.forecast.quantile_at(high, h, s)) {
          ++inside;
        }
      }
      const std::string text = coverage_text(inside, trial.fit.count(), limits);
      if (!text.empty()) return at_horizon(h) + text;
    }
    return {};
  });
}

// Mean and standard deviation of a sample.
struct Moments {
  double mean = 0;
  double deviation = 0;
};

template <typename Value>
Moments moments_of(std::size_t count, Value&& value) {
  Moments out;
  const double first = value(0);  // nothing but 0 is added up where all are equal
  for (std::size_t i = 0; i < count; ++i) out.mean += value(i) - first;
  out.mean = first + out.mean / static_cast<double>(count);
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += (value(i) - out.mean) * (value(i) - out.mean);
  out.deviation = std::sqrt(sum / static_cast<double>(count - 1));
  return out;
}

// Estimates and standard errors of every series, a row per parameter.
struct Estimates {
  std::vector<std::string> names;
  std::vector<std::vector<double>> values;
  std::vector<std::vector<double>> errors;
};

Estimates estimates_of(const TrendFit& fit) {
  Estimates out;
  for (std::size_t s = 0; s < fit.count(); ++s) {
    const FitReport report = fit.report(s);
    const ReportTable* table = report.table("parameters");
    if (table == nullptr) skip("reports no table of parameters");
    const auto estimate = column_of(*table, "estimate");
    const auto error = column_of(*table, "standard_error");
    if (!estimate) fail("the table of parameters has no column estimate");
    if (!error) skip("reports no standard errors of parameters");
    if (s == 0) {
      out.names = table->rows;
      out.values.resize(out.names.size());
      out.errors.resize(out.names.size());
    }
    if (table->rows != out.names) fail("series of one process have other parameters");
    for (std::size_t r = 0; r < out.names.size(); ++r) {
      out.values[r].push_back((*estimate)[r]);
      out.errors[r].push_back((*error)[r]);
    }
  }
  return out;
}

}  // namespace

void intervals_cover_95(const CaseContext& context) { check_coverage(context, 0, k95Percent); }
void intervals_cover_80(const CaseContext& context) { check_coverage(context, 1, k80Percent); }

// The errors of forecasts are nought on average; where errors multiply, the forecast may be the
// median instead, as often above what comes as below.
void forecast_is_unbiased(const CaseContext& context) {
  const Stage stage(context);
  judge_twice(context, stage, [&](const Trial& trial) -> std::string {
    const std::size_t count = trial.fit.count();
    const double root = std::sqrt(static_cast<double>(count));
    for (const std::size_t h : kSteps) {
      const Moments error = moments_of(count, [&](std::size_t s) { return trial.error(s, h); });
      if (std::fabs(error.mean) <= kStandardErrors * error.deviation / root) continue;
      const Moments above =
          moments_of(count, [&](std::size_t s) { return trial.error(s, h) > 0 ? 1.0 : 0.0; });
      const bool multiplies = stage.process == Process::kMultiplicative;
      if (multiplies && std::fabs(above.mean - 0.5) <= kStandardErrors * 0.5 / root) continue;
      return at_horizon(h) + "the forecast is off by " + rounded(error.mean) + " on average over " +
             std::to_string(count) + " series, where chance allows " +
             rounded(kStandardErrors * error.deviation / root) +
             (multiplies ? "; it is above the value in " + percent(above.mean) + " of them" : "");
    }
    return {};
  });
}

void forecast_error_is_as_reported(const CaseContext& context) {
  const Stage stage(context);
  judge_twice(context, stage, [&](const Trial& trial) -> std::string {
    const std::size_t count = trial.fit.count();
    for (const std::size_t h : kSteps) {
      const double seen = std::sqrt(
          moments_of(count, [&](std::size_t s) { return std::pow(trial.error(s, h), 2); }).mean);
      const double said = std::sqrt(moments_of(count, [&](std::size_t s) {
                                      return std::pow(trial.forecast.error_at(h, s), 2);
                                    }).mean);
      if (std::isnan(said)) skip("gives no standard errors of forecasts");
      if (std::fabs(seen / said - 1) <= kErrorTolerance) continue;
      return at_horizon(h) + "the standard error of the forecast is said to be " + rounded(said) +
             ", but over " + std::to_string(count) + " series it is " + rounded(seen);
    }
    return {};
  });
}

void parameters_are_unbiased(const CaseContext& context) {
  const Stage stage(context);
  if (!stage.curve.parameters) skip("reports no table of parameters");
  const auto truth = column_of(*stage.curve.parameters, "estimate");
  judge_twice(context, stage, [&](const Trial& trial) -> std::string {
    const Estimates estimates = estimates_of(trial.fit);
    for (std::size_t r = 0; r < estimates.names.size(); ++r) {
      const std::vector<double>& values = estimates.values[r];
      const Moments seen = moments_of(values.size(), [&](std::size_t s) { return values[s]; });
      const double chance =
          kStandardErrors * seen.deviation / std::sqrt(static_cast<double>(values.size()));
      // Estimates of a parameter inside a function are biased in the second order.
      if (std::fabs(seen.mean - (*truth)[r]) <= chance + 0.03 * seen.deviation) continue;
      return "the estimate of " + estimates.names[r] + " is " + number(seen.mean) +
             " on average over " + std::to_string(values.size()) + " series, its true value " +
             number((*truth)[r]);
    }
    return {};
  });
}

void parameter_errors_are_as_reported(const CaseContext& context) {
  const Stage stage(context);
  judge_twice(context, stage, [&](const Trial& trial) -> std::string {
    const Estimates estimates = estimates_of(trial.fit);
    for (std::size_t r = 0; r < estimates.names.size(); ++r) {
      const std::vector<double>& values = estimates.values[r];
      const std::vector<double>& errors = estimates.errors[r];
      const double seen =
          moments_of(values.size(), [&](std::size_t s) { return values[s]; }).deviation;
      const double said = moments_of(errors.size(), [&](std::size_t s) { return errors[s]; }).mean;
      if (std::isnan(said)) continue;  // a parameter that is not estimated
      if (std::fabs(seen / said - 1) <= kErrorTolerance) continue;
      return "the standard error of " + estimates.names[r] + " is said to be " + rounded(said) +
             ", but over " + std::to_string(values.size()) + " series it is " + rounded(seen);
    }
    return {};
  });
}

}  // namespace steppe::conformance::trend
