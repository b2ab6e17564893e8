// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <iterator>

#include "conformance/regression_case_bodies.hpp"
#include "conformance/regression_comparison.hpp"
#include "conformance/report_rules.hpp"
#include "conformance/trend_subject.hpp"

namespace steppe::conformance::regression {

namespace {

constexpr std::size_t kColumns = 2;
constexpr std::size_t kRows = 6;

std::string row_name(std::size_t i) { return " in row " + std::to_string(i + 1); }

// 1 and the row, or the row alone: what coefficients are multiplied with.
std::vector<double> design_row(const LinearPart& linear, std::span<const double> row) {
  std::vector<double> out;
  if (linear.has_intercept) out.push_back(1);
  out.insert(out.end(), row.begin(), row.end());
  return out;
}

void check_linear_row(const LinearPart& linear, std::span<const double> row,
                      const RegressionForecasts& p, std::size_t i) {
  const std::vector<double> x = design_row(linear, row);
  const std::size_t q = x.size();
  long double mean = 0;
  long double size = 0;
  long double variance = 0;
  for (std::size_t a = 0; a < q; ++a) {
    const long double term = static_cast<long double>(x[a]) * linear.coefficients[a];
    mean += term;
    size += std::fabs(term);
    for (std::size_t b = 0; b < q; ++b) {
      variance += static_cast<long double>(x[a]) * linear.covariance[a * q + b] * x[b];
    }
  }
  const auto total = static_cast<double>(variance + linear.residual_variance);
  if (!near(p.mean[i], static_cast<double>(mean), 1e-9, static_cast<double>(size))) {
    fail("the mean" + row_name(i) + " is " + number(p.mean[i]) +
         ", the coefficients of linear_model give " + number(static_cast<double>(mean)));
  }
  const auto spread = static_cast<double>(std::sqrt(variance));
  if (!near(p.se_mean[i], spread, 1e-6)) {
    fail("the standard error of the mean" + row_name(i) + " is " + number(p.se_mean[i]) +
         ", the covariance of linear_model gives " + number(spread));
  }
  if (!near(p.se_prediction[i], std::sqrt(total), 1e-6)) {
    fail("the standard error of the prediction" + row_name(i) + " is " +
         number(p.se_prediction[i]) + ", linear_model gives " + number(std::sqrt(total)));
  }
  if (!near(p.degrees_of_freedom[i], linear.degrees_of_freedom, 1e-12)) {
    fail("predict has " + number(p.degrees_of_freedom[i]) + " degrees of freedom, linear_model " +
         number(linear.degrees_of_freedom));
  }
}

void check_order(std::span<const double> quantiles, const char* what) {
  for (std::size_t k = 1; k < std::size(kProbabilities); ++k) {
    for (std::size_t i = 0; i < kRows; ++i) {
      const double low = quantiles[(k - 1) * kRows + i];
      const double high = quantiles[k * kRows + i];
      if (!(high < low)) continue;
      fail(std::string("the ") + number(kProbabilities[k]) + " quantile of the " + what +
           row_name(i) + " is " + number(high) + ", below the " + number(kProbabilities[k - 1]) +
           " quantile " + number(low));
    }
  }
}

}  // namespace

void minimum_is_honest(const CaseContext& context) {
  needs_default_tag(context, "minimum_observations");
  const RegressionSubject subject(context);
  const auto minimum =
      static_cast<std::size_t>(tag_value(*context.component, "minimum_observations", 1));
  // The least there can be: a regression without regressors.
  Answer answer;
  for (std::size_t n = 0; n < minimum; ++n) {
    const auto fit = subject.try_fit(sample_regression(n, 0, context.seed), answer);
    if (fit == nullptr && answer.status == STEPPE_INSUFFICIENT_DATA) continue;
    fail("claims minimum_observations " + std::to_string(minimum) + ", but answers " +
         std::to_string(n) + " rows with " + status_name(answer.status));
  }
  for (std::size_t columns = 0; columns < 2; ++columns) {
    const std::size_t n = minimum + columns;
    if (subject.try_fit(sample_regression(n, columns, context.seed), answer) != nullptr) return;
  }
  fail("claims minimum_observations " + std::to_string(minimum) + ", but answers " +
       text_of(answer));
}

void errors_and_quantiles_are_ordered(const CaseContext& context) {
  const RegressionSubject subject(context);
  const RegressionFit fit = subject.fit(subject.sample(kColumns));
  const RegressionForecasts p =
      fit.predict(new_rows(kRows, kColumns, context.seed), kRows, kProbabilities);
  for (std::size_t i = 0; i < kRows; ++i) {
    if (p.se_mean[i] < 0) fail("the standard error of the mean" + row_name(i) + " is negative");
    if (p.se_prediction[i] < p.se_mean[i]) {
      fail("the standard error of the prediction" + row_name(i) + " is " +
           number(p.se_prediction[i]) + ", that of the mean " + number(p.se_mean[i]) +
           ": a new observation is no more certain than its mean");
    }
    if (p.degrees_of_freedom[i] <= 0) fail("the degrees of freedom are not above 0");
    const std::size_t last = std::size(kProbabilities) - 1;
    if (p.prediction_quantiles[i] > p.mean_quantiles[i] ||
        p.prediction_quantiles[last * kRows + i] < p.mean_quantiles[last * kRows + i]) {
      fail("the 95 % interval of the prediction" + row_name(i) + " is inside that of the mean");
    }
  }
  check_order(p.mean_quantiles, "mean");
  check_order(p.prediction_quantiles, "prediction");
}

void intervals_are_honest(const CaseContext& context) {
  const RegressionSubject subject(context);
  const bool claimed = has_tag(*context.component, "intervals");
  const RegressionFit fit = subject.fit(subject.sample(kColumns));
  const RegressionForecasts p =
      fit.predict(new_rows(kRows, kColumns, context.seed), kRows, kProbabilities);
  for (const double value : p.prediction_quantiles) {
    if (claimed && !std::isfinite(value)) fail("claims intervals, but a quantile is undefined");
    if (!claimed && std::isfinite(value)) {
      fail("gives quantiles without the tag intervals: the host will not ask for them");
    }
  }
  if (!claimed) skip("does not claim intervals, and gives none");
}

void linear_model_agrees(const CaseContext& context) {
  const RegressionSubject subject(context);
  if (!subject.is_linear()) skip("offers no " STEPPE_LINEAR_MODEL);
  const RegressionFit fit = subject.fit(subject.sample(kColumns));
  const LinearPart linear = fit.linear();
  const std::size_t expected = kColumns + (linear.has_intercept ? 1 : 0);
  if (linear.coefficients.size() != expected) {
    fail("linear_model has " + std::to_string(linear.coefficients.size()) + " coefficients for " +
         std::to_string(kColumns) + " columns" + (linear.has_intercept ? " and an intercept" : ""));
  }
  const std::vector<double> rows = new_rows(kRows, kColumns, context.seed);
  const RegressionForecasts p = fit.predict(rows, kRows, kProbabilities);
  for (std::size_t i = 0; i < kRows; ++i) {
    check_linear_row(linear, std::span(rows).subspan(i * kColumns, kColumns), p, i);
  }
}

void fitted_is_predicted(const CaseContext& context) {
  if (has_tag(*context.component, "ordered_rows")) {
    skip("claims ordered_rows: rows to predict are those after the last observation");
  }
  const RegressionSubject subject(context);
  const RegressionSample data = subject.sample(kColumns);
  const RegressionFit fit = subject.fit(data);
  const std::vector<double> fitted = fit.fitted();
  const std::vector<double> mean = fit.predict(data.regressors, data.rows).mean;
  for (std::size_t i = 0; i < data.rows; ++i) {
    if (near(fitted[i], mean[i], 1e-9)) continue;
    fail("the fitted value" + row_name(i) + " is " + number(fitted[i]) + ", predict says " +
         number(mean[i]) + " for the same row");
  }
}

void r_squared_is_that_of_the_residuals(const CaseContext& context) {
  const RegressionSubject subject(context);
  const RegressionSample data = subject.sample(kColumns);
  const RegressionFit fit = subject.fit(data);
  const FitReport report = fit.report();
  const double* given = report.scalar("r_squared");
  if (given == nullptr) skip("reports no scalar r_squared");
  const std::vector<double> fitted = fit.fitted();
  // Without an intercept the sum of squares is about 0.
  const bool about_mean = !fit.is_linear() || fit.linear().has_intercept;
  long double mean = 0;
  for (const double y : data.target) mean += about_mean ? y : 0;
  mean /= static_cast<long double>(data.rows);
  long double residual = 0;
  long double total = 0;
  for (std::size_t i = 0; i < data.rows; ++i) {
    const long double y = data.target[i];
    residual += (y - fitted[i]) * (y - fitted[i]);
    total += (y - mean) * (y - mean);
  }
  const auto expected = static_cast<double>(1 - residual / total);
  if (!near(*given, expected, 1e-9, 1)) {
    fail("r_squared is " + number(*given) + ", but the fitted values give " + number(expected));
  }
}

void report_is_complete(const CaseContext& context) {
  const RegressionSubject subject(context);
  const RegressionFit fit = subject.fit(subject.sample(kColumns));
  const FitReport report = fit.report();
  const std::string* equation = report.text("equation");
  if (equation == nullptr || equation->empty()) fail("the report has no text \"equation\"");
  check_undefined_scalars(report);
  const ReportTable* table = report.table("coefficients");
  if (table != nullptr) check_parameters(*table);
  if (!fit.is_linear()) return;
  if (table == nullptr) fail("the report of a linear model has no table \"coefficients\"");
  const std::vector<double> estimates = *column_of(*table, "estimate");
  if (const auto i = first_difference(estimates, fit.linear().coefficients)) {
    fail("the coefficient " + table->rows[*i] + " is " + number(estimates[*i]) +
         " in the report, " + number(fit.linear().coefficients[*i]) + " in linear_model");
  }
}

namespace {

// Without weights a component that uses them either insists on them, or takes them all as 1.
void check_without_weights(const RegressionSubject& subject, RegressionSample data,
                           const std::vector<double>& rows) {
  const std::vector<double> ones = subject.fit(data).predict(rows, kRows).mean;
  data.weights.clear();
  data.weightless = true;
  Answer answer;
  const auto fit = subject.try_fit(data, answer);
  if (fit == nullptr) {
    if (!is_typed_refusal(answer.status)) fail("answers no weights with " + text_of(answer));
    return;
  }
  const std::vector<double> none = fit->predict(rows, kRows).mean;
  for (std::size_t i = 0; i < kRows; ++i) {
    if (!near(none[i], ones[i], 1e-9)) {
      fail("weights of 1 move the mean from " + number(none[i]) + " to " + number(ones[i]));
    }
  }
}

}  // namespace

void weights_are_honest(const CaseContext& context) {
  const RegressionSubject subject(context);
  RegressionSample data = subject.sample(kColumns);
  data.weights.assign(data.rows, 1);
  Answer answer;
  const auto fit = subject.try_fit(data, answer);
  if (!has_tag(*context.component, "uses_weights")) {
    if (fit != nullptr) fail("does not claim uses_weights, but takes weights without a word");
    if (answer.status != STEPPE_NOT_SUPPORTED) fail("answers weights with " + text_of(answer));
    skip("does not claim uses_weights, and refuses weights");
  }
  if (fit == nullptr) fail("claims uses_weights, but answers weights with " + text_of(answer));
  // A row of weight 0 is not there: what it says does not matter.
  const std::vector<double> rows = new_rows(kRows, kColumns, context.seed);
  check_without_weights(subject, data, rows);
  data.weights[3] = 0;
  const std::vector<double> first = subject.fit(data).predict(rows, kRows).mean;
  data.target[3] *= 100;
  const std::vector<double> second = subject.fit(data).predict(rows, kRows).mean;
  data.weights[3] = 1;
  const std::vector<double> third = subject.fit(data).predict(rows, kRows).mean;
  for (std::size_t i = 0; i < kRows; ++i) {
    if (!near(first[i], second[i], 1e-9)) {
      fail("a row of weight 0 moves the mean from " + number(first[i]) + " to " +
           number(second[i]));
    }
  }
  if (!first_difference(second, third)) fail("claims uses_weights, but weights change nothing");
}

}  // namespace steppe::conformance::regression
