// SPDX-License-Identifier: Apache-2.0

// What a regression claims of its errors, counted on data from its own model: the fitted values and
// forecasts of a fit of sample data, and independent normal errors. As in trend_simulation.cpp,
// what is outside the limits is counted again on four times as much data.

#include <cmath>
#include <iterator>

#include "conformance/regression_case_bodies.hpp"
#include "conformance/regression_subject.hpp"
#include "conformance/simulation_text.hpp"
#include "conformance/trend_subject.hpp"

namespace steppe::conformance::regression {

namespace {

constexpr std::size_t kColumns = 2;
constexpr std::size_t kRows = 3;
constexpr std::size_t kData = 2000;
constexpr std::size_t kMoreData = 8000;
constexpr double kError = 2;
constexpr std::uint64_t kErrorStreams = std::uint64_t{5} << 40;

struct Stage {
  explicit Stage(const CaseContext& context)
      : subject(context),
        data(subject.sample(kColumns)),
        rows(new_rows(kRows, kColumns, context.seed)),
        seed(context.seed) {
    needs_tag(context, "additive_errors");
    const RegressionFit fit = subject.fit(data);
    data.target = fit.fitted();
    truth = fit.predict(rows, kRows).mean;
  }
  RegressionSubject subject;
  RegressionSample data;  // on the model's own surface
  std::vector<double> rows;
  std::vector<double> truth;  // its continuation to the new rows
  std::uint64_t seed;
};

// One set of data: what was forecast, and what then came.
struct Draw {
  RegressionForecasts forecast;
  std::vector<double> actual;
  std::vector<double> coefficients;
  std::vector<double> errors;  // of the coefficients
};

template <typename Use>
void draw_each(const Stage& stage, std::size_t count, std::uint64_t stream, Use&& use) {
  for (std::size_t d = 0; d < count; ++d) {
    const std::vector<double> z =
        normals(stage.data.rows + kRows, stage.seed, kErrorStreams + (stream << 20) + d);
    RegressionSample data = stage.data;
    for (std::size_t i = 0; i < data.rows; ++i) data.target[i] += kError * z[i];
    const RegressionFit fit = stage.subject.fit(data);
    Draw draw{fit.predict(stage.rows, kRows, kProbabilities), stage.truth, {}, {}};
    for (std::size_t i = 0; i < kRows; ++i) draw.actual[i] += kError * z[data.rows + i];
    if (fit.is_linear()) {
      const LinearPart linear = fit.linear();
      draw.coefficients = linear.coefficients;
      const std::size_t q = linear.coefficients.size();
      for (std::size_t j = 0; j < q; ++j) {
        draw.errors.push_back(std::sqrt(linear.covariance[j * q + j]));
      }
    }
    use(draw);
  }
}

template <typename Judge>
void judge_twice(const CaseContext& context, Judge&& judge) {
  const Stage stage(context);
  if (judge(stage, kData, 1).empty()) return;
  const std::string text = judge(stage, kMoreData, 2);
  if (!text.empty()) fail(text + " (data: the model's own surface and additive normal errors)");
}

std::string at_row(std::size_t i) { return "new row " + std::to_string(i + 1) + ": "; }

// `of_mean`: whether the interval is that of the mean, whose truth is known, or of an observation.
void check_coverage(const CaseContext& context, std::size_t low, bool of_mean, Limits limits) {
  needs_tag(context, "intervals");
  const std::size_t high = std::size(kProbabilities) - 1 - low;
  judge_twice(context, [&](const Stage& stage, std::size_t count, std::uint64_t stream) {
    std::vector<std::size_t> inside(kRows, 0);
    draw_each(stage, count, stream, [&](const Draw& draw) {
      const auto& quantiles =
          of_mean ? draw.forecast.mean_quantiles : draw.forecast.prediction_quantiles;
      for (std::size_t i = 0; i < kRows; ++i) {
        const double y = of_mean ? stage.truth[i] : draw.actual[i];
        if (quantiles[low * kRows + i] <= y && y <= quantiles[high * kRows + i]) ++inside[i];
      }
    });
    for (std::size_t i = 0; i < kRows; ++i) {
      const std::string text = coverage_text(inside[i], count, limits);
      if (!text.empty()) return at_row(i) + text;
    }
    return std::string();
  });
}

// Running mean and variance (Welford).
struct Running {
  double count = 0;
  double mean = 0;
  double squares = 0;
  void add(double x) {
    count += 1;
    const double step = x - mean;
    mean += step / count;
    squares += step * (x - mean);
  }
  double deviation() const { return std::sqrt(squares / (count - 1)); }
};

}  // namespace

void exact_data_give_back_coefficients(const CaseContext& context) {
  const RegressionSubject subject(context);
  if (!subject.is_linear()) skip("offers no " STEPPE_LINEAR_MODEL);
  const RegressionSample data = subject.sample(4, 0);
  const LinearPart linear = subject.fit(data).linear();
  if (!linear.has_intercept) skip("has no intercept, which the data have");
  for (std::size_t j = 0; j < linear.coefficients.size(); ++j) {
    const double expected = j == 0 ? kSampleConstant : sample_coefficient(j - 1);
    if (near(linear.coefficients[j], expected, 1e-8)) continue;
    fail("data without errors: coefficient " + std::to_string(j) + " is " +
         number(linear.coefficients[j]) + ", not " + number(expected));
  }
  for (std::size_t j = 0; j < linear.coefficients.size(); ++j) {
    const double error = std::sqrt(linear.covariance[j * linear.coefficients.size() + j]);
    if (error <= 1e-6) continue;
    fail("data without errors: the standard error of coefficient " + std::to_string(j) + " is " +
         number(error) + ", not nearly 0");
  }
}

void intervals_cover_95(const CaseContext& context) {
  check_coverage(context, 0, false, k95Percent);
}
void intervals_cover_80(const CaseContext& context) {
  check_coverage(context, 1, false, k80Percent);
}
void mean_intervals_cover_95(const CaseContext& context) {
  check_coverage(context, 0, true, k95Percent);
}

void forecast_is_unbiased(const CaseContext& context) {
  judge_twice(context, [](const Stage& stage, std::size_t count, std::uint64_t stream) {
    std::vector<Running> errors(kRows);
    draw_each(stage, count, stream, [&](const Draw& draw) {
      for (std::size_t i = 0; i < kRows; ++i) {
        errors[i].add(draw.forecast.mean[i] - stage.truth[i]);
      }
    });
    for (std::size_t i = 0; i < kRows; ++i) {
      const double chance = kStandardErrors * errors[i].deviation() / std::sqrt(errors[i].count);
      if (std::fabs(errors[i].mean) <= chance) continue;
      return at_row(i) + "the forecast is off by " + rounded(errors[i].mean) + " on average over " +
             std::to_string(count) + " sets of data, where chance allows " + rounded(chance);
    }
    return std::string();
  });
}

void coefficient_errors_are_as_reported(const CaseContext& context) {
  if (!RegressionSubject(context).is_linear()) skip("offers no " STEPPE_LINEAR_MODEL);
  judge_twice(context, [](const Stage& stage, std::size_t count, std::uint64_t stream) {
    std::vector<Running> estimates;
    std::vector<Running> errors;
    draw_each(stage, count, stream, [&](const Draw& draw) {
      estimates.resize(draw.coefficients.size());
      errors.resize(draw.coefficients.size());
      for (std::size_t j = 0; j < estimates.size(); ++j) {
        estimates[j].add(draw.coefficients[j]);
        errors[j].add(draw.errors[j]);
      }
    });
    for (std::size_t j = 0; j < estimates.size(); ++j) {
      const double seen = estimates[j].deviation();
      if (std::fabs(seen / errors[j].mean - 1) <= kErrorTolerance) continue;
      return "the standard error of coefficient " + std::to_string(j) + " is said to be " +
             rounded(errors[j].mean) + ", but over " + std::to_string(count) +
             " sets of data it is " + rounded(seen);
    }
    return std::string();
  });
}

}  // namespace steppe::conformance::regression
