// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "plugin_testing.hpp"

namespace steppe {
namespace {

RegressionInput quantile_input(std::vector<double> x, std::vector<double> y) {
  return {std::move(x), std::move(y), {}, {"x"}, "y"};
}

RegressionFit fit_quantile_plugin(const RegressionInput& input, Options options = {}) {
  auto fit = testing::open_regression("regression.quantile", std::move(options)).fit(input);
  if (!fit.ok()) ADD_FAILURE() << fit.error().message;
  return std::move(fit).value();
}

std::string quantile_warning(const FitReport& report, const std::string& code) {
  for (const Warning& warning : report.warnings)
    if (warning.code == code) return warning.text;
  return {};
}

// y between x and 3 x: the lines of the quantiles fan out from the origin.
RegressionInput fan() {
  RegressionInput input = quantile_input({}, {});
  for (int i = 1; i <= 40; ++i) {
    for (int k = 0; k <= 20; ++k) {
      input.regressors.push_back(i);
      input.target.push_back(i * (1.0 + 0.1 * k));
    }
  }
  return input;
}

TEST(QuantilePlugin, GivesObservationsTheFitsOfTheirOwnProbabilities) {
  const RegressionFit fit = fit_quantile_plugin(fan());
  const std::vector<double> row = {30};
  const std::vector<double> probabilities = {0.1, 0.5, 0.9};
  const auto forecast = fit.predict(row, 1, probabilities).value();
  EXPECT_NEAR(forecast.mean[0], 60.0, 1e-12);
  // In every group of 21 the 0.9 quantile is the 19th: 1 + 0.1 * 18.
  EXPECT_NEAR(forecast.prediction_quantiles[2], 30 * 2.8, 1e-12);
  EXPECT_NEAR(forecast.prediction_quantiles[0], 30 * 1.2, 1e-12);
  EXPECT_NEAR(forecast.prediction_quantiles[1], 60.0, 1e-12);
  EXPECT_TRUE(std::isnan(forecast.se_prediction[0]));
  EXPECT_TRUE(std::isnan(forecast.degrees_of_freedom[0]));
}

TEST(QuantilePlugin, ReportsItsFit) {
  const FitReport report =
      fit_quantile_plugin(quantile_input({1, 2, 3, 4, 5}, {2, 4, 6, 8, 100}), {{"quantile", 0.25}})
          .report()
          .value();
  EXPECT_EQ(*report.text("equation"), "quantile 0.25 of y = 0 + 2 x");
  EXPECT_EQ(*report.scalar("on_fit"), 4.0);
  EXPECT_EQ(*report.scalar("above_fit"), 1.0);
  EXPECT_EQ(*report.scalar("below_fit"), 0.0);
  EXPECT_DOUBLE_EQ(*report.scalar("objective"), 22.5);  // 0.25 * 90
  EXPECT_EQ(quantile_warning(report, "no_standard_errors"),
            "too few rows near the fit, or fits beside it that cross, leave no density of the "
            "errors: standard errors, t and p are undefined");
}

TEST(QuantilePlugin, SaysThatOtherCoefficientsAreAsGood) {
  const FitReport report =
      fit_quantile_plugin(quantile_input({0, 1, 0, 1}, {3, 20, 5, 40})).report().value();
  EXPECT_EQ(quantile_warning(report, "several_solutions"),
            "other coefficients may fit as well: the ones given are those of a quantile a trifle "
            "lower than 0.5");
  EXPECT_EQ(quantile_warning(report, "extreme_quantiles"),
            "the limits of a forecast interval are fits of their own; with 4 rows for 2 "
            "coefficients intervals of any coverage have fewer rows beyond a limit than "
            "coefficients, and are too narrow");
}

TEST(QuantilePlugin, HasQuantilesThatRiseOnAnyRow) {
  RegressionInput input = quantile_input({}, {});
  for (int i = 0; i < 25; ++i) {
    input.regressors.push_back(i);
    input.target.push_back((i * 7919) % 31 - 0.3 * i);
  }
  const RegressionFit fit = fit_quantile_plugin(input);
  const std::vector<double> rows = {-500, 12, 500};  // fits of different slopes cross far out
  const std::vector<double> probabilities = {0.05, 0.25, 0.4, 0.6, 0.75, 0.95};
  const auto forecast = fit.predict(rows, 3, probabilities).value();
  for (std::size_t r = 0; r < 3; ++r)
    for (std::size_t k = 1; k < probabilities.size(); ++k)
      EXPECT_GE(forecast.prediction_quantiles[3 * k + r],
                forecast.prediction_quantiles[3 * (k - 1) + r]);
}

TEST(QuantilePlugin, N2_AConstantTargetIsEveryQuantile) {
  const RegressionFit fit = fit_quantile_plugin(quantile_input({1, 2, 3, 5}, {4, 4, 4, 4}));
  const FitReport report = fit.report().value();
  EXPECT_TRUE(std::isnan(*report.scalar("r1")));
  EXPECT_EQ(quantile_warning(report, "constant_target"),
            "the target never changes: its quantiles are all the same, and R1, standard errors, t "
            "and p are undefined");
  const std::vector<double> row = {9};
  const std::vector<double> probabilities = {0.1, 0.9};
  const auto forecast = fit.predict(row, 1, probabilities).value();
  EXPECT_EQ(forecast.prediction_quantiles, (std::vector<double>{4.0, 4.0}));
}

TEST(QuantilePlugin, N1_RefusesFewerObservationsThanCoefficients) {
  const auto fit = testing::open_regression("regression.quantile").fit(quantile_input({1}, {2}));
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().kind, ErrorKind::kInsufficientData);
  EXPECT_THAT(fit.error().message, ::testing::HasSubstr("1 observations for 2 coefficients"));
}

}  // namespace
}  // namespace steppe
