// SPDX-License-Identifier: Apache-2.0
#include "../trend_cases.hpp"

namespace steppe {
namespace {

using namespace trend_cases;
using ::testing::Contains;
using ::testing::ElementsAre;
using testing::open_trend;
using testing::run_trend;
using testing::TrendRun;

TEST(LinearTrend, FitsMiningOfTheFirstCaseToTenDigits) {
  const TrendRun run = run_trend(open_trend("trend.linear"), kMining, {12});
  ASSERT_TRUE(run.fitted);
  EXPECT_DIGITS(run.scalars.at("r_squared_fit_scale"), 0.808970165568438804, 10);
  EXPECT_DIGITS(run.scalars.at("r_squared_original_scale"), 0.808970165568438804, 10);
  EXPECT_DIGITS(run.scalars.at("adjusted_r_squared_fit_scale"), 0.785091436264493654, 10);
  EXPECT_DIGITS(run.scalars.at("aicc"), 361.371119810806741, 10);
  EXPECT_DIGITS(run.scalars.at("bic"), 358.278875089788878, 10);
  EXPECT_DIGITS(run.scalars.at("residual_standard_error"), 47685015.5072738196, 10);
  EXPECT_DIGITS(run.scalars.at("sse"), 18190885631431557.2, 10);
  EXPECT_DIGITS(run.parameter("a", "estimate"), 56425843.6, 10);
  EXPECT_DIGITS(run.parameter("a", "standard_error"), 32575067.0784703195, 10);
  EXPECT_DIGITS(run.parameter("a", "t"), 1.73217889203651888, 10);
  EXPECT_DIGITS(run.parameter("a", "p"), 0.121479286953083203, 10);
  EXPECT_DIGITS(run.parameter("a", "lower_95"), -18692395.7875056696, 10);
  EXPECT_DIGITS(run.parameter("a", "upper_95"), 131544082.98750567, 10);
  EXPECT_DIGITS(run.parameter("b", "estimate"), 30557343.8, 10);
  EXPECT_DIGITS(run.parameter("b", "standard_error"), 5249947.42129970767, 10);
  EXPECT_DIGITS(run.parameter("b", "t"), 5.82050473039500372, 10);
  EXPECT_DIGITS(run.parameter("b", "p"), 0.000395813332891310872, 10);
  EXPECT_DIGITS(run.parameter("b", "lower_95"), 18450943.3368784227, 10);
  EXPECT_DIGITS(run.parameter("b", "upper_95"), 42663744.2631215773, 10);
  EXPECT_DIGITS(run.mean[0], 423113969.2, 10);
  EXPECT_DIGITS(run.standard_error[0], 60545347.2548694107, 10);
  EXPECT_DIGITS(run.lower[0], 283496148.062898897, 10);
  EXPECT_DIGITS(run.upper[0], 562731790.337101103, 10);
}

TEST(LinearTrend, FitsInnovationOfTheFirstCaseToTenDigits) {
  const TrendRun run = run_trend(open_trend("trend.linear"), kInnovation, {12});
  ASSERT_TRUE(run.fitted);
  EXPECT_DIGITS(run.scalars.at("r_squared_fit_scale"), 0.475734223117912167, 10);
  EXPECT_DIGITS(run.scalars.at("r_squared_original_scale"), 0.475734223117912167, 10);
  EXPECT_DIGITS(run.scalars.at("adjusted_r_squared_fit_scale"), 0.410201001007651188, 10);
  EXPECT_DIGITS(run.scalars.at("aicc"), 200.515036731986162, 10);
  EXPECT_DIGITS(run.scalars.at("bic"), 197.422792010968299, 10);
  EXPECT_DIGITS(run.scalars.at("residual_standard_error"), 15326.2697511015479, 10);
  EXPECT_DIGITS(run.scalars.at("sse"), 1879156355.86824242, 10);
  EXPECT_DIGITS(run.parameter("a", "estimate"), 9604.16666666666667, 10);
  EXPECT_DIGITS(run.parameter("a", "standard_error"), 10469.8354376902286, 10);
  EXPECT_DIGITS(run.parameter("a", "t"), 0.917317824508754754, 10);
  EXPECT_DIGITS(run.parameter("a", "p"), 0.385795476928907337, 10);
  EXPECT_DIGITS(run.parameter("a", "lower_95"), -14539.317147554127, 10);
  EXPECT_DIGITS(run.parameter("a", "upper_95"), 33747.6504808874603, 10);
  EXPECT_DIGITS(run.parameter("b", "estimate"), 4546.32969696969697, 10);
  EXPECT_DIGITS(run.parameter("b", "standard_error"), 1687.36676505150098, 10);
  EXPECT_DIGITS(run.parameter("b", "t"), 2.6943340304743623, 10);
  EXPECT_DIGITS(run.parameter("b", "p"), 0.027312654214970324, 10);
  EXPECT_DIGITS(run.parameter("b", "lower_95"), 655.254959154858146, 10);
  EXPECT_DIGITS(run.parameter("b", "upper_95"), 8437.40443478453579, 10);
  EXPECT_DIGITS(run.mean[0], 64160.1230303030303, 10);
  EXPECT_DIGITS(run.standard_error[0], 19459.6628381236054, 10);
  EXPECT_DIGITS(run.lower[0], 19286.0600559111458, 10);
  EXPECT_DIGITS(run.upper[0], 109034.186004694915, 10);
}

TEST(LinearTrend, RefusesTooFewObservations) {  // N1
  expect_refuses_too_few("trend.linear", 3,
                         "2 observations for 2 parameters of a linear trend; at least 3 are "
                         "needed");
}

TEST(LinearTrend, FitsABlockAsItFitsItsSeriesOneByOne) {  // N18, N21
  expect_block_equals_series("trend.linear");
}

TEST(LinearTrend, DoesNotCareForTheScaleOfTheData) {  // N8
  expect_scale_does_not_matter("trend.linear", kMining);
}

TEST(LinearTrend, IsExactlyFlatForAConstantSeries) {  // N2
  const TrendRun run =
      run_trend(open_trend("trend.linear"), std::vector<double>(10, 0.1), {11, 40});
  ASSERT_TRUE(run.fitted);
  EXPECT_EQ(run.parameter("b"), 0.0);
  EXPECT_DIGITS(run.mean[0], 0.1, 15);
  EXPECT_TRUE(same_bits(run.mean[0], run.mean[1]));
  EXPECT_TRUE(std::isnan(run.scalars.at("r_squared_fit_scale")));
  EXPECT_TRUE(std::isnan(run.scalars.at("r_squared_original_scale")));
  EXPECT_EQ(warning_text(run, "constant_series"),
            "all observations are equal: the trend is flat, R squared, AICc and BIC are undefined");
}

TEST(LinearTrend, RefusesAValueThatIsMissing) {  // N16
  std::vector<double> y = kMining;
  y[6] = kNan;
  const TrendRun run = run_trend(open_trend("trend.linear"), y);
  EXPECT_FALSE(run.fitted);
  EXPECT_EQ(run.error.kind, ErrorKind::kInvalidData);
  EXPECT_EQ(run.error.where, "row 7");
  EXPECT_EQ(run.error.message, "the value is missing or not finite");
}

// By hand: y = 1, 3, 2, 6 at t = 1..4 has slope 1.4 and intercept -0.5, residuals 0.1, 0.7, -1.7,
// 0.9, SSE 4.2, SST 14.
TEST(LinearTrend, SolvesACaseByHand) {
  const TrendRun run = run_trend(open_trend("trend.linear"), {1, 3, 2, 6}, {5});
  EXPECT_DIGITS(run.parameter("a"), -0.5, 14);
  EXPECT_DIGITS(run.parameter("b"), 1.4, 14);
  EXPECT_DIGITS(run.scalars.at("sse"), 4.2, 14);
  EXPECT_DIGITS(run.scalars.at("r_squared_fit_scale"), 0.7, 14);
  EXPECT_DIGITS(run.mean[0], 6.5, 14);
  EXPECT_THAT(run.fitted_values,
              ElementsAre(::testing::DoubleNear(0.9, 1e-14), ::testing::DoubleNear(2.3, 1e-14),
                          ::testing::DoubleNear(3.7, 1e-14), ::testing::DoubleNear(5.1, 1e-14)));
  EXPECT_EQ(equation(run), "y = -0.5 + 1.4 t");
}

// Microsoft's page of the function LINEST: sales of months 1 to 6, forecast of month 9 is 11,000.
TEST(LinearTrend, GivesThePublishedSalesForecast) {
  const TrendRun run =
      run_trend(open_trend("trend.linear"), {3100, 4500, 4400, 5400, 7500, 8100}, {9});
  EXPECT_DIGITS(run.mean[0], 11000.0, 14);
}

TEST(LinearTrend, WritesItsEquationWithFifteenDigits) {
  const TrendRun run = run_trend(open_trend("trend.linear"), kInnovation);
  // The last of 15 digits is beyond what rounding in the fit leaves certain.
  EXPECT_THAT(equation(run),
              ::testing::MatchesRegex("y = 9604[.]1666666666[67]+ [+] 4546[.]32969696[0-9]+ t"));
}

TEST(LinearTrend, KeepsTheDigitsOfCalendarYears) {  // N5
  std::vector<double> years;
  for (int i = 0; i < 10; ++i) years.push_back(2010 + i);
  const TrendRun run = run_trend(open_trend("trend.linear"), kMining, {2021}, 0.95, years);
  EXPECT_DIGITS(run.mean[0], 423113969.2, 14);
  EXPECT_DIGITS(run.parameter("b"), 30557343.8, 14);
}

// A fixed intercept of 0 is regression through the origin: b = sum(t y) / sum(t^2), R squared about
// 0. By hand: t = 1, 2, 3, y = 2, 3, 7: b = 29/14, SSE = 62 - 29^2/14 = 27/14, SST = 62.
TEST(LinearTrend, TakesAFixedIntercept) {
  const TrendRun run = run_trend(open_trend("trend.linear", {{"intercept", 0.0}}), {2, 3, 7}, {4});
  EXPECT_EQ(run.parameter("a"), 0.0);
  EXPECT_TRUE(std::isnan(run.parameter("a", "standard_error")));
  EXPECT_DIGITS(run.parameter("b"), 29.0 / 14, 15);
  EXPECT_DIGITS(run.scalars.at("sse"), 27.0 / 14, 14);
  EXPECT_DIGITS(run.scalars.at("r_squared_fit_scale"), 1 - 27.0 / 14 / 62, 14);
  EXPECT_EQ(run.scalars.at("residual_degrees_of_freedom"), 2);
  EXPECT_DIGITS(run.mean[0], 4 * 29.0 / 14, 15);
  // s sqrt(1 + 16/14), s^2 = 27/28
  EXPECT_DIGITS(run.standard_error[0], std::sqrt(27.0 / 28 * 30 / 14), 14);
  EXPECT_EQ(warning_text(run, "fixed_intercept"),
            "the intercept is fixed at 0: R squared on the scale of the fit is about that value, "
            "not the mean");
}

// Two observations and one parameter: one degree of freedom.
TEST(LinearTrend, NeedsOneObservationLessWithAFixedIntercept) {
  EXPECT_TRUE(run_trend(open_trend("trend.linear", {{"intercept", 1.0}}), {2, 3}).fitted);
  EXPECT_EQ(run_trend(open_trend("trend.linear", {{"intercept", 1.0}}), {2}).error.message,
            "1 observations for 1 parameters of a linear trend; at least 2 are needed");
}

TEST(LinearTrend, FlagsDataOnALine) {  // N9
  std::vector<double> y;
  for (int t = 1; t <= 12; ++t) y.push_back(0.1 + 0.3 * t);
  const TrendRun run = run_trend(open_trend("trend.linear"), y, {13});
  EXPECT_DIGITS(run.parameter("b"), 0.3, 14);
  EXPECT_DIGITS(run.mean[0], 4.0, 14);
  EXPECT_THAT(warnings(run), ElementsAre("exact_fit"));
  EXPECT_EQ(
      warning_text(run, "exact_fit"),
      "the residuals are no larger than rounding: standard errors and intervals mean nothing");
}

TEST(LinearTrend, DoesNotBragWithASaturatedFit) {  // N1
  const TrendRun run = run_trend(open_trend("trend.linear"), {1, 2, 4});
  EXPECT_THAT(warnings(run), ElementsAre("saturated_fit", "aicc_undefined"));
  EXPECT_EQ(warning_text(run, "saturated_fit"),
            "3 observations for 2 parameters: a curve so close to saturation fits any data; R "
            "squared says little");
  EXPECT_EQ(warning_text(run, "aicc_undefined"),
            "3 observations for 2 parameters: AICc needs at least 5");
  EXPECT_TRUE(std::isnan(run.scalars.at("aicc")));
  EXPECT_TRUE(std::isfinite(run.scalars.at("bic")));
}

TEST(LinearTrend, ForecastsOfAHorizonAreThePrefixOfALongerOne) {
  const TrendModel model = open_trend("trend.linear");
  const TrendRun brief = run_trend(model, kMining, {11});
  const TrendRun longer = run_trend(model, kMining, {11, 12, 13});
  EXPECT_TRUE(same_bits(brief.mean[0], longer.mean[0]));
  EXPECT_TRUE(same_bits(brief.upper[0], longer.upper[0]));
}

TEST(LinearTrend, CarriesASingleOutlierWithoutFailing) {  // N18
  std::vector<double> y = kInnovation;
  y[4] = 1e15;
  const TrendRun run = run_trend(open_trend("trend.linear"), y, {12});
  ASSERT_TRUE(run.fitted);
  EXPECT_TRUE(std::isfinite(run.mean[0]));
}

}  // namespace
}  // namespace steppe
