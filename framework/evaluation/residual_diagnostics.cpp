// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "evaluation/diagnostic_parts.hpp"

namespace steppe {
namespace {

using numerics::TestResult;

constexpr const char* kGap = "dates are missing between the rows";
constexpr const char* kApproximate =
    "; p is approximate, the residuals are not those of least squares";

// What a test says when it is passed and when it fails.
struct Words {
  const char* passed;
  const char* failed;
};

void undefine(Diagnostic& test, const std::string& reason) {
  test.outcome = DiagnosticOutcome::kUndefined;
  test.statistic = test.p = std::numeric_limits<double>::quiet_NaN();
  test.verdict = "undefined: " + reason;
}

void add_dof(const TestResult& result, Diagnostic& test) {
  test.values.push_back({"degrees_of_freedom", result.dof, ""});
  if (!std::isnan(result.denominator_dof)) {
    test.values.push_back({"denominator_degrees_of_freedom", result.denominator_dof, ""});
  }
}

Diagnostic judged(Diagnostic test, const TestResult& result, const TestedFit& fit,
                  const Words& words) {
  if (!result.defined()) {
    undefine(test, result.reason);
    return test;
  }
  test.statistic = result.statistic;
  test.p = result.p;
  const bool failed = result.p < kTestLevel;
  test.outcome = failed ? DiagnosticOutcome::kFailed : DiagnosticOutcome::kPassed;
  test.verdict = failed ? words.failed : words.passed;
  if (!fit.least_squares) test.verdict += kApproximate;
  return test;
}

Diagnostic on_residuals(const char* name, const char* reference) {
  Diagnostic out;
  out.test = name;
  out.of = "residuals";
  out.reference = reference;
  return out;
}

Diagnostic durbin_watson_test(const TestedFit& fit) {
  Diagnostic test = on_residuals(
      "durbin_watson", "Durbin and Watson 1951, Biometrika 38; p by Imhof 1961, Biometrika 48");
  if (!fit.consecutive) {
    undefine(test, kGap);
    return test;
  }
  const TestResult result = numerics::durbin_watson(fit.get());
  test = judged(std::move(test), result, fit,
                {"no autocorrelation of neighbours shown",
                 "positive autocorrelation: neighbouring residuals are alike"});
  if (!result.defined()) return test;
  const double negative = 1 - result.p;
  test.values.push_back({"p_negative", negative, ""});
  if (negative < kTestLevel) {
    test.outcome = DiagnosticOutcome::kFailed;
    test.verdict = "negative autocorrelation: neighbouring residuals alternate";
    if (!fit.least_squares) test.verdict += kApproximate;
  }
  return test;
}

// One cycle of the calendar, at most a quarter of the degrees of freedom.
std::size_t lag_order(const DiagnosticsInput& input, const TestedFit& fit) {
  if (input.request.breusch_godfrey_order > 0) return input.request.breusch_godfrey_order;
  std::size_t cycle = 1;
  switch (input.calendar->frequency) {
    case Frequency::kQuarterly:
    case Frequency::kWeekly:  // about a month
      cycle = 4;
      break;
    case Frequency::kMonthly:
      cycle = 12;
      break;
    case Frequency::kDaily:
      cycle = 7;
      break;
    case Frequency::kHourly:
      cycle = 24;
      break;
    case Frequency::kYearly:
      break;
  }
  const std::size_t used = fit.columns.size() + (input.intercept ? 1 : 0);
  const std::size_t dof = fit.rows() > used ? fit.rows() - used : 0;
  return std::max<std::size_t>(1, std::min(cycle, dof / 4));
}

Diagnostic breusch_godfrey_test(const DiagnosticsInput& input, const TestedFit& fit) {
  Diagnostic test = on_residuals(
      "breusch_godfrey",
      "Breusch 1978, Australian Economic Papers 17; Godfrey 1978, Econometrica 46 (F form)");
  const std::size_t order = lag_order(input, fit);
  test.values.push_back({"order", static_cast<double>(order), ""});
  if (!fit.consecutive) {
    undefine(test, kGap);
    return test;
  }
  const auto result = numerics::breusch_godfrey(fit.get(), order);
  const std::string up_to = order == 1 ? "at lag 1" : "up to lag " + std::to_string(order);
  test = judged(
      std::move(test), result.f, fit,
      {("no autocorrelation " + up_to + " shown").c_str(), ("autocorrelation " + up_to).c_str()});
  if (!result.f.defined()) return test;
  add_dof(result.f, test);
  test.values.push_back({"lagrange_multiplier", result.lagrange.statistic, ""});
  test.values.push_back({"lagrange_multiplier_p", result.lagrange.p, ""});
  return test;
}

Diagnostic variance_diagnostic(const char* name, const char* reference, const TestResult& result,
                               const TestedFit& fit) {
  Diagnostic test = judged(on_residuals(name, reference), result, fit,
                           {"no change of the variance with the regressors shown",
                            "the variance of the residuals changes with the regressors"});
  if (result.defined()) add_dof(result, test);
  return test;
}

Diagnostic jarque_bera_test(const TestedFit& fit) {
  Diagnostic test =
      on_residuals("jarque_bera", "Jarque and Bera 1980, Economics Letters 6, 255-259");
  if (numerics::is_exact_fit(fit.get())) {
    undefine(test, "the residuals are no larger than the rounding of the data");
    return test;
  }
  const auto result = numerics::jarque_bera(numerics::RegressionResiduals(fit.get()).residuals);
  test = judged(std::move(test), result.test, fit,
                {"no departure from a normal shape shown", "the residuals are not normal"});
  test.values.push_back({"skewness", result.skewness, ""});
  test.values.push_back({"kurtosis", result.kurtosis, ""});
  return test;
}

Diagnostic reset_test(const TestedFit& fit) {
  Diagnostic test =
      on_residuals("reset", "Ramsey 1969, Journal of the Royal Statistical Society B 31");
  test.of = "regression";
  const TestResult result = numerics::reset(fit.get());
  test = judged(std::move(test), result, fit,
                {"no curvature that the regression misses shown",
                 "squares or cubes of the fitted values add to it: the form is wrong"});
  if (result.defined()) add_dof(result, test);
  return test;
}

Diagnostic chow_test(const DiagnosticsInput& input, const TestedFit& fit) {
  Diagnostic test = on_residuals("chow", "Chow 1960, Econometrica 28, 591-605");
  test.of = "regression";
  const auto first =
      std::lower_bound(fit.ordinals.begin(), fit.ordinals.end(), *input.request.chow);
  const auto row = static_cast<std::size_t>(first - fit.ordinals.begin());
  const auto result = numerics::chow(fit.get(), row);
  const std::string date = label_of(*input.request.chow, *input.calendar);
  test = judged(std::move(test), result.test, fit,
                {("no change of the coefficients at " + date + " shown").c_str(),
                 ("the coefficients before and from " + date + " differ").c_str()});
  test.values.push_back({"rows_before", static_cast<double>(row), ""});
  test.values.push_back({"rows_from", static_cast<double>(fit.rows() - row), ""});
  if (!result.test.defined()) return test;
  add_dof(result.test, test);
  if (result.predictive) {
    test.verdict += " (predictive form: one part has too few rows for a fit of its own)";
  }
  return test;
}

ReportTable cusum_table(const DiagnosticsInput& input, const TestedFit& fit,
                        const numerics::Cusum& result) {
  ReportTable table{"path", {"recursive_residual", "path", "boundary"}, {}, {}, {}};
  for (std::size_t i = 0; i < fit.rows(); ++i) {
    if (std::isnan(result.path[i])) continue;
    table.rows.push_back(label_of(fit.ordinals[i], *input.calendar));
    table.values.insert(table.values.end(),
                        {result.recursive_residuals[i], result.path[i], result.boundary[i]});
  }
  return table;
}

Diagnostic cusum_test(const DiagnosticsInput& input, const TestedFit& fit) {
  Diagnostic test = on_residuals(
      "cusum", "Brown, Durbin and Evans 1975, Journal of the Royal Statistical Society B 37");
  test.of = "regression";
  if (!fit.consecutive) {
    undefine(test, kGap);
    return test;
  }
  const auto result = numerics::cusum(fit.get());
  if (!result.test.defined()) {
    undefine(test, result.test.reason);
    return test;
  }
  test.statistic = result.test.statistic;
  test.p = result.test.p;
  test.values.push_back({"boundary_5", numerics::kCusumBoundary, ""});
  test.outcome = DiagnosticOutcome::kPassed;
  test.verdict = "the path stays inside its 5 % boundary";
  for (std::size_t i = 0; i < fit.rows(); ++i) {
    if (!(std::fabs(result.path[i]) > result.boundary[i])) continue;
    test.outcome = DiagnosticOutcome::kFailed;
    test.verdict = "the path leaves its 5 % boundary at " +
                   label_of(fit.ordinals[i], *input.calendar) + ": the coefficients drift";
    break;
  }
  test.tables.push_back(cusum_table(input, fit, result));
  return test;
}

}  // namespace

void add_residual_tests(const DiagnosticsInput& input, const TestedFit& fit, Diagnostics& out) {
  out.tests.push_back(durbin_watson_test(fit));
  out.tests.push_back(breusch_godfrey_test(input, fit));
  out.tests.push_back(variance_diagnostic(
      "breusch_pagan",
      "Breusch and Pagan 1979, Econometrica 47; Koenker 1981, Journal of Econometrics 17",
      numerics::breusch_pagan(fit.plain_get()), fit));
  out.tests.push_back(variance_diagnostic("white", "White 1980, Econometrica 48, 817-838",
                                          numerics::white(fit.plain_get()), fit));
  out.tests.push_back(jarque_bera_test(fit));
  out.tests.push_back(reset_test(fit));
}

void add_stability_tests(const DiagnosticsInput& input, const TestedFit& fit, Diagnostics& out) {
  if (input.request.chow) out.tests.push_back(chow_test(input, fit));
  if (input.request.cusum) out.tests.push_back(cusum_test(input, fit));
}

}  // namespace steppe
