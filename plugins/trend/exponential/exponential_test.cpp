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

TEST(ExponentialTrend, FitsMiningOfTheFirstCaseToTenDigits) {
  const TrendRun run = run_trend(open_trend("trend.exponential"), kMining, {12});
  ASSERT_TRUE(run.fitted);
  EXPECT_DIGITS(run.scalars.at("r_squared_fit_scale"), 0.824641586783306815, 10);
  EXPECT_DIGITS(run.scalars.at("r_squared_original_scale"), 0.835418096105427216, 10);
  EXPECT_DIGITS(run.scalars.at("adjusted_r_squared_fit_scale"), 0.802721785131220167, 10);
  EXPECT_DIGITS(run.scalars.at("aicc"), 359.88090706331794, 10);
  EXPECT_DIGITS(run.scalars.at("bic"), 356.788662342300077, 10);
  EXPECT_DIGITS(run.scalars.at("residual_standard_error"), 0.214063839350605525, 10);
  EXPECT_DIGITS(run.scalars.at("sse"), 0.366586618540174803, 10);
  EXPECT_DIGITS(run.parameter("a", "estimate"), 91712913.570455127, 10);
  EXPECT_DIGITS(run.parameter("a", "standard_error"), 13411494.9819985283, 10);
  EXPECT_DIGITS(run.parameter("a", "lower_95"), 65460589.3757365509, 10);
  EXPECT_DIGITS(run.parameter("a", "upper_95"), 128493473.642623008, 10);
  EXPECT_DIGITS(run.parameter("b", "estimate"), 0.14455417600896821, 10);
  EXPECT_DIGITS(run.parameter("b", "standard_error"), 0.023567653054884705, 10);
  EXPECT_DIGITS(run.parameter("b", "t"), 6.1335838435981839, 10);
  EXPECT_DIGITS(run.parameter("b", "p"), 0.000278973904128453839, 10);
  EXPECT_DIGITS(run.parameter("b", "lower_95"), 0.0902070706073469682, 10);
  EXPECT_DIGITS(run.parameter("b", "upper_95"), 0.198901281410589451, 10);
  EXPECT_DIGITS(run.mean[0], 519732005.954443283, 10);
  EXPECT_DIGITS(run.standard_error[0], 149325126.226425553, 10);
  EXPECT_DIGITS(run.lower[0], 277702920.40975612, 10);
  EXPECT_DIGITS(run.upper[0], 972699018.126493208, 10);
}

TEST(ExponentialTrend, FitsInnovationOfTheFirstCaseToTenDigits) {
  const TrendRun run = run_trend(open_trend("trend.exponential"), kInnovation, {12});
  ASSERT_TRUE(run.fitted);
  EXPECT_DIGITS(run.scalars.at("r_squared_fit_scale"), 0.514701491579128285, 10);
  EXPECT_DIGITS(run.scalars.at("r_squared_original_scale"), 0.516513028603824382, 10);
  EXPECT_DIGITS(run.scalars.at("adjusted_r_squared_fit_scale"), 0.45403917802651932, 10);
  EXPECT_DIGITS(run.scalars.at("aicc"), 199.705292777638358, 10);
  EXPECT_DIGITS(run.scalars.at("bic"), 196.613048056620495, 10);
  EXPECT_DIGITS(run.scalars.at("residual_standard_error"), 0.419407592674847973, 10);
  EXPECT_DIGITS(run.scalars.at("sse"), 1.40722183034648953, 10);
  EXPECT_DIGITS(run.parameter("a", "estimate"), 14282.0498569553791, 10);
  EXPECT_DIGITS(run.parameter("a", "standard_error"), 4091.94910763758892, 10);
  EXPECT_DIGITS(run.parameter("a", "lower_95"), 7376.58216596510743, 10);
  EXPECT_DIGITS(run.parameter("a", "upper_95"), 27651.9590682105626, 10);
  EXPECT_DIGITS(run.parameter("b", "estimate"), 0.13450162852971591, 10);
  EXPECT_DIGITS(run.parameter("b", "standard_error"), 0.0461752562353883642, 10);
  EXPECT_DIGITS(run.parameter("b", "t"), 2.91285072342781906, 10);
  EXPECT_DIGITS(run.parameter("b", "p"), 0.0195037173198404108, 10);
  EXPECT_DIGITS(run.parameter("b", "lower_95"), 0.0280212967067983594, 10);
  EXPECT_DIGITS(run.parameter("b", "upper_95"), 0.24098196035263346, 10);
  EXPECT_DIGITS(run.mean[0], 71738.1752637780039, 10);
  EXPECT_DIGITS(run.standard_error[0], 47334.6692298181681, 10);
  EXPECT_DIGITS(run.lower[0], 21010.7023690205319, 10);
  EXPECT_DIGITS(run.upper[0], 244940.207128184711, 10);
}

TEST(ExponentialTrend, RefusesTooFewObservations) {  // N1
  expect_refuses_too_few("trend.exponential", 3,
                         "2 observations for 2 parameters of an exponential trend; at least 3 are "
                         "needed");
}

TEST(ExponentialTrend, FitsABlockAsItFitsItsSeriesOneByOne) {  // N18, N21
  expect_block_equals_series("trend.exponential");
}

TEST(ExponentialTrend, DoesNotCareForTheScaleOfTheData) {  // N8
  expect_scale_does_not_matter("trend.exponential", kMining);
}

TEST(ExponentialTrend, IsExactlyFlatForAConstantSeries) {  // N2
  const TrendRun run =
      run_trend(open_trend("trend.exponential"), std::vector<double>(10, 0.1), {11, 40});
  ASSERT_TRUE(run.fitted);
  EXPECT_EQ(run.parameter("b"), 0.0);
  EXPECT_DIGITS(run.mean[0], 0.1, 15);
  EXPECT_TRUE(same_bits(run.mean[0], run.mean[1]));
  EXPECT_TRUE(std::isnan(run.scalars.at("r_squared_fit_scale")));
  EXPECT_TRUE(std::isnan(run.scalars.at("r_squared_original_scale")));
  EXPECT_EQ(warning_text(run, "constant_series"),
            "all observations are equal: the trend is flat, R squared, AICc and BIC are undefined");
}

TEST(ExponentialTrend, RefusesAValueThatIsMissing) {  // N16
  std::vector<double> y = kMining;
  y[6] = kNan;
  const TrendRun run = run_trend(open_trend("trend.exponential"), y);
  EXPECT_FALSE(run.fitted);
  EXPECT_EQ(run.error.kind, ErrorKind::kInvalidData);
  EXPECT_EQ(run.error.where, "row 7");
  EXPECT_EQ(run.error.message, "the value is missing or not finite");
}

TEST(ExponentialTrend, RefusesNonPositiveObservations) {  // N6
  std::vector<double> y = kInnovation;
  y[4] = 0;
  y[7] = -3;
  const TrendRun run = run_trend(open_trend("trend.exponential"), y);
  EXPECT_FALSE(run.fitted);
  EXPECT_EQ(run.error.kind, ErrorKind::kDomainError);
  EXPECT_EQ(run.error.fault, "N6");
  EXPECT_EQ(run.error.where, "row 5");
  EXPECT_EQ(run.error.message,
            "y = 0 has no logarithm; an exponential trend needs every value above 0: choose "
            "another trend");
}

TEST(ExponentialTrend, RefusesValuesThatSpanTheWholeRangeOfDouble) {  // N8
  const TrendRun run = run_trend(open_trend("trend.exponential"), {1e-320, 1, 1e300, 5});
  EXPECT_EQ(run.error.kind, ErrorKind::kInvalidData);
  EXPECT_EQ(run.error.message,
            "the values span more than 300 powers of ten; choose another unit or check the data");
}

TEST(ExponentialTrend, SaysThatItFitsOnTheLogarithmicScale) {
  const TrendRun run = run_trend(open_trend("trend.exponential"), kInnovation);
  EXPECT_THAT(warnings(run), ElementsAre("ln_scale_fit"));
  EXPECT_EQ(warning_text(run, "ln_scale_fit"),
            "fitted by least squares on ln y: r_squared_fit_scale is that of ln y and may not be "
            "compared with the R squared of trends fitted on y");
  EXPECT_EQ(*run.report.text("point_forecast"), "median");
}

TEST(ExponentialTrend, WritesItsEquationWithFifteenDigits) {
  const TrendRun run = run_trend(open_trend("trend.exponential"), kInnovation);
  EXPECT_THAT(equation(run),
              ::testing::MatchesRegex("y = 14282[.]04985695[0-9]+ e..0[.]1345016285297[0-9]+ t."));
}

// Microsoft's pages of LOGEST and GROWTH: units of months 11 to 16; y = 495.3047702 *
// 1.463275628^t, 320,196.7184 in month 17, 468,536.0542 in month 18.
TEST(ExponentialTrend, GivesThePublishedGrowth) {
  const TrendRun run =
      run_trend(open_trend("trend.exponential"), {33100, 47300, 69000, 102000, 150000, 220000},
                {17, 18}, 0.95, {11, 12, 13, 14, 15, 16});
  EXPECT_NEAR(run.parameter("a"), 495.3047702, 5e-8);
  EXPECT_NEAR(std::exp(run.parameter("b")), 1.463275628, 5e-10);
  EXPECT_NEAR(run.mean[0], 320196.7184, 5e-5);
  EXPECT_NEAR(run.mean[1], 468536.0542, 5e-5);
}

// 50-digit arithmetic: exp(z0 + v/2) at t = 12.
TEST(ExponentialTrend, ForecastsTheMeanWhenAsked) {
  const TrendModel model = open_trend("trend.exponential", {{"point", std::string("mean")}});
  const TrendRun run = run_trend(model, kInnovation, {12});
  EXPECT_DIGITS(run.mean[0], 82666.2400295569474, 10);
  EXPECT_DIGITS(run.lower[0], 21010.7023690205319, 10);  // quantiles do not move
  EXPECT_EQ(*run.report.text("point_forecast"), "mean");
}

// y = 8 2^t with a fixed at 8 gives b = ln 2 whatever a free fit would say.
TEST(ExponentialTrend, TakesAFixedIntercept) {
  const TrendModel model = open_trend("trend.exponential", {{"intercept", 8.0}});
  const TrendRun run = run_trend(model, {16, 32, 64, 128}, {5});
  EXPECT_EQ(run.parameter("a"), 8.0);
  EXPECT_DIGITS(run.parameter("b"), 0.693147180559945309, 15);
  EXPECT_DIGITS(run.mean[0], 256.0, 14);
}

TEST(ExponentialTrend, GivesBackTheModelOfNoiselessData) {  // N9
  const TrendRun run = run_trend(open_trend("trend.exponential"), {6, 12, 24, 48, 96, 192}, {7});
  EXPECT_DIGITS(run.parameter("a"), 3.0, 14);
  EXPECT_DIGITS(run.parameter("b"), 0.693147180559945309, 14);
  EXPECT_DIGITS(run.mean[0], 384.0, 14);
  EXPECT_THAT(warnings(run), Contains("exact_fit"));
}

TEST(ExponentialTrend, OverflowsToInfinityAndNotToNonsense) {  // N7
  const TrendRun run = run_trend(open_trend("trend.exponential"), {1, 10, 100, 1000}, {300, 400});
  EXPECT_TRUE(std::isfinite(run.mean[0]));
  EXPECT_EQ(run.mean[1], kInfinity);
}

}  // namespace
}  // namespace steppe
