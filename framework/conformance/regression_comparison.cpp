// SPDX-License-Identifier: Apache-2.0
#include "conformance/regression_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "conformance/report_rules.hpp"
#include "conformance/trend_subject.hpp"

namespace steppe::conformance::regression {

namespace {

std::string part_name(std::size_t i, const Said& said) {
  if (i < said.observations) return "the fitted value in row " + std::to_string(i + 1);
  i -= said.observations;
  const std::size_t k = std::size(kProbabilities);
  const std::pair<const char*, std::size_t> parts[] = {
      {"the mean", said.rows},
      {"the standard error of the mean", said.rows},
      {"the standard error of the prediction", said.rows},
      {"a quantile of the mean", k * said.rows},
      {"a quantile of the prediction", k * said.rows},
      {"the degrees of freedom", said.rows}};
  for (const auto& [name, size] : parts) {
    if (i < size) return std::string(name) + " in row " + std::to_string(i % said.rows + 1);
    i -= size;
  }
  return "a number";
}

double largest(const std::vector<double>& values) {
  double out = 0;
  for (const double value : values) out = std::max(out, std::fabs(value));
  return out;
}

}  // namespace

Said said_of(const RegressionFit& fit, std::size_t observations,
             const std::vector<double>& regressors, std::size_t rows) {
  return {fit.everything(regressors, rows), observations, rows};
}

void compare(const Said& a, const Said& b, const Words& words) {
  const auto i = first_difference(a.numbers, b.numbers);
  if (!i) return;
  fail(part_name(*i, a) + " is " + number(a.numbers[*i]) + " " + words.first + ", " +
       number(b.numbers[*i]) + " " + words.second);
}

void compare_forecasts(const RegressionForecasts& a, const RegressionForecasts& b, double tolerance,
                       const Words& words) {
  const auto each = [&](const char* name, const std::vector<double>& one,
                        const std::vector<double>& other) {
    const double size = std::max(largest(one), largest(other));
    for (std::size_t i = 0; i < one.size(); ++i) {
      if (near(one[i], other[i], tolerance, size)) continue;
      fail(std::string(name) + " in row " + std::to_string(i % a.rows + 1) + " is " +
           number(one[i]) + " " + words.first + ", " + number(other[i]) + " " + words.second);
    }
  };
  each("the mean", a.mean, b.mean);
  each("the standard error of the mean", a.se_mean, b.se_mean);
  each("the standard error of the prediction", a.se_prediction, b.se_prediction);
  each("a quantile of the mean", a.mean_quantiles, b.mean_quantiles);
  each("a quantile of the prediction", a.prediction_quantiles, b.prediction_quantiles);
}

void compare_reports(const RegressionFit& a, const RegressionFit& b, const Words& words) {
  const std::vector<std::string> first = report_lines(a.report());
  const std::vector<std::string> second = report_lines(b.report());
  const std::string difference = first_difference_of(first, second, words.first, words.second);
  if (!difference.empty()) fail(difference);
}

}  // namespace steppe::conformance::regression
