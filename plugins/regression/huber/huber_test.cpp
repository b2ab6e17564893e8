// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "plugin_testing.hpp"

namespace steppe {
namespace {

RegressionInput one_regressor(std::vector<double> x, std::vector<double> y) {
  return {std::move(x), std::move(y), {}, {"x"}, "y"};
}

RegressionFit fit_huber_plugin(const RegressionInput& input, Options options = {}) {
  auto fit = testing::open_regression("regression.huber", std::move(options)).fit(input);
  if (!fit.ok()) ADD_FAILURE() << fit.error().message;
  return std::move(fit).value();
}

std::string huber_warning(const FitReport& report, const std::string& code) {
  for (const Warning& warning : report.warnings)
    if (warning.code == code) return warning.text;
  return {};
}

// Belgian telephone calls: tests/reference/robust.
RegressionInput phone_calls() {
  return one_regressor({50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61,
                        62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73},
                       {4.4,  4.7,  4.7, 5.9, 6.6, 7.3, 8.1, 8.8, 10.6, 12.0, 13.5, 14.9,
                        16.1, 21.2, 119, 124, 142, 159, 182, 212, 43,   24,   27,   29});
}

TEST(HuberPlugin, NamesTheRowsThatWeighLess) {
  const FitReport report = fit_huber_plugin(phone_calls()).report().value();
  // rlm with the exact constant: scale 9.0093091750001726, year 2.0396107270524539.
  EXPECT_NEAR(*report.scalar("scale"), 9.0093091750001726, 1e-11);
  EXPECT_NEAR(report.table("coefficients")->values[6], 2.0396107270524539, 1e-11);
  const ReportTable* light = report.table("down_weighted");
  ASSERT_NE(light, nullptr);
  EXPECT_THAT(light->columns, ::testing::ElementsAre("row", "fitted", "residual", "weight"));
  EXPECT_EQ(light->rows[0], "row 20");  // 1969
  EXPECT_EQ(light->values[0], 20.0);
  EXPECT_THAT(*report.text("down_weighted_rows"),
              ::testing::HasSubstr(" of 24, the lightest: row 20 (weight 0.0697), row 19"));
  EXPECT_EQ(report.table("observations")->values.size(), 72u);
  EXPECT_LT(*report.scalar("equation_error"), 1e-12);
}

TEST(HuberPlugin, EndsWhereverItStarts) {
  const auto estimate = [](const char* start) {
    const FitReport report = fit_huber_plugin(phone_calls(), {{"start", std::string(start)},
                                                              {"scale", std::string("proposal_2")}})
                                 .report()
                                 .value();
    return report.table("coefficients")->values[6];
  };
  EXPECT_NEAR(estimate("lad"), estimate("least_squares"), 1e-11);
}

TEST(HuberPlugin, N9_SaysThatMostRowsLieOnTheFit) {
  const RegressionFit fit =
      fit_huber_plugin(one_regressor({1, 2, 3, 4, 5, 6, 7}, {1, 2, 3, 40, 5, 6, 7}));
  const FitReport report = fit.report().value();
  EXPECT_EQ(*report.scalar("scale"), 0.0);
  EXPECT_EQ(huber_warning(report, "exact_fit"),
            "the residuals of at least half of the rows are no larger than the rounding of the "
            "data: the scale is 0, the other rows have weight 0, standard errors are 0 and t and p "
            "are undefined");
  const std::vector<double> row = {10};
  const auto forecast = fit.predict(row, 1, {});
  EXPECT_NEAR(forecast->mean[0], 10.0, 1e-13);
  EXPECT_EQ(forecast->se_prediction[0], 0.0);
}

TEST(HuberPlugin, N1_ASaturatedFitClaimsNothing) {
  const RegressionFit fit = fit_huber_plugin(one_regressor({1, 2}, {3, 7}));
  const FitReport report = fit.report().value();
  EXPECT_EQ(huber_warning(report, "saturated_fit"),
            "as many coefficients as observations: the fit passes through every point whatever the "
            "data, so standard errors, t and p are undefined and forecasts have no interval");
  const std::vector<double> row = {3};
  const std::vector<double> probabilities = {0.9};
  const auto forecast = fit.predict(row, 1, probabilities);
  EXPECT_NEAR(forecast->mean[0], 11.0, 1e-13);
  EXPECT_TRUE(std::isnan(forecast->prediction_quantiles[0]));
}

TEST(HuberPlugin, WarnsOfARowThatItDoesNotBound) {
  const FitReport report =
      fit_huber_plugin(one_regressor({0, 0, 0, 0, 0, 0, 1}, {1, 2, 4, 3, 2, 1, 9}))
          .report()
          .value();
  EXPECT_EQ(huber_warning(report, "leverage_not_bounded"),
            "Huber's estimate bounds what a target value may do, not what a row far from the "
            "others may: leverage above 0.5 in row 7 (1)");
}

TEST(HuberPlugin, RefusesWeights) {
  RegressionInput input = phone_calls();
  input.weights.assign(24, 1.0);
  const auto fit = testing::open_regression("regression.huber").fit(input);
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().kind, ErrorKind::kNotSupported);
  EXPECT_THAT(fit.error().message,
              ::testing::HasSubstr("regression.huber has no weights; remove them"));
}

}  // namespace
}  // namespace steppe
