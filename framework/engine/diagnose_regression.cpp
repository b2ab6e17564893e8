// SPDX-License-Identifier: Apache-2.0
#include "engine/diagnose_regression.hpp"

#include <algorithm>
#include <cmath>

#include "evaluation/regression_diagnostics.hpp"

namespace steppe {
namespace {

// Null when the component has no such option, or one of another type.
template <typename Value>
const Value* regression_option(const RegressionStep& step, std::string_view name) {
  for (const NamedOption& candidate : step.component.options) {
    if (candidate.name == name) return std::get_if<Value>(&candidate.value);
  }
  return nullptr;
}

// A regressor whose coefficient is 0 or undefined has no part in the fit.
std::vector<bool> used_regressors(const DiagnosticsInput& input, const FitReport& report) {
  std::vector<bool> used(input.regressor_names.size(), true);
  const ReportTable* table = report.table("coefficients");
  if (table == nullptr || table->rows.size() != table->row_count()) return used;
  const auto estimate = std::find(table->columns.begin(), table->columns.end(), "estimate");
  if (estimate == table->columns.end()) return used;
  const auto column = static_cast<std::size_t>(estimate - table->columns.begin());
  for (std::size_t i = 0; i < used.size(); ++i) {
    const auto row = std::find(table->rows.begin(), table->rows.end(), input.regressor_names[i]);
    if (row == table->rows.end()) continue;
    const auto at = static_cast<std::size_t>(row - table->rows.begin());
    const double value = table->values[at * table->columns.size() + column];
    used[i] = !std::isnan(value) && value != 0;
  }
  return used;
}

// The conventions of the shipped regressions, which others may share: the options intercept,
// degrees, transform and covariance, and the scalars box_cox_lambda and rho of the report.
void read_model_conventions(const RegressionStep& step, const FitReport& report,
                            DiagnosticsInput& input) {
  input.model = step.component.id;
  if (const auto* intercept = regression_option<bool>(step, "intercept"))
    input.intercept = *intercept;
  const auto* degrees = regression_option<std::vector<std::int64_t>>(step, "degrees");
  if (degrees != nullptr && degrees->size() == input.regressor_names.size()) {
    input.degrees = *degrees;
  } else {
    input.used = used_regressors(input, report);
  }
  if (const auto* covariance = regression_option<std::string>(step, "covariance")) {
    input.covariance = *covariance;
  }
  const auto* transform = regression_option<std::string>(step, "transform");
  if (transform != nullptr && *transform == "log") input.scale = TargetScale::kLog;
  const double* lambda = report.scalar("box_cox_lambda");
  if (transform != nullptr && *transform == "box_cox" && lambda != nullptr) {
    input.scale = TargetScale::kBoxCox;
    input.box_cox_lambda = *lambda;
  }
  if (const double* rho = report.scalar("rho")) input.autocorrelation = *rho;
  input.has_condition_number = report.scalar("condition_number") != nullptr;
  const ReportTable* rows = report.table("observations");
  input.has_influence = rows != nullptr && std::find(rows->columns.begin(), rows->columns.end(),
                                                     "cooks_distance") != rows->columns.end();
}

}  // namespace

void diagnose_regression(const RegressionStep& step, const Calendar& calendar, const FitRows& rows,
                         SeriesResult& result) {
  if (result.detail == nullptr || result.detail->candidates.empty()) return;
  SeriesDetail& detail = *result.detail;
  const std::vector<double>& fitted = detail.in_sample.fitted;
  const bool usable =
      fitted.size() == rows.target.size() &&
      std::all_of(fitted.begin(), fitted.end(), [](double value) { return std::isfinite(value); });
  if (!usable) {
    detail.diagnostics.remark = "no tests: " + step.component.label + " gives no fitted values";
    return;
  }
  DiagnosticsInput input;
  input.calendar = &calendar;
  input.ordinals = rows.ordinals;
  input.regressors = rows.regressors;
  input.target = rows.target;
  input.fitted = fitted;
  input.weights = rows.weights;
  for (const RegressorRef& regressor : step.regressors) {
    input.regressor_names.push_back(regressor.label);
  }
  input.target_name = step.target.column;
  read_model_conventions(step, detail.candidates.front().report, input);
  input.request.cusum = step.diagnostics.cusum;
  input.request.breusch_godfrey_order =
      static_cast<std::size_t>(step.diagnostics.breusch_godfrey_order);
  std::string off_grid;
  if (step.diagnostics.chow) {
    const Result<std::int64_t> date = ordinal_of(*step.diagnostics.chow, calendar);
    if (date) input.request.chow = *date;
    if (!date) off_grid = date.error().message;
  }
  DiagnosticsReport report = diagnose(input);
  detail.diagnostics = std::move(report.diagnostics);
  if (!off_grid.empty()) {
    Diagnostic& chow = detail.diagnostics.tests.emplace_back();
    chow.test = "chow";
    chow.of = "regression";
    chow.verdict = "undefined: " + off_grid;
  }
  for (Warning& warning : report.warnings) result.warnings.push_back(std::move(warning));
}

}  // namespace steppe
