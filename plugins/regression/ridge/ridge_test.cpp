// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "../penalized_cases.hpp"

namespace steppe {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace cases = penalized_cases;

const char* const kRidge = "regression.ridge";

// x = 1 2 3, y = 2 4 9, penalty 3, by hand: Sxx = 2, Sxy = 7, the penalty on the raw slope is
// 3 * 2/3 = 2; slope 7 / 4, residual sum of squares 26 - 24.5 + 6.125, residual degrees of freedom
// 2 - 0.5 * 1.5, variance of the slope s^2 * 2 / 16.
RegressionInput ridge_by_hand() { return cases::input_of({1, 2, 3}, {2, 4, 9}, {"x"}); }

TEST(RidgeRegression, ForecastsAsByHand) {
  const RegressionFit fit = cases::fit_of(kRidge, ridge_by_hand(), {{"penalty", 3.0}});
  const std::vector<double> row = {5};
  const std::vector<double> probabilities = {0.5};
  const auto forecast = fit.predict(row, 1, probabilities).value();
  EXPECT_NEAR(forecast.mean[0], 10.25, 1e-14);
  EXPECT_NEAR(forecast.se_mean[0], std::sqrt(6.1 * (1.0 / 3.0 + 9.0 / 8.0)), 1e-13);
  EXPECT_NEAR(forecast.se_prediction[0], std::sqrt(6.1 * (4.0 / 3.0 + 9.0 / 8.0)), 1e-13);
  EXPECT_NEAR(forecast.degrees_of_freedom[0], 1.25, 1e-15);
  EXPECT_NEAR(forecast.prediction_quantiles[0], 10.25, 1e-13);
}

TEST(RidgeRegression, ReportsWhatItDid) {
  const FitReport report =
      cases::fit_of(kRidge, ridge_by_hand(), {{"penalty", 3.0}}).report().value();
  EXPECT_EQ(*report.text("equation"), "y = 1.5 + 1.75 x");
  EXPECT_EQ(*report.text("penalty_choice"), "given");
  EXPECT_NEAR(cases::scalar_of(report, "degrees_of_freedom"), 1.5, 1e-14);
  EXPECT_NEAR(cases::scalar_of(report, "r_squared"), 1.0 - 7.625 / 26.0, 1e-14);
  EXPECT_THAT(report.table("coefficients")->columns,
              ElementsAre("estimate", "standard_error", "scaled"));
  EXPECT_NEAR(cases::column_of(report, "coefficients", "standard_error")[1], std::sqrt(6.1 / 8.0),
              1e-14);
  EXPECT_NEAR(cases::column_of(report, "coefficients", "scaled")[1], 1.75 * std::sqrt(2.0 / 3.0),
              1e-14);
  EXPECT_EQ(cases::warning_of(report, "shrinkage_bias"),
            "coefficients are drawn towards zero on purpose: standard errors and intervals leave "
            "this bias out, so intervals may hold the truth less often than they say");
  EXPECT_EQ(cases::warning_of(report, "few_degrees_of_freedom"),
            "only 1.25 residual degrees of freedom: intervals are wide");
}

TEST(RidgeRegression, ChoosesThePenaltyOfSixtyDigitArithmetic) {
  const FitReport report =
      cases::fit_of(kRidge, cases::reference_input("longley")).report().value();
  // tests/reference/penalized/penalized_py.csv
  EXPECT_NEAR(cases::scalar_of(report, "penalty"), 0.0031956247543502266, 1e-13);
  EXPECT_NEAR(cases::scalar_of(report, "gcv"), 0.15768193178763856, 1e-13);
  EXPECT_THAT(*report.text("penalty_choice"),
              HasSubstr("minimises generalised cross-validation, 0.15768193178"));
  const auto gcv = cases::column_of(report, "penalties", "gcv");
  const auto used = cases::column_of(report, "penalties", "used");
  const auto chosen = std::find(used.begin(), used.end(), 1.0) - used.begin();
  EXPECT_EQ(std::min_element(gcv.begin(), gcv.end()) - gcv.begin(), chosen);
}

TEST(RidgeRegression, N4_NamesTheColumnsThatDependOnOneAnother) {
  const auto input = cases::input_of({1, 1, 5, 2, 2, 3, 3, 3, 4, 4, 4, 9, 5, 5, 1},
                                     {2, 4, 9, 11, 9}, {"a", "b", "c"});
  const FitReport report = cases::fit_of(kRidge, input).report().value();
  EXPECT_EQ(cases::warning_of(report, "dependent_columns"),
            "\"a\" and \"b\" depend on one another: the data do not tell their effects apart, the "
            "penalty does; forecasts are sound for rows that keep the dependency");
  const Fault fault = cases::refusal_of(kRidge, input, {{"penalty", 0.0}});
  EXPECT_EQ(fault.kind, ErrorKind::kRankDeficient);
  EXPECT_EQ(fault.code, "N4");
  EXPECT_THAT(fault.message, HasSubstr("penalty 0 is least squares, which has no single answer "
                                       "here: 3 regressors vary in 2 directions only; give a "
                                       "penalty above 0"));
}

TEST(RidgeRegression, TakesMoreColumnsThanRows) {
  const FitReport report = cases::fit_of(kRidge, cases::reference_input("wide")).report().value();
  EXPECT_EQ(cases::warning_of(report, "more_columns_than_rows"),
            "20 regressors for 12 observations: the data do not tell their effects apart, the "
            "penalty does");
  EXPECT_GE(cases::scalar_of(report, "residual_degrees_of_freedom"), 1.0);
}

TEST(RidgeRegression, N3_AConstantColumnHasNoEffect) {
  const auto input = cases::input_of({1, 7, 2, 7, 3, 7, 5, 7}, {2, 4, 9, 10}, {"x", "flat"});
  const FitReport report = cases::fit_of(kRidge, input).report().value();
  EXPECT_EQ(cases::warning_of(report, "constant_column"),
            "\"flat\" never changed: nothing is known of its effect, and its coefficient is 0");
  EXPECT_EQ(cases::column_of(report, "coefficients", "estimate")[2], 0.0);
}

TEST(RidgeRegression, N2_AConstantTargetHasSlopesZero) {
  const auto input = cases::input_of({1, 2, 4, 5, 7}, {4, 4, 4, 4, 4}, {"x"});
  const FitReport report = cases::fit_of(kRidge, input).report().value();
  EXPECT_EQ(
      cases::warning_of(report, "constant_target"),
      "\"y\" never changes: every coefficient is 0, R squared and the criteria are undefined");
  EXPECT_TRUE(std::isnan(cases::scalar_of(report, "r_squared")));
}

TEST(RidgeRegression, N9_DataOnAPlaneNeedNoPenalty) {
  const auto input =
      cases::input_of({1, 2, 3, 5, 9, 10, 12}, {0.1, 0.2, 0.3, 0.5, 0.9, 1.0, 1.2}, {"x"});
  const FitReport report = cases::fit_of(kRidge, input).report().value();
  EXPECT_EQ(*report.text("penalty_choice"),
            "none is needed: the data lie on a plane, which least squares finds");
  EXPECT_EQ(cases::warning_of(report, "exact_fit"),
            "the residuals are no larger than the rounding of the data: standard errors are 0; "
            "check that the target is not computed from the regressors");
}

TEST(RidgeRegression, SaysWhenTheRegressorsDoNotHelp) {
  const auto input = cases::input_of({1, 2, 3, 4, 5, 6, 7, 8}, {1, -1, -1, 1, 1, -1, -1, 1}, {"x"});
  const FitReport report = cases::fit_of(kRidge, input).report().value();
  EXPECT_EQ(cases::warning_of(report, "largest_penalty"),
            "generalised cross-validation prefers ever larger penalties: the regressors do not "
            "help, and the forecast is nearly constant");
}

TEST(RidgeRegression, N1_RefusesFewerThanThreeObservations) {
  const Fault fault = cases::refusal_of(kRidge, cases::input_of({1, 2}, {1, 2}, {"x"}));
  EXPECT_EQ(fault.kind, ErrorKind::kInsufficientData);
  EXPECT_EQ(fault.code, "N1");
  EXPECT_THAT(fault.message, HasSubstr("2 observations; at least 3 are needed"));
}

TEST(RidgeRegression, RefusesWeightsAndANameThatIsTaken) {
  RegressionInput weighted = ridge_by_hand();
  weighted.weights = {1, 1, 1};
  EXPECT_THAT(cases::refusal_of(kRidge, weighted).message,
              HasSubstr("regression.ridge has no weights; remove them"));
  const Fault fault =
      cases::refusal_of(kRidge, cases::input_of({1, 2, 3}, {1, 2, 2}, {"intercept"}));
  EXPECT_EQ(fault.kind, ErrorKind::kInvalidConfig);
}

TEST(RidgeRegression, RefusesNewRowsWithoutAForecast) {
  const RegressionFit fit = cases::fit_of(kRidge, ridge_by_hand());
  const std::vector<double> missing = {std::numeric_limits<double>::quiet_NaN()};
  EXPECT_THAT(fit.predict(missing, 1, {}).error().message,
              HasSubstr("\"x\" is not a finite number"));
  const RegressionFit steep =
      cases::fit_of(kRidge, cases::input_of({1, 2, 3}, {1e100, 2e100, 2e100}, {"x"}));
  const std::vector<double> far = {1e300};
  const auto refused = steep.predict(far, 1, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "N7");
  EXPECT_THAT(refused.error().message, HasSubstr("the forecast is too large for a number"));
}

}  // namespace
}  // namespace steppe
