// SPDX-License-Identifier: Apache-2.0
// Against R (lmtest, car, tseries), statsmodels, gretl and mpmath: tests/reference/diagnostics.

#include "steppe/numerics/regression_tests.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "diagnostics_reference.hpp"

namespace steppe::numerics {
namespace {

using test::correct_digits;
using test::diagnostics_cases;
using test::DiagnosticsCase;
using test::DiagnosticsReference;

const DiagnosticsReference& of_r() {
  static const DiagnosticsReference reference("r.csv");
  return reference;
}
const DiagnosticsReference& of_statsmodels() {
  static const DiagnosticsReference reference("by_statsmodels.csv");
  return reference;
}
const DiagnosticsReference& of_gretl() {
  static const DiagnosticsReference reference("gretl.csv");
  return reference;
}

#define EXPECT_DIGITS(computed, expected, digits)       \
  EXPECT_GE(correct_digits(computed, expected), digits) \
      << (computed) << " " << (expected) << " " << name

// A regression whose rows are named in the test.
struct Small {
  std::vector<double> x, fitted, residuals;
  RegressionResiduals get(bool intercept = true) const {
    return {{x.data(), x.size(), 1},
            intercept,
            {residuals.data(), residuals.size()},
            {fitted.data(), fitted.size()}};
  }
};

TEST(DurbinWatson, AgreesWithR) {
  for (const DiagnosticsCase& one : diagnostics_cases()) {
    const std::string& name = one.name;
    const TestResult result = durbin_watson(one.residuals());
    EXPECT_DIGITS(result.statistic, of_r().at(name, "dw"), 11);
    EXPECT_DIGITS(result.p, of_r().at(name, "dw_p"), name == "consumption_all" ? 8 : 9);
  }
}

TEST(DurbinWatson, GivesTheExactProbabilityToTwelveDecimals) {
  const DiagnosticsReference mpmath("by_mpmath.csv");
  for (const DiagnosticsCase& one : {test::longley(), test::karaganda(), test::consumption()}) {
    EXPECT_NEAR(durbin_watson(one.residuals()).p, mpmath.at(one.name, "dw_p"), 1e-12) << one.name;
  }
}

// Residuals (1, -2, 1) about a line leave one degree of freedom: the statistic is always
// (9 + 9) / 6 = 3, so P(d <= 3) is no matter of chance.
TEST(DurbinWatson, SumsSquaredChangesOverSquares) {
  const Small line{{1, 2, 3}, {5, 6, 7}, {1, -2, 1}};
  EXPECT_NEAR(durbin_watson(line.get()).statistic, 3.0, 1e-12);
}

// Three rows about a mean: with z1, z2 normal in the directions (1, 0, -1) / sqrt(2) and
// (1, -2, 1) / sqrt(6) the statistic is (z1^2 + 3 z2^2) / (z1^2 + z2^2), and
// P(d <= 2) = P(z2^2 <= z1^2) = 1/2; P(d <= 1.5) = P(|z2| <= |z1| / sqrt(3)) = 1/3.
TEST(DurbinWatson, IsSolvableByHandForThreeRows) {
  const Small two{{}, {0, 0, 0}, {}};
  const auto p_at = [&](double angle) {
    const std::vector<double> e = {
        std::cos(angle) / std::sqrt(2.0) + std::sin(angle) / std::sqrt(6.0),
        -2.0 * std::sin(angle) / std::sqrt(6.0),
        -std::cos(angle) / std::sqrt(2.0) + std::sin(angle) / std::sqrt(6.0)};
    const std::vector<double> fitted = {7, 7, 7};
    return durbin_watson({{nullptr, 3, 0}, true, {e.data(), 3}, {fitted.data(), 3}}).p;
  };
  const double pi = std::acos(-1.0);
  EXPECT_NEAR(p_at(pi / 4), 0.5, 1e-12);        // d = 2
  EXPECT_NEAR(p_at(pi / 6), 1.0 / 3.0, 1e-12);  // d = 1.5
}

TEST(BreuschGodfrey, AgreesWithR) {
  for (const DiagnosticsCase& one : diagnostics_cases()) {
    const std::string& name = one.name;
    const bool quarterly = name.rfind("consumption", 0) == 0;
    for (const std::size_t order : {std::size_t{1}, std::size_t{quarterly ? 4u : 2u}}) {
      const std::string key = "bg" + std::to_string(order);
      const BreuschGodfrey result = breusch_godfrey(one.residuals(), order);
      EXPECT_DIGITS(result.lagrange.statistic, of_r().at(name, key), 9);
      EXPECT_DIGITS(result.lagrange.p, of_r().at(name, key + "_p"), 9);
      EXPECT_DIGITS(result.f.statistic, of_r().at(name, key + "_f"), 9);
      EXPECT_DIGITS(result.f.p, of_r().at(name, key + "_f_p"), 8.5);
      EXPECT_DIGITS(result.lagrange.statistic, of_statsmodels().at(name, key), 8);
    }
  }
}

TEST(BreuschPagan, AgreesWithR) {
  for (const DiagnosticsCase& one : diagnostics_cases()) {
    const std::string& name = one.name;
    const TestResult result = breusch_pagan(one.residuals());
    EXPECT_DIGITS(result.statistic, of_r().at(name, "bp"), 9);
    EXPECT_DIGITS(result.p, of_r().at(name, "bp_p"), 9);
    EXPECT_EQ(result.dof, of_r().at(name, "bp_dof"));
  }
}

TEST(White, AgreesWithStatsmodelsAndGretl) {
  for (const DiagnosticsCase& one : diagnostics_cases()) {
    const std::string& name = one.name;
    const TestResult result = white(one.residuals());
    if (name == "longley") continue;
    EXPECT_DIGITS(result.statistic, of_statsmodels().at(name, "white"), 8);
    EXPECT_DIGITS(result.p, of_statsmodels().at(name, "white_p"), 8);
    EXPECT_EQ(result.dof, 5);
    if (name == "consumption_all") continue;
    EXPECT_DIGITS(result.statistic, of_gretl().at(name, "white"), 9);
    EXPECT_DIGITS(result.p, of_gretl().at(name, "white_p"), 9);
  }
}

// Six regressors have 27 columns with squares and cross products.
TEST(White, RefusesTooFewObservations) {
  const TestResult result = white(test::longley().residuals());
  EXPECT_EQ(result.reason,
            "16 observations are too few for squares and cross products of 6 regressors");
  EXPECT_TRUE(std::isnan(result.statistic));
  EXPECT_TRUE(std::isnan(result.p));
}

// The square of a 0/1 column is the column.
TEST(White, DoesNotCountTheSquareOfADummy) {
  const Small dummy{{0, 0, 0, 1, 1, 1}, {1, 1, 1, 2, 2, 2}, {0.5, -1.5, 1, 2, -3, 1}};
  const TestResult result = white(dummy.get());
  EXPECT_EQ(result.dof, 1);
  EXPECT_NEAR(result.statistic, breusch_pagan(dummy.get()).statistic, 1e-12);
}

TEST(JarqueBera, AgreesWithRAndStatsmodels) {
  for (const DiagnosticsCase& one : diagnostics_cases()) {
    const std::string& name = one.name;
    const JarqueBera result = jarque_bera(one.residuals().residuals);
    EXPECT_DIGITS(result.test.statistic, of_r().at(name, "jb"), 9);
    EXPECT_DIGITS(result.test.p, of_r().at(name, "jb_p"), 9);
    EXPECT_DIGITS(result.skewness, of_statsmodels().at(name, "jb_skewness"), 9);
    EXPECT_DIGITS(result.kurtosis, of_statsmodels().at(name, "jb_kurtosis"), 9);
  }
}

TEST(Reset, AgreesWithRAndGretl) {
  for (const DiagnosticsCase& one : diagnostics_cases()) {
    const std::string& name = one.name;
    const TestResult result = reset(one.residuals());
    EXPECT_DIGITS(result.statistic, of_r().at(name, "reset"), 8);
    EXPECT_DIGITS(result.p, of_r().at(name, "reset_p"), 8);
    if (name != "karaganda" && name != "consumption") continue;
    EXPECT_DIGITS(result.statistic, of_gretl().at(name, "reset"), 9);
  }
}

// N9: a target that is computed from its regressors.
TEST(RegressionTests, SayNothingOfAnExactFit) {
  const Small exact{{1, 2, 3, 4, 5, 6, 7}, {3, 5, 7, 9, 11, 13, 15}, {0, 1e-16, 0, 0, 0, 0, 0}};
  const std::string reason = "the residuals are no larger than the rounding of the data";
  EXPECT_EQ(durbin_watson(exact.get()).reason, reason);
  EXPECT_EQ(breusch_godfrey(exact.get(), 1).lagrange.reason, reason);
  EXPECT_EQ(breusch_godfrey(exact.get(), 1).f.reason, reason);
  EXPECT_EQ(breusch_pagan(exact.get()).reason, reason);
  EXPECT_EQ(white(exact.get()).reason, reason);
  EXPECT_EQ(reset(exact.get()).reason, reason);
  EXPECT_EQ(chow(exact.get(), 3).test.reason, reason);
  EXPECT_EQ(cusum(exact.get()).test.reason, reason);
  EXPECT_TRUE(std::isnan(influence(exact.get()).studentized[1]));
}

TEST(RegressionTests, SayWhyThereAreTooFewObservations) {
  const Small three{{1, 2, 4}, {1, 2, 4}, {1, -1.5, 0.5}};
  EXPECT_EQ(breusch_godfrey(three.get(), 3).f.reason, "3 observations have no lag 3");
  EXPECT_EQ(breusch_godfrey(three.get(), 1).f.reason,
            "3 observations are too few for 2 coefficients and 1 lags");
  EXPECT_EQ(reset(three.get()).reason,
            "3 observations are too few for 2 coefficients and 2 powers");
  EXPECT_EQ(cusum(three.get()).test.reason, "too few observations for recursive residuals");
  EXPECT_EQ(jarque_bera({three.x.data(), 2}).test.reason, "2 observations have no shape");
  const Small two{{1, 2}, {1, 2}, {0.5, 0.5}};
  EXPECT_EQ(durbin_watson(two.get()).reason, "as many coefficients as observations");
  EXPECT_EQ(breusch_pagan(two.get()).reason, "as many coefficients as observations");
}

TEST(RegressionTests, SayWhyTheDataDoNotDecide) {
  const Small even{{1, 2, 3, 4}, {1, 2, 3, 4}, {1, -1, -1, 1}};
  EXPECT_EQ(breusch_pagan(even.get()).reason, "the squared residuals are all equal");
  const Small dummy{{0, 0, 0, 1, 1, 1}, {1, 1, 1, 2, 2, 2}, {0.5, -1.5, 1, 2, -3, 1}};
  EXPECT_EQ(reset(dummy.get()).reason,
            "the powers of the fitted values are combinations of the regressors");
  const Small constant{{3, 3, 3, 3}, {1, 1, 1, 1}, {1, -2, 3, -2}};
  EXPECT_EQ(breusch_pagan(constant.get()).reason, "no regressor varies");
  const std::vector<double> same = {2, 2, 2};
  EXPECT_EQ(jarque_bera({same.data(), 3}).test.reason, "the residuals are all equal");
}

TEST(RegressionTests, DoNotDependOnTheUnits) {
  const DiagnosticsCase plain = test::karaganda();
  DiagnosticsCase large = plain;
  for (double& x : large.design) x *= 1e130;
  for (double& e : large.fit.residuals) e *= 1e-120;
  for (double& f : large.fit.fitted) f *= 1e-120;
  const RegressionResiduals a = plain.residuals();
  const RegressionResiduals b = large.residuals();
  EXPECT_NEAR(durbin_watson(a).p, durbin_watson(b).p, 1e-10);
  EXPECT_NEAR(breusch_godfrey(a, 1).f.p, breusch_godfrey(b, 1).f.p, 1e-10);
  EXPECT_NEAR(white(a).p, white(b).p, 1e-10);
  EXPECT_NEAR(jarque_bera(a.residuals).test.p, jarque_bera(b.residuals).test.p, 1e-10);
  EXPECT_NEAR(reset(a).p, reset(b).p, 1e-10);
  EXPECT_NEAR(chow(a, 5).test.p, chow(b, 5).test.p, 1e-10);
  EXPECT_NEAR(cusum(a).test.statistic, cusum(b).test.statistic, 1e-10);
  EXPECT_NEAR(influence(a).dffits[9], influence(b).dffits[9], 1e-10);
}

TEST(RegressionTests, KnowLeastSquaresResiduals) {
  const DiagnosticsCase one = test::karaganda();
  EXPECT_TRUE(is_least_squares(one.residuals()));
  DiagnosticsCase moved = one;
  for (double& e : moved.fit.residuals) e += 1000;
  EXPECT_FALSE(is_least_squares(moved.residuals()));
}

}  // namespace
}  // namespace steppe::numerics
