// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "conformance/own_curve.hpp"
#include "conformance/trend_case_bodies.hpp"
#include "conformance/trend_comparison.hpp"
#include "conformance/trend_subject.hpp"

namespace steppe::conformance::trend {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kTaggedHorizon = 6;

// Row i is left out of every series. The last row stays, so that horizons keep their meaning.
bool is_hole(std::size_t i, std::size_t n) { return (i == 0 || i % 5 == 3) && i + 1 < n; }

TrendData with_holes(const TrendData& data, double junk) {
  TrendData out = data;
  out.present.assign(data.count(), std::vector<bool>(data.size(), true));
  for (std::size_t s = 0; s < data.count(); ++s) {
    for (std::size_t i = 0; i < data.size(); ++i) {
      if (!is_hole(i, data.size())) continue;
      out.present[s][i] = false;
      out.series[s][i] = junk;
    }
  }
  return out;
}

TrendData with_gaps(const TrendData& data) {
  TrendData out = data;
  out.time.clear();
  for (auto& series : out.series) series.clear();
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (is_hole(i, data.size())) continue;
    out.time.push_back(data.time[i]);
    for (std::size_t s = 0; s < data.count(); ++s) out.series[s].push_back(data.series[s][i]);
  }
  return out;
}

void check_finite(const TrendFit& fit, std::span<const double> future, const char* when) {
  for (std::size_t s = 0; s < fit.count(); ++s) {
    if (!fit.ok(s)) {
      fail("series " + std::to_string(s + 1) + " is refused " + when + ": " +
           fit.explain(s).message);
    }
  }
  for (const double mean : fit.predict(future).mean) {
    if (!std::isfinite(mean)) fail(std::string("the mean is not finite ") + when);
  }
}

// Data on the model's own curve say the same of it with some rows left out.
void check_curve(const OwnCurve& curve, const TrendFit& fit, const char* when) {
  const std::size_t n = curve.observed.size();
  const std::vector<double> seen = fit.predict(times(n + 1, curve.future.size())).mean;
  for (std::size_t h = 0; h < seen.size(); ++h) {
    if (near(seen[h], curve.future[h], 1e-6, curve.size)) continue;
    fail("data on the model's own curve, " + std::string(when) + ": the mean at horizon " +
         std::to_string(h + 1) + " is " + number(seen[h]) + ", the curve is at " +
         number(curve.future[h]));
  }
}

// Forecasts and intervals of `other` against map(those of `fit`), to `tolerance`.
template <typename Map>
void compare_mapped(const TrendFit& fit, const TrendFit& other, Map&& map, const char* words) {
  const std::vector<double> future = times(fit.rows() + 1, kTaggedHorizon);
  const TrendPrediction a = fit.predict(future, kProbabilities);
  const TrendPrediction b = other.predict(future, kProbabilities);
  for (std::size_t i = 0; i < a.quantiles.size() + a.mean.size(); ++i) {
    const bool mean = i < a.mean.size();
    const double from = mean ? a.mean[i] : a.quantiles[i - a.mean.size()];
    const double seen = mean ? b.mean[i] : b.quantiles[i - a.mean.size()];
    const double expected = map(from);
    const std::size_t s = i % fit.count();
    // The scale of the series: what rounding of its values is a part of.
    const double size = std::fabs(map(a.mean_at(0, s))) + std::fabs(map(0.0));
    if (near(seen, expected, 1e-9, size)) continue;
    fail("series " + std::to_string(s + 1) + ": with the values " + words +
         (mean ? " the mean" : " a quantile") + " is " + number(seen) + ", not " +
         number(expected));
  }
}

template <typename Map>
void check_equivariance(const CaseContext& context, Map&& map, const char* words) {
  const TrendSubject subject(context);
  const TrendData data = subject.fittable(5);
  TrendData mapped = data;
  for (auto& series : mapped.series) {
    for (double& value : series) value = map(value);
  }
  const TrendFit fit = subject.fit(data);
  const TrendFit other = subject.fit(mapped);
  for (std::size_t s = 0; s < fit.count(); ++s) {
    if (fit.statuses()[s] == other.statuses()[s]) continue;
    fail("series " + std::to_string(s + 1) + ": with the values " + words + " the status is " +
         status_name(other.statuses()[s]));
  }
  compare_mapped(fit, other, map, words);
}

}  // namespace

void minimum_is_enough(const CaseContext& context) {
  needs_default_tag(context, "minimum_observations");
  const TrendSubject subject(context);
  const auto minimum =
      static_cast<std::size_t>(tag_value(*context.component, "minimum_observations", 1));
  const TrendFit fit =
      subject.fit(sample_block(minimum, std::size(kShapes), context.seed, subject.season_length()));
  for (std::size_t s = 0; s < fit.count(); ++s) {
    if (fit.ok(s)) return;
  }
  fail("claims minimum_observations " + std::to_string(minimum) + ", but refuses every series of " +
       std::to_string(minimum) + ": " + fit.explain(0).message);
}

void fewer_are_refused(const CaseContext& context) {
  needs_default_tag(context, "minimum_observations");
  const TrendSubject subject(context);
  const auto minimum =
      static_cast<std::size_t>(tag_value(*context.component, "minimum_observations", 1));
  for (std::size_t n = 0; n < minimum; ++n) {
    const TrendFit fit =
        subject.fit(sample_block(n, std::size(kShapes), context.seed, subject.season_length()));
    for (std::size_t s = 0; s < fit.count(); ++s) {
      if (fit.statuses()[s] == STEPPE_INSUFFICIENT_DATA) continue;
      fail("claims minimum_observations " + std::to_string(minimum) + ", but answers " +
           std::to_string(n) + " observations with " + status_name(fit.statuses()[s]) +
           ", not insufficient_data");
    }
  }
}

void missing_values_are_handled(const CaseContext& context) {
  needs_tag(context, "handles_missing");
  const TrendSubject subject(context);
  const TrendData data = subject.fittable(3);
  const std::vector<double> future = times(data.size() + 1, kTaggedHorizon);
  const TrendFit fit = subject.fit(with_holes(data, kMissing));
  check_finite(fit, future, "with missing values, though handles_missing is claimed");
  // The number that lies under a missing value means nothing.
  compare_fits(fit, subject.fit(with_holes(data, -1e250)), future,
               {"with NaN under the missing values", "with -1e250 under them"});
  TrendData none = data;
  none.present.assign(data.count(), std::vector<bool>(data.size(), true));
  compare_fits(subject.fit(data), subject.fit(none), future,
               {"without a validity bitmap", "with one in which all are present"});
  if (process_of(*context.component) == Process::kNone) return;
  const OwnCurve curve = own_curve(subject, data.size());
  check_curve(curve, subject.fit(with_holes(block_of(curve), kMissing)), "with missing values");
}

void missing_values_are_refused(const CaseContext& context) {
  if (has_tag(*context.component, "handles_missing")) skip("claims handles_missing");
  const TrendSubject subject(context);
  TrendData data = subject.fittable(3);
  data.series[1][data.size() / 2] = kMissing;
  const TrendFit fit = subject.fit(data);
  if (fit.ok(1)) {
    fail(
        "does not claim handles_missing, but the status of a series with a NaN is ok; it has to be "
        "invalid_data, with the row");
  }
  if (!is_typed_refusal(fit.statuses()[1])) {
    fail("a series with a NaN has the status " + status_name(fit.statuses()[1]));
  }
  require(fit.ok(0) && fit.ok(2), "a series with a NaN fails the series beside it");
}

void gaps_are_handled(const CaseContext& context) {
  needs_tag(context, "handles_gaps");
  const TrendSubject subject(context);
  const TrendData data = subject.fittable(3);
  const std::vector<double> future = times(data.size() + 1, kTaggedHorizon);
  const char* const when = "at times with gaps, though handles_gaps is claimed";
  check_finite(subject.fit(with_gaps(data)), future, when);
  if (process_of(*context.component) == Process::kNone) return;
  const OwnCurve curve = own_curve(subject, data.size());
  check_curve(curve, subject.fit(with_gaps(block_of(curve))), "at times with gaps");
}

void season_is_used(const CaseContext& context) {
  needs_tag(context, "seasonal");
  const TrendSubject subject(context);
  const std::size_t n = 3 * subject.length();
  TrendData data = sample_block(n, 1, context.seed, 4);
  data.series[0] = sample_series(Shape::kLevel, n, context.seed, 0, 4);
  TrendData plain = data;
  plain.season_length = 6;
  const TrendFit fit = subject.fit(data);
  if (!fit.ok(0)) fail("refuses a series with a season of 4: " + fit.explain(0).message);
  const std::vector<double> seen = fit.predict(times(n + 1, 4)).mean;
  const auto [low, high] = std::ranges::minmax(seen);
  // The season moves the series by 20 % of 100 to both sides, the noise by 5.
  if (high - low < 10) {
    fail("claims seasonal, but its forecasts of a series with a season of 4 differ by " +
         number(high - low) + " only, where the season moves it by 40");
  }
}

void season_is_ignored(const CaseContext& context) {
  if (has_tag(*context.component, "seasonal")) skip("claims seasonal");
  const TrendSubject subject(context);
  const TrendData data = subject.fittable(3);
  TrendData seasonal = data;
  seasonal.season_length = 4;
  const std::vector<double> future = times(data.size() + 1, kTaggedHorizon);
  compare_fits(subject.fit(data), subject.fit(seasonal), future,
               {"with season length 1", "with season length 4, though seasonal is not claimed"});
}

void intervals_are_honest(const CaseContext& context) {
  const TrendSubject subject(context);
  const bool claimed = has_tag(*context.component, "intervals");
  const TrendData data = subject.fittable(5);
  const TrendFit fit = subject.fit(data);
  const TrendPrediction p = fit.predict(times(data.size() + 1, kTaggedHorizon), kProbabilities);
  for (std::size_t i = 0; i < p.quantiles.size(); ++i) {
    if (claimed && !std::isfinite(p.quantiles[i])) {
      fail("claims intervals, but a quantile of series " + std::to_string(i % p.count + 1) +
           " is " + number(p.quantiles[i]));
    }
    if (!claimed && std::isfinite(p.quantiles[i])) {
      fail("gives quantiles without the tag intervals: the host will not ask for them");
    }
  }
  if (!claimed) skip("does not claim intervals, and gives none");
}

void simulates_is_honest(const CaseContext& context) {
  const bool claimed = has_tag(*context.component, "simulates");
  const bool offered = context.component->query(context.component, "steppe.simulate/1") != nullptr;
  if (claimed && !offered) fail("claims simulates, but offers no steppe.simulate/1");
  if (!claimed && offered) fail("offers steppe.simulate/1 without the tag simulates");
  if (!claimed) skip("does not claim simulates");
}

void scale_equivariant(const CaseContext& context) {
  needs_default_tag(context, "scale_equivariant");
  check_equivariance(context, [](double x) { return 1000 * x; }, "in units of a thousandth");
  check_equivariance(context, [](double x) { return x / 1024; }, "in units of 1024");
  check_equivariance(context, [](double x) { return 2.54 * x; }, "times 2.54");
}

void shift_equivariant(const CaseContext& context) {
  needs_default_tag(context, "shift_equivariant");
  check_equivariance(context, [](double x) { return x + 273.15; }, "plus 273.15");
  check_equivariance(context, [](double x) { return x - 4096; }, "minus 4096");
}

}  // namespace steppe::conformance::trend
