// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "evaluation/diagnostic_parts.hpp"

namespace steppe {
namespace {

constexpr double kHighCondition = 30;       // Belsley, Kuh, Welsch 1980, 3.2
constexpr double kHighInflation = 10;       // Marquardt 1970
constexpr double kHighDistance = 1;         // Cook and Weisberg 1982, 3.5
constexpr std::size_t kTableRows = 10'000;  // beyond, a row per observation is no help

Diagnostic condition_number(double value) {
  Diagnostic out;
  out.test = "condition_number";
  out.of = "regressors";
  out.reference = "Belsley, Kuh and Welsch 1980, Regression Diagnostics, section 3.2";
  out.statistic = value;
  if (std::isnan(value)) {
    out.verdict = "undefined: no regressor varies";
    return out;
  }
  const bool high = value > kHighCondition;
  out.outcome = high ? DiagnosticOutcome::kFailed : DiagnosticOutcome::kPassed;
  out.verdict = high ? "above 30: the regressors nearly depend on one another"
                     : "at most 30: the regressors are well apart";
  return out;
}

Diagnostic variance_inflation(const std::string& name, double value) {
  Diagnostic out;
  out.test = "variance_inflation";
  out.of = name;
  out.reference = "Marquardt 1970, Technometrics 12, 591-612";
  if (std::isinf(value)) {
    out.verdict = "undefined: it is a combination of the regressors before it";
    return out;
  }
  out.statistic = value;
  const bool high = value > kHighInflation;
  out.outcome = high ? DiagnosticOutcome::kFailed : DiagnosticOutcome::kPassed;
  out.verdict = high ? "above 10: the other regressors nearly give it"
                     : "at most 10: it brings something of its own";
  return out;
}

// Row with the largest Cook's distance; n when none is defined.
std::size_t most_influential(const numerics::Influence& found) {
  std::size_t best = found.cooks_distance.size();
  for (std::size_t i = 0; i < found.cooks_distance.size(); ++i) {
    if (std::isnan(found.cooks_distance[i])) continue;
    if (best == found.cooks_distance.size() ||
        found.cooks_distance[i] > found.cooks_distance[best]) {
      best = i;
    }
  }
  return best;
}

ReportTable influence_table(const DiagnosticsInput& input, const TestedFit& fit,
                            const numerics::Influence& found) {
  ReportTable table{"influence", {"studentized_residual", "dffits"}, {}, {}, {}};
  if (!input.has_influence) {
    table.columns.insert(table.columns.end(), {"leverage", "cooks_distance"});
  }
  for (std::size_t i = 0; i < fit.rows(); ++i) {
    table.rows.push_back(label_of(fit.ordinals[i], *input.calendar));
    table.values.insert(table.values.end(), {found.studentized[i], found.dffits[i]});
    if (!input.has_influence) {
      table.values.insert(table.values.end(), {found.leverage[i], found.cooks_distance[i]});
    }
  }
  return table;
}

Diagnostic influence_of_rows(const DiagnosticsInput& input, const TestedFit& fit,
                             const numerics::Influence& found) {
  Diagnostic out;
  out.test = "influence";
  out.of = "observations";
  out.reference = "Cook 1977, Technometrics 19; Belsley, Kuh and Welsch 1980, chapter 2";
  const std::size_t row = most_influential(found);
  if (row == fit.rows()) {
    out.verdict = "undefined: no residual is more than rounding";
    return out;
  }
  out.statistic = found.cooks_distance[row];
  const bool high = out.statistic > kHighDistance;
  const std::string date = label_of(fit.ordinals[row], *input.calendar);
  out.outcome = high ? DiagnosticOutcome::kFailed : DiagnosticOutcome::kPassed;
  out.verdict =
      high ? "Cook's distance above 1: without " + date + " the coefficients would be others"
           : "at most 1: no single row decides; " + date + " does most";
  if (fit.rows() < kTableRows) out.tables.push_back(influence_table(input, fit, found));
  return out;
}

}  // namespace

void add_influence(const DiagnosticsInput& input, const TestedFit& fit, Diagnostics& out) {
  const numerics::Influence rows = numerics::influence(fit.get());
  // Weighted rows have a column for the constant, which is no regressor.
  const bool same = fit.design.size() == fit.plain.size();
  numerics::RegressionResiduals plain = fit.plain_get();
  plain.intercept = input.intercept;
  const numerics::Influence columns = same ? rows : numerics::influence(plain);
  if (!input.has_condition_number) {
    out.tests.push_back(condition_number(columns.condition_number));
  }
  for (std::size_t c = 0; c < fit.columns.size() && fit.columns.size() > 1; ++c) {
    out.tests.push_back(variance_inflation(fit.columns[c], columns.variance_inflation[c]));
  }
  out.tests.push_back(influence_of_rows(input, fit, rows));
}

}  // namespace steppe
