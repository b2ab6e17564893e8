// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "conformance/four_threads.hpp"
#include "conformance/other_process.hpp"
#include "conformance/trend_case_bodies.hpp"
#include "conformance/trend_comparison.hpp"
#include "conformance/trend_subject.hpp"

namespace steppe::conformance::trend {

namespace {

constexpr std::size_t kStateHorizon = 6;

std::vector<double> numbers_of(const TrendFit& fit, std::span<const double> future) {
  std::vector<double> out;
  for (std::size_t s = 0; s < fit.count(); ++s) {
    const std::vector<double> one = fit.everything(s, future);
    out.insert(out.end(), one.begin(), one.end());
  }
  return out;
}

}  // namespace

void fit_twice_is_fit_once(const CaseContext& context) {
  const TrendSubject subject(context);
  const TrendData data = subject.fittable(3);
  TrendData other = subject.sample(5);
  for (auto& series : other.series) {
    std::ranges::reverse(series);
    for (double& value : series) value *= 3;
  }
  const std::vector<double> future = times(data.size() + 1, kStateHorizon);
  const TrendFit first = subject.fit(data);
  const Said before = said_of({first, 0}, future);
  const TrendFit between = subject.fit(other);
  const TrendFit again = subject.fit(data);
  compare_fits(first, again, future, {"at the first fit", "after a fit of other data"});
  compare_said(before, said_of({first, 0}, future), {"before another fit", "after it"});
}

void instances_are_independent(const CaseContext& context) {
  const TrendSubject one(context);
  const TrendSubject two(context);
  const TrendData data = one.fittable(3);
  const std::vector<double> future = times(data.size() + 1, kStateHorizon);
  const TrendFit first = one.fit(data);
  const Said before = said_of({first, 0}, future);
  TrendData other = data;
  for (auto& series : other.series) {
    for (double& value : series) value = 3 * value + 1;
  }
  const TrendFit second = two.fit(other);
  static_cast<void>(second.predict(future));
  compare_said(before, said_of({first, 0}, future),
               {"alone", "after another instance has fitted other data"});
  compare_fits(first, two.fit(data), future, {"on one instance", "on another"});
}

void calls_do_not_change_the_fit(const CaseContext& context) {
  const TrendSubject subject(context);
  const TrendData data = subject.fittable(3);
  const std::vector<double> future = times(data.size() + 1, kStateHorizon);
  const std::vector<double> far = times(data.size() + 5, 2 * kStateHorizon);
  const TrendFit fit = subject.fit(data);
  const TrendFit untouched = subject.fit(data);
  for (std::size_t s = 0; s < fit.count(); ++s) {
    static_cast<void>(fit.predict(far, kProbabilities));
    static_cast<void>(fit.report(s));
    static_cast<void>(fit.report(s));
    static_cast<void>(fit.statistics(STEPPE_STATISTIC_BIC));
    static_cast<void>(fit.fitted());
    compare_series({untouched, s}, {fit, s}, future,
                   {"at first", "after other calls of predict, report, statistics and fitted"});
    compare_reports({untouched, s}, {fit, s}, {"at first", "after other calls"});
  }
}

void horizon_is_a_prefix(const CaseContext& context) {
  const TrendSubject subject(context);
  const TrendData data = subject.fittable(3);
  const TrendFit fit = subject.fit(data);
  const std::vector<double> future = times(data.size() + 1, 3 * kStateHorizon);
  const TrendPrediction whole = fit.predict(future, kProbabilities);
  for (const std::size_t h :
       {std::size_t{1}, std::size_t{2}, kStateHorizon, 3 * kStateHorizon - 1}) {
    const TrendPrediction part = fit.predict(std::span(future).first(h), kProbabilities);
    const auto differs = [&](const char* what, std::size_t step, double a, double b) {
      if (same_bits(a, b)) return;
      fail(std::string(what) + " at horizon " + std::to_string(step + 1) + " is " + number(a) +
           " when " + std::to_string(h) + " steps are wanted, " + number(b) + " when " +
           std::to_string(3 * kStateHorizon) + " are");
    };
    for (std::size_t i = 0; i < h * fit.count(); ++i) {
      const std::size_t step = i / fit.count();
      const std::size_t s = i % fit.count();
      differs("the mean", step, part.mean_at(step, s), whole.mean_at(step, s));
      differs("the standard error", step, part.error_at(step, s), whole.error_at(step, s));
      for (std::size_t k = 0; k < std::size(kProbabilities); ++k) {
        differs("a quantile", step, part.quantile_at(k, step, s), whole.quantile_at(k, step, s));
      }
    }
  }
}

void probabilities_are_independent(const CaseContext& context) {
  const TrendSubject subject(context);
  const TrendData data = subject.fittable(3);
  const TrendFit fit = subject.fit(data);
  const std::vector<double> future = times(data.size() + 1, kStateHorizon);
  const TrendPrediction all = fit.predict(future, kProbabilities);
  const TrendPrediction none = fit.predict(future);
  if (first_difference(all.mean, none.mean)) {
    fail("the mean is another one when no quantiles are wanted");
  }
  for (std::size_t k = 0; k < std::size(kProbabilities); ++k) {
    const TrendPrediction one = fit.predict(future, std::span(kProbabilities).subspan(k, 1));
    for (std::size_t i = 0; i < kStateHorizon * fit.count(); ++i) {
      const double a = one.quantiles[i];
      const double b = all.quantiles[k * kStateHorizon * fit.count() + i];
      if (same_bits(a, b)) continue;
      fail("the quantile " + number(kProbabilities[k]) + " at horizon " +
           std::to_string(i / fit.count() + 1) + " is " + number(a) + " asked for alone, " +
           number(b) + " among others");
    }
  }
}

void concurrent_predict(const CaseContext& context) {
  needs_tag(context, "concurrent_predict");
  const TrendSubject subject(context);
  const TrendData data = subject.fittable(5);
  const TrendFit fit = subject.fit(data);
  std::vector<std::vector<double>> wanted;
  std::vector<TrendPrediction> alone;
  for (std::size_t t = 0; t < kThreads; ++t) {
    wanted.push_back(times(data.size() + 1 + 3 * t, kStateHorizon + t));
    alone.push_back(fit.predict(wanted[t], kProbabilities));
  }
  same_from_four_threads([&](std::size_t t) {
    TrendPrediction seen;
    return fit.try_predict(wanted[t], kProbabilities, seen).ok() &&
           !first_difference(alone[t].mean, seen.mean) &&
           !first_difference(alone[t].standard_error, seen.standard_error) &&
           !first_difference(alone[t].quantiles, seen.quantiles);
  });
}

void deterministic(const CaseContext& context) {
  needs_tag(context, "deterministic");
  const TrendSubject subject(context);
  const TrendData data = subject.fittable(5);
  const std::vector<double> future = times(data.size() + 1, kStateHorizon);
  const std::vector<double> here = numbers_of(subject.fit(data), future);
  static_cast<void>(subject.fit_one(data, 0));  // so that what a fit leaves behind is another
  const std::vector<double> again = numbers_of(subject.fit(data), future);
  const auto report = [&](std::size_t i, const char* where, double other) {
    const std::size_t each = here.size() / data.count();
    fail("series " + std::to_string(i / each + 1) + ": " +
         part_name(i % each, data.size(), kStateHorizon) + " is " + number(here[i]) + ", then " +
         number(other) + " " + where);
  };
  if (const auto i = first_difference(here, again)) report(*i, "for the same data", again[*i]);
  const std::vector<double> there =
      numbers_of_other_process(here.size(), [&] { return numbers_of(subject.fit(data), future); });
  if (const auto i = first_difference(here, there)) report(*i, "in another process", there[*i]);
}

}  // namespace steppe::conformance::trend
