// SPDX-License-Identifier: Apache-2.0

// The option `degrees` of linear regressions, through the plugins. Expected values were worked out
// in rational arithmetic (Python 3.11, fractions) unless a comment says otherwise.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "plugin_testing.hpp"
#include "support/linear_plugin_testing.hpp"

namespace steppe {
namespace {

using linear_plugins::report_cell;
using linear_plugins::report_scalar;
using linear_plugins::warnings_in;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Degrees = std::vector<std::int64_t>;

// A cubic in the calendar year beside another column.
RegressionInput years_and_z() {
  return {{2012, 3, 2013, 1, 2014, 4, 2015, 1, 2016, 5, 2017, 9, 2018, 2},
          {1, 7, 2, 9, 4, 6, 8},
          {},
          {"year", "z"},
          "y"};
}

RegressionModel with_degrees(Degrees degrees) {
  return testing::open_regression("regression.ols", {{"degrees", std::move(degrees)}});
}

Fault refused_degrees(const RegressionInput& input, Degrees degrees) {
  auto fit = with_degrees(std::move(degrees)).fit(input);
  if (!fit.ok()) return fit.error();
  ADD_FAILURE() << "the fit was not refused";
  return {};
}

void expect_digits(double computed, double expected) {
  EXPECT_GE(testing::correct_digits(computed, expected), 13.0) << computed << " for " << expected;
}

TEST(Degrees, NameTheirTermsAndKeepTheirDigits) {
  const auto fit = with_degrees({3, 1}).fit(years_and_z());
  ASSERT_TRUE(fit.ok()) << fit.error().message;
  const FitReport report = fit->report().value();
  EXPECT_THAT(report.table("coefficients")->rows,
              ElementsAre("intercept", "year", "year^2", "year^3", "z"));
  expect_digits(report_cell(report, "coefficients", "intercept", "estimate"), 202796646.9452765);
  expect_digits(report_cell(report, "coefficients", "year", "estimate"), -302248.1508256528);
  expect_digits(report_cell(report, "coefficients", "year^2", "estimate"), 150.1561059907834);
  expect_digits(report_cell(report, "coefficients", "year^3", "estimate"), -0.02486559139784946);
  expect_digits(report_cell(report, "coefficients", "z", "estimate"), -0.6895161290322581);
  expect_digits(report_cell(report, "anova", "residual", "ss"), 21.485023041474655);
  // s^2 times the diagonal of (X'X)^-1
  expect_digits(report_cell(report, "coefficients", "year^3", "standard_error"),
                std::sqrt(21.485023041474655 / 2.0 * 0.007896505376344086));
  EXPECT_EQ(report_scalar(report, "rank"), 5.0);
  EXPECT_EQ(report_scalar(report, "residual_degrees_of_freedom"), 2.0);
  EXPECT_EQ(report_cell(report, "anova", "regression", "df"), 4.0);
  bool found = false;
  for (const auto& [name, text] : report.texts) {
    if (name != "equation") continue;
    found = true;
    EXPECT_THAT(text, HasSubstr(" year^2 - 0.0248655913978495 year^3 - 0.689516129032258 z"));
  }
  EXPECT_TRUE(found);
}

TEST(Degrees, ForecastFromARowWithAValuePerRegressor) {
  const auto fit = with_degrees({3, 1}).fit(years_and_z());
  ASSERT_TRUE(fit.ok()) << fit.error().message;
  const auto forecast = fit->predict(std::vector<double>{2021, 7}, 1, {});
  ASSERT_TRUE(forecast.ok()) << forecast.error().message;
  expect_digits(forecast->mean[0], 0.15898617511520738);
  expect_digits(forecast->se_mean[0], std::sqrt(21.485023041474655 / 2.0 * 264.11443932411674));
}

TEST(Degrees, GoWithWeightsToo) {
  RegressionInput input = years_and_z();
  input.weights = {1, 2, 0, 3, 1, 2, 1};
  const auto model = testing::open_regression("regression.wls", {{"degrees", Degrees{3, 1}}});
  const auto fit = model.fit(input);
  ASSERT_TRUE(fit.ok()) << fit.error().message;
  const FitReport report = fit->report().value();
  expect_digits(report_cell(report, "coefficients", "intercept", "estimate"), -2600233939.9399595);
  expect_digits(report_cell(report, "coefficients", "year^3", "estimate"), 0.3176144537530676);
  expect_digits(report_cell(report, "anova", "residual", "ss"), 7.87014470677837);
  const auto forecast = fit->predict(std::vector<double>{2021, 7}, 1, {});
  ASSERT_TRUE(forecast.ok()) << forecast.error().message;
  expect_digits(forecast->mean[0], 51.56765676567657);
}

TEST(Degrees, AreNotLinearInTheRegressorUnlessTheyAreOne) {
  const auto cubic = with_degrees({3, 1}).fit(years_and_z());
  const auto lines = with_degrees({1, 1}).fit(years_and_z());
  ASSERT_TRUE(cubic.ok() && lines.ok());
  EXPECT_FALSE(cubic->linear_model().value().has_value());
  EXPECT_TRUE(lines->linear_model().value().has_value());
}

TEST(Degrees, AreOnePerRegressor) {
  const Fault fault = refused_degrees(years_and_z(), {3});
  EXPECT_EQ(fault.kind, ErrorKind::kInvalidConfig);
  EXPECT_THAT(fault.message, HasSubstr("degrees has 1 entry for 2 regressors; give one for each"));
}

TEST(Degrees, AreOneOrMore) {
  const Fault fault = refused_degrees(years_and_z(), {3, 0});
  EXPECT_EQ(fault.kind, ErrorKind::kInvalidConfig);
  EXPECT_THAT(fault.message, HasSubstr("degrees: 0 for \"z\"; a degree is 1 or more"));
}

TEST(Degrees, N1_NeedARowForEveryTerm) {
  RegressionInput input = years_and_z();
  input.target.resize(4);
  input.regressors.resize(8);
  const Fault fault = refused_degrees(input, {3, 1});
  EXPECT_EQ(fault.kind, ErrorKind::kInsufficientData);
  EXPECT_THAT(fault.message, HasSubstr("4 observations for 5 coefficients; at least 5 are needed"));
}

// By hand: of three years (x - 2000)(x - 2001)(x - 2002) = 0.
TEST(Degrees, N4_BeyondTheDistinctValuesAreDroppedAndGuardTheForecast) {
  const RegressionInput input = {
      {2000, 2001, 2002, 2000, 2001, 2002}, {1, 2, 5, 1, 3, 5}, {}, {"year"}, "y"};
  const auto fit = with_degrees({3}).fit(input);
  ASSERT_TRUE(fit.ok()) << fit.error().message;
  EXPECT_THAT(warnings_in(fit->report().value(), "rank_deficient"),
              ElementsAre("\"year^3\" was dropped, it depends on other columns: year^3 = "
                          "8012004000 - 12012002 year + 6003 year^2; a forecast needs rows that "
                          "keep this"));
  EXPECT_TRUE(fit->predict(std::vector<double>{2001}, 1, {}).ok());
  const auto refused = fit->predict(std::vector<double>{2003}, 1, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::kRankDeficient);
}

TEST(Degrees, AreKeptInASavedFit) {
  const RegressionModel model = with_degrees({3, 1});
  const auto fit = model.fit(years_and_z());
  ASSERT_TRUE(fit.ok()) << fit.error().message;
  const FitBytes saved = *fit->save();
  const auto loaded = model.load({saved.schema, saved.bytes, 7, 2});
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  EXPECT_EQ(loaded->save()->bytes, saved.bytes);
  const std::vector<double> row = {2021, 7};
  EXPECT_EQ(loaded->predict(row, 1, {})->mean, fit->predict(row, 1, {})->mean);
  const auto other = with_degrees({2, 2}).load({saved.schema, saved.bytes, 7, 2});
  ASSERT_FALSE(other.ok());
  EXPECT_THAT(other.error().message, HasSubstr("it has other degrees than its options"));
  for (std::size_t length = 0; length < saved.bytes.size(); length += 7)
    EXPECT_FALSE(model.load({saved.schema, saved.bytes.substr(0, length), 7, 2}).ok()) << length;
}

}  // namespace
}  // namespace steppe
