// SPDX-License-Identifier: Apache-2.0
// Unit roots of each series, cointegration of those that trend, and the regression that only
// trends make.

#include <algorithm>
#include <cmath>

#include "evaluation/diagnostic_parts.hpp"
#include "steppe/numerics/unit_root.hpp"

namespace steppe {
namespace {

using numerics::Deterministics;
using numerics::UnitRootTest;

// A series under test.
struct Candidate {
  std::string name;
  std::vector<double> values;
  bool trends = false;  // a line explains it and a unit root is not rejected
  VectorView view() const { return {values.data(), values.size()}; }
};

void fill(const UnitRootTest& result, Diagnostic& test) {
  if (!result.defined()) {
    test.verdict = "undefined: " + result.reason;
    return;
  }
  test.statistic = result.statistic;
  test.p = result.p;
  test.outcome = DiagnosticOutcome::kInformation;
  test.values.push_back({"lags", static_cast<double>(result.lags), ""});
  test.values.push_back({"observations", static_cast<double>(result.observations), ""});
  test.values.push_back({"critical_5", result.critical_5, ""});
}

// p is for many observations; the 5 % value for these is the better judge.
bool rejects(const UnitRootTest& result) { return result.statistic < result.critical_5; }

const char* about(Deterministics terms) {
  return terms == Deterministics::kTrend ? " (constant and line)" : " (constant)";
}

Diagnostic dickey_fuller(const Candidate& series, const UnitRootTest& result) {
  Diagnostic test;
  test.test = "augmented_dickey_fuller";
  test.of = series.name;
  test.reference =
      "Said and Dickey 1984, Biometrika 71; p: MacKinnon 1994, JBES 12; 5 %: MacKinnon 2010";
  fill(result, test);
  if (!result.defined()) return test;
  const bool wanders = !rejects(result);
  test.verdict = (wanders ? "may wander: a unit root is not rejected"
                          : "comes back: a unit root is rejected") +
                 std::string(about(result.terms));
  return test;
}

Diagnostic kpss_test(const Candidate& series, Deterministics terms) {
  Diagnostic test;
  test.test = "kpss";
  test.of = series.name;
  test.reference = "Kwiatkowski, Phillips, Schmidt and Shin 1992, Journal of Econometrics 54";
  const UnitRootTest result = numerics::kpss(series.view(), terms);
  fill(result, test);
  if (!result.defined()) return test;
  const bool wanders = result.p < kTestLevel;
  test.verdict = (wanders ? "wanders: stationarity is rejected" : "stationarity is not rejected") +
                 std::string(about(terms));
  // The table of the source ends there.
  if (result.p <= 0.01) test.values.push_back({"p_at_most", 0.01, ""});
  if (result.p >= 0.1) test.values.push_back({"p_at_least", 0.1, ""});
  return test;
}

void add_unit_roots(Candidate& series, Diagnostics& out) {
  const numerics::LineTest line = numerics::test_line(series.view());
  const bool sloping = line.p < kTestLevel;
  const Deterministics terms = sloping ? Deterministics::kTrend : Deterministics::kConstant;
  const UnitRootTest result = numerics::augmented_dickey_fuller(series.view(), terms);
  // On a straight line there is no test, and nothing but trend.
  series.trends = sloping && (!result.defined() || !rejects(result));
  out.tests.push_back(dickey_fuller(series, result));
  out.tests.push_back(kpss_test(series, terms));
}

Diagnostic engle_granger(const Candidate& target, const std::vector<const Candidate*>& with) {
  Diagnostic test;
  test.test = "engle_granger";
  test.of = target.name + " ~ ";
  const std::size_t n = target.values.size();
  std::vector<double> design;
  for (std::size_t c = 0; c < with.size(); ++c) test.of += (c == 0 ? "" : " + ") + with[c]->name;
  for (std::size_t i = 0; i < n; ++i) {
    for (const Candidate* series : with) design.push_back(series->values[i]);
  }
  test.reference =
      "Engle and Granger 1987, Econometrica 55; p: MacKinnon 1994, JBES 12; 5 %: MacKinnon 2010";
  const UnitRootTest result =
      numerics::engle_granger(target.view(), {design.data(), n, with.size()});
  fill(result, test);
  if (!result.defined()) return test;
  if (std::isnan(result.p)) {
    test.outcome = DiagnosticOutcome::kUndefined;
    test.verdict = "undefined: no table for more than five regressors";
    return test;
  }
  const bool together = rejects(result);
  test.outcome = together ? DiagnosticOutcome::kPassed : DiagnosticOutcome::kFailed;
  test.verdict = together ? "the trends keep together: cointegration"
                          : "not shown that the trends keep together";
  return test;
}

double watson_ratio(const DiagnosticsInput& input, double& r_squared) {
  const std::size_t n = input.target.size();
  double mean = 0, changes = 0, residual_ss = 0, total_ss = 0, before = 0;
  for (const double y : input.target) mean += y / static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double e = input.target[i] - input.fitted[i];
    if (i > 0) changes += (e - before) * (e - before);
    residual_ss += e * e;
    total_ss += (input.target[i] - mean) * (input.target[i] - mean);
    before = e;
  }
  r_squared = 1 - residual_ss / total_ss;
  return changes / residual_ss;
}

Diagnostic granger_newbold(const DiagnosticsInput& input) {
  Diagnostic test;
  test.test = "granger_newbold";
  test.of = "regression";
  test.reference = "Granger and Newbold 1974, Journal of Econometrics 2, 111-120";
  double r_squared = 0;
  const double ratio = watson_ratio(input, r_squared);
  if (!std::isfinite(ratio) || !std::isfinite(r_squared)) {
    test.verdict = "undefined: no residuals, or a target that never changes";
    return test;
  }
  test.statistic = r_squared;
  test.values.push_back({"durbin_watson", ratio, ""});
  const bool above = r_squared > ratio;
  test.outcome = above ? DiagnosticOutcome::kFailed : DiagnosticOutcome::kPassed;
  test.verdict = above ? "R squared is above Durbin-Watson: a sign of a spurious regression"
                       : "R squared is below Durbin-Watson";
  return test;
}

}  // namespace

void add_series_tests(const DiagnosticsInput& input, Diagnostics& out) {
  const std::size_t n = input.target.size();
  const std::size_t p = input.regressor_names.size();
  Candidate target{input.target_name, {input.target.begin(), input.target.end()}};
  std::vector<Candidate> regressors;
  for (std::size_t c = 0; c < p; ++c) {
    Candidate& series = regressors.emplace_back();
    series.name = input.regressor_names[c];
    for (std::size_t i = 0; i < n; ++i) series.values.push_back(input.regressors[i * p + c]);
  }
  for (std::size_t i = 1; i < n; ++i) {
    if (input.ordinals[i] == input.ordinals[i - 1] + 1) continue;
    Diagnostic test;
    test.test = "augmented_dickey_fuller";
    test.of = "every series";
    test.verdict = "undefined: dates are missing between the rows";
    out.tests.push_back(test);
    test.test = "kpss";
    out.tests.push_back(test);
    return;
  }
  add_unit_roots(target, out);
  std::vector<const Candidate*> trending;
  for (Candidate& series : regressors) {
    add_unit_roots(series, out);
    if (series.trends) trending.push_back(&series);
  }
  if (!target.trends || trending.empty()) return;
  for (const Candidate* series : trending) out.tests.push_back(engle_granger(target, {series}));
  if (trending.size() > 1) out.tests.push_back(engle_granger(target, trending));
  out.tests.push_back(granger_newbold(input));
}

}  // namespace steppe
