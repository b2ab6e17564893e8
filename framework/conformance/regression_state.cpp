// SPDX-License-Identifier: Apache-2.0
#include <iterator>

#include "conformance/four_threads.hpp"
#include "conformance/other_process.hpp"
#include "conformance/regression_case_bodies.hpp"
#include "conformance/regression_comparison.hpp"
#include "conformance/trend_subject.hpp"

namespace steppe::conformance::regression {

namespace {
constexpr std::size_t kColumns = 2;
constexpr std::size_t kRows = 6;
}  // namespace

void fit_twice_is_fit_once(const CaseContext& context) {
  const RegressionSubject subject(context);
  const RegressionSample data = subject.sample(kColumns);
  const RegressionSample other = sample_regression(subject.length() + 7, kColumns + 1, 99, 5);
  const std::vector<double> rows = new_rows(kRows, kColumns, context.seed);
  const RegressionFit first = subject.fit(data);
  const Said before = said_of(first, data.rows, rows, kRows);
  const RegressionFit between = subject.fit(other);
  compare(before, said_of(subject.fit(data), data.rows, rows, kRows),
          {"at the first fit", "after a fit of other data"});
  compare(before, said_of(first, data.rows, rows, kRows), {"before another fit", "after it"});
}

void instances_are_independent(const CaseContext& context) {
  const RegressionSubject one(context);
  const RegressionSubject two(context);
  const RegressionSample data = one.sample(kColumns);
  const RegressionSample other = sample_regression(one.length(), kColumns, 98, 4);
  const std::vector<double> rows = new_rows(kRows, kColumns, context.seed);
  const RegressionFit first = one.fit(data);
  const Said before = said_of(first, data.rows, rows, kRows);
  const RegressionFit second = two.fit(other);
  compare(before, said_of(first, data.rows, rows, kRows),
          {"alone", "after another instance has fitted other data"});
  compare(before, said_of(two.fit(data), data.rows, rows, kRows),
          {"on one instance", "on another"});
}

void calls_do_not_change_the_fit(const CaseContext& context) {
  const RegressionSubject subject(context);
  const RegressionSample data = subject.sample(kColumns);
  const std::vector<double> rows = new_rows(kRows, kColumns, context.seed);
  const std::vector<double> others = new_rows(3 * kRows, kColumns, context.seed + 1);
  const RegressionFit fit = subject.fit(data);
  const RegressionFit untouched = subject.fit(data);
  static_cast<void>(fit.predict(others, 3 * kRows, kProbabilities));
  static_cast<void>(fit.report());
  static_cast<void>(fit.fitted());
  compare(said_of(untouched, data.rows, rows, kRows), said_of(fit, data.rows, rows, kRows),
          {"at first", "after other calls of predict, report and fitted"});
  compare_reports(untouched, fit, {"at first", "after other calls"});
}

// Where rows follow the last observation in order, a row is asked for with those before it.
void rows_are_independent(const CaseContext& context) {
  const RegressionSubject subject(context);
  const bool ordered = has_tag(*context.component, "ordered_rows");
  const RegressionSample data = subject.sample(kColumns);
  const std::vector<double> rows = new_rows(kRows, kColumns, context.seed);
  const RegressionFit fit = subject.fit(data);
  const RegressionForecasts whole = fit.predict(rows, kRows, kProbabilities);
  for (std::size_t i = 0; i < kRows; ++i) {
    const std::size_t first = ordered ? 0 : i;
    const std::size_t count = i + 1 - first;
    const RegressionForecasts part = fit.predict(
        std::span(rows).subspan(first * kColumns, count * kColumns), count, kProbabilities);
    const auto differs = [&](const char* what, double a, double b) {
      if (same_bits(a, b)) return;
      fail(std::string(what) + " of row " + std::to_string(i + 1) + " is " + number(a) +
           (ordered ? " without the rows after it, " : " alone, ") + number(b) +
           (ordered ? " with them" : " among other rows"));
    };
    const std::size_t own = count - 1;
    differs("the mean", part.mean[own], whole.mean[i]);
    differs("the standard error of the mean", part.se_mean[own], whole.se_mean[i]);
    differs("the standard error of the prediction", part.se_prediction[own],
            whole.se_prediction[i]);
    for (std::size_t k = 0; k < std::size(kProbabilities); ++k) {
      differs("a quantile of the mean", part.mean_quantiles[k * count + own],
              whole.mean_quantiles[k * kRows + i]);
      differs("a quantile of the prediction", part.prediction_quantiles[k * count + own],
              whole.prediction_quantiles[k * kRows + i]);
    }
  }
}

void concurrent_predict(const CaseContext& context) {
  needs_tag(context, "concurrent_predict");
  const RegressionSubject subject(context);
  const RegressionFit fit = subject.fit(subject.sample(kColumns));
  std::vector<std::vector<double>> rows;
  std::vector<RegressionForecasts> alone;
  for (std::size_t t = 0; t < kThreads; ++t) {
    rows.push_back(new_rows(kRows + t, kColumns, context.seed + t));
    alone.push_back(fit.predict(rows[t], kRows + t, kProbabilities));
  }
  same_from_four_threads([&](std::size_t t) {
    RegressionForecasts seen;
    return fit.try_predict(rows[t], kRows + t, kProbabilities, seen).ok() &&
           !first_difference(alone[t].mean, seen.mean) &&
           !first_difference(alone[t].se_prediction, seen.se_prediction) &&
           !first_difference(alone[t].prediction_quantiles, seen.prediction_quantiles);
  });
}

void deterministic(const CaseContext& context) {
  needs_tag(context, "deterministic");
  const RegressionSubject subject(context);
  const RegressionSample data = subject.sample(kColumns);
  const std::vector<double> rows = new_rows(kRows, kColumns, context.seed);
  const Said here = said_of(subject.fit(data), data.rows, rows, kRows);
  compare(here, said_of(subject.fit(data), data.rows, rows, kRows), {"at first", "then"});
  const std::vector<double> there = numbers_of_other_process(here.numbers.size(), [&] {
    return said_of(subject.fit(data), data.rows, rows, kRows).numbers;
  });
  compare(here, {there, here.observations, here.rows}, {"here", "in another process"});
}

}  // namespace steppe::conformance::regression
