// SPDX-License-Identifier: Apache-2.0
#include "conformance/trend_comparison.hpp"

#include <algorithm>

namespace steppe::conformance::trend {

namespace {

// The report as lines "r_squared = 0.98", so that a difference can be shown.
std::vector<std::string> lines_of(const FitReport& report) {
  std::vector<std::string> lines;
  for (const ReportText& text : report.texts) lines.push_back(text.name + " = " + text.value);
  for (const ReportScalar& scalar : report.scalars) {
    lines.push_back(scalar.name + " = " + number(scalar.value));
  }
  for (const ReportTable& table : report.tables) {
    for (std::size_t i = 0; i < table.values.size(); ++i) {
      lines.push_back(table.name + "[" + std::to_string(i / table.columns.size() + 1) + ", " +
                      table.columns[i % table.columns.size()] + "] = " + number(table.values[i]));
    }
  }
  for (const Warning& warning : report.warnings) {
    lines.push_back("warning " + warning.code + " = " + warning.text);
  }
  return lines;
}

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
  const std::vector<std::string> first = lines_of(a.fit.report(a.series));
  const std::vector<std::string> second = lines_of(b.fit.report(b.series));
  for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
    const std::string one = i < first.size() ? first[i] : "nothing";
    const std::string other = i < second.size() ? second[i] : "nothing";
    if (one == other) continue;
    fail(series_name(a.series) + ": the report says \"" + one + "\" " + words.first + ", \"" +
         other + "\" " + words.second);
  }
}

}  // namespace steppe::conformance::trend
