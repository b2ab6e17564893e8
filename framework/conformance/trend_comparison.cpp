// SPDX-License-Identifier: Apache-2.0
#include "conformance/trend_comparison.hpp"

#include "conformance/report_rules.hpp"

namespace steppe::conformance::trend {

namespace {

std::string series_name(std::size_t series) { return "series " + std::to_string(series + 1); }

}  // namespace

Said said_of(const FittedSeries& series, std::span<const double> future) {
  return {series.fit.everything(series.series, future), series.series, series.fit.rows(),
          future.size()};
}

void compare_said(const Said& a, const Said& b, const Words& words) {
  const auto i = first_difference(a.numbers, b.numbers);
  if (!i) return;
  fail(series_name(a.series) + ": " + part_name(*i, a.rows, a.horizon) + " is " +
       number(a.numbers[*i]) + " " + words.first + ", " + number(b.numbers[*i]) + " " +
       words.second);
}

void compare_series(const FittedSeries& a, const FittedSeries& b, std::span<const double> future,
                    const Words& words) {
  const steppe_status first = a.fit.statuses()[a.series];
  const steppe_status second = b.fit.statuses()[b.series];
  if (first != second) {
    fail(series_name(a.series) + ": the status is " + status_name(first) + " " + words.first +
         ", " + status_name(second) + " " + words.second);
  }
  compare_said(said_of(a, future), said_of(b, future), words);
}

void compare_fits(const TrendFit& a, const TrendFit& b, std::span<const double> future,
                  const Words& words) {
  for (std::size_t s = 0; s < a.count(); ++s) compare_series({a, s}, {b, s}, future, words);
}

void compare_reports(const FittedSeries& a, const FittedSeries& b, const Words& words) {
  const std::string difference =
      first_difference_of(report_lines(a.fit.report(a.series)),
                          report_lines(b.fit.report(b.series)), words.first, words.second);
  if (!difference.empty()) fail(series_name(a.series) + ": " + difference);
}

}  // namespace steppe::conformance::trend
