// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "conformance/trend_case_bodies.hpp"
#include "conformance/trend_comparison.hpp"
#include "conformance/trend_subject.hpp"

namespace steppe::conformance::trend {

namespace {

// Not a multiple of any vector width, so that a vectorised model has a remainder.
constexpr std::size_t kSeries = 19;
constexpr std::size_t kBlockHorizon = 5;

// Fits `data` whole and `parts` apart; part p holds the series first[p], first[p] + 1, ...
void compare_parts(const TrendSubject& subject, const TrendData& data, std::size_t part,
                   const Words& words) {
  const TrendFit whole = subject.fit(data);
  const std::vector<double> future = times(data.size() + 1, kBlockHorizon);
  for (std::size_t first = 0; first < data.count(); first += part) {
    TrendData some = data;
    const std::size_t last = std::min(first + part, data.count());
    some.series.assign(data.series.begin() + static_cast<std::ptrdiff_t>(first),
                       data.series.begin() + static_cast<std::ptrdiff_t>(last));
    some.seeds.assign(data.seeds.begin() + static_cast<std::ptrdiff_t>(first),
                      data.seeds.begin() + static_cast<std::ptrdiff_t>(last));
    const TrendFit fit = subject.fit(some);
    for (std::size_t s = first; s < last; ++s) {
      compare_series({whole, s}, {fit, s - first}, future, words);
    }
  }
}

void check_undefined(const std::vector<double>& values, std::size_t column, std::size_t columns,
                     const std::string& what) {
  for (std::size_t i = column; i < values.size(); i += columns) {
    if (std::isnan(values[i])) continue;
    fail(what + " of a series that failed is " + number(values[i]) + ", not NaN");
  }
}

}  // namespace

void block_is_one_by_one(const CaseContext& context) {
  const TrendSubject subject(context);
  compare_parts(subject, subject.sample(kSeries), 1, {"in the block", "alone"});
}

void split_does_not_matter(const CaseContext& context) {
  const TrendSubject subject(context);
  compare_parts(subject, subject.sample(kSeries), 7, {"in one block", "in blocks of 7"});
}

void order_does_not_matter(const CaseContext& context) {
  const TrendSubject subject(context);
  const TrendData data = subject.sample(kSeries);
  TrendData turned = data;
  std::ranges::reverse(turned.series);
  std::ranges::reverse(turned.seeds);
  const TrendFit fit = subject.fit(data);
  const TrendFit other = subject.fit(turned);
  const std::vector<double> future = times(data.size() + 1, kBlockHorizon);
  for (std::size_t s = 0; s < kSeries; ++s) {
    compare_series({fit, s}, {other, kSeries - 1 - s}, future,
                   {"in this order", "with the series in reverse order"});
  }
}

void layout_does_not_matter(const CaseContext& context) {
  const TrendSubject subject(context);
  const TrendData data = subject.sample(kSeries);
  const TrendFit fit = subject.fit(data);
  const std::vector<double> future = times(data.size() + 1, kBlockHorizon);
  const std::pair<Layout, const char*> others[] = {
      {Layout::kSeries, "with the times of a series next to each other"},
      {Layout::kSpaced, "with other numbers between the elements"},
      {Layout::kReversed, "with negative strides"}};
  for (const auto& [layout, words] : others) {
    const TrendFit other = subject.fit(data, layout);
    for (std::size_t s = 0; s < kSeries; ++s) {
      compare_series({fit, s}, {other, s}, future, {"in rows", words});
    }
  }
}

void failed_series_is_alone(const CaseContext& context) {
  const TrendSubject subject(context);
  const TrendData good = subject.fittable(4);
  TrendData data = good;
  const std::size_t bad = 2;
  data.series[bad].assign(data.size(), std::numeric_limits<double>::infinity());
  const TrendFit fit = subject.fit(data);
  if (fit.ok(bad)) fail("a series of nothing but infinite values has the status ok");
  const TrendFit clean = subject.fit(good);
  const std::vector<double> future = times(data.size() + 1, kBlockHorizon);
  for (std::size_t s = 0; s < data.count(); ++s) {
    if (s == bad) continue;
    compare_series({clean, s}, {fit, s}, future,
                   {"beside good series", "beside a series that failed"});
  }
  const TrendPrediction prediction = fit.predict(future, kProbabilities);
  check_undefined(fit.fitted(), bad, fit.count(), "a fitted value");
  check_undefined(prediction.mean, bad, fit.count(), "the mean");
  check_undefined(prediction.standard_error, bad, fit.count(), "the standard error");
  check_undefined(prediction.quantiles, bad, fit.count(), "a quantile");
  check_undefined(fit.statistics(STEPPE_STATISTIC_AICC), bad, fit.count(), "the statistic aicc");
  const Error why = fit.explain(bad);
  if (static_cast<steppe_status>(why.kind) != fit.statuses()[bad]) {
    fail("explain names " + std::string(steppe::name_of(why.kind)) +
         " for a series with the status " + status_name(fit.statuses()[bad]));
  }
  require(!why.message.empty(), "explain has no text for a series that failed");
}

}  // namespace steppe::conformance::trend
