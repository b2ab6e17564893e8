// SPDX-License-Identifier: Apache-2.0
// What a report says. The numbers of the tests themselves are held against R, statsmodels and gretl
// in sdk/numerics; those here are from the same files, tests/reference/diagnostics.

#include "evaluation/regression_diagnostics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "evaluation/diagnosed_case.hpp"
#include "evaluation/small_sample.hpp"

namespace steppe {
namespace {

using testing::DiagnosedCase;
using testing::karaganda_case;
using testing::line_with;
using testing::noise;

std::vector<std::string> codes(const DiagnosticsReport& report) {
  std::vector<std::string> out;
  for (const Warning& warning : report.warnings) out.push_back(warning.code);
  return out;
}

std::string warning_text(const DiagnosticsReport& report, const std::string& code) {
  for (const Warning& warning : report.warnings) {
    if (warning.code == code) return warning.text;
  }
  return "";
}

const Diagnostic& entry(const DiagnosticsReport& report, const std::string& test,
                        const std::string& of = "") {
  for (const Diagnostic& candidate : report.diagnostics.tests) {
    if (candidate.test == test && (of.empty() || candidate.of == of)) return candidate;
  }
  throw std::runtime_error("no " + test + " " + of);
}

TEST(RegressionDiagnostics, TellTheSourceCase) {
  const DiagnosticsReport report = karaganda_case().run();
  std::vector<std::string> names;
  for (const Diagnostic& test : report.diagnostics.tests)
    names.push_back(test.test + " " + test.of);
  EXPECT_EQ(names, (std::vector<std::string>{
                       "variance_inflation mining", "variance_inflation innovation",
                       "influence observations", "durbin_watson residuals",
                       "breusch_godfrey residuals", "breusch_pagan residuals", "white residuals",
                       "jarque_bera residuals", "reset regression", "augmented_dickey_fuller grp",
                       "kpss grp", "augmented_dickey_fuller mining", "kpss mining",
                       "augmented_dickey_fuller innovation", "kpss innovation",
                       "engle_granger grp ~ mining", "engle_granger grp ~ innovation",
                       "engle_granger grp ~ mining + innovation", "granger_newbold regression"}));
  const Diagnostic& watson = entry(report, "durbin_watson");
  EXPECT_NEAR(watson.statistic, 1.3480167087188859, 1e-12);
  EXPECT_NEAR(watson.p, 0.061285969229546699, 1e-12);
  EXPECT_EQ(watson.outcome, DiagnosticOutcome::kPassed);
  EXPECT_EQ(watson.verdict, "no autocorrelation of neighbours shown");
  EXPECT_NEAR(entry(report, "breusch_godfrey").p, 0.40531589962692244, 1e-10);
  EXPECT_NEAR(entry(report, "white").p, 0.149544565653779, 1e-10);
  EXPECT_NEAR(entry(report, "engle_granger", "grp ~ mining").p, 0.40452038306059757, 1e-9);
  for (const Diagnostic& test : report.diagnostics.tests) {
    EXPECT_FALSE(test.verdict.empty()) << test.test;
    EXPECT_FALSE(test.reference.empty()) << test.test;
  }
  EXPECT_EQ(codes(report),
            (std::vector<std::string>{"spurious_regression", "influential_observation"}));
  EXPECT_EQ(
      warning_text(report, "influential_observation"),
      "Cook's distance above 1: without 2014 the coefficients would be others: check the row; "
      "the forecast rests on it");
  EXPECT_EQ(warning_text(report, "spurious_regression"),
            "target and regressors trend, and it is not shown that their trends keep together "
            "(Engle-Granger grp ~ mining, p = 0.405): R squared, t and p values may be the work of "
            "the trends alone; compare with a regression of the changes; 10 observations can "
            "hardly show it");
}

TEST(RegressionDiagnostics, SayWhatFewObservationsProve) {
  EXPECT_EQ(karaganda_case().run().diagnostics.remark,
            "10 observations prove little: in samples of 10 Durbin-Watson finds an autocorrelation "
            "of 0.5 in 22 of 100 cases, Breusch-Pagan a fourfold growth of the deviation in 6, "
            "Jarque-Bera heavy tails in 4, so a p above 0.05 does not show that a fault is absent; "
            "ADF and Engle-Granger reject 10 and 8 of 100 times without cause, not 5, so their p "
            "below 0.05 shows little either");
  EXPECT_EQ(test_power(4).observations, 10u);
  EXPECT_EQ(test_power(19).observations, 15u);
  EXPECT_EQ(small_sample_remark(30), "");
  EXPECT_EQ(line_with(noise(40)).run().diagnostics.remark, "");
}

TEST(RegressionDiagnostics, FindNothingInNoise) {
  const DiagnosticsReport report = line_with(noise(60)).run();
  EXPECT_EQ(codes(report), std::vector<std::string>{});
  EXPECT_EQ(report.diagnostics.find("engle_granger"), nullptr);
  EXPECT_EQ(report.diagnostics.find("variance_inflation"), nullptr);  // of one regressor: 1
  for (const char* asked : {"chow", "cusum"}) EXPECT_EQ(report.diagnostics.find(asked), nullptr);
}

TEST(RegressionDiagnostics, WarnOfAutocorrelation) {
  std::vector<double> e = noise(60);
  for (std::size_t i = 1; i < e.size(); ++i) e[i] += 0.8 * e[i - 1];
  DiagnosedCase one = line_with(e);
  const DiagnosticsReport report = one.run();
  EXPECT_EQ(codes(report), std::vector<std::string>{"autocorrelated_residuals"});
  const std::string text = warning_text(report, "autocorrelated_residuals");
  EXPECT_EQ(
      text,
      "the residuals are autocorrelated (Durbin-Watson p below 1e-10, Breusch-Godfrey p below "
      "1e-10): the intervals are too narrow; gls_ar models it; \"covariance\": \"newey_west\" "
      "corrects the standard errors of the coefficients");
  one.input.covariance = "newey_west";
  EXPECT_EQ(warning_text(one.run(), "autocorrelated_residuals").find("newey_west"),
            std::string::npos);
  // A model that knows of it: what is left is tested.
  one.input.autocorrelation = 0.8;
  for (std::size_t i = one.target.size() - 1; i > 0; --i) {
    one.fitted[i] += 0.8 * (one.target[i - 1] - one.fitted[i - 1]);  // one step ahead
  }
  one.input.model = "regression.gls_ar";
  const DiagnosticsReport known = one.run();
  EXPECT_EQ(codes(known), std::vector<std::string>{});
  EXPECT_EQ(known.diagnostics.remark, "the autocorrelation that the model knows of is taken out");
}

TEST(RegressionDiagnostics, WarnOfNegativeAutocorrelation) {
  std::vector<double> e = noise(60);
  for (std::size_t i = 1; i < e.size(); ++i) e[i] -= 0.8 * e[i - 1];
  const DiagnosticsReport report = line_with(e).run();
  EXPECT_EQ(entry(report, "durbin_watson").verdict,
            "negative autocorrelation: neighbouring residuals alternate");
  EXPECT_NE(warning_text(report, "autocorrelated_residuals")
                .find("the intervals are not those of independent errors"),
            std::string::npos);
}

TEST(RegressionDiagnostics, WarnOfChangingVariance) {
  std::vector<double> e = noise(80);
  for (std::size_t i = 0; i < e.size(); ++i) e[i] *= 1.2 + std::sin(static_cast<double>(7 * i + 1));
  DiagnosedCase one = line_with(e);
  const std::string text = warning_text(one.run(), "heteroscedastic_residuals");
  EXPECT_NE(text.find("the variance of the residuals changes with the regressors (Breusch-Pagan"),
            std::string::npos);
  EXPECT_NE(text.find("the intervals are too narrow in one place and too wide in another; "
                      "\"covariance\": \"hc3\" corrects the standard errors of the coefficients; "
                      "wls takes weights where the variances are known"),
            std::string::npos)
      << text;
  one.input.covariance = "hc3";
  EXPECT_EQ(warning_text(one.run(), "heteroscedastic_residuals").find("hc3"), std::string::npos);
}

TEST(RegressionDiagnostics, WarnOfAWrongForm) {
  std::vector<double> small = noise(40);
  for (double& e : small) e /= 10;
  DiagnosedCase one = line_with(small);
  for (double& y : one.target) y = y * y;
  one.fit();
  EXPECT_NE(warning_text(one.run(), "misspecified_form")
                .find("squares or cubes of the fitted values add to it: the form is wrong (p "),
            std::string::npos);
  // On the scale of the model there is nothing wrong with a logarithm.
  DiagnosedCase log_case = line_with(noise(40));
  for (double& y : log_case.target) y = std::exp(y);
  for (double& y : log_case.fitted) y = std::exp(y);
  log_case.input.scale = TargetScale::kLog;
  const DiagnosticsReport report = log_case.run();
  EXPECT_EQ(report.diagnostics.remark, "tested on the logarithm of the target");
  EXPECT_NEAR(entry(report, "reset").p, entry(line_with(noise(40)).run(), "reset").p, 1e-9);
}

TEST(RegressionDiagnostics, TestStabilityOnRequest) {
  std::vector<double> e = noise(40);
  for (std::size_t i = 20; i < e.size(); ++i) e[i] += 6;
  DiagnosedCase one = line_with(e);
  one.input.request = {2030, true, 2};
  const DiagnosticsReport report = one.run();
  EXPECT_EQ(entry(report, "chow").verdict, "the coefficients before and from 2030 differ");
  EXPECT_EQ(entry(report, "cusum").outcome, DiagnosticOutcome::kFailed);
  EXPECT_LT(entry(report, "cusum").p, 0.05);
  ASSERT_EQ(entry(report, "cusum").tables.size(), 1u);
  EXPECT_EQ(entry(report, "cusum").tables[0].rows.front(), "2012");
  EXPECT_EQ(entry(report, "breusch_godfrey").values[0].value, 2);
  EXPECT_NE(warning_text(report, "coefficients_changed"), "");
  EXPECT_NE(warning_text(report, "coefficients_drift"), "");
}

TEST(RegressionDiagnostics, TakeOneCycleOfTheCalendarForTheOrder) {
  DiagnosedCase one = line_with(noise(60));
  EXPECT_EQ(entry(one.run(), "breusch_godfrey").values[0].value, 1);
  one.calendar.frequency = Frequency::kMonthly;
  EXPECT_EQ(entry(one.run(), "breusch_godfrey").values[0].value, 12);
  DiagnosedCase few = line_with(noise(14));
  few.calendar.frequency = Frequency::kMonthly;
  EXPECT_EQ(entry(few.run(), "breusch_godfrey").values[0].value, 3);  // 12 degrees of freedom
}

TEST(RegressionDiagnostics, LeaveWhatNeedsNeighboursUndefinedWhereDatesAreMissing) {
  DiagnosedCase one = line_with(noise(40));
  for (std::size_t i = 20; i < 40; ++i) ++one.ordinals[i];
  one.input.request.cusum = true;
  const DiagnosticsReport report = one.run();
  for (const char* test :
       {"durbin_watson", "breusch_godfrey", "cusum", "augmented_dickey_fuller", "kpss"}) {
    EXPECT_EQ(entry(report, test).outcome, DiagnosticOutcome::kUndefined) << test;
    EXPECT_EQ(entry(report, test).verdict, "undefined: dates are missing between the rows") << test;
    EXPECT_TRUE(std::isnan(entry(report, test).p)) << test;
  }
  EXPECT_EQ(entry(report, "jarque_bera").outcome, DiagnosticOutcome::kPassed);
}

// N9: nothing is said of a target that is computed from its regressors.
TEST(RegressionDiagnostics, LeaveAnExactFitUndefined) {
  const DiagnosticsReport report = line_with(std::vector<double>(20, 0.0)).run();
  for (const char* test :
       {"durbin_watson", "breusch_godfrey", "breusch_pagan", "white", "jarque_bera", "reset"}) {
    EXPECT_EQ(entry(report, test).verdict,
              "undefined: the residuals are no larger than the rounding of the data")
        << test;
  }
  EXPECT_EQ(entry(report, "influence").verdict, "undefined: no residual is more than rounding");
  EXPECT_EQ(codes(report), std::vector<std::string>{});
}

TEST(RegressionDiagnostics, AcceptAsManyCoefficientsAsObservations) {
  const DiagnosticsReport report = DiagnosedCase({"x"}, {1, 2}, {3, 5}).run();
  EXPECT_EQ(codes(report), std::vector<std::string>{});
  for (const Diagnostic& test : report.diagnostics.tests) {
    EXPECT_EQ(test.outcome, DiagnosticOutcome::kUndefined) << test.test;
    EXPECT_EQ(test.verdict.substr(0, 11), "undefined: ") << test.test;
  }
}

TEST(RegressionDiagnostics, CountWeightedRows) {
  DiagnosedCase plain = line_with(noise(20));
  DiagnosedCase ones = line_with(noise(20));
  ones.weights.assign(20, 1.0);
  EXPECT_NEAR(entry(ones.run(), "white").p, entry(plain.run(), "white").p, 1e-10);
  EXPECT_NEAR(entry(ones.run(), "durbin_watson").p, entry(plain.run(), "durbin_watson").p, 1e-10);
  // A row of weight 0 is no row: the last, here a wild one.
  DiagnosedCase wild = line_with(noise(20));
  wild.ordinals.push_back(2030);
  wild.regressors.push_back(0.5);
  wild.target.push_back(1e6);
  wild.weights.assign(20, 1.0);
  wild.weights.push_back(0);
  wild.fit();
  const DiagnosticsReport report = wild.run();
  EXPECT_NEAR(entry(report, "reset").p, entry(plain.run(), "reset").p, 1e-9);
  EXPECT_EQ(report.diagnostics.remark.substr(0, 21), "20 observations prove");
  EXPECT_NE(report.diagnostics.remark.find("rows are multiplied by the root of their weight"),
            std::string::npos);
}

TEST(RegressionDiagnostics, KnowPowersAndRegressorsWithoutAPart) {
  DiagnosedCase parabola = line_with(noise(30));
  std::vector<double> squares;
  for (double x : parabola.regressors) squares.insert(squares.end(), {x, x * x});
  const DiagnosedCase two({"x", "x^2"}, squares, parabola.target);
  parabola.fitted = two.fitted;
  parabola.input.degrees = {2};
  const DiagnosticsReport report = parabola.run();
  DiagnosedCase columns = two;
  EXPECT_NEAR(entry(report, "durbin_watson").p, entry(columns.run(), "durbin_watson").p, 1e-10);
  EXPECT_EQ(entry(report, "variance_inflation", "x^2").of, "x^2");
  // The second has no coefficient: the test is that of the first alone.
  DiagnosedCase one = line_with(noise(30));
  DiagnosedCase dropped({"x", "x^2"}, squares, one.target);
  dropped.fitted = one.fitted;
  dropped.input.used = {true, false};
  EXPECT_NEAR(entry(dropped.run(), "reset").p, entry(one.run(), "reset").p, 1e-10);
}

TEST(RegressionDiagnostics, SayThatPIsApproximateWithoutLeastSquares) {
  DiagnosedCase one = line_with(noise(40));
  for (double& f : one.fitted) f += 0.3;
  EXPECT_EQ(entry(one.run(), "reset").verdict,
            "no curvature that the regression misses shown; p is approximate, the residuals are "
            "not those of least squares");
}

TEST(RegressionDiagnostics, GiveWhatTheModelDoesNot) {
  DiagnosedCase one = line_with(noise(30));
  one.input.has_condition_number = false;
  const DiagnosticsReport report = one.run();
  EXPECT_EQ(entry(report, "condition_number").verdict, "at most 30: the regressors are well apart");
  EXPECT_EQ(
      entry(report, "influence").tables[0].columns,
      (std::vector<std::string>{"studentized_residual", "dffits", "leverage", "cooks_distance"}));
  one.input.has_influence = true;
  EXPECT_EQ(entry(one.run(), "influence").tables[0].columns,
            (std::vector<std::string>{"studentized_residual", "dffits"}));
}

}  // namespace
}  // namespace steppe
