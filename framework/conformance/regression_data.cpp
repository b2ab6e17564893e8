// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "conformance/regression_case_bodies.hpp"
#include "conformance/regression_comparison.hpp"
#include "conformance/trend_subject.hpp"

namespace steppe::conformance::regression {

namespace {

constexpr std::size_t kColumns = 3;
constexpr std::size_t kRows = 5;
constexpr double kRounding = 1e-9;

// Coefficients without the constant, where the component is linear.
std::vector<double> slopes_of(const RegressionFit& fit) {
  const LinearPart linear = fit.linear();
  return {linear.coefficients.begin() + (linear.has_intercept ? 1 : 0), linear.coefficients.end()};
}

void compare_slopes(const std::vector<double>& seen, const std::vector<double>& expected,
                    const std::string& when) {
  if (seen.size() != expected.size()) fail("the number of coefficients changes " + when);
  for (std::size_t j = 0; j < seen.size(); ++j) {
    if (near(seen[j], expected[j], kRounding)) continue;
    fail("the coefficient of column " + std::to_string(j + 1) + " is " + number(seen[j]) + " " +
         when + ", not " + number(expected[j]));
  }
}

// Fits data and mapped data; forecasts of the second have to be map(those of the first).
template <typename Map>
void check_target(const CaseContext& context, Map&& map, double error_factor, const char* words) {
  const RegressionSubject subject(context);
  const RegressionSample data = subject.sample(kColumns);
  RegressionSample mapped = data;
  for (double& y : mapped.target) y = map(y);
  const std::vector<double> rows = new_rows(kRows, kColumns, context.seed);
  RegressionForecasts expected = subject.fit(data).predict(rows, kRows, kProbabilities);
  for (auto* part : {&expected.mean, &expected.mean_quantiles, &expected.prediction_quantiles}) {
    for (double& value : *part) value = map(value);
  }
  for (auto* part : {&expected.se_mean, &expected.se_prediction}) {
    for (double& value : *part) value *= error_factor;
  }
  compare_forecasts(subject.fit(mapped).predict(rows, kRows, kProbabilities), expected, kRounding,
                    {words, "mapped from the forecasts of the first target"});
}

}  // namespace

void layout_does_not_matter(const CaseContext& context) {
  const RegressionSubject subject(context);
  const RegressionSample data = subject.sample(kColumns);
  const std::vector<double> rows = new_rows(kRows, kColumns, context.seed);
  compare(said_of(subject.fit(data), data.rows, rows, kRows),
          said_of(subject.fit(data, true), data.rows, rows, kRows),
          {"for dense data", "for data with other numbers between the elements"});
}

void row_order_does_not_matter(const CaseContext& context) {
  const RegressionSubject subject(context);
  const RegressionSample data = subject.sample(kColumns);
  RegressionSample turned = data;
  for (std::size_t i = 0; i < data.rows; ++i) {
    const std::size_t from = data.rows - 1 - i;
    turned.target[i] = data.target[from];
    for (std::size_t j = 0; j < kColumns; ++j) turned.at(i, j) = data.at(from, j);
  }
  const std::vector<double> rows = new_rows(kRows, kColumns, context.seed);
  const RegressionForecasts here = subject.fit(data).predict(rows, kRows, kProbabilities);
  const RegressionForecasts there = subject.fit(turned).predict(rows, kRows, kProbabilities);
  if (!has_tag(*context.component, "ordered_rows")) {
    return compare_forecasts(here, there, kRounding,
                             {"in this order of the rows", "in another order"});
  }
  for (std::size_t i = 0; i < kRows; ++i) {
    if (!near(here.mean[i], there.mean[i], kRounding)) return;
  }
  fail("claims ordered_rows, but the rows in reverse order give the same forecasts");
}

void column_order_permutes(const CaseContext& context) {
  if (has_tag(*context.component, "pooled_rows")) {
    skip("claims pooled_rows: its last column is the key of each row");
  }
  const RegressionSubject subject(context);
  const RegressionSample data = subject.sample(kColumns);
  RegressionSample turned = data;
  std::ranges::reverse(turned.names);
  const auto turn = [](std::vector<double>& cells) {
    for (std::size_t i = 0; i + kColumns <= cells.size(); i += kColumns) {
      std::reverse(cells.begin() + static_cast<std::ptrdiff_t>(i),
                   cells.begin() + static_cast<std::ptrdiff_t>(i + kColumns));
    }
  };
  turn(turned.regressors);
  std::vector<double> rows = new_rows(kRows, kColumns, context.seed);
  const RegressionFit fit = subject.fit(data);
  const RegressionFit other = subject.fit(turned);
  const RegressionForecasts first = fit.predict(rows, kRows, kProbabilities);
  turn(rows);
  compare_forecasts(first, other.predict(rows, kRows, kProbabilities), kRounding,
                    {"in this order of the columns", "in reverse order"});
  if (!fit.is_linear()) return;
  std::vector<double> slopes = slopes_of(other);
  std::ranges::reverse(slopes);
  compare_slopes(slopes, slopes_of(fit), "when the columns are in reverse order");
}

void column_scale_scales(const CaseContext& context) {
  needs_default_tag(context, "scale_equivariant");
  const RegressionSubject subject(context);
  constexpr double kFactor = 1000;
  const RegressionSample data = subject.sample(kColumns);
  RegressionSample scaled = data;
  for (std::size_t i = 0; i < data.rows; ++i) scaled.at(i, 1) *= kFactor;
  std::vector<double> rows = new_rows(kRows, kColumns, context.seed);
  const RegressionFit fit = subject.fit(data);
  const RegressionFit other = subject.fit(scaled);
  const RegressionForecasts first = fit.predict(rows, kRows, kProbabilities);
  for (std::size_t i = 0; i < kRows; ++i) rows[i * kColumns + 1] *= kFactor;
  compare_forecasts(first, other.predict(rows, kRows, kProbabilities), kRounding,
                    {"with a column as it is", "with the column times 1000"});
  if (!fit.is_linear()) return;
  std::vector<double> expected = slopes_of(fit);
  expected[1] /= kFactor;
  compare_slopes(slopes_of(other), expected, "when column 2 is multiplied by 1000");
}

void target_scale_scales(const CaseContext& context) {
  needs_default_tag(context, "scale_equivariant");
  check_target(context, [](double y) { return 1000 * y; }, 1000, "with the target times 1000");
}

void target_shift_shifts(const CaseContext& context) {
  needs_default_tag(context, "shift_equivariant");
  check_target(context, [](double y) { return y + 4096; }, 1, "with the target plus 4096");
}

}  // namespace steppe::conformance::regression
